import Catalog
import Core
import Foundation
import Knowledge
import Labels
import Store
import Workflows

/// Takes a request in: its text as given, or what OCR reads in its image. The original becomes a version in the catalog.
struct TakeInStep: StepKind {
    let services: HotlineServices
    let id = "take-in"
    let signature = StepSignature(
        inputs: ["request": .init(.string), "text": .init(.string, isRequired: false), "image": .init(.string, isRequired: false)],
        outputs: ["text": .string, "channel": .string, "version": .string], clearance: .all, labelRule: .joinsInputs)
    /// A larger image is refused. A phone's photograph has about 5 MB.
    static let imageByteCountMax = 20 << 20

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        guard let request = input.values["request"]?.string else { throw Fault(.hotlineRequest, "a request has no id", remedy: "add \"id\" to it") }
        let services = services
        let label = input.label
        if let image = input.values["image"]?.string, !image.isEmpty {
            let bytes = try FileTree.read(imagePath(image), byteCountMax: Self.imageByteCountMax)
            let parsed = try await services.knowledge.parse(DocumentFile(name: image, bytes: bytes))
            let text = parsed.blocks.map(\.text).joined(separator: "\n")
            return .done(
                output: ["text": .string(text), "channel": "image", "version": .string(Catalog.versionID(asset: "request/\(request)", blob: SHA256.hex(bytes)))],
                effect: try original(request, bytes, "image/png", label, context))
        }
        guard let text = input.values["text"]?.string, !text.isEmpty else {
            throw Fault(.hotlineRequest, "request \(request) has neither text nor an image", remedy: "give it \"text\" or \"image\"")
        }
        let bytes = Array(text.utf8)
        return .done(
            output: ["text": .string(text), "channel": "text", "version": .string(Catalog.versionID(asset: "request/\(request)", blob: SHA256.hex(bytes)))],
            effect: try original(request, bytes, "text/plain", label, context))
    }

    /// Images are named relative to the requests file and may not climb out of its folder.
    private func imagePath(_ name: String) throws -> String {
        guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
            throw Fault(.hotlineRequest, "an image path leaves the folder of the requests", remedy: "use a path below that folder")
        }
        return services.imageDirectory + "/" + name
    }

    private func original(
        _ request: String, _ bytes: [UInt8], _ mediaType: String, _ label: Label, _ context: StepContext
    ) throws -> @Sendable (Transaction) throws -> Void {
        let catalog = services.catalog
        let blob = try services.store.blobs.put(bytes)
        return { transaction in
            try catalog.addVersion(
                of: "request/\(request)", blob: blob, byteCount: bytes.count, mediaType: mediaType, label: label, madeBy: context.runID, in: transaction)
            try EffectCounter().count(context, in: transaction)
        }
    }
}
