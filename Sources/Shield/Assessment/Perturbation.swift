import Core

/// A way to change a text that a reader hardly notices. A plug-in: one file under `Perturbations`, one line of ``Perturbations/all``.
public protocol Perturbation: Sendable {
    /// Stable.
    var id: String { get }
    /// What a character may become; nil leaves it.
    func change(_ character: Character, using random: inout SeededRandom) -> String?
}

extension Perturbation {
    /// The text with a share of what can be changed changed, at least one place; nil when nothing in it can.
    func variant(of text: String, share: Double, using random: inout SeededRandom) -> String? {
        let characters = Array(text)
        let changes = characters.indices.compactMap { place in change(characters[place], using: &random).map { (place, $0) } }
        guard !changes.isEmpty else { return nil }
        var pieces = characters.map(String.init)
        for (place, new) in changes.shuffled(using: &random).prefix(max(1, Int((Double(changes.count) * share).rounded(.up)))) { pieces[place] = new }
        let changed = pieces.joined()
        return changed == text ? nil : changed
    }
}

/// Every perturbation.
public enum Perturbations {
    public static let all: [any Perturbation] = [Homophones(), NearGlyphs(), TraditionalForms(), InsertedBlanks(), InvisibleMarks(), FullWidth(), LetterCase(), Typos()]

    /// A table of groups whose members stand for one another: words with blanks between, each a group.
    static func table(_ groups: String) -> [Character: [Character]] {
        groups.split(whereSeparator: \.isWhitespace).reduce(into: [:]) { table, group in
            for member in group { table[member, default: []] += group.filter { $0 != member } }
        }
    }
}
