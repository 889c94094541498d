import Core
import Foundation
import Nodes
import Support
import Testing
@testable import Commands
@testable import Workflows

/// What the planner learns, from the command line and with the program.
@Suite struct WorkflowTeachCommandTests {
    private static let objects = ["rows", "letters", "tickets", "receipts", "minutes", "notes"]
    private static let examples = objects.flatMap { object in
        [
            "{\"request\": \"import the \(object) of list.csv, frobnicate the \(object)\", \"nodes\": {\"data-import\": \"import the \(object)\", \"protect\": \"frobnicate the \(object)\"}}",
            "{\"request\": \"read the \(object) of list.csv\", \"nodes\": {\"data-import\": \"read the \(object)\"}}",
        ]
    }.joined(separator: "\n")

    @Test func wordsOfAHouseAreTaughtAndPlanned() throws {
        let directory = try TemporaryDirectory(), out = directory.file("ours.bin")
        let data = try directory.write(Array(Self.examples.utf8), to: "ours.jsonl")
        let request = "import the samples of list.csv, frobnicate the samples"
        let taught = try House.banyan(["workflow", "teach", "--data", data, "--out", out, "--held-out", "0.2", "--features", "2000", "--json"])
        #expect(taught.status == 0 && taught.output.contains("\"kinds\": 2"), "\(taught.output)")
        #expect(try House.banyan(["workflow", "plan", request, "--taught", out, "--json"]).output.contains("kind: protect"))
        #expect(try !House.banyan(["workflow", "plan", request, "--taught", "none", "--json"]).output.contains("kind: protect"))
        // What is there is not written over, and no example's words get into a message.
        #expect(try House.banyan(["workflow", "teach", "--data", data, "--out", out]).status == 64)
        let wrong = try directory.write(Array("{\"request\": \"canary\", \"nodes\": {\"protect\": \"secret\"}}".utf8), to: "wrong.jsonl")
        let refused = try House.banyan(["workflow", "teach", "--data", wrong, "--out", directory.file("other.bin")])
        #expect(refused.status != 0 && refused.output.contains("line 1") && !refused.output.contains("canary") && !refused.output.contains("secret"), "\(refused.output)")
        #expect(try House.banyan(["workflow", "plan", request, "--taught", data]).output.contains("no weights of requests"))
    }

    /// What comes with the program is what its examples teach: kinds that can be planned, and sound examples.
    @Test func whatComesWithTheProgramFitsTheCatalogue() throws {
        let weights = try #require(try BundledRequests.load(House.root + "/Demos/planning/requests.bin"))
        let planned = Set(NodeCatalogue(kinds: []).nodes.keys)
        #expect(Set(weights.kinds).isSubset(of: planned), "\(Set(weights.kinds).subtracting(planned))")
        let lines = try TextDecoder.decode(FileTree.read(House.root + "/Demos/planning/requests.jsonl")).text.split(separator: "\n")
        let examples = try lines.map { try RequestExample(json: JSONValue(parsing: String($0))) }
        #expect(examples.count > 2_000 && Set(examples.flatMap(\.kinds.keys)).isSubset(of: planned))
        #expect(weights.score(Array(examples.prefix(60))).f1 > 0.9)
    }
}
