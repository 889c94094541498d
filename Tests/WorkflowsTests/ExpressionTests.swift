import Core
import Support
import Testing

@testable import Workflows

/// The expressions of `transform`.
@Suite struct ExpressionTests {
    private static let names: [String: JSONValue] = ["a": 2, "b": 3.5, "s": "榕 tree", "list": [3, 1, 2], "rows": [["n": "x", "v": 2], ["n": "y", "v": 5]], "o": ["k": ["z": true]], "nothing": .null]

    static func value(_ text: String) throws -> JSONValue { try Expression(text, names: Set(names.keys)).value(names) }

    @Test(arguments: [
        ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("7 / 2", 3.5), ("6 / 2", 3), ("7 % 4", 3), ("-a + b", 1.5), ("2 - 3 - 4", -5), ("'x' + \"y\\n\"", "xy\n"), ("list + [9]", [3, 1, 2, 9]),
        ("a < b && !(a >= 3)", true), ("'a' < 'b' || 1 / 0 == 1", true), ("a == 2.0", true), ("a != '2'", true), ("a > 1 ? 'many' : 'few'", "many"), ("false ? 1 : true ? 2 : 3", 2),
        ("o.k.z", true), ("o['k'].z", true), ("o.none.more", .null), ("list[0]", 3), ("list[-1]", 2), ("list[7]", .null), ("{n: a, 'x y': [s]}", ["n": 2, "x y": ["榕 tree"]]),
        ("upper(s)", "榕 TREE"), ("length(s)", 6), ("length(list)", 3), ("trim('  x ')", "x"), ("contains(s, '榕')", true), ("contains(list, 2)", true), ("startsWith(s, '榕')", true), ("endsWith(s, 'x')", false),
        ("split('a,b,,c', ',')", ["a", "b", "", "c"]), ("join(['a', 'b'], '、')", "a、b"), ("replace('aXbX', 'X', '-')", "a-b-"), ("lines('a\\nb')", ["a", "b"]), ("text(list)", "[3,1,2]"), ("number(' 12.5 ')", 12.5),
        ("number('x')", .null), ("round(2.567, 2)", 2.57), ("floor(-1.2)", -2), ("ceil(1.2)", 2), ("abs(-3)", 3), ("min(list)", 1), ("max(4, a, 9)", 9), ("sum(list)", 6), ("sum([])", 0), ("first(list)", 3), ("last([])", .null),
        ("slice(list, 1)", [1, 2]), ("slice(s, 0, 1)", "榕"), ("slice(list, -1)", [2]), ("sort(list)", [1, 2, 3]), ("reverse(list)", [2, 1, 3]), ("unique([1, 1, 2])", [1, 2]), ("flatten([[1], 2, [3, 4]])", [1, 2, 3, 4]),
        ("keys({b: 1, a: 2})", ["a", "b"]), ("values({b: 1, a: 2})", [2, 1]), ("merge({a: 1}, {a: 2, b: 3})", ["a": 2, "b": 3]), ("default(nothing, 4)", 4), ("default(0, 4)", 0),
        ("filter(rows, r => r.v > 3)", [["n": "y", "v": 5]]), ("map(rows, r => r.n + '!')", ["x!", "y!"]), ("any(rows, r => r.v == 5)", true), ("all(rows, r => r.v == 5)", false), ("count(rows, r => r.v > 0)", 2),
        ("sortBy(rows, r => -r.v)", [["n": "y", "v": 5], ["n": "x", "v": 2]]), ("map(list, x => map(list, y => x * y))", [[9, 3, 6], [3, 1, 2], [6, 2, 4]]), ("map(list, a => a)[0] + a", 5),
    ] as [(String, JSONValue)])
    func giveWhatTheySay(_ text: String, _ expected: JSONValue) throws { #expect(try Self.value(text) == expected) }

    @Test(arguments: [
        "", "1 +", "(1", "a b", "unknown", "nope(1)", "upper()", "upper(1, 2)", "'open", "a.", "a[1", "{a 1}", "filter(list, 1)", "filter(list, x)", "x => 1", "1 = 2", "a ? 1", "#", "99999999999999999999999999999999999999.1e5", "map(list, x => y)",
    ])
    func nonsenseIsRefusedWhenItIsRead(_ text: String) { #expect { try Expression(text, names: Set(Self.names.keys)) } throws: { ($0 as? Fault)?.code == .workflowDefinition } }

    @Test(arguments: ["s + 1", "s * 2", "1 / 0", "1 % 0", "!a", "a && true", "s < 1", "sum(['x'])", "upper(a)", "list['x'] + 1", "list[1.5]", "join([1], '')", "split(s, '')", "filter(list, x => x)", "sort([1, 'a'])", "o + o", "merge(1, o)"])
    func valuesThatDoNotFitAreFaultsThatQuoteNothing(_ text: String) {
        #expect { try Self.value(text) } throws: { ($0 as? Fault)?.code == .workflowExpression && ($0 as? Fault)?.description.contains("榕") == false }
    }

    /// Each doubles or multiplies what the one before made; without a budget the last would need petabytes.
    @Test func sizeAndWorkAreBounded() throws {
        let list = Expression.stepCountMax / 10
        let many: [String: JSONValue] = ["l": .array(Array(repeating: 1, count: list))]
        for text in ["map(l, x => map(l, y => 1))", "count(l, x => any(l, y => y == 2))"] {
            #expect { try Expression(text, names: ["l"]).value(many) } throws: { ($0 as? Fault)?.code == .workflowExpression }
        }
        let long: [String: JSONValue] = ["t": .string(String(repeating: "x", count: 1 << 20))]
        for text in ["replace(t, 'x', t)", "join(split(t, 'x'), t)", Array(repeating: "t", count: 40).joined(separator: " + ")] {
            #expect { try Expression(text, names: ["t"]).value(long) } throws: { ($0 as? Fault)?.code == .workflowExpression }
        }
        for text in [String(repeating: "(", count: 5_000), String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100), String(repeating: "!", count: 100) + "true", Array(repeating: "1", count: 300).joined(separator: "+"), "a" + String(repeating: ".b", count: 300)] {
            #expect { try Expression(text, names: ["a"]) } throws: { ($0 as? Fault)?.code == .workflowDefinition }
        }
    }

    @Test(arguments: 0..<300)
    func noTextOfItsSignsEndsTheProcess(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let pieces = ["a", "list", "rows", "s", "1", "2.5", "'x'", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "=>", "==", "<", "!", "&&", "||", "map", "sum", "sort", "slice", "round", "x", "true", "null", "\"", "榕"]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "a" }.joined(separator: Bool.random(using: &random) ? " " : "")
            do { _ = try Self.value(text) } catch { #expect(error is Fault) }
        }
    }

    @Test func namesAreThoseFromOutside() throws {
        #expect(try Expression("map(rows, r => r.v + a) + filter(list, a => a > b)", names: Set(Self.names.keys)).names == ["rows", "a", "list", "b"])
    }
}
