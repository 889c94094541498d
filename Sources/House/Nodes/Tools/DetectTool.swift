import Agents
import Core
import Detection

/// Finds sensitive data in a text: types and places, never a value.
struct DetectTool: Tool {
    let detector: Detector
    let descriptor: ToolDescriptor

    init(detector: Detector) throws {
        self.detector = detector
        descriptor = ToolDescriptor(
            "detect", chinese: "找出文本里的敏感信息（类型和位置）", english: "finds sensitive data in a text (types and places)",
            parameters: try JSONShape(["type": "object", "required": ["text"], "additionalProperties": false, "properties": ["text": ["type": "string", "minLength": 1, "maxLength": 20_000]]]))
    }

    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let findings = try detector.detect(arguments["text"]?.string ?? "").findings
        return .result(["count": .int(findings.count), "findings": .array(findings.map { ["type": .string($0.type.id), "start": .int($0.start), "end": .int($0.end)] })])
    }
}
