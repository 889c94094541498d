import Core
import Detection

/// Scans one file of any kind, with all that is in it.
///
/// ```swift
/// let scanner = FileScanner(detector: Detector())
/// let result = await scanner.scan(path: "export.zip")
/// for finding in result.findings { print(finding.location.text, finding.type) }
/// ```
/// It never throws: what cannot be read is a diagnostic of the result.
public struct FileScanner: Sendable {
    let parts: PartScanner
    let documents: (any DocumentTexts)?
    /// Where members that must be files (databases in archives) are set down; nil leaves them out.
    let scratch: String?
    let ids: IdentifierSource
    let classifier: DocumentClassifier?

    /// - Parameters:
    ///   - explains: whether dropped candidates are kept.
    ///   - documents: reads PDF, Word and pictures; nil leaves them out with a diagnostic.
    ///   - scratch: a folder for databases that lie in archives; nil leaves them out.
    ///   - classifier: says what each file is as a whole; nil for no classes.
    public init(
        detector: Detector, options: ScanOptions = ScanOptions(), limits: ScanLimits = ScanLimits(), explains: Bool = false, documents: (any DocumentTexts)? = nil, scratch: String? = nil,
        ids: IdentifierSource = IdentifierSource(), classifier: DocumentClassifier? = nil
    ) {
        parts = PartScanner(detector: detector, options: options, limits: limits, explains: explains)
        (self.documents, self.scratch, self.ids, self.classifier) = (documents, scratch, ids, classifier)
    }

    /// Scans a file, or the history of a repository when `path` is its folder.
    /// - Parameter name: the path as findings name it; nil for `path`.
    public func scan(path: String, name: String? = nil) async -> FileResult {
        var scan = FileScan(scanner: self, location: PartLocation(path: name ?? path))
        do {
            if try FileStatus(of: path).kind == .directory {
                await scan.repository(path)
            } else {
                let bytes = try SourceBytes(path: path, limits: parts.limits)
                await scan.source(bytes, path: path)
            }
        } catch {
            scan.result.add(error, scan.location, parts.limits)
        }
        return scan.result
    }

    /// Scans bytes in memory as the file `name` would be.
    public func scan(_ bytes: [UInt8], name: String) async -> FileResult {
        var scan = FileScan(scanner: self, location: PartLocation(path: name))
        await scan.source(SourceBytes(bytes), path: nil)
        return scan.result
    }
}

extension FileScanner {
    /// Whether a folder is a git repository's own (`.git`, or a bare repository), which is scanned as its history.
    public static func isRepository(_ folder: String) -> Bool { GitSource.recognizes(folder) }
}
