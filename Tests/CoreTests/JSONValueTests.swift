import Core
import Testing

@Suite struct JSONValueTests {
    /// Any value: depth, kinds and characters drawn from a seed.
    static func value(_ random: inout SeededRandom, depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int.random(in: Int.min...Int.max, using: &random))
        case 3: return .double(Double.random(in: -1e12...1e12, using: &random) + 0.5)
        case 4: return .string(text(&random))
        case 5: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            let count = Int.random(in: 0...4, using: &random)
            return .object(Dictionary((0..<count).map { _ in (text(&random), value(&random, depth: depth + 1)) }) { $1 })
        }
    }

    static func text(_ random: inout SeededRandom) -> String {
        let alphabet: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\u{0}", "\u{1F}", "榕", "😀", "é", "/", "\u{2028}", "\u{FFFD}"]
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &random) { view.append(alphabet.randomElement(using: &random) ?? "x") }
        return String(view)
    }

    @Test func listedObjectsKeepEveryKeyInItsPlace() throws {
        let text = "{\"vocab\":{\"é\":1,\"e\u{301}\":2,\"é\":3},\"b\":{\"vocab\":[1]},\"c\":{\"vocab\":{}},\"d\":{\"vocab\":{\"k\":{\"l\":1}}}}"
        let value = try JSONValue(parsing: text, listing: ["vocab"])
        #expect(value["vocab"]?.array?.compactMap(\.string).map { Array($0.utf8) } == [[0xC3, 0xA9], [0x65, 0xCC, 0x81], [0xC3, 0xA9]])
        #expect(value["vocab"]?.array?.compactMap(\.int) == [1, 2, 3])
        #expect(value["b"] == ["vocab": [1]] && value["c"] == ["vocab": []] && value["d"] == ["vocab": ["k", ["l": 1]]])
        for bad in ["{\"vocab\":{", "{\"vocab\":{1:2}}", "{\"vocab\":{\"a\"}}", "{\"vocab\":{\"a\":1,}}"] { #expect(throws: Fault.self, "\(bad)") { try JSONValue(parsing: bad, listing: ["vocab"]) } }
        let deep = String(repeating: "{\"vocab\":", count: 200) + "1" + String(repeating: "}", count: 200)
        #expect(throws: Fault.self) { try JSONValue(parsing: deep, listing: ["vocab"]) }
    }

    @Test(arguments: 0..<200)
    func textReadsBackAsTheSameValue(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let value = Self.value(&random)
        #expect(try JSONValue(parsing: value.text) == value)
        #expect(try JSONValue(parsing: value.prettyText) == value)
    }

    @Test func canonicalTextDoesNotDependOnTheOrderOfKeys() throws {
        let one = try JSONValue(parsing: #"{"b":1,"a":[1,2.5,"x"]}"#)
        let other = try JSONValue(parsing: #" { "a" : [ 1 , 2.5 , "x" ] , "b" : 1 } "#)
        #expect(one.text == other.text)
        #expect(one.text == #"{"a":[1,2.5,"x"],"b":1}"#)
    }

    @Test func escapesAreDecoded() throws {
        #expect(try JSONValue(parsing: #""\u6995\ud83d\ude00\n\/""#) == .string("榕😀\n/"))
    }

    @Test(arguments: ["", "{", "[1,", "[1 2]", "{\"a\"}", "{a:1}", "tru", "1e999", "\"\\q\"", "\"\\ud800\"", "\"", "[1]x", "\"\u{1}\"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "--1", "1-1", #""\u+123""#, #""\u-000""#])
    func malformedTextIsRefused(text: String) {
        #expect { try JSONValue(parsing: text) } throws: { ($0 as? Fault)?.code == .json }
    }

    @Test(arguments: [("0", JSONValue.int(0)), ("-0.5e+2", .double(-50)), ("1E2", .double(100)), ("9223372036854775807", .int(Int.max)), ("9223372036854775808", .double(9_223_372_036_854_775_808))])
    func numbersAreRead(text: String, value: JSONValue) throws { #expect(try JSONValue(parsing: text) == value) }

    @Test func depthIsBounded() {
        let deep = String(repeating: "[", count: 129) + String(repeating: "]", count: 129)
        #expect { try JSONValue(parsing: deep) } throws: { ($0 as? Fault)?.message.contains("128 levels") == true }
        #expect(throws: Never.self) { try JSONValue(parsing: String(deep.dropFirst().dropLast())) }
    }

    @Test func errorsNameTheByteAndQuoteNothing() {
        #expect { try JSONValue(parsing: #"{"phone": 13800138000 "#) } throws: { error in
            let text = (error as? Fault)?.description ?? ""
            return text.contains("byte 22") && !text.contains("13800138000")
        }
    }

    @Test(arguments: 0..<300)
    func randomBytesNeverTrap(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let alphabet = Array("{}[]\",:\\u0123eE+-.tfn \u{0}".utf8)
        let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        _ = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
    }
}
