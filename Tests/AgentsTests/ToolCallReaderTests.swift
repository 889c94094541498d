import Core
import Testing

@testable import Agents

@Suite struct ToolCallReaderTests {
    static let good = ToolCall(tool: "search", arguments: ["text": "水费", "limit": 2], thought: "")

    /// What models write when they mean the same call.
    @Test(arguments: [
        "{\"tool\": \"search\", \"arguments\": {\"text\": \"水费\", \"limit\": 2}}",
        "I will search.\n```json\n{\"tool\": \"search\", \"arguments\": {\"text\": \"水费\", \"limit\": 2}}\n```\nDone.",
        "<tool_call>\n{\"name\": \"search\", \"arguments\": {\"text\": \"水费\", \"limit\": 2}}\n</tool_call>",
        "{1} no <tool_call>{\"name\": \"search\", \"arguments\": {\"text\": \"水费\", \"limit\": 2}}</tool_call>{\"name\": \"other\"}",
        "{\"action\": \"search\", \"action_input\": {\"text\": \"水费\", \"limit\": 2,},}",
        "｛“tool”：“search”，“arguments”：｛“text”：“水费”，“limit”：2｝｝",
        "{\"function\": \"search\", \"parameters\": \"{\\\"text\\\": \\\"水费\\\", \\\"limit\\\": 2}\"}",
        "{\"tool\": \"search\", \"arguments\": {\"text\": \"水费\", \"limit\": 2",
        "{\"tool\": \"search\", \"arguments\": {\"text\": \"水费\", \"limit\": 2}, \"thought\": ",
    ])
    func callsAreReadAsTheyAreMeant(text: String) { #expect(ToolCallReader.call(in: text) == Self.good, "\(text)") }

    @Test(arguments: ["", "没有调用", "{", "}", "{}", "[1,2]", "{\"tool\": 1}", "{\"tool\": \"\"}", "{\"tool\": \"x\", \"arguments\": [1]}", "{tool: x}", "<tool_call>", "{\"tool\": \"x\" \"arguments\"}"])
    func whatIsNoCallIsNone(text: String) { #expect(ToolCallReader.call(in: text) == nil, "\(text)") }

    @Test func wordsOfAnotherLanguageBecomeJSON() {
        #expect(ToolCallReader.object(in: "{\"a\": True, \"b\": None, \"c\": [False,], \"d\": \"True\nNone\"}") == ["a": true, "b": nil, "c": [false], "d": "True\nNone"])
    }

    /// Random damage never traps, and a text without damage is read as the JSON parser reads it.
    @Test func damagedTextsNeverTrap() throws {
        var random = SeededRandom(seed: 7)
        let text = "{\"thought\": \"先查“水费”\", \"tool\": \"search\", \"arguments\": {\"text\": \"a\\\"b\\\\\", \"list\": [1, 2.5, {\"x\": null}], \"ok\": true}}"
        #expect(ToolCallReader.object(in: text) == (try JSONValue(parsing: text)))
        var read = 0
        for _ in 0..<5_000 {
            var scalars = Array(text.unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                guard !scalars.isEmpty else { break }
                let place = Int.random(in: 0..<scalars.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: scalars.remove(at: place)
                case 1: scalars.insert(scalars[Int.random(in: 0..<scalars.count, using: &random)], at: place)
                default: scalars.removeSubrange(place...)
                }
            }
            var damaged = String.UnicodeScalarView()
            damaged.append(contentsOf: scalars)
            if ToolCallReader.call(in: String(damaged)) != nil { read += 1 }
        }
        #expect(read > 1_000)
    }

    @Test func longTextsAreReadAsFarAsTheBound() {
        #expect(ToolCallReader.call(in: String(repeating: "x", count: ToolCallReader.byteCountMax) + "{\"tool\": \"search\"}") == nil)
        #expect(ToolCallReader.call(in: "{\"tool\": \"a\", \"arguments\": {\"x\": " + String(repeating: "[", count: 40_000)) == nil)
    }
}
