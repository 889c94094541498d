import Catalog
import Core
import Foundation
import Labels
import Store
import Tuning

/// Models as versions of the catalog: their bytes are blobs, and files only while something reads or writes them.
struct ModelVersions: Sendable {
    let services: NodeServices
    /// The media type of a tagger's version.
    static let taggerType = "application/x-banyan-tagger"
    /// The media type of a text classifier's version.
    static let classifierType = "application/x-banyan-classifier"
    /// The media type of an adapter's version.
    static let adapterType = "application/x-banyan-adapter"

    /// The version of an id.
    /// - Throws: `nodes.unknown`.
    func version(_ id: String) async throws -> AssetVersion {
        guard let at = id.lastIndex(of: "@"), let version = try await services.catalog.versions(of: String(id[..<at])).first(where: { $0.id == id && $0.destroyedAt == nil }) else {
            throw Fault(.nodeUnknown, "the input model names no version that is there", remedy: "bind what tune-tagger gives")
        }
        return version
    }

    /// A tagger's bytes; the same tagger gives the same bytes.
    func bytes(of tagger: QuickTagger, key: String) throws -> [UInt8] {
        try aside(key) { path in
            try tagger.write(to: path)
            return try FileTree.read(path)
        }
    }

    /// The tagger of a version.
    func tagger(_ version: AssetVersion, key: String) throws -> QuickTagger {
        guard version.mediaType == Self.taggerType else { throw Fault(.nodeInput, "the input model names a version that is no tagger", remedy: "bind what tune-tagger gives") }
        return try opened(try services.store.blobs.get(version.blob), key: key) { try QuickTagger(path: $0) }
    }

    /// The classifier of a version.
    func classifier(_ version: AssetVersion, key: String) throws -> LoadedClassifier {
        guard version.mediaType == Self.classifierType else { throw Fault(.nodeInput, "the input names a version that is no text classifier", remedy: "bind what model-import gives") }
        return try opened(try services.store.blobs.get(version.blob), key: key) { try LoadedClassifier(path: $0) }
    }

    /// The media type of a model's file: a quick tagger's, or a text classifier's. It is read whole, so that a damaged one is refused.
    /// - Throws: `nodes.input` for another model, and what reading throws.
    func mediaType(of bytes: [UInt8], key: String) throws -> String {
        try opened(bytes, key: key) { path in
            switch try TunedFile(path: path) {
            case .quickTagger:
                _ = try QuickTagger(path: path)
                return Self.taggerType
            case .classifier:
                _ = try LoadedClassifier(path: path)
                return Self.classifierType
            case .other: throw Fault(.nodeInput, "the file holds no model that steps can use", remedy: "give one of `banyan tune classifier` or `banyan tune tagger --quick`")
            }
        }
    }

    /// Makes what answers under a serving name the version that the name's record says. Whoever has changed the record does this afterwards, and looks at the record again when it is done: of several, whoever ends last has seen the
    /// last record, in whatever processes they are.
    func settle(_ name: String) async throws {
        let deployments = Deployments(store: services.store)
        for _ in 0..<Self.settleCountMax {
            guard let recorded = try await deployments.deployment(name)?.version else { return }
            try await serve(try await version(recorded), as: name)
            if try await deployments.deployment(name)?.version == recorded { return }
        }
        throw Deployments.changedMeanwhile
    }

    /// Looks at a name's record, each time after another version was deployed meanwhile.
    private static let settleCountMax = 100

    /// Makes an adapter's version answer under a serving name; other models are read by their version.
    func serve(_ version: AssetVersion, as name: String) async throws { try await maker(of: version, as: name)?.serve(try services.store.blobs.get(version.blob), as: name) }

    /// Whether a version can answer under a serving name.
    func check(_ version: AssetVersion, as name: String) async throws { try await maker(of: version, as: name)?.check(try services.store.blobs.get(version.blob), as: name) }

    /// What lets a version answer; nil when nothing need.
    private func maker(of version: AssetVersion, as name: String) throws -> (any AdapterMaker)? {
        guard version.mediaType == Self.adapterType else { return nil }
        guard services.settings.servingClearance.permits(version.label) else {
            throw Fault(.nodeLabel, "the adapter learned from \(version.label); what answers may have learned from \(services.settings.servingClearance)", remedy: "protect the records before tune-lora")
        }
        guard let maker = services.settings.adapterMaker else { throw Fault(.nodeUnavailable, "no adapter can be made to answer here", remedy: "import its model with `banyan model import`") }
        guard name.contains(":") else { throw Fault(.nodeInput, "the input name must be the model's name, a colon and a name for the adapter", remedy: "write MODEL:NAME") }
        return maker
    }

    /// Runs `body` with a path in the data directory that is removed afterwards.
    private func aside<Result>(_ key: String, _ body: (String) throws -> Result) throws -> Result {
        let folder = services.store.directory + "/scratch"
        let path = "\(folder)/\(NodeRoot.mark(key)).safetensors"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    /// Runs `body` with the path of a file of these bytes, which is removed afterwards.
    private func opened<Result>(_ bytes: [UInt8], key: String, _ body: (String) throws -> Result) throws -> Result {
        try aside(key) { path in
            try NodeRoot.write(bytes, to: path)
            return try body(path)
        }
    }

    /// Labeled texts of records: `text`, and `spans` with start, end (in Unicode scalars) and type.
    static func texts(_ records: [JSONValue], input: String) throws -> [TaggedText] {
        try records.enumerated().map { number, record in
            func wrong(_ what: String) -> Fault { Fault(.nodeInput, "record \(number) of the input \(input) \(what)", remedy: "records are {text, spans: [{start, end, type}]}") }
            guard let text = record["text"]?.string else { throw wrong("has no text") }
            guard let list = spans(record["spans"]) else { throw wrong("has no spans") }
            let length = text.unicodeScalars.count
            return TaggedText(text, spans: try list.map { span in
                guard let start = span["start"]?.int, let end = span["end"]?.int, let type = span["type"]?.string, start >= 0, start < end, end <= length, !type.isEmpty else {
                    throw wrong("has a span that does not fit its text")
                }
                return TextSpan(start: start, end: end, type: type)
            })
        }
    }

    /// Spans as JSON, or as its text, which is what a cell of CSV holds.
    private static func spans(_ value: JSONValue?) -> [JSONValue]? {
        if let text = value?.string { return (try? JSONValue(parsing: text, depthMax: 8))?.array }
        return value?.array
    }
}
