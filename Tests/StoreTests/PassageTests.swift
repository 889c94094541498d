import Core
import Store
import StoreSupport
import Testing

@Suite struct PassageTests {
    private func passage(_ document: String, _ ordinal: Int, grade: Int = 1) -> Passage {
        Passage(document: document, ordinal: ordinal, text: "\(document)/\(ordinal)", detail: ["n": .int(ordinal)], grade: grade)
    }

    @Test(arguments: TestedDatabase.available) func findsByTermAndRanksTheRareTermHigher(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let one = passage("a", 0), two = passage("b", 0), three = passage("c", 0)
        try await store.write { transaction in
            try transaction.add(one, terms: ["医保", "报销", "材料"])
            try transaction.add(two, terms: ["医保", "医保", "办理"])
            try transaction.add(three, terms: ["公交", "办理"])
        }
        let hits = try await store.read { try $0.search(terms: ["医保", "报销"], gradeMax: 6, limit: 10).map(\.passage) }
        #expect(hits == [one, two])
        #expect(try await store.read { try $0.search(terms: ["没有"], gradeMax: 6, limit: 10).isEmpty })
    }

    @Test(arguments: TestedDatabase.available) func aGradeAboveTheLimitIsNeverLoaded(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let secret = passage("a", 0, grade: 4)
        try await store.write { try $0.add(secret, terms: ["医保"]) }
        #expect(try await store.read { try $0.search(terms: ["医保"], gradeMax: 3, limit: 10).isEmpty })
        #expect(try await store.read { try $0.search(terms: ["医保"], gradeMax: 4, limit: 10).count } == 1)
    }

    @Test(arguments: TestedDatabase.available, ["\"", "a\" OR \"b", "NEAR(", "*", "a AND", "col:x", "^a", "-a", "(", "'"])
    func noTermIsReadAsAnOperator(_ tested: TestedDatabase, term: String) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let one = passage("a", 0)
        try await store.write { try $0.add(one, terms: ["b"]) }
        #expect(try await store.read { try $0.search(terms: [term, "zzz"], gradeMax: 6, limit: 10).count } <= 1)
    }

    @Test(arguments: TestedDatabase.available) func forgettingLeavesNothingInTheIndex(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), store = kept.store
        defer { kept.end() }
        let passages = [passage("a", 0), passage("a", 1), passage("b", 0)]
        try await store.write { transaction in for passage in passages { try transaction.add(passage, terms: ["唯一", passage.document]) } }
        #expect(try await store.write { try $0.removePassages(of: "a") } == 2)
        #expect(try await store.read { try $0.search(terms: ["唯一"], gradeMax: 6, limit: 10).map(\.passage.document) } == ["b"])
        #expect(try await store.read { try $0.passageCount() } == 1)
    }
}
