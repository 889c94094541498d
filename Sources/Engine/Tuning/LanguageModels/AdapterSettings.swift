import Core
import Inference

/// What an adapter is made of.
public struct AdapterSettings: Sendable, Hashable {
    /// Rows of A and columns of B.
    public var rank = 8
    /// What the product is weighed by: alpha / rank, or alpha / sqrt(rank).
    public var alpha: Float = 16
    /// The layers that get one.
    public var targets: Set<LinearKind> = Set(LinearKind.allCases)
    /// The share of A's inputs that is left out while training.
    public var dropout: Float = 0
    /// Whether the weight is alpha / sqrt(rank), which keeps high ranks learning (Kalajdzievski 2023).
    public var isRankStabilized = false
    /// Whether the length of every row is learned by itself (DoRA, Liu et al. 2024).
    public var hasMagnitudes = false
    /// Whether what blocks compute is computed again on the way back instead of being kept: a third more time, a tenth of the memory.
    public var savesMemory = false
    /// Tokens of the longest sequence.
    public var context = 1024

    public init() {}

    /// What B A is multiplied by.
    public var scale: Float { alpha / (isRankStabilized ? Float(rank).squareRoot() : Float(rank)) }

    /// What tells these settings from others, the same in every process: a set has no order of its own.
    public var identity: String {
        let kinds = LinearKind.allCases.filter(targets.contains).map(\.rawValue).joined(separator: ",")
        return "\(rank) \(alpha) \(kinds) \(dropout) \(isRankStabilized) \(hasMagnitudes) \(context)"
    }

    /// - Throws: `tuning.settings` naming what is out of its range.
    public func check() throws {
        func wrong(_ what: String) -> Fault { Fault(.tuningSettings, what, remedy: "choose another value") }
        guard (1...Adapter.rankMax).contains(rank) else { throw wrong("a rank of \(rank) is not between 1 and \(Adapter.rankMax)") }
        guard alpha > 0, alpha.isFinite else { throw wrong("an alpha of \(alpha) is not positive") }
        guard dropout >= 0, dropout < 1 else { throw wrong("a dropout of \(dropout) is not between 0 and 1") }
        guard !targets.isEmpty else { throw wrong("an adapter of no layers learns nothing") }
        guard (2...1 << 20).contains(context) else { throw wrong("a context of \(context) tokens is not between 2 and \(1 << 20)") }
    }
}

extension Fault.Code {
    /// A run's settings are out of their range.
    public static let tuningSettings = Fault.Code("tuning.settings", .input)
    /// A run would take more memory than it may.
    public static let tuningMemory = Fault.Code("tuning.memory", .full)
}
