import Agents
import Catalog
import Core
import Detection
import Knowledge
import Labels
import Nodes
import Protection
import Store
import Support
import Synchronization
import Workflows

/// A house of its own for one test: a store, folders to import from and export to, and every kind over them.
final class NodeHouse: Sendable {
    let directory: TemporaryDirectory
    let store: Store
    let services: NodeServices
    let clock = ManualWallClock()
    let transport = RecordedTransport()
    let adapters = RecordedMaker()

    init(allowedHosts: Set<String> = ["known.test"], model: (any TextModel)? = EchoModel()) throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.file("data"))
        let (clock, ids) = (clock, IdentifierSource(random: SeededRandom(seed: 1)))
        var settings = NodeSettings(importRoot: directory.file("import"), exportRoot: directory.file("export"))
        settings.allowedHosts = allowedHosts
        settings.transport = transport
        settings.model = model
        settings.codeRunner = RepeatingRunner()
        settings.agentModel = model == nil ? nil : EchoAgent()
        settings.adapterMaker = adapters
        services = NodeServices(
            store: store, catalog: Catalog(store: store, clock: clock, ids: ids), knowledge: KnowledgeBase(store: store, tools: ExternalTools(), clock: clock), detector: Detector(),
            grader: Grader(standards: try GradingStandards.builtIn()), protector: Protector(), audit: AuditLog(store: store, clock: clock), register: FindingRegister(store: store),
            tools: ExternalTools(), settings: settings)
        try directory.write(Array("number,name,phone\nA1,王芳,13812345678\nA2,李强,13987654321\n".utf8), to: "import/people.csv")
        try directory.write(Array("第一份\n".utf8), to: "import/folder/one.txt")
        try directory.write(Array("第二份，电话13812345678\n".utf8), to: "import/folder/two.txt")
        try directory.write(Array("一份说明".utf8), to: "import/note.md")
    }

    var kinds: [any StepKind] { NodeRegistry.all(services) }
    func kind(_ id: String) throws -> any StepKind {
        guard let kind = kinds.first(where: { $0.id == id }) else { throw Fault(.defect, "no kind \(id)") }
        return kind
    }

    /// Runs a kind once; the effect of each turn is committed.
    @discardableResult
    func run(_ id: String, _ values: [String: JSONValue], label: Label = .bottom, step: String = "s", attempt: Int = 1) async throws -> (output: [String: JSONValue], label: Label?) {
        let context = StepContext(runID: "run-1", stepID: step, attempt: attempt, now: clock.now)
        let ended = try await Self.ended(try kind(id), StepInput(values: values, label: label), in: context) { [store] effect in try await store.write { try effect($0) } }
        guard let ended else { throw Fault(.defect, "\(id) did not end") }
        return (ended.output, ended.label)
    }

    /// What a kind ends with, over as many turns as it takes; nil when it waits.
    /// - Parameter commit: takes the effect of each turn before the next; by default nothing does.
    static func ended(
        _ kind: any StepKind, _ input: StepInput, in context: StepContext, commit: (@escaping @Sendable (Transaction) throws -> Void) async throws -> Void = { _ in }
    ) async throws -> (output: [String: JSONValue], label: Label?, effects: [@Sendable (Transaction) throws -> Void])? {
        var (notes, effects) = ([StepNote](), [@Sendable (Transaction) throws -> Void]())
        for _ in 0..<50 {
            let turn = StepContext(runID: context.runID, stepID: context.stepID, attempt: context.attempt, now: context.now, notes: notes)
            switch try await kind.run(input, in: turn) {
            case .done(let output, let label, let effect, _):
                if let effect { try await commit(effect) }
                return (output, label, effects + (effect.map { [$0] } ?? []))
            case .again(let next) where next.request == nil:
                notes.append(StepNote(next.note, label: next.label))
                if let effect = next.effect {
                    effects.append(effect)
                    try await commit(effect)
                }
            default: return nil
            }
        }
        return nil
    }

    /// The code of the fault that a kind ends in; nil when it ends well.
    func refusal(_ id: String, _ values: [String: JSONValue]) async -> Fault.Code? {
        do {
            try await run(id, values)
            return nil
        } catch { return (error as? Fault)?.code }
    }

    /// Everything in the store that steps write, by number.
    func counts() async throws -> [Int] {
        let catalog = try await services.catalog.counts()
        let audit = try await store.read { try $0.lastLedgerRow()?.sequence ?? 0 }
        return [
            catalog.assets, catalog.versions, audit, try await Outbox(store: store).waiting().count, try await Deployments(store: store).all().count, try await services.knowledge.documents().count,
            try await services.register.subjects().count,
        ]
    }

    /// Labeled records for a tagger: what is red is a color.
    static func labeled(_ count: Int) -> [JSONValue] {
        (0..<count).map { number in
            let (thing, color) = (["阀门", "水泵", "电表", "路灯"][number % 4], ["红色", "蓝色", "绿色"][number % 3])
            return ["text": .string("编号\(number)的\(thing)是\(color)的"), "spans": [["start": .int("编号\(number)的\(thing)是".count), "end": .int("编号\(number)的\(thing)是\(color)".count), "type": "color"]]]
        }
    }
}

