import Core
import Foundation
import Synchronization
import Testing

@Suite struct SeededRandomTests {
    /// The first five outputs of SplitMix64 for seed 1234567, as published with the reference code.
    @Test func matchesTheReferenceSequence() {
        var random = SeededRandom(seed: 1_234_567)
        let expected: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431, 16_408_922_859_458_223_821]
        #expect((0..<5).map { _ in random.next() } == expected)
    }

    @Test func idsRepeatWithTheSeedAndDifferWithinASource() {
        let one = IdentifierSource(random: SeededRandom(seed: 7))
        let other = IdentifierSource(random: SeededRandom(seed: 7))
        let ids = (0..<1000).map { _ in one.next("run") }
        #expect(ids == (0..<1000).map { _ in other.next("run") })
        #expect(Set(ids).count == 1000)
        #expect(ids.allSatisfy { $0.hasPrefix("run-") && $0.utf8.count == 20 })
    }
}

@Suite struct ClockTests {
    @Test func timestampsAreISO8601InUTC() {
        #expect(timestampText(0) == "1970-01-01T00:00:00.000Z")
        #expect(timestampText(951_782_400) == "2000-02-29T00:00:00.000Z" && timestampText(4_107_542_399.999) == "2100-02-28T23:59:59.999Z")
        #expect(timestampText(-0.001) == "1969-12-31T23:59:59.999Z" && timestampText(.infinity) == "9999-12-31T23:59:59.999Z")
        var random = SeededRandom(seed: 9)
        for _ in 0..<2_000 {
            let seconds = Double(random.next() % 8_000_000_000) - 2_000_000_000
            #expect(timestampText(seconds) == Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)))
        }
        #expect(timestampText(1_763_856_000.5) == "2025-11-23T00:00:00.500Z")
    }

    @Test func timestampsSortLikeTimes() {
        var random = SeededRandom(seed: 3)
        let times = (0..<500).map { _ in Double.random(in: 0...4e9, using: &random).rounded() }.sorted()
        #expect(times.map(timestampText) == times.map(timestampText).sorted())
    }

    @Test func aManualClockMovesWhenTold() {
        let clock = ManualWallClock(now: 10)
        clock.advance(by: 5)
        #expect(clock.now == 15)
    }
}

@Suite struct MapBoundedTests {
    @Test func resultsKeepTheOrderOfTheElements() async throws {
        let results = try await mapBounded(Array(0..<50), width: 4) { element in
            try await Task.sleep(for: .microseconds((50 - element) * 20))
            return element * 2
        }
        #expect(results == (0..<50).map { $0 * 2 })
    }

    @Test func neverMoreThanWidthAtOnce() async throws {
        let running = Mutex((now: 0, most: 0))
        _ = try await mapBounded(Array(0..<40), width: 3) { _ in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            try await Task.sleep(for: .milliseconds(1))
            running.withLock { $0.now -= 1 }
        }
        #expect(running.withLock { $0.most } == 3)
    }

    @Test func theFirstErrorEndsIt() async {
        struct Stop: Error {}
        let started = Mutex(0)
        await #expect(throws: Stop.self) {
            _ = try await mapBounded(Array(0..<1000), width: 2) { element in
                started.withLock { $0 += 1 }
                if element == 3 { throw Stop() }
            }
        }
        #expect(started.withLock { $0 } < 20)
    }

    @Test func progressCountsEveryStep() {
        let seen = Mutex<[JobProgress]>([])
        let counter = ProgressCounter(phase: "p", total: 3) { progress in seen.withLock { $0.append(progress) } }
        for _ in 0..<3 { counter.step() }
        #expect(seen.withLock { $0.map(\.done) } == [1, 2, 3])
    }
}

@Suite struct FaultTests {
    @Test func aFaultReadsAsMessageAndRemedy() {
        let fault = Fault(.json, "it broke", remedy: "mend it")
        #expect(fault.description == "it broke\n  remedy: mend it")
        #expect(fault.location.file.hasSuffix("SeedsAndProgressTests.swift"))
    }
}
