import Core

/// A mark without width after a character: nobody sees it.
struct InvisibleMarks: Perturbation {
    let id = "invisible-marks"

    func change(_ character: Character, using random: inout SeededRandom) -> String? { character.isWhitespace ? nil : "\(character)\u{200B}" }
}
