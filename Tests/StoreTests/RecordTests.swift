import Core
import Foundation
import Store
import StoreSupport
import Support
import Testing

@Suite struct RecordTests {
    let notes = RecordCollection<String>("notes")

    @Test(arguments: TestedDatabase.available) func aValueIsFoundByKeyAndReplaced(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let notes = notes
        try await store.write {
            try $0.put("one", as: "k", in: notes)
            try $0.put("two", as: "k", in: notes)
        }
        #expect(try await store.read { try $0.get("k", in: notes) } == "two")
        #expect(try await store.write { try $0.remove("k", in: notes) })
        #expect(try await store.write { try $0.remove("k", in: notes) } == false)
        #expect(try await store.read { try $0.get("k", in: notes) } == nil)
    }

    @Test(arguments: TestedDatabase.available) func listsAPrefixInOrderAndNothingElse(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let notes = notes
        let other = RecordCollection<String>("other")
        try await store.write { transaction in
            for (key, sort) in [("a", "open|2"), ("b", "open|1"), ("c", "done|1"), ("d", "opened"), ("e", "open|3")] {
                try transaction.put(key, as: key, sort: sort, in: notes)
            }
            try transaction.put("x", as: "x", sort: "open|0", in: other)
        }
        let read = { (descending: Bool, limit: Int, offset: Int) in
            try await store.read { try $0.list(notes, sortPrefix: "open|", descending: descending, limit: limit, offset: offset).map(\.value) }
        }
        #expect(try await read(false, 10, 0) == ["b", "a", "e"])
        #expect(try await read(true, 10, 0) == ["e", "a", "b"])
        #expect(try await read(false, 1, 1) == ["a"])
        #expect(try await store.read { try $0.count(notes, sortPrefix: "open|") } == 3)
    }

    @Test(arguments: TestedDatabase.available) func oneCallersErrorRollsBackThatCallerOnly(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        struct Refused: Error {}
        let notes = notes
        let failures = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<60 {
                group.addTask {
                    do {
                        try await store.write { transaction in
                            try transaction.put("v", as: "\(index)", in: notes)
                            if index % 3 == 0 { throw Refused() }
                        }
                        return false
                    } catch { return error is Refused }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 20)
        let keys = try await store.read { try $0.list(notes, limit: 100).map(\.key) }
        #expect(Set(keys) == Set((0..<60).filter { $0 % 3 != 0 }.map(String.init)))
    }

    @Test(arguments: TestedDatabase.available) func simultaneousWritersShareCommits(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let notes = notes
        let before = store.commitStatistics
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<200 { group.addTask { try? await store.write { try $0.put("v", as: "\(index)", in: notes) } } }
        }
        let after = store.commitStatistics
        #expect(after.transactions - before.transactions == 200)
        #expect(after.commits - before.commits < 100)
        #expect(try await store.read { try $0.count(notes) } == 200)
    }

    @Test(arguments: TestedDatabase.available) func whatWasConfirmedIsThereAfterReopening(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let notes = notes
        try await store.write { try $0.put("榕", as: "k", in: notes) }
        try store.close()
        let again = try Store.open(at: kept.directory.path, database: kept.database, schema: kept.schema)
        #expect(try await again.read { try $0.get("k", in: notes) } == "榕")
    }
}

@Suite struct JournalTests {
    @Test(arguments: TestedDatabase.available) func sequencesHaveNoGapsAndStreamsAreApart(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        try await store.write { transaction in
            for index in 0..<5 { try transaction.append(kind: "k", body: .int(index), at: Double(index), to: "a", after: index) }
            try transaction.append(kind: "k", body: "x", at: 0, to: "b", after: 0)
        }
        let events = try await store.read { try $0.events(of: "a", after: 2) }
        #expect(events.map(\.sequence) == [3, 4, 5])
        #expect(events.map(\.body) == [.int(2), .int(3), .int(4)])
        #expect(try await store.read { try $0.lastSequence(of: "b") } == 1)
        #expect(try await store.read { try $0.eventCount(kind: "k") } == 6)
        #expect(try await store.read { try $0.eventCount(kind: "k", streamPrefix: "a") } == 5)
    }

    @Test(arguments: TestedDatabase.available) func ofTwoWritersWithOneExpectationOneWins(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let wins = await withTaskGroup(of: Bool.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    do {
                        try await store.write { _ = try $0.append(kind: "k", body: .int(writer), at: 0, to: "s", after: 0) }
                        return true
                    } catch { return (error as? Fault)?.code != .journalConflict }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(wins == 1)
        #expect(try await store.read { try $0.events(of: "s").count } == 1)
    }
}
