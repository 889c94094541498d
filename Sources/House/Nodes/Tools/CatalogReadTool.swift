import Agents
import Catalog
import Core
import Labels
import Store

/// Lists the versions of an asset, or reads one that is text, by clearance: up to L2, and a graver one is refused without a word of what it says.
struct CatalogReadTool: Tool {
    let catalog: Catalog
    let store: Store
    let descriptor: ToolDescriptor
    /// Versions of one list, the newest.
    static let countMax = 50
    /// Bytes of a version that are read; a longer one is cut.
    static let byteCountMax = 64 << 10
    /// Bytes of a version that is read at all.
    static let wholeByteCountMax = 64 << 20

    init(catalog: Catalog, store: Store) throws {
        (self.catalog, self.store) = (catalog, store)
        descriptor = ToolDescriptor(
            "catalog-read", chinese: "列出数据资产的版本；给出 version 时读取它的文本", english: "lists the versions of a data asset; reads the text of one when version is given",
            parameters: try JSONShape([
                "type": "object", "required": ["asset"], "additionalProperties": false,
                "properties": ["asset": ["type": "string", "minLength": 1, "maxLength": 300], "version": ["type": "string", "minLength": 1, "maxLength": 400]],
            ]), clearance: Clearance(upTo: .level2), raisesTo: .level2)
    }

    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let versions = try await catalog.versions(of: arguments["asset"]?.string ?? "").filter { $0.destroyedAt == nil }
        // That a grave version is there is no secret of its own; what it holds is.
        guard let id = arguments["version"]?.string else {
            return .result(.array(versions.suffix(Self.countMax).map { ["version": .string($0.id), "mediaType": .string($0.mediaType), "bytes": .int($0.byteCount), "label": .string($0.label.description)] }))
        }
        guard let version = versions.first(where: { $0.id == id }) else { throw Fault(.nodeUnknown, "the asset has no such version", remedy: "list its versions first") }
        guard descriptor.clearance.permits(version.label) else { throw Fault(.nodeLabel, "the version is \(version.label); this tool reads \(descriptor.clearance)", remedy: "protect it first") }
        guard version.mediaType.hasPrefix("text/") || version.mediaType.hasPrefix("application/json") || version.mediaType.hasPrefix("application/x-ndjson") else {
            throw Fault(.nodeInput, "the version is of type \(version.mediaType), and no text", remedy: "import it as text")
        }
        guard version.byteCount <= Self.wholeByteCountMax else { throw Fault(.nodeInput, "the version has more than \(Self.wholeByteCountMax) bytes", remedy: "split it first") }
        let bytes = try store.blobs.get(version.blob)
        // Where the cut falls inside a character, up to three bytes before it.
        let cuts = (0..<4).lazy.map { TextDecoder.decode(Array(bytes.prefix(Self.byteCountMax - $0))) }
        let read = cuts.first { $0.encoding == .utf8 } ?? cuts.first { $0.encoding != .lossy } ?? cuts[0]
        return .result(["text": .string(read.text), "isCut": .bool(bytes.count > Self.byteCountMax)], label: version.label)
    }
}
