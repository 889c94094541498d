import Core
import Store
import StoreSupport
import Support
import Synchronization
import Testing

/// What follows a commit follows it, and nothing else.
@Suite struct AfterCommitTests {
    private struct Refused: Error {}
    private final class Numbers: Sendable {
        private let all = Mutex<Set<Int>>([])
        var values: Set<Int> { all.withLock { $0 } }
        func add(_ number: Int) { all.withLock { _ = $0.insert(number) } }
    }

    @Test(arguments: TestedDatabase.available) func whatFollowsACommitIsDoneOnceItIsOnDiskAndNotWhenItIsTakenBack(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let notes = RecordCollection<String>("notes"), done = Mutex<[String]>([])
        @Sendable func follow(_ name: String, _ transaction: Transaction) { transaction.afterCommit { done.withLock { $0.append(name) } } }
        try await store.write { transaction in
            try transaction.put("v", as: "k", in: notes)
            follow("first", transaction)
            follow("second", transaction)
            #expect(done.withLock { $0.isEmpty })
        }
        #expect(done.withLock { $0 } == ["first", "second"])
        await #expect(throws: Refused.self) {
            try await store.write { transaction in
                follow("never", transaction)
                throw Refused()
            }
        }
        // A part that was taken back has no sequel; what is around it has.
        try await store.write { transaction in
            follow("around", transaction)
            _ = try? transaction.attempt { () -> Void in
                follow("part", transaction)
                throw Refused()
            }
            follow("behind", transaction)
        }
        #expect(done.withLock { $0 } == ["first", "second", "around", "behind"])
        // Nothing is committed by a read.
        try await store.read { follow("read", $0) }
        #expect(done.withLock { $0.count } == 4)
    }

    /// Many at once are committed together: each hears of its own end, and finds its changes there.
    @Test(arguments: TestedDatabase.available) func eachOfManyCommittedTogetherHasItsOwnSequel(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let notes = RecordCollection<String>("notes"), done = Numbers()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try? await store.write { transaction in
                        try transaction.put("v", as: "\(number)", in: notes)
                        transaction.afterCommit { done.add(number) }
                        if number % 5 == 0 { throw Refused() }
                    }
                    #expect(done.values.contains(number) == (number % 5 != 0))
                }
            }
        }
        let there = try await store.read { try $0.list(notes, limit: 1_000).compactMap { Int($0.key) } }
        #expect(done.values == Set(there) && there.count == 160)
    }
}
