import Core
import Labels

/// An input of a workflow.
public struct Input: WorkflowPart {
    let name: String
    private let json: JSONValue

    /// - Parameter grade: the highest grade that a run may give it. The default is L1.
    public init(_ name: String, _ type: FieldType, upTo grade: Grade = .level1) {
        self.name = name
        json = ["type": .string(type.rawValue), "grade": .string(grade.description)]
    }

    /// What a run gives it.
    public var value: StepValue { StepValue(Reference.input, name) }

    /// Adds itself to what is built.
    public func add(to block: inout WorkflowBlock) {
        if block.inputs.updateValue(json, forKey: name) != nil { block.mistakes.append("the input \(name) is there twice") }
    }
}

/// A step of any kind. What it gives are its members: `search.best`; a name that is no Swift name goes in brackets.
@dynamicMemberLookup public struct Step: WorkflowPart {
    let id: String
    private var json: JSONValue
    private var inner: [(block: WorkflowBlock, place: String)] = []

    public init(_ id: String, kind: String, _ with: [String: StepValue] = [:]) {
        self.id = id
        json = ["id": .string(id), "kind": .string(kind)]
        if !with.isEmpty { json["with"] = .object(with.mapValues(\.json)) }
    }

    /// Expressions over names; no side effects.
    public static func transform(_ id: String, _ with: [String: StepValue], set: [String: String]) -> Step {
        Step(id, kind: "transform", with).setting("set", .object(set.mapValues { .string($0) }))
    }

    /// Steps for each item; inside, `item` and `index` of the step, outside `results` and `count`.
    public static func map(_ id: String, over items: StepValue, parallel: Int = 4, @WorkflowBuilder _ parts: (Step) throws -> [any WorkflowPart]) rethrows -> Step {
        try Step(id, kind: "map", ["items": items]).setting("parallel", .int(parallel)).holding(WorkflowBlock(parts(Step(id, kind: "map"))))
    }

    /// Steps again until a condition holds, `max` times at most; inside, `value` and `index` of the step, outside `value`, `rounds` and `met`.
    public static func loop(
        _ id: String, from value: StepValue, max: Int, until: (Step) -> (value: StepValue, test: StepTest), @WorkflowBuilder _ parts: (Step) throws -> [any WorkflowPart]
    ) rethrows -> Step {
        let itself = Step(id, kind: "loop"), condition = until(itself)
        return try Step(id, kind: "loop", ["value": value]).setting("max", .int(max)).setting("until", condition.test.json(of: condition.value)).holding(WorkflowBlock(parts(itself)))
    }

    /// The steps of the first case that has the value, or of `otherwise`.
    public static func choose(_ id: String, by value: StepValue, cases: [Case], @WorkflowBuilder otherwise: () throws -> [any WorkflowPart] = { [] }) rethrows -> Step {
        var step = Step(id, kind: "switch", ["value": value]).setting("cases", .array(cases.map(\.json)))
        step.inner = cases.map { ($0.block, id) }
        let rest = WorkflowBlock(try otherwise())
        guard !rest.steps.isEmpty || rest.gives != nil else { return step }
        step.inner.append((rest, id))
        return step.setting("otherwise", .object(rest.body))
    }

    /// One way of a choice.
    public struct Case: Sendable {
        let json: JSONValue
        let block: WorkflowBlock

        public init(_ values: JSONValue..., @WorkflowBuilder parts: () throws -> [any WorkflowPart]) rethrows {
            block = WorkflowBlock(try parts())
            json = .object(block.body.merging(["in": .array(values)]) { $1 })
        }
    }

    /// Another workflow of the definition.
    public static func call(_ id: String, _ workflow: Workflow, _ with: [String: StepValue] = [:]) -> Step { Step(id, kind: "call", with).setting("workflow", .string(workflow.name)) }

    private func holding(_ block: WorkflowBlock) -> Step {
        var step = self
        for (key, value) in block.body { step.json[key] = value }
        step.inner.append((block, id))
        return step
    }

    private func setting(_ key: String, _ value: JSONValue) -> Step {
        var step = self
        step.json[key] = value
        return step
    }

    /// Runs only where the condition holds.
    public func when(_ value: StepValue, _ test: StepTest) -> Step { setting("when", test.json(of: value)) }
    /// Is tried again when it fails.
    public func retry(attempts: Int, delay: Double = 1) -> Step { setting("retry", ["attempts": .int(attempts), "delay": .double(delay)]) }
    /// Seconds that one attempt may take.
    public func timeout(_ seconds: Double) -> Step { setting("timeout", .double(seconds)) }
    /// Comes after steps whose values it does not take.
    public func after(_ steps: Step...) -> Step { setting("after", .array(steps.map { .string($0.id) })) }
    /// What takes its effect back when the run fails later.
    public func undo(kind: String, _ with: [String: StepValue] = [:]) -> Step { setting("undo", with.isEmpty ? ["kind": .string(kind)] : ["kind": .string(kind), "with": .object(with.mapValues(\.json))]) }

    /// What the step gives under a name.
    public subscript(dynamicMember name: String) -> StepValue { StepValue(id, name) }
    /// The same for names that Swift does not take.
    public subscript(_ name: String) -> StepValue { StepValue(id, name) }

    /// Adds itself to what is built.
    public func add(to block: inout WorkflowBlock) {
        for (body, place) in inner { block.take(body, in: "step \(place)", isBody: true) }
        block.steps.append(json)
    }
}

/// What the steps of a body are worth.
public struct Gives: WorkflowPart {
    private let value: StepValue

    public init(_ value: StepValue) { self.value = value }

    /// Adds itself to what is built.
    public func add(to block: inout WorkflowBlock) {
        if block.gives != nil { block.mistakes.append("a body gives one value") }
        block.gives = value.json
    }
}

/// What a workflow gives under a name when it has ended.
public struct Output: WorkflowPart {
    private let name: String
    private let value: StepValue

    public init(_ name: String, _ value: StepValue) { (self.name, self.value) = (name, value) }

    /// Adds itself to what is built.
    public func add(to block: inout WorkflowBlock) {
        if block.outputs.updateValue(value.json, forKey: name) != nil { block.mistakes.append("the output \(name) is there twice") }
    }
}

/// A workflow inside a definition, for steps that call it.
public struct Workflow: WorkflowPart {
    let name: String
    private let block: WorkflowBlock

    public init(_ name: String, @WorkflowBuilder _ parts: () throws -> [any WorkflowPart]) rethrows {
        self.name = name
        block = WorkflowBlock(try parts())
    }

    /// Adds itself to what is built.
    public func add(to outer: inout WorkflowBlock) {
        outer.take(block, in: "the workflow \(name)", isBody: false)
        if outer.workflows.updateValue(.object(block.workflow), forKey: name) != nil { outer.mistakes.append("the workflow \(name) is there twice") }
    }
}
