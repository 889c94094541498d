import Core
import Labels
import Workflows

/// A second reading of what workflows do, for judging the label checker: it executes a definition with plain recursion, and every value carries the grade of what it was made of.
///
/// It shares no code with the engine and the checker but the definition's own types: order, conditions, scopes and labels are worked out anew here. Steps are pure functions of one text, ``FlowKind``.
public struct FlowOracle {
    /// What one execution did.
    public struct Trace: Sendable, Equatable {
        /// Steps whose input was graver than their clearance.
        public var violations: Set<String> = []
        /// What entered kinds cleared no higher than `sinkGrade`, by path: what somebody there could see.
        public var seen: [String: JSONValue] = [:]
        /// The grade of each step's outputs, by path.
        public var grades: [String: Grade] = [:]
        public var outputs: [String: JSONValue] = [:]
    }

    private struct Value {
        var json: JSONValue
        var grade: Grade
    }

    private enum Ended {
        case done([String: JSONValue], Grade, parts: [String: Grade] = [:])
        case skipped(Grade)

        /// Of its outputs; for a skipped step of the fact that it was.
        var grade: Grade { switch self { case .done(_, let grade, _), .skipped(let grade): grade } }
    }

    private struct Scope {
        var steps: [String: Ended] = [:]
        /// What the fact tells that a step ran or did not.
        var ran: [String: Grade] = [:]
        var around: [String: [String: Value]] = [:]
        var inputs: [String: Value]
        var control: Grade

        func value(_ reference: Reference) -> Value {
            if reference.source == Reference.input { return inputs[reference.field] ?? Value(json: .null, grade: .level1) }
            if let value = around[reference.source]?[reference.field] { return value }
            switch steps[reference.source] {
            case .done(let output, let grade, let parts): return Value(json: output[reference.field] ?? .null, grade: parts[reference.field] ?? grade)
            case .skipped(let grade): return Value(json: .null, grade: grade)
            case nil: return Value(json: .null, grade: .level1)
            }
        }

        func value(_ binding: Binding) -> Value {
            switch binding {
            case .literal(let json): Value(json: json, grade: .level1)
            case .reference(let reference): value(reference)
            case .array(let elements): Value(json: .array(elements.map { value($0).json }), grade: elements.map { value($0).grade }.max() ?? .level1)
            case .object(let members): Value(json: .object(members.mapValues { value($0).json }), grade: members.values.map { value($0).grade }.max() ?? .level1)
            }
        }
    }

    private let definition: WorkflowDefinition
    private let sinkGrade: Grade
    private var trace = Trace()

    /// Executes a definition.
    /// - Parameter sinkGrade: kinds cleared up to here or less are places where others look.
    public static func run(_ definition: WorkflowDefinition, inputs: [String: JSONValue], sinkGrade: Grade) -> Trace {
        var oracle = FlowOracle(definition: definition, sinkGrade: sinkGrade)
        let values = definition.inputs.map { ($0, Value(json: inputs[$0] ?? .null, grade: $1.grade)) }
        let scope = oracle.run(definition.steps, Scope(inputs: Dictionary(values) { $1 }, control: .level1), "")
        for (name, binding) in definition.outputs { oracle.trace.outputs[name] = scope.value(binding).json }
        return oracle.trace
    }

    private init(definition: WorkflowDefinition, sinkGrade: Grade) {
        self.definition = definition
        self.sinkGrade = sinkGrade
    }

    private mutating func run(_ steps: [WorkflowDefinition.StepDefinition], _ outer: Scope, _ prefix: String) -> Scope {
        var scope = outer, left = steps
        let ids = Set(steps.map(\.id))
        for id in ids { scope.steps[id] = nil }
        while let place = left.firstIndex(where: { step in Self.needs(step, among: ids).allSatisfy { scope.steps[$0] != nil } }) {
            let step = left.remove(at: place)
            let sources = Self.taken(by: step).intersection(ids)
            let told = sources.map { scope.ran[$0] ?? .level1 }.reduce(max(scope.control, step.condition.map { scope.value($0.value).grade } ?? .level1), max)
            scope.ran[step.id] = told
            let ended = run(step, sources, told, scope, prefix)
            scope.steps[step.id] = ended
            trace.grades[prefix + step.id] = ended.grade
        }
        return scope
    }

