import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

@Suite struct TaskNoticeTests {
    /// Keeps what it is given, and fails as often as it is told.
    final class Recorder: TaskNotifier, HTTPTransport {
        struct State {
            var failuresLeft = 0
            var notices: [TaskNotice] = []
            var requests: [OutgoingRequest] = []
            var status = 200
        }
        let channel: String
        let state: Mutex<State>

        init(_ channel: String = "test", failures: Int = 0) {
            self.channel = channel
            state = Mutex(State(failuresLeft: failures))
        }

        func deliver(_ notice: TaskNotice) async throws {
            try state.withLock { state in
                state.failuresLeft -= 1
                guard state.failuresLeft < 0 else { throw Fault(.taskNotice, "not now") }
                state.notices.append(notice)
            }
        }

        func send(_ request: OutgoingRequest) async throws -> IncomingAnswer {
            state.withLock { state in
                state.requests.append(request)
                return IncomingAnswer(status: state.status, body: ByteChunks([]))
            }
        }
    }

    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()
    let engine: WorkflowEngine

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        engine = WorkflowEngine(store: store, kinds: [], clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 2)))
    }

    private func ask(_ run: String = "r", grade: String = "L1", _ with: String = "due: 60, escalate: [wang]") async throws {
        let yaml = "workflow: w\ninputs: {text: {type: string, grade: \(grade)}}\nsteps:\n  - {id: ask, kind: human, with: {title: secret title, body: \"${input.text}\", \(with)}}\n"
        _ = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["text": "x"], Label(try #require(Grade(grade)))), runID: run)
        #expect(try await engine.advance(run) == .waiting)
    }

    private func outbox(_ notifiers: [any TaskNotifier]) async throws -> TaskOutbox {
        let outbox = TaskOutbox(store: store, clock: clock, notifiers: notifiers)
        try await outbox.open()
        return outbox
    }

    @Test func nothingIsWrittenUnlessSomebodyIsToBeTold() async throws {
        let outbox = try await outbox([])
        try await ask()
        #expect(try await outbox.counts() == (0, 0))
    }

    @Test func newTasksAndEscalationsAreTold() async throws {
        let recorder = Recorder(), outbox = try await outbox([recorder])
        try await ask()
        #expect(try await outbox.deliver() == (1, 0))
        #expect(try await outbox.deliver() == (0, 0))
        clock.advance(by: 61)
        try await engine.escalateOverdue()
        #expect(try await outbox.deliver() == (1, 0))
        let notices = recorder.state.withLock { $0.notices }
        #expect(notices.map(\.event) == [.opened, .escalated] && notices[1].people == ["wang"] && Set(notices.map(\.id)).count == 2)
    }

    @Test func theSecondPersonIsAskedFor() async throws {
        let recorder = Recorder(), outbox = try await outbox([recorder])
        try await ask("r", "approvals: 2")
        let task = try #require(try await engine.tasks().first)
        try await engine.answer(task.id, TaskAnswer(choice: "approve", comment: nil, by: "li", at: clock.now, attachments: []))
        #expect(try await outbox.deliver() == (2, 0))
        #expect(recorder.state.withLock { $0.notices.map(\.event) } == [.opened, .proposed])
    }

    /// The notice is in the transaction of the task: whoever opens the store after a crash delivers it.
    @Test func whatFailedIsTriedAgainUnderTheSameIdAlsoAfterARestart() async throws {
        let first = Recorder(failures: 2), outbox = try await outbox([first])
        try await ask()
        #expect(try await outbox.deliver() == (0, 1))
        #expect(try await outbox.deliver() == (0, 0))
        clock.advance(by: 11)
        #expect(try await outbox.deliver() == (0, 1))
        try store.close()
        let reopened = try Store.open(at: directory.path), second = Recorder()
        let later = TaskOutbox(store: reopened, clock: clock, notifiers: [second])
        try await later.open()
        clock.advance(by: 21)
        #expect(try await later.deliver() == (1, 0))
        #expect(second.state.withLock { $0.notices.first?.failures } == 2)
    }

    @Test func aNoticeIsGivenUpAfterItsLastFailureAndHoldsNothingUp() async throws {
        let broken = Recorder("broken", failures: .max), fine = Recorder("fine"), outbox = try await outbox([broken, fine])
        try await ask()
        for _ in 0..<DeliveryPace.failureCountMax {
            _ = try await outbox.deliver()
            clock.advance(by: 3_601)
        }
        #expect(try await outbox.counts() == (0, 1))
        #expect(fine.state.withLock { $0.notices.count } == 1)
    }

    @Test func noticesOfAChannelThatIsGoneAreDropped() async throws {
        _ = try await outbox([Recorder("old")])
        try await ask()
        let now = try await outbox([Recorder("new")])
        #expect(try await now.counts() == (0, 0))
    }

    static let secret = Array("0123456789abcdef".utf8)

    @Test func webhooksAreSignedAndSayNothingAboveTheirClearance() async throws {
        let recorder = Recorder(), webhook = try WebhookNotifier(address: try HTTPAddress(parsing: "http://127.0.0.1:9/hook"), secret: Self.secret, clearance: Clearance(upTo: .level2), transport: recorder, clock: clock)
        let outbox = try await outbox([webhook])
        try await ask("low", grade: "L2")
        try await ask("high", grade: "L3")
        #expect(try await outbox.deliver() == (2, 0))
        let requests = recorder.state.withLock { $0.requests }
        let bodies = requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.count { $0.contains("secret title") } == 1 && bodies.allSatisfy { !$0.contains("\"x\"") })
        for request in requests {
            let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { $1 }
            let timestamp = try #require(headers["Banyan-Timestamp"])
            #expect(headers["Banyan-Signature"] == WebhookNotifier.signature(timestamp: timestamp, body: request.body, secret: Self.secret))
            #expect(headers["Banyan-Delivery"]?.hasSuffix("/opened") == true)
            #expect(headers["Banyan-Signature"] != WebhookNotifier.signature(timestamp: timestamp + "1", body: request.body, secret: Self.secret))
        }
    }

    /// From RFC 4231, test case 2, by way of the same function.
    @Test func theSignatureIsHMAC() {
        #expect(WebhookNotifier.signature(timestamp: "what do ya want for nothing?", body: [], secret: Array("Jefe".utf8)) == "v1=" + hexText(SHA256.authenticate(Array("what do ya want for nothing?.".utf8), key: Array("Jefe".utf8))))
        #expect(hexText(SHA256.authenticate(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func anAnswerThatIsNoSuccessIsNoDelivery() async throws {
        let recorder = Recorder(), address = try HTTPAddress(parsing: "http://127.0.0.1:9/hook")
        recorder.state.withLock { $0.status = 302 }
        let outbox = try await outbox([try WebhookNotifier(address: address, secret: Self.secret, clearance: .all, transport: recorder, clock: clock)])
        try await ask()
        #expect(try await outbox.deliver() == (0, 1))
        #expect(throws: Fault.self) { try WebhookNotifier(address: address, secret: [1], clearance: .all, transport: recorder, clock: clock) }
    }
}
