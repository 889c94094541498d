import Agents
import Core
import Foundation
import Inference
import ModelSupport
import Support
import Testing

@testable import Commands

/// Agents as a person starts them, on a model of random weights: nonsense within the form that it is held to, and within its bounds.
@Suite struct AgentCommandTests {
    private func house() throws -> (folder: TemporaryDirectory, data: String) {
        let folder = try TemporaryDirectory(), data = folder.file("data")
        try TinyModel.write(to: folder.file("tiny.gguf"), context: 8_192)
        let (status, output) = try House.banyan(["model", "import", folder.file("tiny.gguf"), "--name", "tiny", "--data", data])
        #expect(status == 0, "\(output)")
        return (folder, data)
    }

    @Test func aRandomModelStaysInItsFormAndItsBounds() throws {
        let (folder, data) = try house()
        for strategy in ["act", "plan", "direct"] {
            let (status, output) = try House.banyan([
                "agent", "run", "Add 2 and 3", "--tools", "calculate,time", "--model", "tiny", "--strategy", strategy, "--turns", "3", "--tokens", "300", "--id", "run-\(strategy)", "--data", data, "--json",
            ])
            #expect([0, 1].contains(status), "\(output)")
            let lines = try output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            let last = try #require(lines.last), result = last["result"]
            #expect(last["status"] == "completed", "\(last.text)")
            #expect(AgentStop(rawValue: result?["stop"]?.string ?? "") != nil && result?["strategy"] == .string(strategy))
            #expect((1...3).contains(result?["turns"]?.int ?? 0))
            let said = lines.dropLast().filter { $0["note"]?["kind"] == "say" }
            #expect(said.count == result?["turns"]?.int)
            // What it wrote to its end is a call: it cannot write anything else. Only what the budget cut off is none.
            var spent = 0
            for note in said where strategy == "act" {
                spent += note["note"]?["tokens"]?.int ?? 0
                if spent < 300 { #expect(note["note"]?["call"] != nil, "\(note.text)") }
            }
        }
        let (_, shown) = try House.banyan(["agent", "policy", "--data", data, "--json"])
        #expect(try JSONValue(parsing: shown)["mode"] == "off")
        _ = folder
    }

    @Test func toolsAndThePolicyAreShownAndWrongNamesRefused() throws {
        let (folder, data) = try house()
        let (status, output) = try House.banyan(["agent", "tools", "--json"])
        #expect(status == 0)
        #expect(try JSONValue(parsing: output).array?.count == 9)
        #expect(try House.banyan(["agent", "policy", "--mode", "collect", "--data", data]).output.contains("mode collect"))
        #expect(try House.banyan(["agent", "policy", "--mode", "often", "--data", data]).status == 64)
        let (refused, why) = try House.banyan(["agent", "run", "x", "--tools", "nothing", "--data", data])
        #expect(refused != 0 && why.contains("there is no tool of that name"), "\(why)")
        let (leak, path) = try House.banyan(["agent", "run", "x", "--tools", "http-get", "--grade", "L3", "--data", data])
        #expect(leak != 0 && path.contains("input.task (L3) -> agent (agent, clearance up to L1)"), "\(path)")
        #expect(try House.banyan(["agent", "judge", "nothing", "good", "--data", data]).status == 1)
        _ = folder
    }

    /// What models are held to can be compiled for every tool.
    @Test func everyToolsCallsAreAGrammar() throws {
        for tool in try JSONValue(parsing: try House.banyan(["agent", "tools", "--json"]).output).array ?? [] {
            let schema = "{\"type\": \"object\", \"properties\": {\"tool\": {\"const\": \(tool["id"]?.text ?? "")}, \"arguments\": \(tool["parameters"]?.text ?? "")}, \"required\": [\"tool\", \"arguments\"], \"additionalProperties\": false}"
            _ = try Grammar(jsonSchema: schema)
        }
    }
}
