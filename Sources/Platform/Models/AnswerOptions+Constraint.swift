import Core
import Inference

/// Constraints by what they are written in, for rooms that know models and no engine.
extension AnswerOptions {
    /// The answer becomes a JSON value that a schema takes, with members in the order of its text.
    /// - Throws: `inference.grammar` naming what is not supported.
    public mutating func constrain(toJSONSchema schema: String) throws { constraint = try Grammar(jsonSchema: schema) }

    /// The same of a value, with members in the order of their names.
    public mutating func constrain(toJSONSchema schema: JSONValue) throws { constraint = try Grammar(jsonSchema: schema) }

    /// The answer becomes any JSON object.
    public mutating func constrainToJSONObject() throws { constraint = try .jsonObject() }

    /// The answer becomes a text of rules in the notation of llama.cpp's GBNF.
    /// - Throws: `inference.grammar` with the line.
    public mutating func constrain(toGBNF grammar: String) throws { constraint = try Grammar(gbnf: grammar) }
}
