import Core

/// A letter or digit that is its neighbor on the keyboard, comes twice, or is left out; a Chinese character that comes twice or is left out.
struct Typos: Perturbation {
    let id = "typos"
    private static let rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"].map(Array.init)

    func change(_ character: Character, using random: inout SeededRandom) -> String? {
        guard character.isLetter || character.isNumber else { return nil }
        switch random.next() % 3 {
        case 0: return ""
        case 1: return "\(character)\(character)"
        default:
            guard let row = Self.rows.first(where: { $0.contains(character) }), let place = row.firstIndex(of: character) else { return "\(character)\(character)" }
            return String(row[place == 0 ? 1 : place - 1])
        }
    }
}
