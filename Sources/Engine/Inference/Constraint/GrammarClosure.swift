/// What follows from some stacks without a byte, while a ``GrammarAutomaton`` gathers it. Usually a handful: a set is made only of many.
struct GrammarClosure: Sendable {
    typealias Item = GrammarAutomaton.Item

    /// From so many stacks on, those that were seen are looked for in a set.
    static let listMax = 32

    private(set) var seen: [Item] = []
    private var known: Set<Item> = []
    /// The stacks from which bytes lead on, and those that wait to be followed.
    var items: [Item] = []
    var work: [Item] = []
    var canEnd = false
    /// Whether a bound was met.
    var isOver = false

    init(canEnd: Bool = false) { self.canEnd = canEnd }

    /// Whether a stack is new.
    mutating func insert(_ item: Item) -> Bool {
        guard known.isEmpty ? !seen.contains(item) : known.insert(item).inserted else { return false }
        seen.append(item)
        if seen.count == Self.listMax { known = Set(seen) }
        return true
    }

    /// Empty again, with its room kept.
    mutating func clear() {
        seen.removeAll(keepingCapacity: true)
        items.removeAll(keepingCapacity: true)
        work.removeAll(keepingCapacity: true)
        known = []
        (canEnd, isOver) = (false, false)
    }
}
