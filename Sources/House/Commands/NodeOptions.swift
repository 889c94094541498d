import Agents
import ArgumentParser
import Core
import Foundation
import Inference
import Kernels
import Labels
import Models
import Nodes
import Store
import Synchronization
import Traffic
import Workflows

/// What steps of workflows may reach, shared by every command that runs some.
struct NodeOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The folder below which steps import and scan. By default the one named last, else import in the data directory.", valueName: "dir"))
    var importRoot: String?
    @Option(name: .long, help: ArgumentHelp("The folder below which steps export. By default the one named last, else export in the data directory.", valueName: "dir"))
    var exportRoot: String?
    @Option(name: .long, help: ArgumentHelp("A host that http steps may ask, as HOST or HOST:PORT; may be given several times. None by default.", valueName: "host"))
    var allowHost: [String] = []
    @Option(name: .long, help: ArgumentHelp("The language model of model steps; the only one imported by default.", valueName: "name"))
    var stepModel: String?
    @Option(name: .long, help: ArgumentHelp("Secrets of steps, one NAME=value a line, in a file that nobody else may read. By default the file secrets in the data directory, if it is there.", valueName: "file"))
    var secrets: String?
    @OptionGroup var code: CodeOptions
    @Option(name: .long, help: ArgumentHelp("How models of agents write calls: object, which they are held to, or tagged, for models trained to <tool_call> marks.", valueName: "format"))
    var callFormat = ToolFormat.object

    /// Folders that were named last, so that a run goes on where it began; hosts are named each time.
    private struct Roots: Codable, Sendable {
        var importRoot: String?
        var exportRoot: String?
    }
    private static let roots = RecordCollection<Roots>("node-roots")

    /// Settings as named here, for a command that owns the store.
    func settings(in store: Store) async throws -> NodeSettings {
        if importRoot != nil || exportRoot != nil {
            let (named, base) = (self, FileManager.default.currentDirectoryPath)
            func whole(_ path: String) -> String { path.hasPrefix("/") ? path : base + "/" + path }
            let (newImport, newExport) = (named.importRoot.map(whole), named.exportRoot.map(whole))
            try await store.write { transaction in
                var roots = try transaction.get("roots", in: Self.roots) ?? Roots()
                roots.importRoot = newImport ?? roots.importRoot
                roots.exportRoot = newExport ?? roots.exportRoot
                try transaction.put(roots, as: "roots", in: Self.roots)
            }
        }
        var settings = try await Self.standard(in: store, model: stepModel, callFormat: callFormat)
        settings.allowedHosts = Set(allowHost)
        settings.secrets = try StepSecretFile.read(secrets, in: store.directory)
        settings.codeRunner = try code.sandbox(dataDirectory: store.directory)
        try await settings.adapterMaker?.forgetEnded(in: store)
        if !allowHost.isEmpty { settings.transport = HTTPClient() }
        return settings
    }

    /// The folders that were named last, else `import` and `export` in the data directory; a model of this machine, and no host.
    static func standard(in store: Store, model: String? = nil, callFormat: ToolFormat = .object) async throws -> NodeSettings {
        let roots = try await store.read { try $0.get("roots", in: Self.roots) } ?? Roots()
        var settings = NodeSettings(importRoot: roots.importRoot ?? store.directory + "/import", exportRoot: roots.exportRoot ?? store.directory + "/export")
        let registry = ModelRegistry(store: store, clock: SystemWallClock()), machine = ProcessInfo.processInfo
        // Who only looks needs no secrets, and is not kept from looking by a file that is not as it should be.
        settings.secrets = (try? StepSecretFile.read(nil, in: store.directory)) ?? .none
        let language = StepModel(registry: registry, name: model, callFormat: callFormat)
        (settings.model, settings.agentModel) = (language, language)
        settings.adapterMaker = StepAdapterMaker(registry: registry, folder: store.directory + "/tuning", threads: machine.activeProcessorCount, byteCountMax: Int(machine.physicalMemory / 4))
        return settings
    }
}

