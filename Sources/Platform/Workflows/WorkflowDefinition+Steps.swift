import Core
import Labels

/// Reads steps and the steps inside them.
struct StepReader {
    typealias Definition = WorkflowDefinition
    /// Steps inside steps inside steps: deeper than people read.
    static let depthMax = 8
    /// The most items of one `map` unless it says less, and the most it may say.
    static let itemCountMax = 10_000
    /// The most rounds of one `loop`.
    static let roundCountMax = 1_000
    private static let composites: [String: Set<String>] = [
        "map": ["parallel", "max", "steps", "gives"], "loop": ["max", "until", "steps", "gives"], "switch": ["cases", "otherwise"], "call": ["workflow"], "transform": ["set"],
    ]
    private var count = 0

    /// The list under `steps`.
    mutating func steps(_ json: JSONValue, in place: String, depth: Int = 0, mayBeEmpty: Bool = false) throws -> [Definition.StepDefinition] {
        guard let list = json["steps"]?.array, mayBeEmpty || !list.isEmpty else {
            if mayBeEmpty, json["steps"] == nil { return [] }
            throw Definition.missing("steps", "a list of steps in \(place)")
        }
        guard depth <= Self.depthMax else { throw Fault(.workflowDefinition, "\(place): steps are nested deeper than \(Self.depthMax)", remedy: "make a workflow of the inner ones and call it") }
        count += list.count
        guard count <= Definition.stepCountMax else {
            throw Fault(.workflowDefinition, "\(count) steps; the limit is \(Definition.stepCountMax)", remedy: "split it into several workflows")
        }
        return try list.enumerated().map { try step($1, number: $0 + 1, depth: depth) }
    }

    private mutating func step(_ json: JSONValue, number: Int, depth: Int) throws -> Definition.StepDefinition {
        let place = "step \(json["id"]?.string ?? "number \(number)")"
        guard let kind = json["kind"]?.string else {
            try Definition.expect(json, only: Set(json.object?.keys.map { $0 } ?? []), in: place)
            throw Fault(.workflowDefinition, "\(place) has no kind", remedy: "add kind: NAME")
        }
        try Definition.expect(json, only: Set(["id", "kind", "with", "when", "retry", "after", "timeout", "heartbeat", "undo"]).union(Self.composites[kind] ?? []), in: place)
        guard let id = json["id"]?.string, Self.isName(id), id != Reference.input, id != Reference.secret else {
            throw Fault(.workflowDefinition, "\(place) needs an id of letters, digits, '-' and '_' other than \"input\" and \"secret\"", remedy: "name it")
        }
        do {
            let nested = try nested(kind, json, in: place, depth: depth + 1)
            return Definition.StepDefinition(
                id: id, kind: kind, with: try Definition.bindings(json["with"]), condition: try json["when"].map { try Self.condition($0, in: "when") },
                retry: try json["retry"].map(Self.retry) ?? .none, after: json["after"]?.array?.compactMap(\.string) ?? json["after"]?.string.map { [$0] } ?? [],
                timeout: try Self.seconds("timeout", json["timeout"]), heartbeat: try Self.seconds("heartbeat", json["heartbeat"]), undo: try json["undo"].map(Self.undo), nested: nested, set: kind == "transform" ? try Self.expressions(json["set"], over: json["with"]) : [:])
        } catch let fault as Fault {
            throw Fault(fault.code, fault.message.hasPrefix("step ") ? fault.message : "\(place): \(fault.message)", remedy: fault.remedy)
        }
    }

    private mutating func nested(_ kind: String, _ json: JSONValue, in place: String, depth: Int) throws -> Definition.Nested? {
        switch kind {
        case "map":
            let most = try Definition.number("max", json, 1...Self.itemCountMax, Self.itemCountMax)
            return .map(try body(json, in: place, depth: depth), parallel: try Definition.number("parallel", json, 1...64, 4), max: most)
        case "loop":
            guard json["max"] != nil else { throw Definition.missing("max", "the most rounds, 1 to \(Self.roundCountMax)") }
            guard let until = json["until"] else { throw Definition.missing("until", "the condition that ends the loop") }
            let most = try Definition.number("max", json, 1...Self.roundCountMax, 1)
            return .loop(try body(json, in: place, depth: depth), max: most, until: try Self.condition(until, in: "until"))
        case "switch":
            let cases = try (json["cases"]?.array ?? []).map { entry -> Definition.Case in
                try Definition.expect(entry, only: ["equals", "in", "steps", "gives"], in: "a case")
                guard let values = entry["equals"].map({ [$0] }) ?? entry["in"]?.array, !values.isEmpty else { throw Definition.missing("equals", "what the value is in this case (or in: a list)") }
                try Self.expectLiterals(values)
                return Definition.Case(values: values, body: try body(entry, in: "a case of \(place)", depth: depth, mayBeEmpty: true))
            }
            guard !cases.isEmpty else { throw Definition.missing("cases", "a list of cases") }
            return .choose(cases, otherwise: try json["otherwise"].map { other in
                try Definition.expect(other, only: ["steps", "gives"], in: "otherwise")
                return try body(other, in: "otherwise of \(place)", depth: depth, mayBeEmpty: true)
            })
        case "call":
            guard let workflow = json["workflow"]?.string else { throw Definition.missing("workflow", "the name of a workflow of this definition") }
            return .call(workflow)
        default: return nil
        }
    }

