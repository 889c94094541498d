import Core
import Detection

/// The classifier of documents that comes with Banyan.
enum BundledClassifier {
    /// Where its weights are; nil when they are not there.
    static var path: String? { BundledFile.find("document-classes.bin", place: "Demos/detection/document-classes.bin") }

    /// - Throws: `core.file`, `detection.document-weights` when the file is there and cannot be used.
    static func load() throws -> DocumentClassifier? { try path.map { try DocumentClassifier(weights: FileTree.read($0)) } }
}
