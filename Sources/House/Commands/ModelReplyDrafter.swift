import Core
import Demonstrations
import Inference
import Kernels
import Models
import Store

/// Lets a local language model draft the hotline's replies. Always the best token and a fixed seed: the same request gives the same reply.
struct ModelReplyDrafter: ReplyDrafter {
    private let model: ChatModel
    var name: String { model.record.name }

    /// Enough for a reply of a few sentences.
    private static let tokenCountMax = 200
    private static let context = 4_096

    /// - Parameter width: replies at once.
    init(record: ModelRecord, threads: Int, width: Int) throws {
        guard record.task == .chat else { throw Fault(.modelTask, "\(record.name) is an encoder: it embeds and does not answer", remedy: "choose a language model") }
        model = try ChatModel(record: record, pool: try ThreadPool(width: threads), context: Self.context, slotCount: width, clock: SystemWallClock())
    }

    func reply(to request: DraftRequest) async throws -> String {
        var options = AnswerOptions()
        options.tokenCountMax = Self.tokenCountMax
        options.sampling.temperature = 0
        options.sampling.seed = 1
        var text = ""
        for try await event in try model.answer(Self.messages(for: request), options: options) { if case .text(let piece, _) = event { text += piece } }
        // A stream whose reader was cancelled ends early, without an error: half a reply is none.
        try Task.checkCancellation()
        return text
    }

    /// The conversation that asks for a reply. It holds what the request holds, which is masked, and no more.
    static func messages(for request: DraftRequest) -> [ChatMessage] {
        let passages = request.passages.map { "[\($0.number)] \($0.title)\n\($0.text)" }.joined(separator: "\n\n")
        return [
            ChatMessage(
                role: "system",
                content: "你是城市服务热线的工作人员。只根据给出的资料，用两到四句礼貌的话答复市民，并在引用处写出资料编号，如[1]。资料没有说的不要写；资料不足时请市民等候工作人员联系。"),
            ChatMessage(role: "user", content: "资料：\n\(passages.isEmpty ? "（无）" : passages)\n\n市民诉求：\(request.text)\n\n承办部门：\(request.department)\n\n请写答复。"),
        ]
    }
}

/// Which model drafts the replies.
enum DrafterChoice: Equatable {
    case extractive
    /// Several models are there and none was named.
    case undecided([String])
    case model(ModelRecord)

    /// - Parameter name: what `--model` says; "none" stays extractive, nil takes the only language model there is.
    /// - Throws: `models.unknown`, `models.task`.
    init(_ name: String?, in registry: ModelRegistry) async throws {
        if name == "none" {
            self = .extractive
        } else if let name {
            let record = try await registry.record(name)
            guard record.task == .chat else { throw Fault(.modelTask, "\(name) is an encoder: it embeds and does not answer", remedy: "choose a language model") }
            self = .model(record)
        } else {
            let models = try await registry.all().filter { $0.task == .chat }
            self = models.count > 1 ? .undecided(models.map(\.name)) : models.first.map { .model($0) } ?? .extractive
        }
    }
}
