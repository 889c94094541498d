import Agents
import Catalog
import Core
import Detection
import Knowledge
import Labels
import Protection
import Store
import Workflows

/// A language model as the `model` kind needs it. Whoever starts the engine brings one, or none.
///
/// The same request gives the same text, so that a step which was cut short ends as it would have.
public protocol TextModel: Sendable {
    /// What may be sent to it: everything for a model on this machine.
    var clearance: Clearance { get }

    /// The most tokens that a request and its answer have together.
    var contextTokenCount: Int { get }

    /// An answer of at most `tokenCountMax` tokens.
    /// - Returns: the text, and how many tokens it has.
    func answer(system: String?, prompt: String, tokenCountMax: Int) async throws -> (text: String, tokenCount: Int)

    /// The same, with what it took. By default nobody has measured it.
    func measuredAnswer(system: String?, prompt: String, tokenCountMax: Int) async throws -> (text: String, tokenCount: Int, usage: StepUsage?)
}

extension TextModel {
    /// Of models that do not say: what most take.
    public var contextTokenCount: Int { 32_768 }

    /// Without a measure.
    public func measuredAnswer(system: String?, prompt: String, tokenCountMax: Int) async throws -> (text: String, tokenCount: Int, usage: StepUsage?) {
        let answer = try await answer(system: system, prompt: prompt, tokenCountMax: tokenCountMax)
        return (answer.text, answer.tokenCount, nil)
    }
}

/// What a person configures for the kinds; nothing is reachable by default.
public struct NodeSettings: Sendable {
    /// The folder below which data are imported and scanned. Nil refuses both.
    public var importRoot: String?
    /// The folder below which files are exported. Nil refuses it.
    public var exportRoot: String?
    /// What may be exported. The default is up to L2: masked data.
    public var exportClearance = Clearance(upTo: .level2)
    /// What a notice may hold: it ends in somebody's mailbox. The default is up to L2.
    public var noticeClearance = Clearance(upTo: .level2)
    /// Hosts that `http` may ask, as `host` or `host:port`. The default is none.
    public var allowedHosts: Set<String> = []
    public var transport: (any HTTPTransport)?
    public var model: (any TextModel)?
    /// What `${secret.NAME}` in definitions stands for. The default is none.
    public var secrets = WorkflowSecrets.none
    /// What fine-tunes language models and lets adapters answer.
    public var adapterMaker: (any AdapterMaker)?
    /// What an adapter that answers may have learned from: whoever has a key may ask it. The default is up to L2.
    public var servingClearance = Clearance(upTo: .level2)
    /// What runs code. The default is nothing: steps of kind `code` are refused.
    public var codeRunner: (any CodeRunner)?
    /// The language model of agents. Nil has none.
    public var agentModel: (any AgentModel)?

    public init(importRoot: String? = nil, exportRoot: String? = nil) {
        self.importRoot = importRoot
        self.exportRoot = exportRoot
    }
}

/// What the step kinds of the catalog work with.
public struct NodeServices: Sendable {
    public let store: Store
    public let catalog: Catalog
    public let knowledge: KnowledgeBase
    public let detector: Detector
    public let grader: Grader
    public let protector: Protector
    public let audit: AuditLog
    public let register: FindingRegister
    public let tools: ExternalTools
    public var settings: NodeSettings

    public init(
        store: Store, catalog: Catalog, knowledge: KnowledgeBase, detector: Detector, grader: Grader, protector: Protector, audit: AuditLog, register: FindingRegister, tools: ExternalTools,
        settings: NodeSettings = NodeSettings()
    ) {
        (self.store, self.catalog, self.knowledge, self.detector) = (store, catalog, knowledge, detector)
        (self.grader, self.protector, self.audit, self.register) = (grader, protector, audit, register)
        (self.tools, self.settings) = (tools, settings)
    }
}
