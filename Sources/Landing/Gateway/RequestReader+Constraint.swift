import Core
import Inference

extension RequestReader {
    /// What the answer must be a text of: `response_format` as OpenAI has it, or `grammar` as llama-server has it. A schema is held to whether or not it is called strict.
    /// - Throws: ``APIError`` naming the member and what is not supported in it.
    var constraint: Grammar? {
        get throws {
            let format = json["response_format"].flatMap { $0 == .null ? nil : $0 }, grammar = json["grammar"].flatMap { $0 == .null || $0 == "" ? nil : $0 }
            let type = format.map { $0["type"]?.string ?? "" } ?? "text"
            if let grammar {
                guard let rules = grammar.string else { throw APIError.invalid("grammar must be text", parameter: "grammar") }
                guard type == "text" else { throw APIError.invalid("grammar and response_format exclude one another", parameter: "grammar") }
                return try Self.read("grammar") { try Grammar(gbnf: rules) }
            }
            switch type {
            case "text": return nil
            case "json_object": return try Self.read("response_format") { try .jsonObject() }
            case "json_schema":
                guard format?["json_schema"]?["schema"]?.object != nil else { throw APIError.invalid("response_format.json_schema.schema must be an object", parameter: "response_format") }
                return try Self.read("response_format") {
                    let ordered = try JSONValue(parsing: text, listing: ["properties"])
                    return try Grammar(orderedSchema: ordered["response_format"]?["json_schema"]?["schema"] ?? .null)
                }
            default: throw APIError.invalid("response_format.type must be text, json_object or json_schema", parameter: "response_format")
            }
        }
    }

    private static func read(_ member: String, _ body: () throws -> Grammar) throws -> Grammar {
        do { return try body() } catch let fault as Fault where fault.code == .grammar || fault.code == .json { throw APIError.invalid("\(member): \(fault.message)", parameter: member) }
    }
}
