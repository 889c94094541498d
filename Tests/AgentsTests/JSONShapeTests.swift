import Core
import Testing

@testable import Agents

@Suite struct JSONShapeTests {
    static let shape: JSONValue = [
        "type": "object", "required": ["name", "size"], "additionalProperties": false,
        "properties": [
            "name": ["type": "string", "minLength": 2, "maxLength": 4], "size": ["type": "integer", "minimum": 1, "maximum": 9], "kind": ["enum": ["a", "b"]],
            "list": ["type": "array", "minItems": 1, "maxItems": 2, "items": ["type": "object", "required": ["x"], "properties": ["x": ["type": ["number", "null"]]]]],
        ],
    ]

    @Test(arguments: [
        (["name": "水泵", "size": 3], 0), (["name": "ab", "size": 9.0, "kind": "b", "list": [["x": 1.5], ["x": nil]]], 0),
        (["name": "a", "size": 3], 1), (["name": "abcde", "size": 0], 2), (["size": 3], 1), ([:], 2), ("text", 1), (nil, 1), (["name": "ab", "size": 1.5], 1), (["name": "ab", "size": "3"], 1),
        (["name": "ab", "size": 3, "kind": "c"], 1), (["name": "ab", "size": 3, "list": []], 1), (["name": "ab", "size": 3, "list": [["x": "secret"], [:]]], 2), (["name": "ab", "size": 3, "secret": 1, "canary": 2], 1),
    ] as [(JSONValue, Int)])
    func whatDoesNotFitIsFoundAndNotQuoted(value: JSONValue, count: Int) throws {
        let findings = try JSONShape(Self.shape).findings(in: value)
        #expect(findings.count == count, "\(findings)")
        #expect(!findings.joined().contains("secret") && !findings.joined().contains("canary"))
    }

    @Test(arguments: [
        ["type": "object", "pattern": "x"], ["$ref": "x"], ["oneOf": []], ["type": "thing"], ["enum": []], ["minLength": -1], ["minItems": 3, "maxItems": 2], "text", ["properties": 1], ["required": [1]], ["items": [1]],
        ["additionalProperties": ["type": "string"]],
    ] as [JSONValue])
    func whatIsNotCheckedIsRefused(schema: JSONValue) { #expect(throws: Fault.self) { try JSONShape(schema) } }

    @Test func bounds() throws {
        var deep: JSONValue = ["type": "string"]
        for _ in 0..<JSONShape.depthMax { deep = ["items": deep] }
        _ = try JSONShape(deep)
        #expect(throws: Fault.self) { try JSONShape(["items": deep]) }
        let wide = JSONValue.object(Dictionary((0..<JSONShape.nodeCountMax).map { ("p\($0)", [:]) }) { $1 })
        #expect(throws: Fault.self) { try JSONShape(["properties": wide]) }
        let list = try JSONShape(["type": "array", "items": ["type": "string"]])
        #expect(list.findings(in: .array([JSONValue](repeating: 1, count: 1_000))).count == JSONShape.findingCountMax)
        #expect(list.findings(in: .array([JSONValue](repeating: "x", count: JSONShape.elementCountMax + 1))).count == 1)
    }
}
