import Core
import Foundation
import Support
import Testing

/// `banyan model` as a person in a hurry uses it.
@Suite struct ModelCommandTests {
    private let llama = Repository.path("Tests/Fixtures/models/llama.gguf")

    @Test func anEmptyListSaysHowToImport() throws {
        let folder = try TemporaryDirectory()
        #expect(try House.banyan(["model", "list", "--data", folder.file("nowhere")]).output.contains("banyan model import"))
        _ = try House.banyan(["model", "import", llama, "--name", "tiny", "--data", folder.file("data")])
        #expect(try House.banyan(["model", "list", "--data", folder.file("data")]).output.contains("90432"))
        let removed = try House.banyan(["model", "remove", "tiny", "--data", folder.file("data"), "--json"])
        #expect(removed.status == 0)
        #expect(try JSONValue(parsing: removed.output)["removed"] == "tiny")
        #expect(try House.banyan(["model", "list", "--data", folder.file("data")]).output.contains("banyan model import"))
        #expect(try JSONValue(parsing: House.banyan(["model", "list", "--data", folder.file("data"), "--json"]).output) == [])
    }

    @Test func quantizingNeverReplacesItsSourceAndLeavesNothingBehind() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write(try FileTree.read(llama), to: "m.gguf")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.gguf"), withDestinationPath: file)
        try FileManager.default.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: true)
        for (out, status) in [("m.gguf", 64), ("link.gguf", 64), ("sub", 64), ("missing/x.gguf", 7)] as [(String, Int32)] {
            #expect(try House.banyan(["model", "quantize", file, folder.file(out)]).status == status, "\(out)")
        }
        #expect(try House.banyan(["model", "quantize", file, folder.file("q.gguf"), "--scheme", "Q9"]).status == 64)
        #expect(try FileTree.read(file) == FileTree.read(llama))
        let (status, output) = try House.banyan(["model", "quantize", file, folder.file("q.gguf"), "--scheme", "q8_0", "--json"])
        #expect(status == 0)
        #expect(try JSONValue(parsing: output)["type"] == "Q8_0")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["link.gguf", "m.gguf", "q.gguf", "sub"])
    }

    @Test func missingFilesAndFoldersAreNamed() throws {
        let folder = try TemporaryDirectory()
        for arguments in [["model", "bench", folder.path], ["model", "import", folder.file("none.gguf"), "--data", folder.file("d")], ["chat", folder.file("none.gguf")], ["chat", folder.path]] {
            let (status, output) = try House.banyan(arguments)
            #expect(status != 0 && output.contains(folder.path) && output.contains("remedy"), "\(arguments): \(output)")
        }
    }
}
