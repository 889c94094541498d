/// A file that a client gave to the server, or that the server made for one.
public struct StoredFile: Sendable, Codable, Hashable {
    /// What a file is for, by OpenAI's names.
    public enum Purpose: String, Sendable, Codable, CaseIterable {
        /// Examples to learn from or to measure with.
        case fineTune = "fine-tune"
        /// What a job of fine-tuning measured; made by the server.
        case fineTuneResults = "fine-tune-results"
    }

    /// `file-…`
    public var id: String
    /// As its sender named it, without folders.
    public var name: String
    public var purpose: Purpose
    public var byteCount: Int
    /// Seconds since 1970.
    public var createdAt: Double
    /// Rises with each file.
    public var number: Int
}
