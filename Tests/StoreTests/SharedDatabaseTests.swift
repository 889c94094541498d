import Core
import Foundation
import StoreSupport
import Support
import Testing

@testable import Store

/// What holds of both databases beyond the tests of each noun, and with PostgreSQL also between processes: `again()` is another one there.
@Suite struct SharedDatabaseTests {
    static let numbers = RecordCollection<Int>("numbers")
    static let notes = RecordCollection<String>("notes")

    @Test(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
    func postgresIsTested() { #expect(TestedDatabase.available == TestedDatabase.allCases) }

    /// Two stores of the same data with PostgreSQL; the same one twice with SQLite.
    private func pair(_ kept: TestStore) throws -> [Store] { try kept.database == nil ? [kept.store, kept.store] : [kept.store, kept.again()] }

    private func everywhere(_ stores: [Store], count: Int, _ body: @escaping @Sendable (Store, Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<count { group.addTask { try await body(stores[index % stores.count], index) } }
            try await group.waitForAll()
        }
    }

    @Test(arguments: TestedDatabase.available) func nothingAddedIsLost(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        try await everywhere(pair(kept), count: 120) { store, _ in try await store.write { try $0.add(1, to: "n", in: Self.numbers) } }
        #expect(try await store.read { try $0.get("n", in: Self.numbers) } == 120)
        try await store.write {
            try $0.put(5, as: "n", sort: "s", in: Self.numbers)
            try $0.add(2, to: "n", in: Self.numbers)
            try $0.add(-3, to: "m", in: Self.numbers)
        }
        #expect(try await store.read { try $0.list(Self.numbers).map { "\($0.key)=\($0.value)" } } == ["m=-3", "n=7"])
        #expect(try await store.read { try $0.list(Self.numbers, sortPrefix: "s").map(\.value) } == [7])
        #expect(try await store.read { try $0.count(Self.numbers) } == 2)
        #expect(try await store.write { try $0.remove("m", in: Self.numbers) })
        #expect(try await store.write { try $0.remove("m", in: Self.numbers) } == false)
        #expect(try await store.read { try $0.get("m", in: Self.numbers) } == nil)
    }

    /// Read, then write what follows from it: the classic of lost updates.
    @Test(arguments: TestedDatabase.available) func nobodyOverwritesWhatHeHasNotRead(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        try await everywhere(pair(kept), count: 60) { store, _ in
            try await store.write { transaction in
                let text = try transaction.get("k", in: Self.notes) ?? ""
                try transaction.put(text + "x", as: "k", in: Self.notes)
            }
        }
        #expect(try await store.read { try $0.get("k", in: Self.notes)?.utf8.count } == 60)
    }

    /// Two rules that hold only together: each transaction sees that the other's place is free, and takes its own.
    @Test(arguments: TestedDatabase.available) func twoThatReadTheSameDoNotBothWrite(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        for round in 0..<10 {
            try await everywhere(pair(kept), count: 2) { store, index in
                try await store.write { transaction in
                    guard try transaction.count(Self.notes, sortPrefix: "\(round)|") == 0 else { return }
                    try transaction.put("mine", as: "\(round)-\(index)", sort: "\(round)|\(index)", in: Self.notes)
                }
            }
            #expect(try await store.read { try $0.count(Self.notes, sortPrefix: "\(round)|") } == 1)
        }
    }

    @Test(arguments: TestedDatabase.available) func theLedgerNeverForks(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        try await everywhere(pair(kept), count: 40) { store, index in
            try await store.write { transaction in
                let last = try transaction.lastLedgerRow()
                try transaction.addLedgerRow(LedgerRow(sequence: (last?.sequence ?? 0) + 1, body: "{}", previous: last?.hash ?? "", hash: "h\(index)"))
            }
        }
        let rows = try await store.read { try $0.ledgerRows() }
        #expect(rows.map(\.sequence) == Array(1...40))
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.hash == $1.previous })
        #expect(try await store.read { try $0.newestLedgerRows(limit: 2).map(\.sequence) } == [40, 39])
        #expect(try await store.read { try $0.ledgerRows(after: 38).map(\.sequence) } == [39, 40])
        await #expect { try await store.write { try $0.addLedgerRow(rows[0]) } } throws: { ($0 as? Fault)?.code == .ledgerConflict }
    }

