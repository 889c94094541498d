import Core
import Foundation
import Support
import Testing

@testable import Commands

@Suite struct ChatInputTests {
    @Test(arguments: [
        ("", .nothing), ("  \t", .nothing), ("hello", .message("hello")), (" a ", .message(" a ")), ("/new", .new), (" /new ", .new), ("/help", .help), ("/?", .help), ("/quit", .leave), ("/exit", .leave),
        ("/system Be brief. ", .system("Be brief.")), ("/system", .system("")), ("/system a\nb", .system("a\nb")), ("/nonsense x", .unknown("/nonsense")), ("/new x", .unknown("/new")), ("//new", .message("/new")),
        ("/etc/passwd\nis a file", .message("/etc/passwd\nis a file")), ("你好", .message("你好")),
    ] as [(String, ChatInput)])
    func linesAreCommandsOrMessages(line: String, expected: ChatInput) { #expect(ChatInput(line) == expected) }

    @Test func aHistoryFileKeepsLinesForItsOwnerOnly() throws {
        let folder = try TemporaryDirectory()
        let file = HistoryFile(path: folder.file("history"))
        #expect(try file.read().lines.isEmpty)
        var history = LineHistory()
        for line in ["one", "two\nrows \"quoted\"", "三"] { history.add(line) }
        try file.write(history)
        #expect(try file.read() == history)
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
        try folder.write(Array("\"a\"\nnot json\n5\n\"b\"\n".utf8), to: "history")
        #expect(try file.read().lines == ["a", "b"])
        #expect(throws: Fault.self) { try HistoryFile(path: folder.file("no/such/folder")).write(history) }
    }
}
