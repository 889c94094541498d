import Core

/// Something that gives texts vectors: an encoder that was imported, or the one that comes with the program.
public protocol TextEmbedder: Sendable {
    /// Its name among models.
    var name: String { get }
    /// Values of a vector.
    var width: Int { get }
    /// What the encoder reads of a text, as numbers of its own.
    func tokens(of text: String) -> [Int32]
    /// One unit vector a text.
    ///
    /// - Throws: ``Fault`` for a number that is none of the encoder's.
    func embed(_ texts: [[Int32]]) throws -> [[Float]]
}

extension EmbeddingService: TextEmbedder {
    public var name: String { record.name }
}

/// The encoder that comes with the program. A model that is imported under its name takes its place.
public struct BundledEncoder: Sendable {
    public let name: String
    let load: @Sendable () throws -> any TextEmbedder

    /// - Parameter load: reads the encoder when it is first asked for.
    public init(name: String, load: @escaping @Sendable () throws -> any TextEmbedder) { (self.name, self.load) = (name, load) }
}
