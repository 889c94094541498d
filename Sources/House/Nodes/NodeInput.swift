import Core
import Workflows

/// What kinds read of their inputs. A missing or ill-typed one is a fault that names it and never quotes it.
extension StepInput {
    private func given(_ name: String) -> JSONValue? { values[name].flatMap { $0 == .null ? nil : $0 } }

    private static func wrong(_ name: String, _ wanted: String) -> Fault {
        Fault(.nodeInput, "the input \(name) must be \(wanted)", remedy: "check what is bound to it")
    }

    /// A text; nil when it is not given.
    func optionalText(_ name: String, byteCountMax: Int = Records.byteCountMax) throws -> String? {
        guard let value = given(name) else { return nil }
        guard let text = value.string else { throw Self.wrong(name, "a string") }
        guard text.utf8.count <= byteCountMax else { throw Fault(.nodeBound, "the input \(name) has more than \(byteCountMax) bytes", remedy: "split it") }
        return text
    }

    /// A text that must be there and say something.
    func text(_ name: String, byteCountMax: Int = Records.byteCountMax) throws -> String {
        guard let text = try optionalText(name, byteCountMax: byteCountMax), !text.isEmpty else { throw Self.wrong(name, "a string that is not empty") }
        return text
    }

    /// Records; nil when they are not given.
    func optionalRecords(_ name: String) throws -> [JSONValue]? {
        guard let value = given(name) else { return nil }
        guard let records = value.array, records.allSatisfy({ $0.object != nil }) else { throw Self.wrong(name, "an array of objects") }
        guard records.count <= Records.countMax else { throw Fault(.nodeBound, "the input \(name) has more than \(Records.countMax) records", remedy: "work on parts of the data") }
        return records
    }

    /// Records that must be given.
    func records(_ name: String) throws -> [JSONValue] {
        guard let records = try optionalRecords(name) else { throw Self.wrong(name, "an array of objects") }
        return records
    }

    /// Strings; none when they are not given.
    func strings(_ name: String) throws -> [String] {
        guard let value = given(name) else { return [] }
        guard let elements = value.array, elements.count <= Records.countMax else { throw Self.wrong(name, "an array of strings") }
        let strings = elements.compactMap(\.string)
        guard strings.count == elements.count else { throw Self.wrong(name, "an array of strings") }
        return strings
    }

    /// Whether something is switched on.
    func flag(_ name: String, default standard: Bool) throws -> Bool {
        guard let value = given(name) else { return standard }
        guard let flag = value.bool else { throw Self.wrong(name, "true or false") }
        return flag
    }

    /// A number within bounds; `standard` when it is not given, a fault when that is nil too.
    func number(_ name: String, default standard: Double? = nil, in range: ClosedRange<Double>) throws -> Double {
        guard let value = given(name) else {
            guard let standard else { throw Self.wrong(name, "a number") }
            return standard
        }
        guard let number = value.double, range.contains(number) else { throw Self.wrong(name, "a number from \(range.lowerBound) to \(range.upperBound)") }
        return number
    }

    /// A whole number within bounds.
    func integer(_ name: String, default standard: Int, in range: ClosedRange<Int>) throws -> Int {
        let number = try number(name, default: Double(standard), in: Double(range.lowerBound)...Double(range.upperBound))
        guard let whole = Int(exactly: number) else { throw Self.wrong(name, "a whole number") }
        return whole
    }

    /// Exactly one of a text and records, as kinds that take either have it.
    func textOrRecords() throws -> TextOrRecords {
        switch (try optionalText("text"), try optionalRecords("records")) {
        case (let text?, nil): .text(text)
        case (nil, let records?): .records(records)
        default: throw Fault(.nodeInput, "exactly one of the inputs text and records must be given", remedy: "bind one of them")
        }
    }
}

/// What kinds that take either work on.
enum TextOrRecords: Sendable {
    case text(String)
    case records([JSONValue])
}
