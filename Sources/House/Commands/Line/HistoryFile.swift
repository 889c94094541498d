import Core
import Foundation

/// A history on disk, one JSON string a line, readable by its owner only. Nobody gets one who did not ask for it: prompts are private.
struct HistoryFile {
    let path: String
    private static let byteCountMax = 16 << 20

    /// The lines of the file; none when there is no file yet, and lines that are no JSON string are passed over.
    /// - Throws: `core.file` for a file that cannot be read or is larger than 16 MiB.
    func read() throws -> LineHistory {
        guard FileManager.default.fileExists(atPath: path) else { return LineHistory() }
        let text = TextDecoder.decode(try FileTree.read(path, byteCountMax: Self.byteCountMax)).text
        return LineHistory(text.split(separator: "\n").compactMap { (try? JSONValue(parsing: String($0)))?.string })
    }

    /// - Throws: `core.file`.
    func write(_ history: LineHistory) throws {
        // The newest that fit what read takes.
        var lines: [String] = []
        var byteCount = 0
        for line in history.lines.reversed() {
            let text = JSONValue.string(line).text
            byteCount += text.utf8.count + 1
            guard byteCount <= Self.byteCountMax else { break }
            lines.append(text)
        }
        let data = Data((lines.reversed().joined(separator: "\n") + "\n").utf8)
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600]) else {
            throw Fault(.file, "cannot write the history \(path)", remedy: "check that its folder exists and that you may write there")
        }
    }
}
