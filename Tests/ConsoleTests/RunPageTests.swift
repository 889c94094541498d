import Core
import Knowledge
import Labels
import Protection
import Store
import Support
import Testing
import Workflows

@testable import Console

/// A run's page: what it shows to whom, and how it follows the run.
@Suite struct RunPageTests {
    struct Copy: StepKind {
        let id = "copy"
        let signature = StepSignature(inputs: ["text": .init(.string)], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)
        func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
            .done(output: ["text": input.values["text"] ?? ""], usage: StepUsage(model: "small", tokensRead: 1_000, tokensWritten: 500, milliseconds: 20))
        }
    }

    static let secret = "林晓芸 13800138000"
    let directory: TemporaryDirectory
    let store: Store
    let engine: WorkflowEngine
    let handler: ConsoleHandler
    let clock = ManualWallClock()

    init() async throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        let ids = IdentifierSource(random: SeededRandom(seed: 9))
        engine = WorkflowEngine(store: store, kinds: [Copy()], clock: clock, ids: ids)
        let services = ConsoleServices(
            store: store, engine: engine, knowledge: KnowledgeBase(store: store, tools: ExternalTools(), clock: clock), audit: AuditLog(store: store, clock: clock), register: FindingRegister(store: store), clock: clock,
            ids: ids)
        let users = [("low", Grade.level2), ("high", .level4)].map { ConsoleUser(name: $0.0, tokenSHA256: SHA256.hex(Array("token-\($0.0)".utf8)), clearance: Clearance(upTo: $0.1)) }
        handler = ConsoleHandler(services: services, configuration: ConsoleConfiguration(signIn: .tokens(users)))
        let yaml = """
            workflow: w
            inputs: {text: {type: string, grade: L3}}
            outputs: {all: "${a.text}"}
            steps:
              - {id: a, kind: copy, with: {text: "${input.text}"}}
              - {id: each, kind: map, with: {items: [1, 2, 3]}, steps: [{id: b, kind: copy, with: {text: "${a.text}"}}]}
              - {id: nap, kind: wait, with: {seconds: 100000}, after: [each]}
            """
        _ = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["text": .string(Self.secret)], Label(.level3, [.personal])), runID: "run-1")
        _ = try await engine.advance("run-1")
    }

    private func get(_ path: String, _ user: String, query: [String: String] = [:], language: String = "en") async throws -> ConsoleResponse {
        var request = ConsoleRequest()
        (request.path, request.query, request.host, request.acceptLanguage) = (path, query, "127.0.0.1:8080", language)
        request.cookies[ConsoleHandler.cookie] = try #require(handler.sessions.signIn(token: "token-\(user)")).id
        return await handler.answer(request)
    }

    /// The bodies of the map have ended; what their steps took is there, as far as the reader may see.
    @Test func whatStepsInsideAnEndedBodyTookIsShownByClearance() async throws {
        let (high, low) = (text(try await get("/runs/run-1", "high")), text(try await get("/runs/run-1", "low")))
        for number in 0..<3 { #expect(high.contains("data-key=\"in each[\(number)].b\"") && !low.contains("data-key=\"in each[\(number)].b\"")) }
        #expect(high.contains(Self.secret) && !low.contains(Self.secret))
        // Each of the three, and the step outside, with its size in place of its text.
        #expect(low.ranges(of: "text: text, \(Self.secret.utf8.count) bytes").count >= 8)
    }

    private func text(_ response: ConsoleResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test func valuesAboveAReadersClearanceAreTypesAndSizes() async throws {
        let (low, high) = (text(try await get("/runs/run-1", "low")), text(try await get("/runs/run-1", "high")))
        #expect(high.ranges(of: Self.secret).count >= 4 && !low.contains(Self.secret) && !low.contains("13800138000"))
        #expect(low.contains("text: text, 21 bytes") && low.contains("L3"))
        #expect(text(try await get("/runs/run-1", "low", language: "zh-CN")).contains("文本，21 字节"))
    }

    @Test func theFragmentComesOnlyWhenSomethingHasChanged() async throws {
        let response = try await get("/runs/run-1", "high"), page = text(response)
        #expect(response.headers.contains { $0.value.contains("script-src 'self'; connect-src 'self'") })
        let version = try #require(page.firstMatch(of: /data-version="(\d+)"/)).output.1
        #expect(page.contains("data-final=\"0\"") && page.contains("src=\"/run.js\""))
        #expect(try await get("/runs/run-1/live", "high", query: ["after": String(version)]).status == 204)
        clock.advance(by: 100_001)
        _ = try await engine.advance("run-1")
        let next = try await get("/runs/run-1/live", "high", query: ["after": String(version)])
        #expect(next.status == 200 && text(next).hasPrefix("<div id=\"live\"") && text(next).contains("data-final=\"1\"") && !text(next).contains("<script"))
        let whole = try await get("/runs/run-1", "high")
        #expect(!text(whole).contains("<script") && whole.headers.isEmpty)
        #expect(try await get("/runs/none/live", "high").status == 404)
    }

    @Test func tokensAndCostAreThereForStepsAndTheRun() async throws {
        #expect(!text(try await get("/runs/run-1", "low")).contains("CNY"))
        try await ModelPrices.set(try TokenPrice(read: 2, written: 8, currency: "CNY"), of: "small", in: store)
        let page = text(try await get("/runs/run-1", "low"))
        #expect(page.contains("4000 tokens read, 2000 written") && page.contains("0.024000 CNY") && page.contains("0.006000 CNY"))
    }

    @Test func theTimelineHasARowForEachStepAndCutsLongWaits() async throws {
        let view = try await engine.view("run-1"), timeline = Timeline(view.trace, now: clock.now + 50_000)
        #expect(timeline.rows.map(\.name) == ["a", "each", "each[0]", "each[1]", "each[2]", "nap"] && timeline.tones == [.done, .time])
        let scale = timeline.scale
        #expect(scale.gaps.count == 1 && scale.place(clock.now) < 0.5 && scale.place(clock.now + 50_000) == 1)
        let places = stride(from: clock.now - 10, through: clock.now + 60_000, by: 500).map(scale.place)
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 } && places.allSatisfy { (0...1).contains($0) })
    }

    @Test func durationsAreReadable() {
        let cases: [(Double, String, String)] = [(-1, "0 ms", "0 毫秒"), (0.0124, "12 ms", "12 毫秒"), (3.44, "3.4 s", "3.4 秒"), (125, "2 min 5 s", "2 分 5 秒"), (7_200, "2 h", "2 小时"), (200_000, "2 d 7 h", "2 天 7 小时")]
        for (seconds, en, zh) in cases {
            #expect(RunPage.duration(seconds, .en) == en)
            #expect(RunPage.duration(seconds, .zh) == zh)
        }
    }

    /// More steps than a page draws: bounded rows, and a second page.
    @Test func aRunOfAThousandItemsHasABoundedPage() async throws {
        let yaml = "workflow: many\ninputs: {items: {type: array}}\nsteps:\n  - {id: each, kind: map, with: {items: \"${input.items}\"}, parallel: 16, steps: [{id: b, kind: copy, with: {text: \"${each.item}\"}}]}"
        _ = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["items": .array((0..<1_000).map { .string("\($0)") })], .bottom), runID: "many")
        #expect(try await engine.advance("many") == .completed)
        let page = text(try await get("/runs/many", "high"))
        #expect(page.ranges(of: "<tr>").count == RunPage.stepCount + 1 && page.utf8.count < 400_000)
        #expect(page.contains("b: copy · 1000 done") && page.contains("980 more rows are not drawn") && page.contains("page=1"))
        #expect(text(try await get("/runs/many", "high", query: ["page": "3"])).contains("each[998].b"))
    }
}