    private mutating func body(_ json: JSONValue, in place: String, depth: Int, mayBeEmpty: Bool = false) throws -> Definition.Body {
        Definition.Body(steps: try steps(json, in: place, depth: depth, mayBeEmpty: mayBeEmpty), gives: try json["gives"].map(Binding.init))
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
        }
    }

    private static func condition(_ json: JSONValue, in place: String) throws -> Condition {
        try Definition.expect(json, only: ["value", "equals", "notEquals", "in", "greaterThan", "lessThan"], in: place)
        guard let value = json["value"] else { throw Definition.missing("value", "what the condition looks at") }
        let tests = Condition.Test.all(in: json)
        try expectLiterals([json["equals"], json["notEquals"], json["greaterThan"], json["lessThan"]].compactMap { $0 } + (json["in"]?.array ?? []))
        guard let test = tests.first, tests.count == 1 else {
            throw Fault(.workflowDefinition, "\(place) needs exactly one of equals, notEquals, in, greaterThan, lessThan", remedy: "add one")
        }
        return Condition(value: try Binding(value), test: test)
    }

    /// What a value is compared with stands in the definition; a reference there would be taken as its own text.
    private static func expectLiterals(_ values: [JSONValue]) throws {
        guard !values.contains(where: { $0.string?.contains("${") ?? false }) else {
            throw Fault(.workflowDefinition, "a test compares with a literal, not with a reference", remedy: "compare in a transform step and test its result")
        }
    }

    private static func retry(_ json: JSONValue) throws -> Definition.RetryPolicy {
        try Definition.expect(json, only: ["attempts", "delay"], in: "retry")
        let attempts = json["attempts"]?.int ?? 1
        let delay = json["delay"]?.double ?? 1
        guard (1...20).contains(attempts), (0...60).contains(delay) else {
            throw Fault(.workflowDefinition, "retry: attempts must be 1 to 20 and delay 0 to 60 seconds", remedy: "correct them")
        }
        return Definition.RetryPolicy(attempts: attempts, delay: delay)
    }

    private static func seconds(_ key: String, _ json: JSONValue?) throws -> Double? {
        guard let json else { return nil }
        guard let seconds = json.double, seconds > 0, seconds <= 604_800 else { throw Fault(.workflowDefinition, "\(key) must be seconds, more than 0 and at most a week", remedy: "correct it") }
        return seconds
    }

    private static func undo(_ json: JSONValue) throws -> Definition.Undo {
        try Definition.expect(json, only: ["kind", "with"], in: "undo")
        guard let kind = json["kind"]?.string, composites[kind] == nil else { throw Definition.missing("kind", "the kind of step that takes the effect back") }
        return Definition.Undo(kind: kind, with: try Definition.bindings(json["with"]))
    }

    private static func expressions(_ json: JSONValue?, over names: JSONValue?) throws -> [String: Expression] {
        guard let members = json?.object, !members.isEmpty else { throw Definition.missing("set", "name: expression pairs") }
        let known = Set(names?.object?.keys.map { $0 } ?? [])
        return try members.mapValues { value in
            // A number or a truth value in YAML is an expression too.
            try Expression(value.string ?? value.text, names: known)
        }
    }
}

extension Condition.Test {
    /// The tests that stand in a condition as it is written: one, if it is right.
    static func all(in json: JSONValue) -> [Condition.Test] {
        [
            json["equals"].map { .equals($0) }, json["notEquals"].map { .notEquals($0) }, json["in"]?.array.map { .isOne(of: $0) },
            json["greaterThan"]?.double.map { .greaterThan($0) }, json["lessThan"]?.double.map { .lessThan($0) },
        ].compactMap { $0 }
    }
}
