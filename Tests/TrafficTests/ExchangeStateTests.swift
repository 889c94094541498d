import Core
import Testing

@testable import Traffic

/// The machine of one exchange, told events without a socket.
@Suite struct ExchangeStateTests {
    static let head = ExchangeState.Head(status: 200, headers: [.init(name: "A", value: "b")])

    private func limits(head: Int = 100, body: Int = 1000) -> HTTPLimits {
        var limits = HTTPLimits()
        (limits.headByteCountMax, limits.bodyByteCountMax) = (head, body)
        return limits
    }

    @Test func afterTheHeadNothingIsReadUntilTheReaderAsks() {
        var state = ExchangeState(limits: limits())
        #expect(state.handle(.received(50)) == [])
        #expect(state.handle(.readComplete) == [.read], "the head is not complete yet")
        #expect(state.handle(.head(Self.head)) == [.deliverHead(Self.head)])
        #expect(state.handle(.readComplete) == [])
        #expect(state.handle(.demand) == [.read])
        #expect(state.handle(.body([1, 2])) == [.deliver([1, 2])])
        #expect(state.handle(.body([3])) == [])
        #expect(state.handle(.readComplete) == [])
        #expect(state.handle(.demand) == [.deliver([3])])
        #expect(state.handle(.demand) == [.read])
        #expect(state.handle(.end) == [.deliverEnd, .close])
    }

    @Test func anEndThatNobodyAwaitsIsKept() {
        var state = ExchangeState(limits: limits())
        _ = state.handle(.head(Self.head))
        _ = state.handle(.body([7]))
        #expect(state.handle(.end) == [.close])
        #expect(state.handle(.closed) == [])
        #expect(state.handle(.demand) == [.deliver([7])])
        #expect(state.handle(.demand) == [.deliverEnd])
        #expect(state.handle(.demand) == [.deliverEnd])
    }

    @Test func aHeadWithoutEndIsBounded() {
        var state = ExchangeState(limits: limits(head: 100))
        #expect(state.handle(.received(101)) == [])
        #expect(state.handle(.readComplete) == [.fail(.transportBound), .close])
    }

    @Test func aShortHeadMayComeWithMuchOfItsBody() {
        var state = ExchangeState(limits: limits(head: 100, body: 1000))
        _ = state.handle(.received(900))
        _ = state.handle(.head(Self.head))
        #expect(state.handle(.readComplete) == [])
    }

    @Test func aBodyWithoutEndIsBoundedAndWhatCameBeforeIsHandedOut() {
        var state = ExchangeState(limits: limits(head: 100, body: 1000))
        _ = state.handle(.head(Self.head))
        _ = state.handle(.body([1]))
        #expect(state.handle(.received(1101)) == [.close])
        #expect(state.handle(.demand) == [.deliver([1])])
        #expect(state.handle(.demand) == [.fail(.transportBound)])
    }

    @Test func timeRunsOnlyWhileTheOtherSideOwesSomething() {
        var state = ExchangeState(limits: limits())
        #expect(state.isWaiting)
        _ = state.handle(.head(Self.head))
        #expect(!state.isWaiting && state.handle(.timedOut) == [])
        _ = state.handle(.demand)
        #expect(state.isWaiting && state.handle(.timedOut) == [.fail(.transportTimeout), .close])
    }

    @Test(arguments: [false, true]) func aConnectionThatBreaksOffIsAFailureForWhoeverWaits(isWanted: Bool) {
        var state = ExchangeState(limits: limits())
        _ = state.handle(.head(Self.head))
        if isWanted { _ = state.handle(.demand) }
        #expect(state.handle(.closed) == (isWanted ? [.fail(.transportBroken), .close] : [.close]))
        #expect(state.handle(.broken) == [], "told once")
        #expect(state.handle(.demand) == [.fail(.transportBroken)])
    }

    @Test func abandoningTellsWhoeverWaits() {
        var state = ExchangeState(limits: limits())
        _ = state.handle(.head(Self.head))
        _ = state.handle(.demand)
        #expect(state.handle(.abandoned) == [.fail(.transportBroken), .close])
        var quiet = ExchangeState(limits: limits())
        _ = quiet.handle(.head(Self.head))
        _ = quiet.handle(.end)
        #expect(quiet.handle(.abandoned) == [.close])
    }
}
