import Catalog
import Core
import Knowledge
import Labels
import Store
import Workflows

/// Takes a picture, a recording or a document in: its bytes become a version, and its text what can be read of it, with the boxes of a picture's words. A recording has no text until a person writes it.
struct MediaImportNode: StepKind {
    let services: NodeServices
    let id = "media-import"
    let signature = StepSignature(
        inputs: ["path": .init(.string), "asset": .init(.string, isRequired: false)],
        outputs: ["text": .string, "boxes": .array, "mediaType": .string, "version": .string, "blob": .string], clearance: .all, labelRule: .raises(.level4))
    /// A phone's photograph has 5 MB, an hour of telephone sound 30.
    static let byteCountMax = 64 << 20
    private static let pictures = ["png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"]
    private static let recordings = ["wav": "audio/wav", "ogg": "audio/ogg", "webm": "audio/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4"]

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("path", byteCountMax: 1_024)
        let bytes = try FileTree.read(try NodeRoot(services.settings.importRoot, "import from").resolve(name), byteCountMax: Self.byteCountMax)
        let file = DocumentFile(name: name, bytes: bytes)
        var (text, boxes, mediaType) = ("", [JSONValue](), "application/octet-stream")
        if let type = Self.pictures[file.fileExtension] {
            mediaType = type
            let lines = try await PictureText(tools: services.tools).lines(of: file)
            text = lines.map(\.text).joined(separator: "\n")
            boxes = lines.flatMap(Self.boxes)
        } else if let type = Self.recordings[file.fileExtension] {
            mediaType = type
        } else {
            text = try await services.knowledge.parse(file).blocks.map(\.text).joined(separator: "\n")
        }
        return outcome(try input.optionalText("asset", byteCountMax: 1_024) ?? "media/\(name)", bytes, text, boxes, mediaType, try services.store.blobs.put(bytes), input, context)
    }

    private func outcome(
        _ asset: String, _ bytes: [UInt8], _ text: String, _ boxes: [JSONValue], _ mediaType: String, _ blob: String, _ input: StepInput, _ context: StepContext
    ) -> StepOutcome {
        let (catalog, label) = (services.catalog, Label(max(.level4, input.label.grade), input.label.categories))
        return .done(
            output: [
                "text": .string(text), "boxes": .array(boxes), "mediaType": .string(mediaType), "version": .string(Catalog.versionID(asset: asset, blob: blob)), "blob": .string(blob),
            ],
            effect: { transaction in
                try catalog.addVersion(of: asset, blob: blob, byteCount: bytes.count, mediaType: mediaType, label: label, madeBy: context.runID, in: transaction)
            })
    }

    /// A box a word, in pixels, as the form for people has them.
    private static func boxes(_ line: PictureText.Line) -> [JSONValue] {
        let scalars = Array(line.text.unicodeScalars)
        return line.words.map { word in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[word.range])
            return ["label": .string(String(text)), "x": .int(word.box[0]), "y": .int(word.box[1]), "w": .int(word.box[2]), "h": .int(word.box[3])]
        }
    }
}
