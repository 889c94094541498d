import Core
import Foundation

/// A folder that a person configured. Paths of steps are relative to it and cannot leave it, by `..`, by being absolute, or through a symbolic link.
struct NodeRoot {
    private let path: String

    /// - Parameter what: what is done below it, for the fault when nobody configured it.
    init(_ path: String?, _ what: String) throws {
        guard let path else { throw Fault(.nodePath, "no folder to \(what) is configured", remedy: "name one when starting Banyan") }
        self.path = Self.real(path)
    }

    /// The whole path of a relative one. The path itself may not exist yet; what exists of it is followed through links.
    func resolve(_ relative: String) throws -> String {
        let parts = relative.split(separator: "/", omittingEmptySubsequences: true)
        guard !relative.hasPrefix("/"), !relative.utf8.contains(0), relative.utf8.count <= 1_024, !parts.contains("..") else { throw Self.outside }
        let whole = Self.real(path + "/" + parts.joined(separator: "/"))
        guard whole == path || whole.hasPrefix(path == "/" ? path : path + "/") else { throw Self.outside }
        return whole
    }

    private static let outside = Fault(.nodePath, "a path leaves the configured folder", remedy: "use a path below it")

    private static func real(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path }

    /// Whether a path is a folder.
    static func isFolder(_ path: String) -> Bool {
        (try? URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
    }

    /// A part of a file's name that is the same in every attempt of a step and different in every step.
    static func mark(_ key: String) -> String { String(SHA256.hex(Array(key.utf8)).prefix(12)) }

    /// Writes a file as a whole or not at all, making the folders above it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Fault(.file, "a file cannot be written below the configured folder", remedy: "check permissions and free space")
        }
    }
}
