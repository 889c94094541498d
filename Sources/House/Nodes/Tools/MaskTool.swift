import Agents
import Core
import Detection
import Labels
import Protection

/// Masks what it finds in a text. The conversation keeps its label: it has read the text unmasked. A `protect` step before the agent is what lowers a label.
struct MaskTool: Tool {
    let detector: Detector
    let protector: Protector
    let descriptor: ToolDescriptor

    init(detector: Detector, protector: Protector) throws {
        (self.detector, self.protector) = (detector, protector)
        descriptor = ToolDescriptor(
            "mask", chinese: "给文本脱敏", english: "masks sensitive data in a text",
            parameters: try JSONShape(["type": "object", "required": ["text"], "additionalProperties": false, "properties": ["text": ["type": "string", "minLength": 1, "maxLength": 20_000]]]))
    }

    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let text = arguments["text"]?.string ?? ""
        let masked = try protector.protect(text, findings: RecordDetector.merged(try detector.detect(text).findings), label: context.label)
        return .result(["text": .string(masked.text), "replaced": .int(masked.replaced)])
    }
}
