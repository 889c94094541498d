import Core
import Foundation

/// A call of a tool as a model wrote it.
public struct ToolCall: Sendable, Codable, Hashable {
    public var tool: String
    public var arguments: [String: JSONValue]
    public var thought: String

    public init(tool: String, arguments: [String: JSONValue], thought: String = "") { (self.tool, self.arguments, self.thought) = (tool, arguments, thought) }

    /// What makes two calls the same.
    var fingerprint: String { SHA256.hex(Array("\(tool) \(JSONValue.object(arguments).text)".utf8)) }
}

/// Reads calls out of what models write, and repairs what is commonly wrong with it: fences, tags, text around, commas too many, Chinese punctuation between the parts, names of other dialects, and a text that was cut off.
///
/// Each repair is one pass over at most ``byteCountMax`` bytes; what is not JSON then is not guessed at.
public enum ToolCallReader {
    /// Bytes of a reply that are read.
    public static let byteCountMax = 64 << 10

    /// The first call in a text; nil if there is none.
    public static func call(in text: String) -> ToolCall? {
        guard let json = object(in: text) else { return nil }
        guard let tool = (json["tool"] ?? json["name"] ?? json["action"] ?? json["function"])?.string, !tool.isEmpty, tool.utf8.count <= 100 else { return nil }
        var arguments = json["arguments"] ?? json["parameters"] ?? json["args"] ?? json["action_input"] ?? [:]
        // Some write the arguments as a text that holds them.
        if let text = arguments.string { arguments = object(in: text) ?? ["answer": .string(text)] }
        guard let members = arguments == .null ? [:] : arguments.object else { return nil }
        return ToolCall(tool: tool, arguments: members, thought: String((json["thought"]?.string ?? "").prefix(2_000)))
    }

    /// The first JSON object in a text, repaired if need be; nil if there is none.
    public static func object(in text: String) -> JSONValue? {
        var rest = Substring(decoding: Array(text.utf8.prefix(byteCountMax)), as: UTF8.self)
        if let tag = rest.range(of: "<tool_call>") { rest = rest[tag.upperBound...] }
        guard let start = rest.firstIndex(where: { $0 == "{" || $0 == "｛" }) else { return nil }
        let piece = tidied(rest[start...])
        guard let json = try? JSONValue(parsing: piece, depthMax: 32), json.object != nil else { return nil }
        return json
    }

    /// The first balanced object, with what is commonly wrong put right; one that was cut off is closed.
    private static func tidied(_ text: Substring) -> String {
        var (out, open, isInString, isEscaped) = (String.UnicodeScalarView(), [Unicode.Scalar](), false, false)
        // A text that begins with a Chinese quotation mark ends with one; one that begins with JSON's may hold Chinese ones.
        var (word, isChinese) = ("", false)
        func flush() { out.append(contentsOf: (["True": "true", "False": "false", "None": "null"][word] ?? word).unicodeScalars); word = "" }
        func close(_ bracket: Unicode.Scalar) {
            // No comma before a closing bracket.
            while let last = out.last, last.properties.isWhitespace || last == "," { out.removeLast() }
            out.append(bracket)
        }
        for scalar in text.unicodeScalars {
            if isInString {
                if isEscaped { isEscaped = false; out.append(scalar); continue }
                switch scalar {
                case "\\": isEscaped = true; out.append(scalar)
                case "\"" where !isChinese, "”" where isChinese, "“" where isChinese: isInString = false; out.append("\"")
                case "\"": out.append(contentsOf: "\\\"".unicodeScalars)
                case "\n": out.append(contentsOf: "\\n".unicodeScalars)
                case "\r": out.append(contentsOf: "\\r".unicodeScalars)
                case "\t": out.append(contentsOf: "\\t".unicodeScalars)
                default: if scalar.value >= 0x20 { out.append(scalar) }
                }
                continue
            }
            if scalar.properties.isAlphabetic, scalar.isASCII { word.unicodeScalars.append(scalar); continue }
            flush()
            switch scalar {
            case "\"", "“", "”": (isInString, isChinese) = (true, scalar != "\""); out.append("\"")
            case "{", "｛": open.append("}"); out.append("{")
            case "[", "【": open.append("]"); out.append("[")
            case "}", "｝", "]", "】":
                guard let bracket = open.popLast() else { return String(out) }
                close(bracket)
                if open.isEmpty { return String(out) }
            case "：": out.append(":")
            case "，": out.append(",")
            case "。", "；": break
            default: out.append(scalar)
            }
        }
        flush()
        if isInString { if isEscaped { out.removeLast() }; out.append("\"") }
        // A name without a value is no member.
        while let last = out.last, last.properties.isWhitespace || last == ":" || last == "," { if last == ":" { out.append(contentsOf: "null".unicodeScalars); break }; out.removeLast() }
        while let bracket = open.popLast() { close(bracket) }
        return String(out)
    }
}
