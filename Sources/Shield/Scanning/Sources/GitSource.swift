import Core
import Foundation

/// The history of a git repository as parts: every blob under the name of a path that holds it, messages of commits and tags.
struct GitSource {
    /// Paths remembered; further blobs go by their hash.
    static let nameCountMax = 2_000_000

    /// Whether a folder is a repository's own: `.git`, or a bare repository.
    static func recognizes(_ folder: String) -> Bool {
        ["HEAD", "objects", "refs"].allSatisfy { (try? FileStatus(of: folder + "/" + $0)) != nil }
    }

    struct Entry {
        /// Path or hash.
        var name: String
        var bytes: [UInt8]
    }

    private let folder: String
    /// From an object's hash to the hash of a tree that names it, and the name.
    private var parents: [String: (tree: String, name: String)] = [:]

    init(_ folder: String) { self.folder = folder }

    /// Calls `body` with each blob and message; problems go to `problem`.
    mutating func forEach(_ body: (Entry) async -> Void, problem: (any Error) -> Void) async {
        let (packs, loose) = files(problem)
        // Trees first: they say what blobs are called.
        for pack in packs {
            for number in pack.starts.indices { if let object = try? pack.object(number), object.kind == .tree { read(tree: object.bytes[...], Self.hex(pack.names[number])) } }
        }
        for path in loose { if let object = try? Self.loose(path), object.kind == .tree { read(tree: object.bytes, Self.name(path)) } }
        for pack in packs {
            for number in pack.starts.indices {
                do {
                    let object = try pack.object(number)
                    if let entry = entry(object.kind, object.bytes, Self.hex(pack.names[number])) { await body(entry) }
                } catch { problem(error) }
            }
        }
        for path in loose {
            do {
                let object = try Self.loose(path)
                if let entry = entry(object.kind, Array(object.bytes), Self.name(path)) { await body(entry) }
            } catch { problem(error) }
        }
    }

    private func files(_ problem: (any Error) -> Void) -> (packs: [GitObjects.Pack], loose: [String]) {
        var packs: [GitObjects.Pack] = []
        for name in Self.names(folder + "/objects/pack") where name.hasSuffix(".pack") {
            do { packs.append(try GitObjects.Pack(path: folder + "/objects/pack/" + name)) } catch { problem(error) }
        }
        let hexadecimal = Set("0123456789abcdef")
        let folders = Self.names(folder + "/objects").filter { $0.count == 2 && $0.allSatisfy(hexadecimal.contains) }
        return (packs, folders.flatMap { sub in Self.names(folder + "/objects/" + sub).filter { $0.allSatisfy(hexadecimal.contains) }.map { folder + "/objects/" + sub + "/" + $0 } })
    }

    private static func names(_ folder: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }
    private static func loose(_ path: String) throws -> (kind: GitObjects.Kind, bytes: ArraySlice<UInt8>) { try GitObjects.loose(try FileTree.read(path, byteCountMax: GitObjects.objectByteCountMax)) }
    private static func name(_ path: String) -> String { path.split(separator: "/").suffix(2).joined() }
    private static func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// `mode name NUL hash` for each entry.
    private mutating func read(tree bytes: ArraySlice<UInt8>, _ hash: String) {
        var place = bytes.startIndex
        while let space = bytes[place...].firstIndex(of: 0x20), let end = bytes[space...].firstIndex(of: 0), end + 20 < bytes.endIndex, parents.count < Self.nameCountMax {
            let child = Self.hex(Array(bytes[(end + 1)...(end + 20)]))
            if parents[child] == nil { parents[child] = (hash, String(decoding: bytes[(space + 1)..<end], as: UTF8.self)) }
            place = end + 21
        }
    }

    private func entry(_ kind: GitObjects.Kind, _ bytes: [UInt8], _ hash: String) -> Entry? {
        switch kind {
        case .tree: return nil
        case .commit: return Entry(name: "commit \(hash.prefix(12))", bytes: bytes)
        case .tag: return Entry(name: "tag \(hash.prefix(12))", bytes: bytes)
        case .blob:
            var names: [String] = []
            var current = hash
            while let parent = parents[current], names.count < 64 {
                names.append(parent.name)
                current = parent.tree
            }
            return Entry(name: "\(hash.prefix(12)) \(names.reversed().joined(separator: "/"))".trimmed, bytes: bytes)
        }
    }
}
