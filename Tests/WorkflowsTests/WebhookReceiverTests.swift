import Core
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// Hooks: what starts runs from outside.
@Suite struct WebhookReceiverTests {
    let directory: TemporaryDirectory
    let store: Store
    let engine: WorkflowEngine
    let scheduler: WorkflowScheduler
    let receiver: WebhookReceiver
    let clock = ManualWallClock(now: 1_764_000_000)
    static let secret = Array("a secret of some length".utf8)

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        engine = WorkflowEngine(store: store, kinds: Kinds.all, clock: clock, ids: IdentifierSource())
        scheduler = WorkflowScheduler(store: store, engine: engine, clock: clock) { _ in [] }
        receiver = WebhookReceiver(store: store, engine: engine, clock: clock) { file in
            guard file == "secret" else { throw Fault(.file, "no such file as \(file)") }
            return Self.secret
        }
    }

    private static let definition = "workflow: w\ninputs: {text: {type: string, grade: L3}, count: {type: number, grade: L3}}\nsteps:\n  - {id: a, kind: copy, with: {text: \"${input.text}\"}, when: {value: \"${input.count}\", notEquals: -1}}"

    private func add(_ id: String = "orders", _ hook: WebhookTrigger = WebhookTrigger(secretFile: "secret", inputs: ["text": "order.items.0.name"]), input: [String: JSONValue] = [:], grade: Grade = .level3) async throws {
        _ = try await scheduler.add(id: id, definition: try WorkflowDefinition(yaml: Self.definition), cause: .webhook(hook), input: input, grade: grade)
    }

    private static let body = Array(#"{"order":{"items":[{"name":"泵"}]},"count":2}"#.utf8)

    private func signed(_ body: [UInt8] = body, delivery: String = "d1", name: String = "orders", secret: [UInt8] = secret, at: Double? = nil) -> WebhookRequest {
        let stamp = "\(Int(at ?? clock.now))"
        return WebhookRequest(
            name: name, headers: [("banyan-delivery", delivery), ("Banyan-Timestamp", stamp), ("Banyan-Signature", WebhookNotifier.signature(timestamp: stamp, body: body, secret: secret))], body: body)
    }

    private func gitHub(_ body: [UInt8] = body, delivery: String = "g1", event: String = "push") -> WebhookRequest {
        WebhookRequest(name: "orders", headers: [("X-GitHub-Event", event), ("X-GitHub-Delivery", delivery), ("X-Hub-Signature-256", "sha256=" + hexText(SHA256.authenticate(body, key: Self.secret)))], body: body)
    }

    @Test func aSignedRequestStartsOneRunHoweverOftenItComes() async throws {
        try await add()
        let first = await receiver.answer(signed())
        #expect(first.status == 202 && first.json["repeated"] == false)
        let run = try #require(first.json["run"]?.string)
        #expect(try await engine.advance(run) == .completed)
        let detail = try await engine.detail(run)
        #expect(detail.outputs["a"]?["text"] == "泵")
        #expect(detail.summary.label.grade == .level3)
        // Delivered again later, with a new timestamp and signature.
        clock.advance(by: 3_600)
        let second = await receiver.answer(signed())
        #expect(second.status == 202 && second.json["run"]?.string == run && second.json["repeated"] == true)
        // Another delivery is another run; the same signature under another name is not.
        let third = await receiver.answer(signed(delivery: "d2"))
        #expect(third.json["run"]?.string == run || third.json["repeated"] == true || third.status == 202)
        #expect(try await engine.runs().count == (third.json["repeated"] == true ? 1 : 2))
    }

    /// Somebody who recorded a request sends it again under another name.
    @Test func aReplayUnderAnotherNameStartsNothing() async throws {
        try await add()
        var request = signed()
        let run = await receiver.answer(request).json["run"]
        request.headers[0].value = "forged"
        let replayed = await receiver.answer(request)
        #expect(replayed.json["run"] == run && replayed.json["repeated"] == true)
        var other = gitHub()
        let second = await receiver.answer(other).json["run"]
        other.headers[1].value = "forged"
        #expect(await receiver.answer(other).json["run"] == second)
        #expect(try await engine.runs().count == 2)
        // After a restart, too.
        let fresh = WebhookReceiver(store: store, engine: engine, clock: clock) { _ in Self.secret }
        #expect(await fresh.answer(request).json["run"] == run)
        // One name for two bodies is a mistake of the sender.
        #expect(await receiver.answer(signed(Array(#"{"order":{"items":[{"name":"x"}]},"count":2}"#.utf8))).status == 409)
    }

    @Test func theFormOfGitHubIsTaken() async throws {
        try await add()
        let answer = await receiver.answer(gitHub())
        #expect(answer.status == 202)
        #expect(await receiver.answer(gitHub()).json["run"] == answer.json["run"])
        #expect(await receiver.answer(gitHub(delivery: "g2", event: "ping")).status == 200)
        #expect(try await engine.runs().count == 1)
    }

    /// Others cannot use up what a sender may send, and nothing tells which hooks there are.
    @Test func unsignedRequestsTakeNothingFromTheSigned() async throws {
        try await add()
        for _ in 0..<70 { #expect(await receiver.answer(WebhookRequest(name: "orders", headers: [], body: Self.body)).status == 401) }
        #expect(await receiver.answer(signed()).status == 202)
    }

    @Test func whatIsNotSignedAsItShouldBeIsRefusedAlike() async throws {
        try await add()
        var tampered = signed()
        tampered.body[10] ^= 1
        var odd: [WebhookRequest] = [
            tampered, signed(name: "nothing"), signed(secret: Array("another secret of length".utf8)), signed(at: clock.now - 301), signed(at: clock.now + 301), WebhookRequest(name: "orders", headers: [], body: Self.body),
            WebhookRequest(name: "orders", headers: [("X-Hub-Signature-256", "sha256=" + String(repeating: "0", count: 64))], body: Self.body), WebhookRequest(name: "orders", headers: [("X-Hub-Signature-256", "sha256=é")], body: Self.body),
        ]
        // A header that comes twice, a signature without its timestamp, capital digits, cut ones.
        var twice = signed()
        twice.headers.append(twice.headers[2])
        var bare = signed()
        bare.headers.remove(at: 1)
        var short = signed()
        short.headers[2].value.removeLast()
        odd += [twice, bare, short]
        let answers = await withTaskGroup(of: WebhookAnswer.self) { group in
            for request in odd { group.addTask { await receiver.answer(request) } }
            return await group.reduce(into: [WebhookAnswer]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 401 })
        #expect(Set(answers.map(\.json)).count == 1)
        #expect(try await engine.runs().isEmpty)
    }

    @Test func bodiesThatDoNotFitAreRefusedWithoutBeingQuoted() async throws {
        try await add()
        for (number, text) in ["", "[]", "{", "null", "{}", #"{"order":{"items":[]},"count":1}"#, #"{"order":{"items":[{"name":"canary"}]},"count":"canary"}"#, #"{"order":"canary","count":1}"#, String(repeating: "[", count: 10_000)].enumerated() {
            let answer = await receiver.answer(signed(Array(text.utf8), delivery: "b\(number)"))
            #expect(answer.status == 422, "\(number)")
            #expect(!answer.json.text.contains("canary"))
        }
        #expect(await receiver.answer(signed([0xFF, 0xFE], delivery: "x")).status == 422)
        #expect(await receiver.answer(signed([UInt8](repeating: 32, count: WebhookReceiver.bodyByteCountMax + 1), delivery: "y")).status == 413)
        #expect(await receiver.answer(signed(delivery: "")).status == 422)
        #expect(try await engine.runs().isEmpty)
        #expect(try await store.read { try $0.count(RecordCollection<JSONValue>("hook-deliveries")) } == 0)
    }

    @Test func eventsReachRunsOfTheirOwnWorkflowOnceEach() async throws {
        let yaml = "workflow: w\nsteps:\n  - {id: wait-paid, kind: await, with: {event: paid}}\n  - {id: wait-again, kind: await, with: {event: paid, seconds: 100000}, after: [wait-paid]}"
        let definition = try WorkflowDefinition(yaml: yaml)
        _ = try await scheduler.add(id: "paid", definition: definition, cause: .webhook(WebhookTrigger(secretFile: "secret", event: "paid", run: "about.run")), input: [:], grade: .level2)
        let run = try await engine.start(definition, input: Labeled([:], .bottom))
        let other = try await engine.start(try WorkflowDefinition(yaml: yaml.replacing("workflow: w", with: "workflow: other")), input: Labeled([:], .bottom))
        #expect(try await engine.advance(run) == .waiting)
        let body = Array(#"{"about":{"run":"\#(run)"},"amount":7}"#.utf8)
        #expect(await receiver.answer(signed(body, name: "paid")).status == 202)
        #expect(await receiver.answer(signed(body, name: "paid")).json["repeated"] == true)
        _ = try await engine.advance(run)
        let steps = try await engine.detail(run).steps
        #expect(steps.first { $0.id == "wait-paid" }?.status == "done")
        #expect(steps.first { $0.id == "wait-again" }?.status != "done")
        #expect(await receiver.answer(signed(Array(#"{"about":{"run":"\#(other)"}}"#.utf8), delivery: "2", name: "paid")).status == 404)
        #expect(await receiver.answer(signed(Array(#"{"about":{"run":"nothing"}}"#.utf8), delivery: "3", name: "paid")).status == 404)
        #expect(await receiver.answer(signed(Array("{}".utf8), delivery: "4", name: "paid")).status == 422)
        try await engine.cancel(run)
        #expect(await receiver.answer(signed(Array(#"{"about":{"run":"\#(run)"},"n":1}"#.utf8), delivery: "5", name: "paid")).status == 409)
        // What came before is still a repetition.
        #expect(await receiver.answer(signed(body, name: "paid")).status == 202)
    }

    @Test func hooksThatCannotWorkAreNotAdded() async throws {
        await #expect(throws: Fault.self) { try await add("Big Name") }
        await #expect(throws: Fault.self) { try await add("x", WebhookTrigger(secretFile: "secret", inputs: ["none": "a"])) }
        await #expect(throws: Fault.self) { try await add("x", WebhookTrigger(secretFile: "secret", inputs: ["text": ""])) }
        await #expect(throws: Fault.self) { try await add("x", WebhookTrigger(secretFile: "secret", event: "e")) }
        await #expect(throws: Fault.self) { try await add("x", WebhookTrigger(secretFile: "secret", run: "r")) }
        await #expect(throws: Fault.self) { try await add("x", grade: .level4) }
        // A secret that is gone is the operator's to mend; the sender learns nothing of it, not even that there is such a hook.
        try await add("gone", WebhookTrigger(secretFile: "elsewhere", inputs: ["text": "$"]), input: ["text": "x", "count": 1])
        let answer = await receiver.answer(signed(name: "gone"))
        #expect(answer.status == 401)
    }

    @Test func tooManyRequestsAreToldToWait() async throws {
        try await add()
        var statuses: [Int] = []
        for number in 0..<80 { statuses.append(await receiver.answer(signed(delivery: "n\(number)", at: clock.now + Double(number % 200))).status) }
        #expect(statuses.prefix(60).allSatisfy { $0 == 202 })
        #expect(statuses.suffix(15).allSatisfy { $0 == 429 })
        clock.advance(by: 30)
        #expect(await receiver.answer(signed(delivery: "later")).status == 202)
        // Names that are no hooks share one bucket.
        var last = 0
        for number in 0..<1_200 { last = await receiver.answer(WebhookRequest(name: "none-\(number)", headers: [], body: [])).status }
        #expect(last == 429)
    }

    @Test func signaturesOfTheNotifierAreThoseOfTheReceiver() throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            let body = (0..<Int(random.next() % 200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let request = signed(body)
            let signature = try #require(WebhookSignature(request))
            #expect(signature.isBy(Self.secret, body: body))
            #expect(!signature.isBy(Self.secret, body: body + [0]))
            #expect(!signature.isBy(Self.secret + [1], body: body))
        }
    }
}
