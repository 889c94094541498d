import Core

/// The date and time, which no model knows. It is that of the attempt, so a repeated attempt may say a later one; the one that was journaled counts.
public struct TimeTool: Tool {
    public let descriptor: ToolDescriptor
    /// China's.
    static let offsetStandard = 8.0
    private static let weekdays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]

    public init() throws {
        descriptor = ToolDescriptor(
            "time", chinese: "当前日期和时间（默认北京时间）", english: "the date and time now (China's unless offset says otherwise)",
            parameters: try JSONShape([
                "type": "object", "additionalProperties": false, "properties": ["offset": ["type": "number", "minimum": -12, "maximum": 14, "description": "hours from UTC"]],
            ]), seconds: 5)
    }

    /// Date, time and weekday.
    public func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let offset = arguments["offset"]?.double ?? Self.offsetStandard, local = timestampText(context.now + offset * 3600)
        // 1970-01-01 was a Thursday.
        let day = Int(((context.now + offset * 3600) / 86_400).rounded(.down)), weekday = Self.weekdays[((day % 7) + 7) % 7]
        return .result(["date": .string(String(local.prefix(10))), "time": .string(String(local.dropFirst(11).prefix(8))), "weekday": .string(weekday), "offset": .double(offset)])
    }
}
