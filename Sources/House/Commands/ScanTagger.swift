import Core
import Detection
import Foundation
import Kernels
import Tuning

/// A trained tagger as the detector sees it.
struct ScanTagger: EntityTagger {
    private let tagger: LoadedTagger
    /// A tagger gives no probabilities; its precision on held-out text of its own is 0.96 (its card), on other text less.
    private static let confidence = 0.8

    init(path: String) throws { tagger = try LoadedTagger(path: path) }

    func entities(in texts: [String]) throws -> [[TaggedEntity]] {
        try texts.map { text in
            try tagger.tag(text).map { TaggedEntity(type: SensitiveType(id: Self.type($0.type)), start: $0.start, end: $0.end, confidence: Self.confidence) }
        }
    }

    /// Names of types in the tagger's files: the bundled one's own, and those of common sets (PER, NAME, LOC, ORG, TITLE).
    static func type(_ name: String) -> String {
        let last = name.lowercased().split(separator: ".").first.map(String.init) ?? name.lowercased()
        return switch last {
        case "per", "name", "person", "nr": "person"
        case "loc", "gpe", "address", "addr", "ns": "address"
        case "org", "organization", "nt": "organization"
        case "title", "position", "pro": "position"
        default: last
        }
    }

    /// Where the bundled tagger is; nil when it is not there.
    static func bundledPath() throws -> String? { BundledFile.find("tagger.safetensors", place: "Demos/tagger/tagger.safetensors") }
}
