import Core
import Inference

/// What a file of `banyan tune` holds, by what it says of itself.
public enum TunedFile: Sendable, Hashable {
    /// A ``QuickTagger``.
    case quickTagger
    /// A ``TextClassifier``, or one with adapters beside it.
    case classifier
    case other

    /// - Throws: `core.file`, `inference.model-damaged`.
    public init(path: String) throws {
        let file = try SafetensorsFile(path: path)
        self = QuickTagger.isOne(file) ? .quickTagger : LoadedClassifier.isOne(file) ? .classifier : .other
    }
}
