import Core
import Foundation

/// A file, or a repository's own folder, of a tree.
struct ScanUnit: Sendable, Hashable {
    /// Relative to the root, with `/`.
    var path: String
    var byteCount: Int
    /// Nanoseconds since 1970.
    var modified: Int
}

/// Walks a tree in the order of names, one folder in memory at a time. Symbolic links are not followed, so that no loop is walked and no file is read twice.
struct DirectoryWalk {
    /// Folders in folders.
    static let depthMax = 400

    enum Step {
        case unit(ScanUnit)
        case problem(Diagnostic)
    }

    private let root: String
    private let excluded: Set<String>
    private var stack: [(path: String, names: ArraySlice<String>)]

    /// - Parameter excluded: absolute paths of folders that are left out (the data directory of the scan itself).
    init(root: String, excluding excluded: Set<String> = []) throws {
        (self.root, self.excluded) = (root, excluded)
        guard let names = Self.names(root) else { throw Fault(.file, "cannot read the folder \(root)", remedy: "check that it exists and that you may read it") }
        stack = [("", names)]
    }

    private static func names(_ folder: String) -> ArraySlice<String>? { (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted()[...] }

    /// The next file or problem; nil at the end.
    mutating func next() -> Step? {
        while let top = stack.last {
            guard let name = top.names.first else {
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].names.removeFirst()
            let path = top.path.isEmpty ? name : top.path + "/" + name
            let full = root + "/" + path
            guard let status = try? FileStatus(of: full) else { return .problem(Diagnostic(.error, "core.file", "cannot be read", place: path)) }
            switch status.kind {
            case .file: return .unit(ScanUnit(path: path, byteCount: status.byteCount, modified: status.modified))
            case .link: return .problem(Diagnostic(.note, "scanning.link", "a symbolic link is not followed", place: path))
            case .other: return .problem(Diagnostic(.note, "scanning.special", "no regular file", place: path))
            case .directory:
                if excluded.contains(full) { continue }
                if name == ".git" || name.hasSuffix(".git"), GitSource.recognizes(full) { return .unit(ScanUnit(path: path, byteCount: 0, modified: status.modified)) }
                guard stack.count < Self.depthMax else { return .problem(Diagnostic(.warning, "scanning.depth", "folders are walked \(Self.depthMax) deep; this one is deeper", place: path)) }
                guard let names = Self.names(full) else { return .problem(Diagnostic(.error, "core.file", "the folder cannot be read", place: path)) }
                stack.append((path, names))
            }
        }
        return nil
    }
}
