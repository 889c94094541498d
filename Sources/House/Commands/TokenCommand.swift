import ArgumentParser
import Console
import Core
import Foundation
import Labels

/// `banyan token …`
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Users of a console that other machines can reach.", subcommands: [TokenAddCommand.self])
}

/// `banyan token add`
struct TokenAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Draw a token for a user, print it once, and add its SHA-256 to a token file.")

    @Argument(help: "The user's name: letters, digits, '-', '_' and '.'.")
    var name: String
    @Option(name: .long, help: ArgumentHelp("The token file; made when absent.", valueName: "file"))
    var file: String
    @Option(name: .long, help: "The highest grade this user may see: L1 … L4, important, core.")
    var clearance: String = "L2"

    func run() throws {
        guard let grade = Grade(clearance) else { throw ValidationError("--clearance must be L1, L2, L3, L4, important or core") }
        guard !name.isEmpty, name.utf8.allSatisfy({ $0 < 128 && ($0 != 58 && $0 > 32) }) else { throw ValidationError("the name may hold ASCII letters and digits only") }
        let token = IdentifierSource().token(length: 52)
        var lines = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if !lines.isEmpty, !lines.hasSuffix("\n") { lines += "\n" }
        lines += "\(name):\(grade):\(SHA256.hex(Array(token.utf8)))\n"
        guard FileManager.default.createFile(atPath: file, contents: Data(lines.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw Fault(.file, "cannot write \(file)", remedy: "check the folder's permissions")
        }
        Terminal.note(Terminal.say("The token of \(name), shown this once:", "\(name) 的令牌（仅显示一次）："))
        Terminal.out(token)
    }
}

/// Reads token files: one `name:grade:sha256` a line, `#` begins a comment.
enum ConsoleUserFile {
    /// - Throws: `serve.token-file` when the file is readable by others, empty or malformed (the line is named).
    static func read(_ path: String) throws -> [ConsoleUser] {
        let text = String(decoding: try PrivateFile.read(path, byteCountMax: 1 << 20), as: UTF8.self)
        let users = try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line -> ConsoleUser? in
            if line.isEmpty || line.hasPrefix("#") { return nil }
            let parts = line.split(separator: ":").map(String.init)
            guard parts.count == 3, let grade = Grade(parts[1]), parts[2].utf8.count == 64 else {
                throw Fault(.tokenFile, "\(path), line \(index + 1): expected name:grade:sha256", remedy: "make lines with `banyan token add`")
            }
            return ConsoleUser(name: parts[0], tokenSHA256: parts[2], clearance: Clearance(upTo: grade))
        }
        guard !users.isEmpty else { throw Fault(.tokenFile, "\(path) names no user", remedy: "add one with `banyan token add`") }
        return users
    }
}