    /// Steps that it takes values from, anywhere inside.
    private static func taken(by step: WorkflowDefinition.StepDefinition) -> Set<String> {
        var found = Set(step.with.values.flatMap(\.references).map(\.source) + (step.condition?.value.references.map(\.source) ?? []))
        func body(_ body: WorkflowDefinition.Body, _ extra: [Reference] = []) {
            let own = Set(body.steps.map(\.id) + [step.id])
            for inner in body.steps { found.formUnion(taken(by: inner).subtracting(own)) }
            found.formUnion(Set(((body.gives?.references ?? []) + extra).map(\.source)).subtracting(own))
        }
        switch step.nested {
        case .map(let inner, _, _): body(inner)
        case .loop(let inner, _, let until): body(inner, until.value.references)
        case .choose(let cases, let otherwise):
            for one in cases { body(one.body) }
            if let otherwise { body(otherwise) }
        case .call, nil: break
        }
        return found
    }

    private static func needs(_ step: WorkflowDefinition.StepDefinition, among ids: Set<String>) -> Set<String> { taken(by: step).union(step.after).intersection(ids) }

    private static func holds(_ condition: Condition, _ value: JSONValue) -> Bool {
        switch condition.test {
        case .equals(let wanted): value == wanted
        case .notEquals(let other): value != other
        case .isOne(let list): list.contains(value)
        case .greaterThan(let bound): (value.double ?? -.infinity) > bound
        case .lessThan(let bound): (value.double ?? .infinity) < bound
        }
    }

    private mutating func run(_ step: WorkflowDefinition.StepDefinition, _ sources: Set<String>, _ control: Grade, _ scope: Scope, _ prefix: String) -> Ended {
        let condition = step.condition.map { scope.value($0.value) }
        let isSkipped = sources.contains { if case .skipped = scope.steps[$0] { true } else { false } }
        if isSkipped { return .skipped(control) }
        if let test = step.condition, let condition, !Self.holds(test, condition.json) { return .skipped(control) }
        let with = step.with.mapValues { scope.value($0) }
        let data = with.values.map(\.grade).max() ?? .level1, path = prefix + step.id
        switch step.nested {
        case .map(let body, _, _):
            let items = with["items"]?.json.array ?? []
            // Lists stand in the definition here: how many there are tells nothing.
            var grade = control, results: [JSONValue] = []
            for (index, item) in items.enumerated() {
                var inside = scope
                inside.control = control
                inside.around[step.id] = ["item": Value(json: item, grade: max(data, control)), "index": Value(json: .int(index), grade: control)]
                let ended = run(body.steps, inside, "\(path)[\(index)].")
                let gives = body.gives.map { ended.value($0) } ?? Value(json: .null, grade: .level1)
                grade = max(grade, gives.grade)
                results.append(gives.json)
            }
            return .done(["results": .array(results), "count": .int(results.count)], grade, parts: ["count": control])
        case .loop(let body, let most, let until): return loop(step, body, most, until, with["value"]?.json ?? .null, data, control, scope, path)
        case .choose(let cases, let otherwise):
            let value = with["value"]?.json ?? .null
            let place = cases.firstIndex { $0.values.contains(value) } ?? cases.count
            guard let body = place < cases.count ? cases[place].body : otherwise else { return .done(["value": .null, "case": .int(place)], max(data, control)) }
            var inside = scope
            inside.control = max(data, control)
            let ended = run(body.steps, inside, "\(path)[\(place)].")
            let gives = body.gives.map { ended.value($0) } ?? Value(json: .null, grade: .level1)
            return .done(["value": gives.json, "case": .int(place)], max(data, control, gives.grade), parts: ["case": max(data, control)])
        case .call(let name):
            guard let called = definition.workflows[name] else { return .skipped(control) }
            let inputs = called.inputs.map { field, declared -> (String, Value) in
                let value = with[field] ?? Value(json: .null, grade: .level1)
                if value.grade > declared.grade { trace.violations.insert(path) }
                return (field, value)
            }
            let ended = run(called.steps, Scope(inputs: Dictionary(inputs) { $1 }, control: control), "\(path)[0].")
            let outputs = called.outputs.mapValues { ended.value($0) }
            return .done(outputs.mapValues(\.json), outputs.values.map(\.grade).reduce(control, max), parts: outputs.mapValues { max($0.grade, control) })
        case nil:
            guard let kind = FlowKind(rawValue: step.kind) else { return .skipped(control) }
            if max(data, control) > kind.clearance { trace.violations.insert(path) }
            if kind.clearance <= sinkGrade { trace.seen[path] = .object(with.mapValues(\.json)) }
            return .done(["text": .string(kind.value(with["text"]?.json ?? .null))], max(kind.grade(for: data), control))
        }
    }

