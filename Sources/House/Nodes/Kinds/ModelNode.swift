import Core
import Labels
import Workflows

/// Asks a language model. What may be sent to it is the model's clearance: everything on this machine, L1 elsewhere unless a person said more.
struct ModelNode: StepKind {
    let model: (any TextModel)?
    let id = "model"
    var isRepeatable: Bool { true }
    var signature: StepSignature {
        StepSignature(
            inputs: ["prompt": .init(.string), "system": .init(.string, isRequired: false), "maxTokens": .init(.number, isRequired: false)],
            outputs: ["text": .string, "tokens": .number], clearance: model?.clearance ?? Clearance(upTo: .level1), labelRule: .joinsInputs)
    }
    static let promptByteCountMax = 256 << 10

    /// One conversation at a time, as the model is loaded for.
    var resource: String? { "model" }

    func tokenCountMax(_ literals: [String: JSONValue]) -> Int { model?.contextTokenCount ?? 0 }

    func leavesNothing(with inputs: Set<String>) -> Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let (prompt, system) = (try input.text("prompt", byteCountMax: Self.promptByteCountMax), try input.optionalText("system", byteCountMax: Self.promptByteCountMax))
        let count = try input.integer("maxTokens", default: 256, in: 1...8_192)
        guard let model else { throw Fault(.nodeUnavailable, "no language model is configured", remedy: "import one with `banyan model import` and name it when starting") }
        let answer = try await model.measuredAnswer(system: system, prompt: prompt, tokenCountMax: count)
        // Half an answer of a model that was stopped is none.
        try Task.checkCancellation()
        return .done(output: ["text": .string(answer.text), "tokens": .int(answer.tokenCount)], usage: answer.usage)
    }
}