/// A model that says what it was asked.
struct EchoModel: TextModel {
    let clearance = Clearance.all
    func answer(system: String?, prompt: String, tokenCountMax: Int) async throws -> (text: String, tokenCount: Int) { (String(prompt.prefix(tokenCountMax)), min(prompt.count, tokenCountMax)) }
}

/// An agent's model that knows one answer.
struct EchoAgent: AgentModel {
    let clearance = Clearance.all
    func next(_ messages: [AgentMessage], schema: String?, tokenCountMax: Int) async throws -> AgentReply {
        AgentReply(text: "{\"tool\": \"finish\", \"arguments\": {\"answer\": \"好\"}}", tokenCount: 9)
    }
}

/// Connections that lead nowhere and remember what was sent.
final class RecordedTransport: HTTPTransport {
    let requests = Mutex<[OutgoingRequest]>([])
    let status = Mutex(200)

    func send(_ request: OutgoingRequest) async throws -> IncomingAnswer {
        requests.withLock { $0.append(request) }
        return IncomingAnswer(status: status.withLock { $0 }, body: ByteChunks([Array("{\"ok\":true}".utf8)]))
    }
}

/// A runner that gives back what it was given.
struct RepeatingRunner: CodeRunner {
    func run(_ request: CodeRequest) async throws -> [UInt8] {
        switch request.program {
        case "repeat": Array("{\"given\": ".utf8) + request.input + Array("}".utf8)
        case "babble": Array("no JSON".utf8)
        case "list": Array("[1]".utf8)
        default: throw Fault(.nodeSandbox, "nobody allowed a program of that name")
        }
    }
}

/// A maker whose adapters are what they learned from, and that remembers which of them answer.
final class RecordedMaker: AdapterMaker {
    let serving = Mutex<[String: [UInt8]]>([:])

    func make(_ request: AdapterRequest, key: String, progress: @escaping @Sendable (Int, Int) -> Void) async throws -> MadeAdapter {
        let bytes = SHA256.digest(request.data + Array("\(request.seed) \(request.epochs)".utf8))
        return MadeAdapter(bytes: bytes, base: request.base ?? "tiny", rowCount: request.data.count { $0 == 10 }, tokenCount: request.data.count, score: 0.5) {}
    }

    func keptKeys() throws -> Set<String> { [] }
    func forget(_ key: String) throws {}
    func check(_ adapter: [UInt8], as name: String) async throws {}
    func serve(_ adapter: [UInt8], as name: String) async throws { serving.withLock { $0[name] = adapter } }
}
