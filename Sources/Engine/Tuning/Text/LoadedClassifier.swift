import Core
import Inference
import Kernels
import Tensors

/// A classifier of texts from its file, with the room that it computes in.
///
/// ```swift
/// let labels = try LoadedClassifier(path: "topics.safetensors").labels(of: ["停水了怎么办"])
/// ```
public struct LoadedClassifier: Sendable {
    private let network: TextClassifier

    /// What it answers: the first question is asked unless another is named.
    public var heads: [TextClassifier.Head] { network.shape.heads }

    /// Whether a file says that it holds one.
    public static func isOne(_ file: SafetensorsFile) -> Bool { file.metadata["banyan.model"] == TextClassifier.kind || AdapterStack.isStack(file) }

    /// - Parameters:
    ///   - threads: of a computation. The default is 1.
    ///   - byteCountMax: of what it computes in, weights included. The default is 1 GiB.
    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no text classifier; `kernels.memory`.
    public init(path: String, threads: Int = 1, byteCountMax: Int = 1 << 30) throws {
        let (file, workspace) = (try SafetensorsFile(path: path), Workspace(pool: try ThreadPool(width: threads), byteCountMax: byteCountMax))
        network = try AdapterStack.isStack(file) ? AdapterStack(file: file, in: workspace).merged() : TextClassifier(file: file, in: workspace)
    }

    /// The label that each text gets.
    /// - Throws: `tuning.data` for a question that there is not; `tensors.shape`, `kernels.memory`.
    public func labels(of texts: [String], head: Int = 0) throws -> [String] { try network.classify(texts, head: head).map { heads[head].labels[$0.label] } }
}
