import Catalog
import Core
import Detection
import Knowledge
import Labels
import Nodes
import Protection
import Store
import Workflows

/// The rooms of the platform, wired for the hotline. `banyan demo` and `banyan serve` both start here.
public struct HotlinePlatform: Sendable {
    public let services: HotlineServices
    /// What the kinds of the catalog work with; the engine knows them beside the hotline's own.
    public let nodes: NodeServices
    public let engine: WorkflowEngine

    /// Departments and paths of the last demonstration, kept so that `banyan serve` can go on with its runs.
    private struct Settings: Codable, Sendable {
        struct Profile: Codable, Sendable {
            let id, name, duties: String
            let keywords: [String]
        }
        let departments: [Profile]
        let imageDirectory: String
    }
    private static let settings = RecordCollection<Settings>("hotline-settings")

    /// Ingests the knowledge folder (a workflow run of its own), then wires everything.
    static func assemble(
        in store: Store, tools: ExternalTools, clock: any WallClock, ids: IdentifierSource, departments: [Department], imageDirectory: String,
        knowledgeDirectory: String, drafter: (any ReplyDrafter)? = nil, progress: ProgressSink?
    ) async throws -> HotlinePlatform {
        let knowledge = KnowledgeBase(store: store, tools: tools)
        let fingerprint = try folderFingerprint(knowledgeDirectory)
        let intake = WorkflowEngine(store: store, kinds: [IngestStep(knowledge: knowledge)], clock: clock, ids: ids)
        progress?(JobProgress(phase: "knowledge", done: 0, total: nil))
        let run = try await intake.start(
            try HotlineWorkflows.ingest(), input: Labeled(["directory": .string(knowledgeDirectory)], .bottom), runID: "ingest-\(fingerprint)")
        let status = try await intake.carry(run)
        guard status == .completed else {
            let failure = try await intake.detail(run).summary.failure ?? "its run ended as \(status.rawValue)"
            throw Fault(.knowledgeNotIngested, "the knowledge folder was not read: \(failure)", remedy: "mend it, then run again")
        }
        let record = Settings(
            departments: departments.map { .init(id: $0.id, name: $0.name, duties: $0.duties, keywords: $0.keywords) }, imageDirectory: imageDirectory)
        try await store.write { try $0.put(record, as: "government", in: settings) }
        return try await wire(
            store: store, knowledge: knowledge, tools: tools, clock: clock, ids: ids, departments: departments, imageDirectory: imageDirectory, drafter: drafter)
    }

    /// Wires the platform over what a store already holds: for the console and for single commands.
    /// - Parameter settings: what a person configured for the kinds of the catalog.
    public static func open(
        in store: Store, tools: ExternalTools, clock: any WallClock, ids: IdentifierSource, settings: NodeSettings = NodeSettings()
    ) async throws -> HotlinePlatform {
        let record = try await store.read { try $0.get("government", in: Self.settings) }
        let departments = record?.departments.map { Department(id: $0.id, name: $0.name, duties: $0.duties, keywords: $0.keywords) } ?? []
        return try await wire(
            store: store, knowledge: KnowledgeBase(store: store, tools: tools), tools: tools, clock: clock, ids: ids, departments: departments,
            imageDirectory: record?.imageDirectory ?? ".", settings: settings)
    }

    private static func wire(
        store: Store, knowledge: KnowledgeBase, tools: ExternalTools, clock: any WallClock, ids: IdentifierSource, departments: [Department], imageDirectory: String,
        drafter: (any ReplyDrafter)? = nil, settings: NodeSettings = NodeSettings()
    ) async throws -> HotlinePlatform {
        let documents = try await knowledge.documents().map(\.document)
        let texts = try await store.read { transaction in
            try documents.reduce(into: [String: String]()) { texts, key in
                texts[key] = try transaction.passages(of: key).map(\.text).joined(separator: "\n")
            }
        }
        let services = HotlineServices(
            store: store, catalog: Catalog(store: store, clock: clock, ids: ids), knowledge: knowledge, detector: Detector(),
            grader: Grader(standards: try GradingStandards.builtIn()), protector: Protector(policy: .default),
            audit: AuditLog(store: store, clock: clock), register: FindingRegister(store: store),
            router: DepartmentRouter(departments: departments, documents: texts), clock: clock, imageDirectory: imageDirectory, drafter: drafter)
        let nodes = NodeServices(
            store: store, catalog: services.catalog, knowledge: knowledge, detector: services.detector, grader: services.grader, protector: services.protector, audit: services.audit,
            register: services.register, tools: tools, settings: settings)
        // The hotline's `detect` is the catalog's, counted; the last of an id is the one that runs.
        let engine = WorkflowEngine(store: store, kinds: NodeRegistry.all(nodes) + HotlineSteps.all(services), clock: clock, ids: ids, secrets: settings.secrets)
        return HotlinePlatform(services: services, nodes: nodes, engine: engine)
    }

    /// Changes when a file of the folder is added, removed or altered.
    private static func folderFingerprint(_ directory: String) throws -> String {
        var hash = SHA256()
        for name in try FileTree.files(below: directory) {
            hash.update(Array("\(name)\u{0}".utf8))
            hash.update(SHA256.digest(try FileTree.read(directory + "/" + name)))
        }
        return String(hexText(hash.finalize()).prefix(16))
    }
}

extension Fault.Code {
    /// The run that reads the knowledge folder did not complete.
    public static let knowledgeNotIngested = Fault.Code("demonstration.knowledge", .input)
}
