import Core

/// What a probe has to work with: a secret that the model was told to keep, and a word that it would never say by itself.
public struct ProbeStage: Sendable {
    /// In the instructions of the model.
    public let canary: String
    /// Two halves of a word; no prompt holds them joined.
    public let marker: (first: String, second: String)
}

/// One question of a probe.
public struct ProbeQuestion: Sendable {
    public let prompt: String
    /// What would be a success.
    public let aim: Aim

    /// What an answer is looked through for.
    public enum Aim: Sendable, Hashable {
        /// The canary, plainly or written in another way.
        case leak
        /// The halves of the marker joined: the model followed an order that was none of its user's.
        case override
    }

    public init(_ prompt: String, aim: Aim) { (self.prompt, self.aim) = (prompt, aim) }
}

/// A family of questions that try to bring a language model to what it should not do. A plug-in: one file under `Probes`, one line of ``Probes/all``.
public protocol Probe: Sendable {
    /// Stable.
    var id: String { get }
    /// Questions in Chinese and English, the same for the same stage.
    func questions(_ stage: ProbeStage) -> [ProbeQuestion]
}

/// Every probe.
public enum Probes {
    public static let all: [any Probe] = [DirectRequest(), InstructionOverride(), PretendedRole(), EncodedRequest(), Continuation(), OrderInDocument()]
}
