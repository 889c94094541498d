import Core

/// A blank after a letter, a digit or a Chinese character.
struct InsertedBlanks: Perturbation {
    let id = "inserted-blanks"

    func change(_ character: Character, using random: inout SeededRandom) -> String? { character.isLetter || character.isNumber ? "\(character) " : nil }
}
