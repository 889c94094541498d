import Core
import Testing

@testable import Inference

@Suite struct JSONSchemaTests {
    static let cases: [(schema: String, fits: [String], others: [String])] = [
        (##"{"type":"object","properties":{"b":{"type":"integer"},"a":{"type":"string"}},"required":["b"],"additionalProperties":false}"##,
            [##"{"b":1}"##, ##"{"b": -20, "a": "x"}"##, "{\n  \"b\":0\n}"], [##"{"a":"x","b":1}"##, "{}", ##"{"b":1,}"##, ##"{"b":01}"##, ##"{"b":1,"c":2}"##, ##"{"b":1.5}"##]),
        (##"{"type":"object","properties":{"a":{"const":1},"b":{"const":2},"c":{"const":3}},"required":[]}"##, ["{}", ##"{"a":1}"##, ##"{"b":2,"c":3}"##, ##"{"a":1,"b":2,"c":3}"##], [##"{"c":3,"a":1}"##, ##"{,"a":1}"##, ##"{"a":1 "b":2}"##]),
        (##"{"enum":["red",1,null,true,["x",2]]}"##, ["\"red\"", "1", "null", "true", "[\"x\",2]"], ["red", "2", "[]"]),
        (##"{"type":"string","minLength":2,"maxLength":3}"##, [##""ab""##, ##""中文字""##, ##""\n\u0041""##, ##""\"\"""##], [##""a""##, ##""abcd""##, ##""\ud800a""##, "\"a\nb\""]),
        (##"{"type":"integer","minimum":-5,"maximum":130}"##, ["-5", "0", "7", "99", "130"], ["-6", "131", "200", "1000", "-0", "00", "1.0"]),
        (##"{"type":"integer","exclusiveMinimum":99,"maximum":1000}"##, ["100", "999", "1000"], ["99", "1001", "10", "5000"]),
        (##"{"type":"number","minimum":0,"maximum":1}"##, ["0", "1", "0.5", "0.000001", "1.0"], ["1.1", "-0.1", "2", "1.000001", "1e5"]),
        (##"{"type":"number","exclusiveMinimum":0.25,"exclusiveMaximum":0.5}"##, ["0.251", "0.3", "0.49", "0.250001"], ["0.25", "0.5", "0.250", "0.50", "0", "1"]),
        (##"{"type":"number","exclusiveMinimum":-3.5,"maximum":-1}"##, ["-1", "-3.4", "-2.99", "-1.0"], ["-3.5", "-4", "-0.5", "0", "1"]),
        (##"{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":3}"##, ["[true]", "[true, false,true]"], ["[]", "[true,true,true,true]", "[1]"]),
        (##"{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}"##, [##"[1,"a"]"##], [##"[1,"a",2]"##, ##"["a",1]"##]),
        (##"{"type":["string","null"]}"##, [##""""##, "null"], ["1", "true"]),
        (##"{"$defs":{"t":{"type":"object","properties":{"v":{"type":"integer"},"n":{"anyOf":[{"$ref":"#/$defs/t"},{"type":"null"}]}},"required":["v","n"]}},"$ref":"#/$defs/t"}"##, [##"{"v":1,"n":null}"##, ##"{"v":1,"n":{"v":2,"n":null}}"##], [##"{"v":1}"##, ##"{"v":1,"n":{}}"##]),
        (##"{"type":"string","pattern":"^[A-Z]{2}-\\d{3}(x|\"y\")?$"}"##, [##""AB-123""##, ##""AB-123x""##, ##""AB-123\"y\"""##], [##""A-123""##, ##""AB-1234""##]),
        (##"{"type":"string","pattern":"b+"}"##, [##""abc""##, ##""b""##], [##""a""##]),
        (##"{"type":"string","format":"date"}"##, [##""2024-02-28""##], [##""2024-13-01""##, ##""2024-1-01""##, ##""x""##]),
        (##"{"oneOf":[{"type":"string"},{"type":"integer"}]}"##, [##""x""##, "1"], ["true"]),
        (##"{"oneOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"]},{"type":"object","properties":{"k":{"const":"b"},"n":{"type":"integer"}},"required":["k"]}]}"##, [##"{"k":"a"}"##, ##"{"k":"b","n":1}"##], [##"{"k":"c"}"##, ##"{"k":"a","n":1}"##]),
        (##"{"type":"object","additionalProperties":{"type":"integer"}}"##, ["{}", ##"{"x":1,"y":2}"##], [##"{"x":"1"}"##]),
        ("true", ["1", ##"{"a":[1,{"b":null}]}"##, "[]", ##""x""##], ["", "{a:1}", "[1,]"]),
        (##"{"type":"object","properties":{"properties":{"type":"object","properties":{"z":{"const":1},"a":{"const":2}},"required":["z","a"]}},"required":["properties"]}"##, [##"{"properties":{"z":1,"a":2}}"##], [##"{"properties":{"a":2,"z":1}}"##]),
    ]

    @Test(arguments: cases.indices) func valuesFitOrDoNot(_ number: Int) throws {
        let (schema, fits, others) = Self.cases[number]
        let grammar = try Grammar(jsonSchema: schema)
        for text in fits { #expect(grammar.accepts(text), "\(schema) should take \(text)") }
        for text in others { #expect(!grammar.accepts(text), "\(schema) should not take \(text)") }
    }

    @Test(arguments: [
        (##"{"not":{"type":"string"}}"##, "not is not supported"), (##"{"type":"array","uniqueItems":true}"##, "uniqueItems is not supported"), (##"{"type":"object","patternProperties":{}}"##, "patternProperties is not supported"),
        (##"{"type":"string","minimum":1}"##, "minimum does not go with the type"), (##"{"type":"string","pattern":"(?=a)"}"##, "look around"), (##"{"type":"string","pattern":"\\bx"}"##, "escape is not supported"),
        (##"{"type":"string","pattern":"^a|b$"}"##, "need a group"), (##"{"type":"string","pattern":"a","maxLength":3}"##, "maxLength beside pattern"), (##"{"type":"string","format":"iri"}"##, "of formats only"),
        (##"{"oneOf":[{"type":"number"},{"type":"integer"}]}"##, "may overlap"), (##"{"allOf":[{"type":"string"},{"maxLength":2}]}"##, "allOf of several"), (##"{"$ref":"#/$defs/none"}"##, "names nothing"), (##"{"$ref":"http://x/y"}"##, "another document"),
        (##"{"type":"integer","minimum":5,"maximum":4}"##, "no number fits"), (##"{"type":"integer","multipleOf":3}"##, "multipleOf"), (##"{"type":"string","minLength":3,"maxLength":2}"##, "no text fits"), (##"{"type":"object","required":["x"],"additionalProperties":false}"##, "forbids"),
        (##"{"type":"blue"}"##, "type must be"), (##"{"properties":{"a":{"type":"integer"}},"anyOf":[true]}"##, "beside anyOf"), (##"{"type":"object","properties":{"a":false},"required":["a"]}"##, "no text fits"), (##"{"$ref":"#"}"##, "never ends"), ("7", "a schema must be"),
        (##"{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}"##, "never ends"),
    ])
    func whatIsNotSupportedIsRefusedByName(_ schema: String, _ message: String) {
        do {
            _ = try Grammar(jsonSchema: schema)
            Issue.record("\(schema) was taken")
        } catch {
            #expect((error as? Fault)?.message.contains(message) == true, "\(schema): \((error as? Fault)?.message ?? "")")
        }
    }

    /// Every value between two bounds that has few digits fits, and no other.
    @Test func boundsOfNumbersAreMet() throws {
        var random = SeededRandom(seed: 8)
        for _ in 0..<60 {
            let scale = [1.0, 10, 100].randomElement(using: &random)!
            let edges = [Double(Int.random(in: -1_200...1_200, using: &random)) / scale, Double(Int.random(in: -1_200...1_200, using: &random)) / scale].sorted()
            let (low, high) = (Bool.random(using: &random) ? "minimum" : "exclusiveMinimum", Bool.random(using: &random) ? "maximum" : "exclusiveMaximum")
            let schema: JSONValue = ["type": "number", low: .double(edges[0]), high: .double(edges[1])]
            guard edges[0] < edges[1] else { continue }
            let grammar = try Grammar(jsonSchema: schema)
            for value in stride(from: -13_000, through: 13_000, by: 7) {
                let number = Double(value) / [1.0, 10, 100].randomElement(using: &random)!
                let text = number == number.rounded() ? "\(Int(number))" : "\(number)"
                #expect(grammar.accepts(text) == SchemaValidator.isValid(.double(number), schema, root: schema), "\(text) under \(schema.text)")
            }
        }
    }

    // MARK: - Random schemas

    static func randomSchema(_ random: inout SeededRandom, depth: Int) -> JSONValue {
        func chance(_ share: Int, _ random: inout SeededRandom) -> Bool { Int.random(in: 0..<100, using: &random) < share }
        switch Int.random(in: 0..<(depth > 0 ? 12 : 7), using: &random) {
        case 0:
            var schema: JSONValue = ["type": "string"]
            if chance(50, &random) { schema["maxLength"] = .int(Int.random(in: 2...50, using: &random)) }
            if chance(40, &random) { schema["minLength"] = .int(Int.random(in: 0...2, using: &random)) }
            return schema
        case 1:
            var schema: JSONValue = ["type": "integer"]
            if chance(60, &random) { schema["minimum"] = .int(Int.random(in: -300...50, using: &random)) }
            if chance(60, &random) { schema["maximum"] = .int(Int.random(in: 60...5_000, using: &random)) }
            return schema
        case 2: return chance(50, &random) ? ["type": "number"] : ["type": "number", "exclusiveMinimum": .double(Double(Int.random(in: -99...0, using: &random)) / 8), "maximum": .double(Double(Int.random(in: 1...99, using: &random)) / 4)]
        case 3: return ["type": "boolean"]
        case 4: return ["type": ["null", "string"], "maxLength": 5]
        case 5: return ["enum": ["alpha", "beta", 3, nil, ["x"]]]
        case 6: return ["const": ["k": [1, true, "é\"\n"]]]
        case 7: return ["type": "array", "items": randomSchema(&random, depth: depth - 1), "minItems": .int(Int.random(in: 0...2, using: &random)), "maxItems": .int(Int.random(in: 2...4, using: &random))]
        case 8: return ["anyOf": [randomSchema(&random, depth: depth - 1), randomSchema(&random, depth: depth - 1)]]
        case 9: return ["type": "array", "prefixItems": [randomSchema(&random, depth: depth - 1), randomSchema(&random, depth: 0)], "items": ["type": "integer"], "maxItems": 3]
        default:
            let names = ["name", "age", "备注", "a b"].filter { _ in chance(70, &random) }
            var properties: [String: JSONValue] = [:]
            for name in names { properties[name] = randomSchema(&random, depth: depth - 1) }
            return ["type": "object", "properties": .object(properties), "required": .array(names.filter { _ in chance(60, &random) }.map { .string($0) }), "additionalProperties": names.isEmpty ? ["type": "boolean"] : false]
        }
    }

    /// Tokens drawn evenly from the masks of random schemas: what ends is valid, every time.
    @Test func drawnValuesAreValid() throws {
        let vocabulary: [[UInt8]] = (0..<256).map { [UInt8($0)] } + ["\":", "\": \"", "\",", "\"}", "},", "true", "null", "name", "age", "中文", " {", "],", "00", "\\n", "\\u00", "  "].map { Array($0.utf8) } + [[0xE4, 0xB8], [0xAD, 0x22]]
        let trie = TokenTrie(vocabulary)
        var random = SeededRandom(seed: 77), whole = 0
        for _ in 0..<150 {
            let schema = Self.randomSchema(&random, depth: 3)
            let constraint = TokenConstraint(try Grammar(jsonSchema: schema), trie)
            for _ in 0..<6 {
                var place = constraint.start, text: [UInt8] = []
                for _ in 0..<600 {
                    let mask = try constraint.mask(place)
                    if mask.count == 0 || (mask.canEnd && Bool.random(using: &random)) { break }
                    // Ends of texts are likelier than in an even draw, or most texts would not end.
                    var token = Int.random(in: 0..<vocabulary.count, using: &random)
                    let isShort = Int.random(in: 0..<4, using: &random) == 0
                    while !mask.contains(Int32(token)) { token = isShort && mask.contains(34) ? 34 : (token + 1) % vocabulary.count }
                    constraint.advance(&place, Int32(token))
                    text += vocabulary[token]
                }
                guard constraint.end(place).may else { continue }
                whole += 1
                let value = try #require(String(validating: text, as: UTF8.self).flatMap { try? JSONValue(parsing: $0) }, "no JSON under \(schema.text): \(String(decoding: text, as: UTF8.self))")
                #expect(SchemaValidator.isValid(value, schema, root: schema), "\(value.text) under \(schema.text)")
            }
        }
        #expect(whole > 600)
    }

    @Test(.timeLimit(.minutes(1))) func nestedArraysDoNotDouble() throws {
        var schema = #"{"type":"integer"}"#
        for _ in 0..<60 { schema = #"{"type":"array","minItems":3,"items":\#(schema)}"# }
        _ = try? Grammar(jsonSchema: schema)
    }

    @Test func grammarsThatUnicodeCallsEquivalentAreTwo() throws {
        #expect(try Grammar(gbnf: "root ::= \"\u{E9}\"") != Grammar(gbnf: "root ::= \"e\u{301}\""))
    }
}
