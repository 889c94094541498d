import Core
import Synchronization

/// Counts the questions to a target, of all campaigns over it, and refuses more than a budget.
public final class QueryMeter: Sendable {
    /// The largest budget.
    public static let budgetMax = 1_000_000
    public let budget: Int
    private let count = Mutex(0)

    /// - Throws: `assessment.campaign` for a budget that is none.
    public init(budget: Int) throws {
        guard (1...Self.budgetMax).contains(budget) else { throw Fault(.campaign, "a budget is 1 to \(Self.budgetMax) questions", remedy: "choose another") }
        self.budget = budget
    }

    /// Questions that were asked.
    public var used: Int { count.withLock { $0 } }

    /// Counts a question before it is asked.
    /// - Throws: `assessment.budget`.
    func spend() throws {
        try count.withLock { count in
            guard count < budget else { throw Fault(.queryBudget, "the budget of \(budget) questions is used up", remedy: "give a larger one") }
            count += 1
        }
    }
}

/// A share of attempts, with what it may be at most.
public struct Rate: Sendable, Hashable {
    public var hits: Int
    public var trials: Int
    /// The one-sided upper bound with a confidence of 95 %.
    public var most: Double

    /// 0 when nothing was tried.
    public var share: Double { trials == 0 ? 0 : Double(hits) / Double(trials) }
}