    @Test(arguments: TestedDatabase.available) func aStreamHasOneEventOfEachNumber(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        try await everywhere(pair(kept), count: 30) { store, index in
            while true {
                let last = try await store.read { try $0.lastSequence(of: "s") }
                do {
                    try await store.write { _ = try $0.append(kind: "k", body: .int(index), at: 1.25, to: "s", after: last) }
                    return
                } catch let fault as Fault where fault.code == .journalConflict {}
            }
        }
        let events = try await store.read { try $0.events(of: "s") }
        #expect(events.map(\.sequence) == Array(1...30))
        #expect(Set(events.compactMap(\.body.int)) == Set(0..<30))
        for wrong in [0, 29, 31] {
            await #expect { try await store.write { _ = try $0.append(kind: "k", body: .null, at: 0, to: "s", after: wrong) } } throws: { ($0 as? Fault)?.code == .journalConflict }
        }
        await #expect { try await store.write { _ = try $0.append(kind: "k", body: .null, at: 0, to: "new", after: 3) } } throws: { ($0 as? Fault)?.code == .journalConflict }
    }

    @Test(arguments: TestedDatabase.available) func anAttemptThatFailsTakesBackItsPartOnly(_ tested: TestedDatabase) async throws {
        struct Refused: Error {}
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        try await store.write { transaction in
            try transaction.put("a", as: "a", in: Self.notes)
            try? transaction.attempt {
                try transaction.put("b", as: "b", in: Self.notes)
                try? transaction.attempt {
                    try transaction.put("c", as: "c", in: Self.notes)
                    throw Refused()
                }
                throw Refused()
            }
            try transaction.attempt { try transaction.put("d", as: "d", in: Self.notes) }
        }
        #expect(try await store.read { try $0.list(Self.notes).map(\.key) } == ["a", "d"])
    }

    /// Random texts of many scripts sort by their bytes in both, and come back as they were.
    @Test(arguments: TestedDatabase.available) func textsSortByTheirBytes(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        var random = SeededRandom(seed: 7)
        let letters = Array("aZ09_-|. ~éß榕树😀\u{FFFD}\u{10FFFE}\"\\'%")
        let texts = Set((0..<200).map { _ in String((0..<Int.random(in: 1...6, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" }) })
        try await store.write { transaction in for text in texts { try transaction.put(text, as: text, sort: text, in: Self.notes) } }
        let sorted = texts.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        #expect(try await store.read { try $0.list(Self.notes).map(\.value) } == sorted)
        #expect(try await store.read { try $0.list(Self.notes, descending: true).map(\.key) } == sorted.reversed())
        for prefix in ["榕", "a", "\"", "%"] {
            #expect(try await store.read { try $0.list(Self.notes, sortPrefix: prefix).map(\.key) } == sorted.filter { $0.utf8.starts(with: prefix.utf8) })
        }
    }

    @Test(arguments: TestedDatabase.available) func numbersAndOddTextsOfEventsComeBack(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let bodies: [JSONValue] = [.null, "a\u{0}b\n\t\u{7F}", .double(0.1), .int(Int.max), ["榕": [1, "😀"]], .string(String(repeating: "x", count: 300_000))]
        let times = [0.1, 1_780_000_000.123456, -1e-300, 1e300, 0]
        try await store.write { transaction in
            for (index, body) in bodies.enumerated() { try transaction.append(kind: "k", body: body, at: times[index % times.count], to: "s", after: index) }
        }
        let events = try await store.read { try $0.events(of: "s") }
        #expect(events.map(\.body) == bodies)
        #expect(events.map(\.at) == bodies.indices.map { times[$0 % times.count] })
    }

    @Test(arguments: TestedDatabase.available) func readersCannotWrite(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested)
        defer { kept.end() }
        try await kept.store.write { try $0.put("v", as: "k", in: Self.notes) }
        let reader = try kept.again(access: .reader)
        #expect(try await reader.read { try $0.get("k", in: Self.notes) } == "v")
        await #expect(throws: Fault.self) { try await reader.write { try $0.put("w", as: "k", in: Self.notes) } }
        await #expect(throws: Fault.self) { try await reader.read { try $0.put("w", as: "k", in: Self.notes) } }
        try reader.close()
    }

    @Test(arguments: TestedDatabase.available) func aClosedStoreSaysSo(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested)
        defer { kept.end() }
        try kept.store.close()
        await #expect(throws: Fault.self) { try await kept.store.read { try $0.get("k", in: Self.notes) } }
        await #expect(throws: Fault.self) { try await kept.store.write { try $0.put("v", as: "k", in: Self.notes) } }
    }
}
