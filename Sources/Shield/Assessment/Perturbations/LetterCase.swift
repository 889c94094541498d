import Core

/// Capital letters for small ones, and back.
struct LetterCase: Perturbation {
    let id = "case"

    func change(_ character: Character, using random: inout SeededRandom) -> String? {
        let other = character.isLowercase ? character.uppercased() : character.lowercased()
        return other == String(character) ? nil : other
    }
}
