import Core

/// What a test says of a value, in a word: a step that may not know the value looks at the word instead, which is protected like any text. So definitions are mended and plans made sound.
struct Verdict: Sendable, Hashable {
    /// The test as an expression over `value`.
    let holds: String
    /// A value of the kind that is tested for which the test holds, and one for which it does not.
    let yes: JSONValue
    let no: JSONValue
    /// The word of a test that holds.
    static let yesWord = "yes"

    /// The word, as an expression over `value`.
    var word: String { "\(holds) ? \(JSONValue.string(Self.yesWord).text) : \"no\"" }

    /// What stands for the value where the test stays as it is: an expression over the name of the word.
    func value(of name: String) -> String { "\(name) == \(JSONValue.string(Self.yesWord).text) ? \(yes.text) : \(no.text)" }

    /// Nil for tests that are written in no literal of expressions.
    init?(_ test: Condition.Test) {
        func isScalar(_ value: JSONValue) -> Bool { value.array == nil && value.object == nil }
        func other(than values: [JSONValue]) -> JSONValue { (0...values.count).lazy.map { JSONValue.string("other\($0)") }.first { !values.contains($0) } ?? .null }
        switch test {
        case .equals(let wanted) where isScalar(wanted): (holds, yes, no) = ("value == \(wanted.text)", wanted, other(than: [wanted]))
        case .notEquals(let unwanted) where isScalar(unwanted): (holds, yes, no) = ("value != \(unwanted.text)", other(than: [unwanted]), unwanted)
        case .isOne(let wanted) where wanted.allSatisfy(isScalar) && wanted.count <= 16:
            guard let first = wanted.first else { return nil }
            (holds, yes, no) = (wanted.map { "value == \($0.text)" }.joined(separator: " || "), first, other(than: wanted))
        // Of what is no number neither test holds; `number` gives null for it.
        case .greaterThan(let bound): (holds, yes, no) = ("default(number(text(value)), \(JSONValue.double(bound).text)) > \(JSONValue.double(bound).text)", .double(bound + max(1, abs(bound))), .double(bound))
        case .lessThan(let bound): (holds, yes, no) = ("default(number(text(value)), \(JSONValue.double(bound).text)) < \(JSONValue.double(bound).text)", .double(bound - max(1, abs(bound))), .double(bound))
        default: return nil
        }
    }
}