    private mutating func loop(
        _ step: WorkflowDefinition.StepDefinition, _ body: WorkflowDefinition.Body, _ most: Int, _ until: Condition, _ start: JSONValue, _ data: Grade, _ entered: Grade, _ scope: Scope, _ path: String
    ) -> Ended {
        var (value, grade, control, round) = (start, max(data, entered), entered, 0)
        while true {
            var inside = scope
            inside.control = control
            inside.around[step.id] = ["value": Value(json: value, grade: grade), "index": Value(json: .int(round), grade: control)]
            let ended = run(body.steps, inside, "\(path)[\(round)].")
            let gives = body.gives.map { ended.value($0) } ?? Value(json: .null, grade: .level1)
            let told = ended.value(until.value)
            value = gives.json
            control = max(control, told.grade)
            grade = max(gives.grade, control)
            round += 1
            let isMet = Self.holds(until, told.json)
            if isMet || round >= most { return .done(["value": value, "rounds": .int(round), "met": .bool(isMet)], grade, parts: ["rounds": control, "met": control]) }
        }
    }
}

/// Kinds of steps that are pure functions of one text.
public enum FlowKind: String, CaseIterable, Sendable {
    case copy, sink, mask, enrich, flag

    public var clearance: Grade { self == .sink ? .level2 : .core }

    public func grade(for input: Grade) -> Grade {
        switch self {
        case .mask: min(input, .level2)
        case .enrich: max(input, .level4)
        default: input
        }
    }

    /// What it makes of a text: a flag tells one bit of it.
    public func value(_ json: JSONValue) -> String {
        let text = json.string ?? json.text
        return switch self {
        case .copy, .sink: text
        case .mask: "***"
        case .enrich: text + "!"
        case .flag: text.utf8.reduce(0) { $0 &+ Int($1) } % 2 == 0 ? "yes" : "no"
        }
    }
}

/// A ``FlowKind`` as a step kind of the engine.
public struct FlowStep: StepKind {
    let kind: FlowKind
    public var id: String { kind.rawValue }
    public var signature: StepSignature {
        StepSignature(
            inputs: ["text": .init(.any)], outputs: ["text": .string], clearance: Clearance(upTo: kind.clearance),
            labelRule: kind == .mask ? .lowers(to: .level2) : kind == .enrich ? .raises(.level4) : .joinsInputs)
    }

    public init(_ kind: FlowKind) { self.kind = kind }
    public func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { .done(output: ["text": .string(kind.value(input.values["text"] ?? .null))]) }

    public static let all: [any StepKind] = FlowKind.allCases.map { FlowStep($0) }
}
