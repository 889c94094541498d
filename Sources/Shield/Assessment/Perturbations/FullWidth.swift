import Core

/// ASCII in the width of Chinese characters, and back.
struct FullWidth: Perturbation {
    let id = "full-width"

    func change(_ character: Character, using random: inout SeededRandom) -> String? {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return nil }
        let moved: UInt32? = (0x21...0x7E).contains(scalar.value) ? scalar.value + 0xFEE0 : (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : nil
        return moved.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
}
