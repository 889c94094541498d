import Core
import Labels
import Nodes
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Notices of steps on their way out.
@Suite struct OutboxTests {
    /// Keeps what it is given, and fails as often as it is told.
    final class Carrier: NoticeCarrier {
        let channel: String
        let clearance: Clearance
        let reached: String?
        let failuresLeft: Mutex<Int>
        let given = Mutex<[String]>([])

        init(_ channel: String, upTo grade: Grade = .level2, failures: Int = 0, reaches: String? = nil) {
            (self.channel, clearance, reached) = (channel, Clearance(upTo: grade), reaches)
            failuresLeft = Mutex(failures)
        }

        func reaches(_ notice: Notice) -> Bool { reached.map { notice.to == $0 } ?? true }

        func deliver(_ notice: Notice) async throws {
            let fails = failuresLeft.withLock { left in
                left -= 1
                return left >= 0
            }
            guard !fails else { throw Fault(.taskNotice, "not now") }
            given.withLock { $0.append(notice.id) }
        }

        var ids: [String] { given.withLock { $0 } }
    }

    let house: NodeHouse
    let outbox: Outbox

    init() throws {
        house = try NodeHouse()
        outbox = Outbox(store: house.store)
    }

    private func write(_ step: String, label: Label = .bottom) async throws { try await house.run("notify", ["to": "a@example.org", "title": "t", "text": "x"], label: label, step: step) }

    @Test func whatIsWrittenIsDeliveredOnceOnEachChannel() async throws {
        let (one, two) = (Carrier("one"), Carrier("two"))
        try await write("a")
        try await write("b")
        #expect(try await outbox.deliver(by: [one, two], clock: house.clock) == (2, 0))
        #expect(try await outbox.deliver(by: [one, two], clock: house.clock) == (0, 0))
        #expect(one.ids == two.ids && one.ids.count == 2)
        // A second attempt of a step that ended writes nothing anew.
        #expect(try await outbox.waiting().isEmpty)
    }

    @Test func withoutAChannelEverythingWaits() async throws {
        try await write("a")
        #expect(try await outbox.deliver(by: [], clock: house.clock) == (0, 0))
        #expect(try await outbox.waiting().count == 1)
    }

    /// A channel that fails does not make another deliver twice.
    @Test func whatFailsIsTriedAgainLaterUnderTheSameIdAndOnlyWhereItFailed() async throws {
        let (good, bad) = (Carrier("good"), Carrier("bad", failures: 2))
        try await write("a")
        #expect(try await outbox.deliver(by: [good, bad], clock: house.clock) == (0, 1))
        #expect(try await outbox.deliver(by: [good, bad], clock: house.clock) == (0, 0))
        house.clock.advance(by: 10)
        #expect(try await outbox.deliver(by: [good, bad], clock: house.clock) == (0, 1))
        house.clock.advance(by: 10)
        #expect(try await outbox.deliver(by: [good, bad], clock: house.clock) == (0, 0))
        house.clock.advance(by: 10)
        #expect(try await outbox.deliver(by: [good, bad], clock: house.clock) == (1, 0))
        #expect(good.ids.count == 1 && bad.ids == good.ids)
    }

    @Test func whatNeverSucceedsIsGivenUpAndSeenAndCanBeTriedAgain() async throws {
        let bad = Carrier("bad", failures: DeliveryPace.failureCountMax)
        try await write("a")
        var rounds = 0
        while try await !outbox.waiting().isEmpty, rounds < 1_000 {
            _ = try await outbox.deliver(by: [bad], clock: house.clock)
            house.clock.advance(by: 3_600)
            rounds += 1
        }
        #expect(rounds == DeliveryPace.failureCountMax)
        let given = try await outbox.givenUp()
        #expect(given.count == 1 && given.first?.problem == "workflows.notice")
        #expect(try await outbox.retry(at: house.clock.now) == 1)
        #expect(try await outbox.deliver(by: [bad], clock: house.clock) == (1, 0))
        #expect(bad.ids == given.map(\.id))
    }

    /// What a channel is not cleared for does not leave on it, and is not tried again.
    @Test func aLabelAboveTheChannelsClearanceKeepsANoticeIn() async throws {
        let (low, high) = (Carrier("low", upTo: .level1), Carrier("high", upTo: .level2))
        try await write("a", label: Label(.level2))
        #expect(try await outbox.deliver(by: [low], clock: house.clock) == (0, 1))
        #expect(low.ids.isEmpty)
        #expect(try await outbox.givenUp().first?.problem == "nodes.label")
        _ = try await outbox.retry(at: house.clock.now)
        #expect(try await outbox.deliver(by: [low, high], clock: house.clock) == (1, 0))
        #expect(low.ids.isEmpty && high.ids.count == 1)
    }

    @Test func aNoticeThatReachesNobodyIsAFailure() async throws {
        let carrier = Carrier("mail", reaches: "somebody else")
        try await write("a")
        #expect(try await outbox.deliver(by: [carrier], clock: house.clock) == (0, 1))
        #expect(try await outbox.waiting().first?.problem == "nodes.notice-unreachable")
    }

    /// A crash between delivery and note: delivered again under the same id, which is what who receives it tells it by.
    @Test func anInterruptedDeliveryComesAgainUnderTheSameId() async throws {
        let carrier = Carrier("one")
        try await write("a")
        let notice = try #require(try await outbox.waiting().first)
        try await carrier.deliver(notice)
        #expect(try await outbox.deliver(by: [carrier], clock: house.clock) == (1, 0))
        #expect(carrier.ids == [notice.id, notice.id])
    }

    @Test func theOutboxIsBounded() async throws {
        let full = RecordCollection<Notice>("notices")
        try await write("a")
        let notice = try #require(try await outbox.waiting().first)
        try await house.store.write { transaction in for number in 0..<Outbox.waitingCountMax { try transaction.put(notice, as: "n\(number)", sort: "waiting|0", in: full) } }
        await #expect { try await write("b") } throws: { ($0 as? Fault)?.code == .outboxFull }
    }
}