/// A language model on this machine for model steps, loaded when the first of them asks. Always the best token and a fixed seed: the same prompt gives the same answer.
final class StepModel: TextModel, AgentModel {
    private let registry: ModelRegistry
    private let name: String?
    private let callFormat: ToolFormat
    private let loaded = Mutex<ChatModel?>(nil)
    /// It runs here, so everything may be sent to it.
    let clearance = Clearance.all
    var contextTokenCount: Int { Self.context }
    private static let context = 4_096

    /// - Parameter name: nil takes the only language model there is.
    init(registry: ModelRegistry, name: String?, callFormat: ToolFormat = .object) { (self.registry, self.name, self.callFormat) = (registry, name, callFormat) }

    func answer(system: String?, prompt: String, tokenCountMax: Int) async throws -> (text: String, tokenCount: Int) {
        let answer = try await measuredAnswer(system: system, prompt: prompt, tokenCountMax: tokenCountMax)
        return (answer.text, answer.tokenCount)
    }

    func measuredAnswer(system: String?, prompt: String, tokenCountMax: Int) async throws -> (text: String, tokenCount: Int, usage: StepUsage?) {
        let messages = (system.map { [ChatMessage(role: "system", content: $0)] } ?? []) + [ChatMessage(role: "user", content: prompt)]
        let answer = try await answer(messages, tokenCountMax: tokenCountMax)
        return (answer.text, answer.usage.tokensWritten, answer.usage)
    }

    /// As `--call-format` says; what the engine holds to a schema needs no marks that a model was trained to.
    func format() async throws -> ToolFormat { callFormat }

    func next(_ messages: [AgentMessage], schema: String?, tokenCountMax: Int) async throws -> AgentReply {
        let answer = try await answer(messages.map { ChatMessage(role: $0.role.rawValue, content: $0.text) }, schema: schema, tokenCountMax: tokenCountMax)
        return AgentReply(text: answer.text, tokenCount: answer.usage.tokensWritten, isCut: answer.isCut, usage: answer.usage)
    }

    private func answer(_ messages: [ChatMessage], schema: String? = nil, tokenCountMax: Int) async throws -> (text: String, usage: StepUsage, isCut: Bool) {
        let model = try await model()
        var options = AnswerOptions()
        options.tokenCountMax = tokenCountMax
        options.sampling.temperature = 0
        options.sampling.seed = 1
        if let schema { try options.constrain(toJSONSchema: schema) }
        var (text, cost, isCut) = ("", GenerationStatistics(), false)
        for try await event in try model.answer(messages, options: options) {
            switch event {
            case .text(let piece, _): text += piece
            case .finished(let reason, let statistics): (cost, isCut) = (statistics, reason == .length)
            }
        }
        return (text, StepUsage(model: model.record.name, tokensRead: cost.promptTokens, tokensWritten: cost.answerTokens, milliseconds: cost.seconds * 1000, fingerprint: String(cost.fingerprint, radix: 16)), isCut)
    }

    private func model() async throws -> ChatModel {
        if let model = loaded.withLock({ $0 }) { return model }
        let records = try await registry.all().filter { $0.task == .chat && (name == nil || $0.name == name) }
        guard let record = records.first, records.count == 1 else {
            throw Fault(
                .nodeUnavailable, records.isEmpty ? "no such language model is imported" : "several language models are imported and none was named",
                remedy: "import one with `banyan model import`, or name one with --step-model")
        }
        let pool = try ThreadPool(width: ProcessInfo.processInfo.activeProcessorCount)
        let model = try ChatModel(record: record, pool: pool, context: Self.context, slotCount: 1, clock: SystemWallClock())
        return loaded.withLock { known in
            if let known { return known }
            known = model
            return model
        }
    }
}

extension ToolFormat: ExpressibleByArgument {}
