import Foundation
import Support
import Testing

/// Definitions mended and runs run again, from the command line.
@Suite struct WorkflowMendCommandTests {
    private static let leaking = """
        workflow: news
        inputs: {text: {type: string, grade: L3}}
        steps:
          # To everybody.
          - {id: find, kind: detect, with: {text: "${input.text}"}}
          - {id: tell, kind: notify, with: {to: desk, title: news, text: "${input.text}"}}

        """

    @Test func aLeakIsMendedInTheFileAndTheRunGivesTheSameAgain() throws {
        let folder = try TemporaryDirectory(), file = try folder.write(Array(Self.leaking.utf8), to: "news.yaml"), data = folder.file("data")
        let proposed = try House.banyan(["workflow", "check", file, "--fix"])
        #expect(proposed.status == 1 && proposed.output.contains("+  - {id: protect-input-text, kind: protect"), "\(proposed.output)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.leaking)
        #expect(try House.banyan(["workflow", "check", file, "--write"]).status == 64)
        #expect(try House.banyan(["workflow", "check", file, "--fix", "--write"]).status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("# To everybody.") && text != Self.leaking)
        #expect(try House.banyan(["workflow", "check", file]).status == 0)
        #expect(try House.banyan(["workflow", "run", file, "--input", "text=电话 13800138000", "--id", "r", "--data", data]).status == 0)
        let replayed = try House.banyan(["workflow", "replay", "r", "--data", data, "--json"])
        #expect(replayed.status == 0 && replayed.output.replacing(" ", with: "").contains("\"same\":2"), "\(replayed.output)")
        #expect(!replayed.output.contains("13800138000"))
    }

    /// Who looks for a run in the wrong place makes no data there.
    @Test func aReplayOfNothingMakesNoData() throws {
        let folder = try TemporaryDirectory(), data = folder.file("none")
        let refused = try House.banyan(["workflow", "replay", "r", "--data", data])
        #expect(refused.status == 3 && refused.output.contains("remedy"), "\(refused.output)")
        #expect(!FileManager.default.fileExists(atPath: data))
    }
}
