import Core
import Inference
import Models
import Workflows

/// Plans by a language model that can write nothing but plans: its answer follows the grammar of the catalogue. A remote is asked for the same by the schema, and whatever it answers is read as strictly.
struct ModelPlanWriter: PlanWriter {
    /// The longest answer: twenty-four steps take some 500 tokens.
    static let tokenCountMax = 2_048

    let provider: any ModelProvider
    /// 0 takes the best token always.
    var temperature = 0.0
    var seed: UInt64 = 0

    func plan(for request: String, schema: PlanSchema) async throws -> String {
        var options = AnswerOptions()
        (options.sampling.temperature, options.sampling.seed, options.tokenCountMax) = (temperature, seed, Self.tokenCountMax)
        if provider is RemoteProvider { try options.constrain(toJSONSchema: schema.schema) } else { try options.constrain(toGBNF: schema.grammar) }
        let isChinese = request.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        let messages = [ChatMessage(role: "system", content: schema.instruction(isChinese: isChinese)), ChatMessage(role: "user", content: request)]
        var text = ""
        for try await event in try await provider.answer(messages, options: options) {
            switch event {
            case .text(let piece, _): text += piece
            case .finished(.length, _): throw Fault(.modelTask, "the model's plan did not end within its context", remedy: "load the model with a larger context")
            case .finished: break
            }
        }
        return text
    }
}
