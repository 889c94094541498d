import Foundation

/// Reads files with a bound and a fault that names the path.
public enum FileTree {
    /// The bytes of a file.
    /// - Parameter byteCountMax: a larger file is refused, not truncated. The default is 64 MiB.
    public static func read(_ path: String, byteCountMax: Int = 64 << 20) throws -> [UInt8] {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= byteCountMax else {
            throw Fault(.file, "\(path) has \(size) bytes; the limit is \(byteCountMax)", remedy: "split the file")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Fault(.file, "cannot read \(path)", remedy: "check that it exists and that you may read it")
        }
        return [UInt8](data)
    }

    /// Regular files below `directory`, as paths relative to it, sorted. Hidden files and symbolic links are left out.
    public static func files(below directory: String, countMax: Int = 100_000) throws -> [String] {
        guard let walker = FileManager.default.enumerator(
            at: URL(fileURLWithPath: directory, isDirectory: true), includingPropertiesForKeys: [.isRegularFileKey, .isSymbolicLinkKey],
            options: [.skipsHiddenFiles]), FileManager.default.fileExists(atPath: directory)
        else { throw Fault(.file, "cannot read the folder \(directory)", remedy: "check that it exists and that you may read it") }
        let base = URL(fileURLWithPath: directory, isDirectory: true).standardizedFileURL.path
        var paths: [String] = []
        for case let url as URL in walker {
            guard try url.resourceValues(forKeys: [.isRegularFileKey, .isSymbolicLinkKey]).isRegularFile == true else { continue }
            guard paths.count < countMax else {
                throw Fault(.file, "\(directory) holds more than \(countMax) files", remedy: "give a smaller folder")
            }
            paths.append(String(url.standardizedFileURL.path.dropFirst(base.count).drop { $0 == "/" }))
        }
        return paths.sorted()
    }
}
