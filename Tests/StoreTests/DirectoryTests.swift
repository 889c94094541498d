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
            #expect(try await (store.backend as? SQLiteBackend)?.synchronousLevel() == 2)
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
        try await store.write { try ($0.session as? SQLiteSession)?.database.execute(sql: "PRAGMA max_page_count = 40") }
        await #expect { try await store.write { try $0.put(String(repeating: "x", count: 1 << 20), as: "b", in: notes) } } throws: {
            ($0 as? Fault)?.code == .diskFull
        }
        #expect(try await store.read { try $0.list(notes).map(\.key) } == ["a"])
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
