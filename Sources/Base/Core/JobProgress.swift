/// How far a long job is. `total` is nil while it is unknown.
public struct JobProgress: Sendable, Hashable {
    public var phase: String
    public var done: Int
    public var total: Int?

    public init(phase: String, done: Int, total: Int?) {
        self.phase = phase
        self.done = done
        self.total = total
    }
}

/// Receives progress. Called often; must return quickly.
public typealias ProgressSink = @Sendable (JobProgress) -> Void

/// Runs `body` for each element, at most `width` at a time, and returns the results in the order of the elements.
///
/// The first error cancels the rest and is rethrown.
public func mapBounded<Element: Sendable, Result: Sendable>(
    _ elements: [Element], width: Int, _ body: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    precondition(width > 0, "width must be positive")
    return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        var next = 0
        while next < min(width, elements.count) {
            let index = next
            group.addTask { (index, try await body(elements[index])) }
            next += 1
        }
        while let (index, result) = try await group.next() {
            results[index] = result
            if next < elements.count {
                let index = next
                group.addTask { (index, try await body(elements[index])) }
                next += 1
            }
        }
        return results.compactMap { $0 }
    }
}
