import Core
import Foundation
import GRDB
import Support
import Testing

@testable import Store

@Suite struct DirectoryTests {
    @Test func aSecondOwnerIsRefusedWithTheFirstOnesNumber() throws {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        #expect { try Store.open(at: directory.path) } throws: { error in
            let fault = error as? Fault
            return fault?.code == .storeLocked && fault?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true
        }
        try store.close()
        #expect(throws: Never.self) { try Store.open(at: directory.path).close() }
    }

    @Test func everyCommitIsSyncedAfterEveryOpening() async throws {
        let directory = try TemporaryDirectory()
        for _ in 0..<2 {
            let store = try Store.open(at: directory.path)
            #expect(try await store.synchronousLevel() == 2)
            try store.close()
        }
    }

    @Test func readersWorkBesideTheOwnerAndCannotWrite() async throws {
        let directory = try TemporaryDirectory()
        let notes = RecordCollection<String>("notes")
        let store = try Store.open(at: directory.path)
        try await store.write { try $0.put("v", as: "k", in: notes) }
        let reader = try Store.open(at: directory.path, access: .reader)
        #expect(try await reader.read { try $0.get("k", in: notes) } == "v")
        await #expect(throws: Fault.self) { try await reader.write { try $0.put("w", as: "k", in: notes) } }
    }

    @Test func aReaderFindsNothingToRead() throws {
        let directory = try TemporaryDirectory()
        #expect { try Store.open(at: directory.path, access: .reader) } throws: { ($0 as? Fault)?.code == .storeMissing }
    }

    @Test func dataOfANewerBanyanIsLeftAlone() async throws {
        let directory = try TemporaryDirectory()
        try Store.open(at: directory.path).close()
        let queue = try DatabaseQueue(path: directory.file("banyan.sqlite"))
        try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999')") }
        try queue.close()
        for access in [Store.Access.owner, .reader] {
            #expect { try Store.open(at: directory.path, access: access) } throws: { ($0 as? Fault)?.code == .storeNewer }
        }
        // The refusal gave the lock back.
        #expect { try Store.open(at: directory.path) } throws: { ($0 as? Fault)?.code == .storeNewer }
    }

    @Test func aDamagedFileIsNamedAsSuch() throws {
        let directory = try TemporaryDirectory()
        try directory.write([UInt8](repeating: 0x5A, count: 8192), to: "banyan.sqlite")
        #expect { try Store.open(at: directory.path) } throws: { ($0 as? Fault)?.message.contains("damaged") == true }
    }

    @Test func aFullDatabaseKeepsNothingOfTheChangeAndSaysSo() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let notes = RecordCollection<String>("notes")
        try await store.write { try $0.put("small", as: "a", in: notes) }
        // SQLite's own limit gives the error code that a full disk gives.
        try await store.write { try $0.database.execute(sql: "PRAGMA max_page_count = 40") }
        await #expect { try await store.write { try $0.put(String(repeating: "x", count: 1 << 20), as: "b", in: notes) } } throws: {
            ($0 as? Fault)?.code == .diskFull
        }
        #expect(try await store.read { try $0.list(notes).map(\.key) } == ["a"])
    }
}

@Suite struct PassageTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private func passage(_ document: String, _ ordinal: Int, grade: Int = 1) -> Passage {
        Passage(document: document, ordinal: ordinal, text: "\(document)/\(ordinal)", detail: ["n": .int(ordinal)], grade: grade)
    }

    @Test func findsByTermAndRanksTheRareTermHigher() async throws {
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

    @Test func aGradeAboveTheLimitIsNeverLoaded() async throws {
        let secret = passage("a", 0, grade: 4)
        try await store.write { try $0.add(secret, terms: ["医保"]) }
        #expect(try await store.read { try $0.search(terms: ["医保"], gradeMax: 3, limit: 10).isEmpty })
        #expect(try await store.read { try $0.search(terms: ["医保"], gradeMax: 4, limit: 10).count } == 1)
    }

    @Test(arguments: ["\"", "a\" OR \"b", "NEAR(", "*", "a AND", "col:x", "^a", "-a", "(", "'"])
    func noTermIsReadAsAnOperator(term: String) async throws {
        let one = passage("a", 0)
        try await store.write { try $0.add(one, terms: ["b"]) }
        #expect(try await store.read { try $0.search(terms: [term, "zzz"], gradeMax: 6, limit: 10).count } <= 1)
    }

    @Test func forgettingLeavesNothingInTheIndex() async throws {
        let passages = [passage("a", 0), passage("a", 1), passage("b", 0)]
        try await store.write { transaction in for passage in passages { try transaction.add(passage, terms: ["唯一", passage.document]) } }
        #expect(try await store.write { try $0.removePassages(of: "a") } == 2)
        #expect(try await store.read { try $0.search(terms: ["唯一"], gradeMax: 6, limit: 10).map(\.passage.document) } == ["b"])
        #expect(try await store.read { try $0.passageCount() } == 1)
    }
}

@Suite struct BlobTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    @Test func theSameBytesAreOneBlob() throws {
        let name = try store.blobs.put([1, 2, 3])
        #expect(try store.blobs.put([1, 2, 3]) == name)
        #expect(name == SHA256.hex([1, 2, 3]))
        #expect(try store.blobs.get(name) == [1, 2, 3])
        #expect(try FileTree.files(below: directory.file("blobs")).count == 1)
    }

    @Test func anAlteredBlobIsNoticed() throws {
        let name = try store.blobs.put([1, 2, 3])
        try directory.write([9], to: "blobs/\(name.prefix(2))/\(name.dropFirst(2))")
        #expect { try store.blobs.get(name) } throws: { ($0 as? Fault)?.code == .blobDamaged }
    }

    @Test(arguments: ["", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "a", count: 63), "/etc/passwd"])
    func onlyHashesReachTheFileSystem(name: String) throws {
        #expect(throws: Fault.self) { try store.blobs.get(name) }
        #expect(!store.blobs.contains(name))
        #expect(try store.blobs.remove(name) == false)
    }
}
