import Core
import Foundation
import Support
import Testing

/// Wrong input at the front door: a clear message with the remedy, an exit status by kind, nothing lost.
@Suite struct BadInputTests {
    private func expect(_ arguments: [String], status: Int32, words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let (actual, output) = try House.banyan(arguments)
        #expect(actual == status, "\(output.prefix(300))", sourceLocation: sourceLocation)
        for word in words { #expect(output.contains(word), "\(output.prefix(300))", sourceLocation: sourceLocation) }
    }

    @Test func filesThatAreNotThere() throws {
        let directory = try TemporaryDirectory()
        try expect(["demo", "government", "--directory", directory.file("none"), "--data", directory.file("data")], status: 3, words: ["remedy", "requests.jsonl"])
        try expect(["workflow", "check", directory.file("none.yaml")], status: 7, words: ["cannot read", "remedy"])
        try expect(["audit", "verify", "--data", directory.file("none")], status: 3, words: ["no Banyan data", "remedy"])
        try expect(["workflow", "show", "run-x", "--data", directory.file("none")], status: 3, words: ["remedy"])
        try expect(["workflow", "fork", "run-x", "--data", directory.file("none")], status: 3, words: ["remedy"])
        try expect(["workflow", "graph", directory.file("none.yaml"), "--data", directory.file("none")], status: 3, words: ["remedy"])
        #expect(!FileManager.default.fileExists(atPath: directory.file("none")))
    }

    @Test func aMalformedCommandLine() throws {
        try expect(["demo", "goverment"], status: 64, words: ["goverment"])
        try expect(["demo", "government", "--width", "0"], status: 64, words: ["--width must be 1 to 16"])
        try expect(["knowledge", "search", "x", "--clearance", "L9"], status: 64, words: ["--clearance must be"])
        try expect(["serve", "--port", "99999"], status: 64, words: ["--port"])
        try expect(["serve", "--speculate", "16"], status: 64, words: ["--speculate must be 0 to 15"])
        try expect(["serve", "--kv", "q4"], status: 64, words: ["--kv", "f16"])
    }

    @Test func aMalformedRequestIsNamedByItsLine() throws {
        let directory = try TemporaryDirectory()
        let requests = try directory.write(Array("{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\"}\n".utf8), to: "requests.jsonl")
        try expect(
            ["demo", "government", "--directory", DemonstrationTests.small, "--requests", requests, "--data", directory.file("data")], status: 2, words: ["line 2", "remedy"])
    }

    /// Unknown types, broken archives, a zip bomb and non-UTF-8 text in one folder: diagnostics for the bad, the good are found.
    @Test func aFolderOfHostileDocuments() throws {
        let directory = try TemporaryDirectory()
        let packed = try FileTree.read(Repository.path("Tests/Fixtures/four-mebibytes-of-zeros.deflate"))
        try directory.write(ZipBuilder([.init(name: "word/document.xml", method: 8, packed: packed, byteCount: 4 << 20, checksum: 0)]).bytes, to: "in/bomb.docx")
        try directory.write([0x50, 0x4B, 0x03, 0x04], to: "in/broken.docx")
        try directory.write([1, 2, 3], to: "in/what.xyz")
        try directory.write([0xBE, 0xD3, 0xD7, 0xA1, 0xD6, 0xA4], to: "in/gb18030.txt")
        let data = directory.file("data")
        let (status, output) = try House.banyan(["knowledge", "ingest", directory.file("in"), "--data", data])
        #expect(status == 0)
        for word in ["bomb.docx", "grows more than 200-fold", "broken.docx", "what.xyz", "no reader for", "1 ingested", "3 failed"] { #expect(output.contains(word), "\(output)") }
        let (found, hits) = try House.banyan(["knowledge", "search", "居住证", "--data", data])
        #expect(found == 0 && hits.contains("gb18030.txt"))
    }

    @Test func aSecondProcessOnTheSameData() throws {
        let directory = try TemporaryDirectory()
        let data = directory.file("data")
        let server = try ChildProcess(House.binary, ["serve", "--port", "0", "--data", data])
        defer { server.kill() }
        #expect(server.line(containing: "signin?token=") != nil)
        try expect(["demo", "government", "--directory", DemonstrationTests.small, "--data", data], status: 4, words: ["in use by process", "remedy"])
        try expect(["serve", "--port", "0", "--data", data], status: 4, words: ["in use by process"])
        // Reading beside the owner is allowed.
        try expect(["audit", "verify", "--data", data], status: 0, words: ["intact"])
    }

    @Test func aPortInUse() throws {
        let directory = try TemporaryDirectory()
        let server = try ChildProcess(House.binary, ["serve", "--port", "0", "--data", directory.file("a")])
        defer { server.kill() }
        let line = try #require(server.line(containing: "signin?token="))
        let port = try #require(URL(string: line)?.port)
        try expect(["serve", "--port", "\(port)", "--data", directory.file("b")], status: 4, words: ["port \(port) is in use", "--port"])
    }

    @Test func ctrlCEndsTheServerCleanly() throws {
        let directory = try TemporaryDirectory()
        let server = try ChildProcess(House.binary, ["serve", "--port", "0", "--data", directory.file("data")])
        #expect(server.line(containing: "signin?token=") != nil)
        server.interrupt()
        #expect(server.wait() == 0)
        // The lock is free again and the write-ahead log was merged.
        #expect(try House.banyan(["workflow", "resume", "--data", directory.file("data")]).status == 0)
    }

    @Test func anOpenAddressNeedsUsers() throws {
        let directory = try TemporaryDirectory()
        for host in ["0.0.0.0", "::", "192.168.1.1"] {
            try expect(["serve", "--host", host, "--port", "0", "--data", directory.file("data")], status: 5, words: ["can be reached from other machines", "--token-file"])
        }
        let users = directory.file("users.txt")
        #expect(try House.banyan(["token", "add", "li", "--file", users, "--clearance", "L3"]).status == 0)
        let text = TextDecoder.decode(try FileTree.read(users)).text
        #expect(text.hasPrefix("li:L3:") && text.split(separator: ":").last?.count == 65)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: users)
        try expect(["serve", "--host", "0.0.0.0", "--port", "0", "--token-file", users, "--data", directory.file("data")], status: 64, words: ["chmod 600"])
    }

    @Test func dataOfANewerVersionIsLeftAlone() throws {
        guard let sqlite = House.program("sqlite3") else { return }
        let directory = try TemporaryDirectory()
        _ = try House.banyan(["workflow", "resume", "--data", directory.path])
        _ = try ChildProcess(sqlite, [directory.file("banyan.sqlite"), "INSERT INTO grdb_migrations VALUES ('999')"]).finish()
        try expect(["workflow", "resume", "--data", directory.path], status: 4, words: ["newer Banyan", "remedy"])
    }

    /// A file system of 1 MiB that fills up. Needs the right to mount; `Tests/StoreTests` covers the same fault without.
    @Test func aFullDiskKeepsWhatWasThere() throws {
        guard getuid() == 0, let mount = House.program("mount"), let unmount = House.program("umount") else { return }
        let directory = try TemporaryDirectory()
        let disk = directory.file("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        guard try ChildProcess(mount, ["-t", "tmpfs", "-o", "size=600k", "tmpfs", disk]).finish().status == 0 else { return }
        defer { _ = try? ChildProcess(unmount, ["-l", disk]).finish() }
        let (status, output) = try House.banyan(["demo", "government", "--directory", DemonstrationTests.small, "--data", disk])
        #expect(status == 8, "\(output.prefix(400))")
        #expect(output.contains("disk is full") && output.contains("remedy"))
        _ = try ChildProcess(mount, ["-o", "remount,size=50m", disk]).finish()
        let (after, report) = try ChildProcess(House.binary, ["demo", "government", "--directory", DemonstrationTests.small, "--data", disk, "--json"]).finish()
        #expect(after == 0)
        #expect(try JSONValue(parsing: report)["handled"] == 3)
        #expect(try House.banyan(["audit", "verify", "--data", disk]).status == 0)
    }
}
