import Core

/// A bounded sample of everything that went by: each element that was ever added is in it with the same chance (reservoir sampling, Vitter 1985, algorithm R).
public struct ReplayBuffer<Element: Sendable>: Sendable {
    /// Elements at most.
    public let countMax: Int
    public private(set) var elements: [Element] = []
    /// Elements that went by.
    public private(set) var seen = 0
    private var random: SeededRandom

    public init(countMax: Int, seed: UInt64) {
        self.countMax = max(0, countMax)
        random = SeededRandom(seed: seed)
    }

    /// Lets an element go by.
    public mutating func add(_ element: Element) {
        seen += 1
        if elements.count < countMax { return elements.append(element) }
        let place = Int.random(in: 0..<seen, using: &random)
        if place < countMax { elements[place] = element }
    }

    /// New elements, and as many old ones as make `share` of all, each as often as the others.
    public func mixed(with new: [Element], share: Double) -> [Element] {
        guard !elements.isEmpty, share > 0, share < 1 else { return new }
        let count = Int((Double(new.count) * share / (1 - share)).rounded())
        return new + (0..<count).map { elements[$0 % elements.count] }
    }
}
