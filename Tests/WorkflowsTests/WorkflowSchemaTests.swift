import Core
import Testing

@testable import Workflows

/// The schema for editors.
@Suite struct WorkflowSchemaTests {
    @Test func everyKindHasItsOwnWayWithItsInputs() throws {
        let kinds = Kinds.all + WorkflowEngine.builtIn
        // One of them twice: two ways that both fit would fit as none.
        let json = WorkflowSchema(kinds: [ScriptedStep("copy", outputs: [:])] + kinds).json
        let ways = try #require(json["$defs"]?["step"]?["oneOf"]?.array)
        #expect(ways.count == kinds.count + 5)
        for kind in kinds {
            let way = try #require(ways.first { $0["properties"]?["kind"]?["const"]?.string == kind.id })
            let with = way["properties"]?["with"]
            #expect(Set((with?["properties"]?.object ?? [:]).keys) == Set(kind.signature.inputs.keys))
            #expect(Set((with?["required"]?.array ?? []).compactMap(\.string)) == Set(kind.signature.inputs.filter(\.value.isRequired).keys))
        }
        #expect(Set(ways.compactMap { $0["properties"]?["kind"]?["const"]?.string }) == Set(kinds.map(\.id)).union(["map", "loop", "switch", "call", "transform"]))
    }

    /// A reference that leads nowhere would switch an editor's checks off without a word.
    @Test func everyReferenceLeadsSomewhere() throws {
        let json = WorkflowSchema(kinds: Kinds.all).json, known = Set((json["$defs"]?.object ?? [:]).keys)
        func references(in value: JSONValue) -> [String] {
            (value["$ref"]?.string.map { [$0] } ?? []) + (value.object?.values.flatMap(references) ?? []) + (value.array?.flatMap(references) ?? [])
        }
        let found = references(in: json)
        #expect(found.count > 20 && found.allSatisfy { known.contains(String($0.dropFirst("#/$defs/".count))) })
    }
}
