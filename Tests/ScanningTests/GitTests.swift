import Core
import Foundation
import Support
import Testing

@testable import Scanning

@Suite struct GitTests {
    /// A repository made by git itself; nil where git is not installed.
    private func repository(_ directory: TemporaryDirectory, packed: Bool) throws -> String? {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/git") else { return nil }
        func git(_ arguments: [String]) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
            process.arguments = ["-C", directory.path, "-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false"] + arguments
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
        }
        try git(["init", "-q"])
        // Versions of one long file, so that a pack holds them as deltas.
        var lines = (0..<400).map { "line \($0) of a file that stays as it is" }
        for version in 0..<6 {
            lines[version * 50] = "电话 1380013800\(version)"
            try directory.write(Array(lines.joined(separator: "\n").utf8), to: "src/long.txt")
            try git(["add", "-A"])
            try git(["commit", "-q", "-m", "version \(version)"])
        }
        try FileManager.default.removeItem(atPath: directory.file("src/long.txt"))
        try git(["add", "-A"])
        try git(["commit", "-q", "-m", "taken back, ask 13912345678"])
        if packed { try git(["gc", "-q", "--aggressive", "--prune=now"]) }
        return directory.path
    }

    /// What was committed and taken back is found, loose or packed, under its path.
    @Test(arguments: [false, true])
    func everyVersionIsFound(packed: Bool) async throws {
        let directory = try TemporaryDirectory()
        guard let path = try repository(directory, packed: packed) else { return }
        if packed { #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/.git/objects/pack").contains { $0.hasSuffix(".pack") }) }
        #expect(FileScanner.isRepository(path + "/.git"))
        let result = await Samples.scanner.scan(path: path + "/.git", name: ".git")
        let inFile = result.findings.filter { $0.type == "mobile" && $0.location.members?.first?.hasSuffix("src/long.txt") == true }
        // Version n holds n + 1 numbers.
        #expect(inFile.count == 21 && Set(inFile.compactMap { $0.location.members?.first }).count == 6, "\(result.diagnostics)")
        #expect(result.findings.contains { $0.type == "mobile" && $0.location.members?.first?.hasPrefix("commit ") == true })
        #expect(result.diagnostics.isEmpty)
    }

    @Test func deltasThatLieAreRefused() throws {
        let base = Array("0123456789".utf8)
        // Size of base 10, size of result 5: copy 5 bytes from 2.
        #expect(try GitObjects.apply([10, 5, 0x91, 2, 5], to: base) == Array("23456".utf8))
        #expect(try GitObjects.apply([10, 3, 3, 65, 66, 67], to: base) == Array("ABC".utf8))
        for delta: [UInt8] in [[9, 5, 0x91, 2, 5], [10, 5, 0x91, 8, 5], [10, 4, 0x91, 2, 5], [10, 5, 0x91], [10, 5, 0], [10], [], [10, 9, 3, 65, 66]] {
            #expect(throws: Fault.self) { try GitObjects.apply(delta, to: base) }
        }
    }

    /// A damaged pack gives diagnostics, not a trap.
    @Test(arguments: 0..<6)
    func damagedPacks(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        guard let path = try repository(directory, packed: true) else { return }
        var random = SeededRandom(seed: seed)
        let folder = path + "/.git/objects/pack/"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".pack") || name.hasSuffix(".idx") {
            var bytes = try FileTree.read(folder + name)
            for _ in 0..<4 { bytes[Int.random(in: 8..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random) }
            try FileManager.default.removeItem(atPath: folder + name)
            try Data(bytes).write(to: URL(fileURLWithPath: folder + name))
        }
        _ = await Samples.scanner.scan(path: path + "/.git", name: ".git")
    }
}
