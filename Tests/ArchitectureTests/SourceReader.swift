import Core
import Foundation
import Support

/// A Swift file of the house, split into lines whose comments and string literals are blanked, so that rules look at code only.
struct SourceFile {
    /// Path in the repository.
    let path: String
    let text: String
    /// Lines of code: what stands in comments and in one-line string literals is left out.
    let code: [String]

    init(path: String, text: String) {
        (self.path, self.text, code) = (path, text, Self.code(of: text))
    }

    var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

    /// The folder that a room's sources are in: `Sources/<Storey>/<Room>/…`.
    var room: String { path.split(separator: "/").dropFirst(2).first.map(String.init) ?? "" }

    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ").drop { $0.hasPrefix("@") || ["public", "internal", "package", "fileprivate", "private"].contains($0) }
            guard words.first == "import", let module = words.last else { return nil }
            return String(module.split(separator: ".")[0])
        }
    }

    private static func code(of text: String) -> [String] {
        var isInText = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).map { line in
            if line.contains("\"\"\"") {
                let opens = !isInText
                isInText.toggle()
                return opens ? String(line.prefix { $0 != "\"" }) : ""
            }
            return isInText ? "" : bare(line)
        }
    }

    /// By bytes: two slashes and quotes are never part of another character in UTF-8.
    private static func bare(_ line: String) -> String {
        var out: [UInt8] = [], isInString = false, last = UInt8(ascii: " ")
        for byte in line.utf8 {
            if !isInString, byte == UInt8(ascii: "/"), last == byte { return String(decoding: out.dropLast(), as: UTF8.self) }
            if byte == UInt8(ascii: "\""), last != UInt8(ascii: "\\") { isInString.toggle() } else if !isInString { out.append(byte) }
            last = last == UInt8(ascii: "\\") && byte == last ? UInt8(ascii: " ") : byte
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func all(below folder: String) throws -> [SourceFile] {
        try FileTree.files(below: Repository.path(folder)).filter { $0.hasSuffix(".swift") }.map { name in
            SourceFile(path: folder + "/" + name, text: TextDecoder.decode(try FileTree.read(Repository.path(folder + "/" + name))).text)
        }
    }
}

/// The floor plan, read from the manifest: rooms with their storey, imports and outside packages.
struct FloorPlan {
    struct Room {
        let name: String
        let storey: String
        let imports: Set<String>
        let outside: Set<String>
    }

    let rooms: [Room]
    /// Modules that an outside case of the manifest lets in.
    static let modules: [String: Set<String>] = [
        "grdb": ["GRDB"], "yams": ["Yams"], "hummingbird": ["Hummingbird"], "httpTypes": ["HTTPTypes"], "logging": ["Logging"], "nioCore": ["NIOCore"],
        "nioPosix": ["NIOPosix"], "nioHTTP": ["NIOHTTP1"],
        "argumentParser": ["ArgumentParser"], "postgres": ["CPostgres"],
        "subprocess": ["Subprocess"], "system": ["System", "SystemPackage"],
    ]
    /// What the toolchain brings.
    static let system: Set<String> = ["Foundation", "Synchronization", "Dispatch"]
    private static let groups: [String: [String]] = [
        "platform": ["Catalog", "Knowledge", "Workflows"], "shield": ["Detection", "Scanning", "Protection"], "base": ["Core", "Labels", "Store"],
    ]

    init(rooms: [Room]) { self.rooms = rooms }

    init(manifest: String) {
        let storeys = ["base": "Base", "engine": "Engine", "platform": "Platform", "shield": "Shield", "landing": "Landing", "house": "House"]
        var found: [Room] = []
        let flat = manifest.split(separator: "\n").map(String.init).filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: " ")
        for piece in flat.components(separatedBy: "room(").dropFirst() {
            guard piece.drop(while: { $0 == " " }).hasPrefix("\"") else { continue }
            let row = String(piece.prefix(upTo: Self.end(of: piece)))
            let names = Self.quoted(row.components(separatedBy: "embeds:")[0])
            guard let name = names.first, let storey = storeys.first(where: { row.contains(".\($0.key)") })?.value else { continue }
            let importsText = row.components(separatedBy: "imports:").dropFirst().first?.components(separatedBy: "outside:")[0].components(separatedBy: "embeds:")[0] ?? ""
            var imports = Set(Self.quoted(importsText))
            for (group, members) in Self.groups where importsText.split(whereSeparator: { !$0.isLetter }).contains(Substring(group)) { imports.formUnion(members) }
            let outsideText = row.components(separatedBy: "outside:").dropFirst().first ?? ""
            let outside = Set(Self.modules.keys.filter { outsideText.contains("." + $0) })
            found.append(Room(name: name, storey: storey, imports: imports, outside: outside))
        }
        rooms = found
    }

    /// The index of the parenthesis that closes the row.
    private static func end(of text: String) -> String.Index {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return index }
        }
        return text.endIndex
    }

    private static func quoted(_ text: String) -> [String] { text.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element) }

    /// What a file imports against the plan; empty when it keeps to it.
    func violations(of file: SourceFile) -> [String] {
        guard let room = rooms.first(where: { $0.name == file.room }) else { return file.room == "banyan" ? [] : ["\(file.path): no room \(file.room) in the manifest"] }
        let outside = room.outside.reduce(into: Set<String>()) { $0.formUnion(Self.modules[$1] ?? []) }
        return file.imports.filter { !room.imports.contains($0) && !outside.contains($0) && !Self.system.contains($0) }.map {
            "\(file.path): \(room.name) imports \($0), which its row of Package.swift does not list"
        }
    }
}
