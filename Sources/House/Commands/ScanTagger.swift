import Core
import Detection
import Foundation
import Kernels
import Tuning

/// A trained tagger as the detector sees it.
struct ScanTagger: EntityTagger {
    private let tagger: LoadedTagger

    let name: String

    init(path: String) throws {
        tagger = try LoadedTagger(path: path)
        name = Self.name(of: path)
    }

    /// What reports call the model of a file.
    static func name(of path: String) -> String { "tagger:" + (path.split(separator: "/").last.map(String.init) ?? path) }

    func entities(in texts: [String]) throws -> [[TaggedEntity]] {
        try texts.map { text in try tagger.weigh(text).map { TaggedEntity(type: $0.span.type, start: $0.span.start, end: $0.span.end, confidence: $0.probability) } }
    }

    /// Where the bundled tagger is; nil when it is not there.
    static func bundledPath() throws -> String? { BundledFile.find("tagger.safetensors", place: "Demos/tagger/tagger.safetensors") }

    /// Where the bundled tagger of texts without ideographs is.
    static func bundledLatinPath() throws -> String? { BundledFile.find("english.safetensors", place: "Demos/tagger/english.safetensors") }

    /// The bundled taggers, as far as they are there; `chinese` replaces the one of Chinese lines, and reads all of them: the quick one does not know its types.
    static func bundled(chinese: String? = nil, depth: ReadingDepth = .cascade) throws -> EntityTaggers {
        EntityTaggers(
            chinese: try (chinese ?? bundledPath()).map(ScanTagger.init(path:)), latin: try bundledLatinPath().map(ScanTagger.init(path:)),
            quickChinese: chinese == nil ? try QuickScanTagger.bundledPath().map(QuickScanTagger.init(path:)) : nil, quickLatin: try QuickScanTagger.bundledLatinPath().map(QuickScanTagger.init(path:)),
            depth: depth)
    }
}

/// A quick tagger as the detector sees it.
struct QuickScanTagger: QuickEntityTagger {
    private let tagger: QuickTagger

    let name: String

    init(path: String) throws {
        tagger = try QuickTagger(path: path)
        name = ScanTagger.name(of: path)
    }

    func read(_ bytes: [UInt8], _ pieces: [Range<Int>]) throws -> [QuickReading] {
        tagger.read(bytes, pieces).map { reading in
            QuickReading(entities: reading.spans.map { QuickReading.Entity(type: $0.type, range: $0.range, confidence: $0.probability) }, doubt: reading.doubt)
        }
    }

    /// Where the bundled quick taggers are, of lines with ideographs and of others; nil when they are not there.
    static func bundledPath() throws -> String? { BundledFile.find("quick.safetensors", place: "Demos/tagger/quick.safetensors") }
    static func bundledLatinPath() throws -> String? { BundledFile.find("quick-english.safetensors", place: "Demos/tagger/quick-english.safetensors") }
}
