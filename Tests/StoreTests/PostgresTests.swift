#if Postgres
import Core
import Foundation
import StoreSupport
import Support
import Synchronization
import Testing

@testable import Store

private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func next() -> Int { count.withLock { $0 += 1; return $0 } }
}

/// What PostgreSQL has beside SQLite: the loss of connections, the line of work, and refusals of its own.
@Suite(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
struct PostgresTests {
    let notes = RecordCollection<String>("notes")

    private func connection(_ kept: TestStore) throws -> PostgresConnection { try PostgresSettings(kept.database ?? "", schema: kept.schema).connect(isWriter: false) }

    /// Ends every connection that a schema's store has, as the end of the server would.
    private func cut(_ kept: TestStore) throws {
        let own = try connection(kept)
        defer { own.close() }
        for process in (kept.store.backend as? PostgresBackend)?.processes ?? [] { _ = try own.execute("SELECT pg_terminate_backend($1)", [String(process)]) }
    }

    @Test func lostConnectionsAreMadeAnewAndNothingIsDoneTwice() async throws {
        let kept = try TestStore(.postgres), store = kept.store
        defer { kept.end() }
        let numbers = RecordCollection<Int>("numbers")
        for round in 1...5 {
            try await store.write { try $0.add(1, to: "n", in: numbers) }
            #expect(try await store.read { try $0.get("n", in: numbers) } == round)
            try cut(kept)
        }
        // In the middle of a transaction, before its end.
        let (kept2, cuts) = (kept, Counter())
        try await store.write { transaction in
            try transaction.add(1, to: "n", in: numbers)
            if cuts.next() == 1 { try? cut(kept2) }
            try transaction.add(1, to: "n", in: numbers)
        }
        #expect(try await store.read { try $0.get("n", in: numbers) } == 7)
        #expect(cuts.value == 2)
    }

    @Test func anErrorThatABodySwallowsKeepsNothing() async throws {
        let kept = try TestStore(.postgres), (store, notes) = (kept.store, notes)
        defer { kept.end() }
        await #expect(throws: Fault.self) {
            try await store.write { transaction in
                try transaction.put("a", as: "a", in: notes)
                // A zero byte is refused on this side; a wrong number by the server.
                _ = try? (transaction.session as? PostgresSession)?.rows("SELECT $1::integer", ["x"])
            }
        }
        #expect(try await store.read { try $0.list(notes).isEmpty })
        await #expect { try await store.write { try $0.put("v", as: "a\u{0}b", in: notes) } } throws: { ($0 as? Fault)?.code == .storeText }
    }

    @Test func moreStatementsThanAConnectionKeepsPreparedAreFine() throws {
        let kept = try TestStore(.postgres)
        defer { kept.end() }
        let own = try connection(kept)
        defer { own.close() }
        for number in 0..<PostgresConnection.preparedCountMax * 2 + 10 {
            #expect(try own.execute("SELECT $1::integer + \(number)", ["1"]).values == [[String(number + 1)]])
        }
        #expect(try own.execute("SELECT $1::text", [nil]).values == [[nil]])
    }

    @Test func passagesKeepZeroBytes() async throws {
        let kept = try TestStore(.postgres), store = kept.store
        defer { kept.end() }
        let odd = Passage(document: "d", ordinal: 0, text: "a\u{0}b\"", detail: [:], grade: 1)
        try await store.write { try $0.add(odd, terms: ["x"]) }
        #expect(try await store.read { try $0.passages(of: "d") } == [odd])
        await #expect(throws: Fault.self) { try await store.write { try $0.add(odd, terms: ["x"]) } }
    }

    /// Random documents: the same passages in the same order as SQLite's, with the same scores.
    @Test func searchesFindWhatSQLiteFinds() async throws {
        let (kept, other) = (try TestStore(.postgres), try TestStore(.sqlite))
        defer { kept.end(); other.end() }
        var random = SeededRandom(seed: 11)
        let words = ["医保", "报销", "Material", "material", "b1", "Ärzte", "ärzte", "公交", "办理", "x", "榕", "a-b", "共 同", "ß"]
        var passages: [(Passage, [String])] = []
        for number in 0..<150 {
            let terms = (0..<Int.random(in: 0...30, using: &random)).compactMap { _ in words.prefix(Int.random(in: 1...words.count, using: &random)).randomElement(using: &random) }
            passages.append((Passage(document: "d\(number % 40)", ordinal: number, text: "\(number)", detail: .int(number), grade: 1 + number % 4), terms))
        }
        let all = passages
        for store in [kept.store, other.store] {
            try await store.write { transaction in for (passage, terms) in all { try transaction.add(passage, terms: terms) } }
            #expect(try await store.write { try $0.removePassages(of: "d7") } > 0)
        }
        for _ in 0..<60 {
            let terms = (0..<Int.random(in: 1...6, using: &random)).compactMap { _ in words.randomElement(using: &random) }
            let (grade, limit) = (Int.random(in: 0...5, using: &random), Int.random(in: 1...50, using: &random))
            let mine = try await kept.store.read { try $0.search(terms: terms, gradeMax: grade, limit: limit) }
            let its = try await other.store.read { try $0.search(terms: terms, gradeMax: grade, limit: limit) }
            #expect(mine.map(\.passage) == its.map(\.passage), "\(terms)")
            #expect(zip(mine, its).allSatisfy { abs($0.score - $1.score) <= 1e-12 * max(1, abs($1.score)) })
        }
        #expect(try await kept.store.read { try $0.passageCount() } == (try await other.store.read { try $0.passageCount() }))
    }

    @Test func workIsClaimedOnceAndFreeAgainWhenItsHolderIsGone() async throws {
        let kept = try TestStore(.postgres), second = try kept.again()
        defer { kept.end() }
        let (mine, its) = (try #require(kept.store.line), try #require(second.line))
        try await kept.store.write { transaction in for number in 0..<10 { try transaction.line("r\(number)", due: Double(number)) } }
        #expect(try await mine.claim(due: 4, limit: 3, except: ["r1"]) == ["r0", "r2", "r3"])
        #expect(try await its.claim(due: 4, limit: 10, except: []) == ["r1", "r4"])
        #expect(try await its.claim("r0") == false)
        #expect(try await mine.claim("r0"))
        try await mine.release("r0")
        #expect(try await its.claim("r0"))
        #expect(try await mine.claim(due: 4, limit: 10, except: []) == [])
        // What nobody put in line can be claimed too, and leaves nothing behind.
        #expect(try await its.claim("other"))
        #expect(try await mine.claim("other") == false)
        try await its.release("other")
        #expect(try await mine.claim(due: 1e300, limit: 100, except: []).count == 5)
        // The holder ends, and its claims are free.
        try second.close()
        var free: Set<String> = []
        for _ in 0..<200 where free.count < 3 {
            free.formUnion(try await mine.claim(due: 4, limit: 10, except: []))
            // The server notices the end of a connection a moment later.
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(free == ["r0", "r1", "r4"])
        try await kept.store.write { try $0.line("r0", due: nil) }
        try await mine.release("r1")
        #expect(try await mine.claim(due: 4, limit: 10, except: []) == ["r1"])
    }

    @Test func whoeverWaitsIsToldOfNewWork() async throws {
        let kept = try TestStore(.postgres), second = try kept.again()
        defer { kept.end(); try? second.close() }
        let line = try #require(second.line), store = kept.store
        #expect(try await line.told(seconds: 0) == [])
        try await store.write { try $0.line("r", due: 1) }
        #expect(try await line.told(seconds: 5) == ["r"])
        // The same again is no news.
        try await store.write { try $0.line("r", due: 1) }
        #expect(try await line.told(seconds: 1) == [])
    }

    @Test func aLeaseThatIsNotRenewedEnds() async throws {
        let kept = try TestStore(.postgres), second = try kept.again()
        defer { kept.end(); try? second.close() }
        let (mine, its) = (try #require(kept.store.line), try #require(second.line))
        #expect(try await mine.claim("r"))
        #expect(try await its.claim("r") == false)
        let own = try connection(kept)
        defer { own.close() }
        _ = try own.execute("UPDATE line SET until = now() - interval '1 second'")
        #expect(try await its.claim("r"))
        #expect(try await mine.claim("r") == false)
    }

    /// A run that is paused and goes on again within a moment is still with whoever drives it.
    @Test func aClaimOutlivesThePlaceInLine() async throws {
        let kept = try TestStore(.postgres), second = try kept.again()
        defer { kept.end(); try? second.close() }
        let (mine, its) = (try #require(kept.store.line), try #require(second.line))
        try await kept.store.write { try $0.line("r", due: 1) }
        #expect(try await mine.claim("r"))
        try await kept.store.write { try $0.line("r", due: nil) }
        try await kept.store.write { try $0.line("r", due: 1) }
        #expect(try await its.claim("r") == false)
        try await kept.store.write { try $0.line("r", due: nil) }
        try await mine.release("r")
        let own = try connection(kept)
        defer { own.close() }
        // Given back, a place that is over is gone.
        #expect(try own.execute("SELECT count(*) FROM line").values.first?[0] == "0")
    }

    @Test func refusalsNameNoSecret() throws {
        let directory = try TemporaryDirectory()
        for database in ["postgresql://ada:hunter2@127.0.0.1:1/x?connect_timeout=2", "host=/nowhere password=hunter2", "nonsense"] {
            #expect {
                try Store.open(at: directory.path, database: database, schema: "s")
            } throws: { error in
                (error as? Fault)?.code == .storeUnreachable && !"\(error)".contains("hunter2") && !"\(error)".contains("ada")
            }
        }
        for schema in ["", "A", "x\"; DROP", String(repeating: "a", count: 41)] {
            #expect(throws: Fault.self) { try Store.open(at: directory.path, database: TestedDatabase.server, schema: schema) }
        }
    }

    @Test func dataOfANewerBanyanAreLeftAloneAndThoseOfNoneAreMissing() throws {
        let kept = try TestStore(.postgres)
        defer { kept.end() }
        let own = try connection(kept)
        defer { own.close() }
        _ = try own.execute("INSERT INTO migrations (name) VALUES ('999')")
        for access in [Store.Access.owner, .reader] {
            #expect { try kept.again(access: access) } throws: { ($0 as? Fault)?.code == .storeNewer }
        }
        #expect { try Store.open(at: kept.directory.path, access: .reader, database: kept.database, schema: "nothing_there") } throws: { ($0 as? Fault)?.code == .storeMissing }
    }
}
#else
import Core
import Store
import Support
import Testing

@Suite struct PostgresTests {
    @Test func aBuildWithoutPostgreSQLSaysHowToGetIt() throws {
        let directory = try TemporaryDirectory()
        #expect { try Store.open(at: directory.path, database: "postgresql:///x") } throws: { error in
            (error as? Fault)?.code == .storeNoPostgres && "\(error)".contains("--traits Postgres")
        }
    }
}
#endif
