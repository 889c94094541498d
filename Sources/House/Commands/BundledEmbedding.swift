import Core
import Foundation
import Models
import Tuning

/// The sentence encoder that comes with the program, so that texts have vectors with nothing downloaded.
struct BundledEmbedding {
    /// Its name among models; one that is imported under the same name takes its place.
    static let name = "banyan-embedding"
    private static let place = "Demos/embedding/embedding.safetensors"

    /// The encoder for a host of models; nil when its file is not there.
    static var encoder: BundledEncoder? { find().map { path in BundledEncoder(name: name) { try BundledEmbedder(path: path) } } }

    /// Where its file is: beside the program or above it (as in a copy of the repository), in the program's shared folder, or below the current directory.
    ///
    /// - Throws: `core.file` when it is in none of these places.
    static func path() throws -> String {
        guard let found = find() else { throw Fault(.file, "the bundled encoder \(place) is not there", remedy: "keep it beside the program, or give --model FILE") }
        return found
    }

    /// Nil when it is not there.
    static func find() -> String? { BundledFile.find("embedding.safetensors", place: place) }
}

/// Files that come with the program.
enum BundledFile {
    /// A file's path: beside the program or above it (as in a copy of the repository), in the program's shared folder, or below the current directory. Nil when it is in none of these.
    static func find(_ name: String, place: String) -> String? {
        var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
        var candidates: [String] = []
        if let folder { candidates.append(folder.appendingPathComponent("../share/banyan/" + name).standardizedFileURL.path) }
        // A build stands up to four folders below the repository.
        for _ in 0..<5 {
            guard let current = folder, current.path != "/" else { break }
            candidates.append(current.appendingPathComponent(place).path)
            folder = current.deletingLastPathComponent()
        }
        return (candidates + [place]).first { FileManager.default.isReadableFile(atPath: $0) }
    }
}

/// The bundled encoder as hosts of models see it: its tokens are the numbers of pieces.
private struct BundledEmbedder: TextEmbedder {
    let name = BundledEmbedding.name
    let encoder: LoadedSentenceEncoder

    init(path: String) throws { encoder = try LoadedSentenceEncoder(path: path) }

    var width: Int { encoder.width }
    func tokens(of text: String) -> [Int32] { PieceIndex.numbers(of: text) }
    func embed(_ texts: [[Int32]]) throws -> [[Float]] { try encoder.vectors(ofPieces: texts) }
}
