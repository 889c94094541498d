import Core
import Labels

/// The language of definitions as a JSON Schema (draft 2020-12), for editors that complete and check YAML by one. It knows the step kinds that it is given, with their inputs; flows of labels, references and types are ``WorkflowChecker``'s.
public struct WorkflowSchema: Sendable {
    private let kinds: [any StepKind]

    /// - Parameter kinds: of two with one id the last counts, as in an engine.
    public init(kinds: [any StepKind]) { self.kinds = Dictionary(kinds.map { ($0.id, $0) }) { $1 }.values.sorted { $0.id < $1.id } }

    /// The schema.
    public var json: JSONValue {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Banyan workflow", "type": "object", "required": ["workflow", "steps"], "additionalProperties": false,
            "properties": [
                "workflow": ["type": "string", "minLength": 1, "description": "名称 The name; runs keep the definition they were started with."],
                "version": ["type": "integer"],
                "parallel": Self.whole(1, 64, "同时执行的步骤数 Steps of one run at once; 4 by default."),
                "priority": Self.whole(0, 9, "资源优先级 Who gets a scarce resource first; 5 by default."),
                "budget": [
                    "type": "object", "additionalProperties": false,
                    "properties": ["tokens": Self.whole(0, 1_000_000_000_000, "模型词元上限 The most tokens of language models."), "attempts": Self.whole(0, 1_000_000_000_000, "步骤执行次数上限 The most attempts of steps.")],
                ],
                "inputs": Self.reference("inputs"), "outputs": Self.reference("bindings"),
                "workflows": [
                    "type": "object",
                    "additionalProperties": [
                        "type": "object", "required": ["steps"], "additionalProperties": false,
                        "properties": ["inputs": Self.reference("inputs"), "outputs": Self.reference("bindings"), "steps": Self.reference("steps")],
                    ],
                ],
                "steps": Self.reference("steps"),
            ],
            "$defs": .object(definitions),
        ]
    }

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/\(name)")] }
    private static func whole(_ least: Int, _ most: Int, _ description: String) -> JSONValue {
        ["type": "integer", "minimum": .int(least), "maximum": .int(most), "description": .string(description)]
    }

    private var definitions: [String: JSONValue] {
        let types = JSONValue.array(FieldType.allCases.map { .string($0.rawValue) })
        return [
            "inputs": [
                "type": "object",
                "additionalProperties": [
                    "anyOf": [
                        ["enum": types],
                        [
                            "type": "object", "required": ["type"], "additionalProperties": false,
                            "properties": ["type": ["enum": types], "grade": ["enum": .array(Grade.allCases.map { .string($0.description) }), "description": "最高级别 The highest grade that a run may be given."]],
                        ],
                    ]
                ],
            ],
            "bindings": ["type": "object", "description": "\"${step.output}\", \"${input.name}\", or values that hold such."],
            "condition": [
                "type": "object", "required": ["value"], "additionalProperties": false, "minProperties": 2, "maxProperties": 2,
                "properties": ["value": true, "equals": true, "notEquals": true, "in": ["type": "array"], "greaterThan": ["type": "number"], "lessThan": ["type": "number"]],
            ],
            "retry": [
                "type": "object", "additionalProperties": false, "properties": ["attempts": Self.whole(1, 20, "次数 Attempts."), "delay": ["type": "number", "minimum": 0, "maximum": 60]],
            ],
            "undo": ["type": "object", "required": ["kind"], "additionalProperties": false, "properties": ["kind": ["enum": .array(kinds.map { .string($0.id) })], "with": Self.reference("bindings")]],
            "case": [
                "type": "object", "additionalProperties": false,
                "properties": ["equals": true, "in": ["type": "array", "minItems": 1], "steps": ["type": "array", "items": Self.reference("step")], "gives": true],
            ],
            "steps": ["type": "array", "minItems": 1, "maxItems": .int(WorkflowDefinition.stepCountMax), "items": Self.reference("step")],
            "step": step,
        ]
    }

    /// Every step has the same frame; what else it may have follows from its kind.
    private var step: JSONValue {
        let composites: [(String, [String: JSONValue], JSONValue)] = [
            ("map", ["parallel": Self.whole(1, 64, "同时处理的项数 Items at once."), "max": Self.whole(1, StepReader.itemCountMax, "最多项数 The most items."), "steps": Self.reference("steps"), "gives": true], ["items"]),
            ("loop", ["max": Self.whole(1, StepReader.roundCountMax, "最多轮数 The most rounds."), "until": Self.reference("condition"), "steps": Self.reference("steps"), "gives": true], []),
            ("switch", ["cases": ["type": "array", "minItems": 1, "items": Self.reference("case")], "otherwise": Self.reference("case")], ["value"]),
            ("call", ["workflow": ["type": "string"]], []),
            ("transform", ["set": ["type": "object", "minProperties": 1, "description": "名称: 表达式 name: expression pairs over the names in with."]], []),
        ]
        let needs: [String: JSONValue] = ["map": ["steps"], "loop": ["max", "until", "steps"], "switch": ["cases"], "call": ["workflow"], "transform": ["set"]]
        var ways: [JSONValue] = composites.map { kind, more, inputs in
            Self.way(kind, more: more, required: needs[kind]?.array ?? [], with: ["type": "object", "required": inputs])
        }
        ways += kinds.map { kind in
            let fields = kind.signature.inputs.sorted { $0.key < $1.key }
            return Self.way(
                kind.id, more: [:], required: [],
                with: [
                    "type": "object", "additionalProperties": false, "required": .array(fields.filter(\.value.isRequired).map { .string($0.key) }),
                    "properties": .object(Dictionary(fields.map { ($0.key, ["description": .string($0.value.type.rawValue)]) }) { $1 }),
                ])
        }
        return ["type": "object", "required": ["id", "kind"], "oneOf": .array(ways)]
    }

    private static func way(_ kind: String, more: [String: JSONValue], required: [JSONValue], with: JSONValue) -> JSONValue {
        let names: JSONValue = ["type": "string", "pattern": "^[A-Za-z0-9_-]{1,100}$"]
        let frame: [String: JSONValue] = [
            "id": names, "kind": ["const": .string(kind)], "with": with, "when": reference("condition"), "retry": reference("retry"), "after": ["anyOf": [names, ["type": "array", "items": names]]],
            "timeout": ["type": "number", "exclusiveMinimum": 0, "maximum": 604_800, "description": "秒 Seconds."],
            "heartbeat": ["type": "number", "exclusiveMinimum": 0, "maximum": 604_800, "description": "无进展多少秒后结束本次尝试 Seconds without a sign of life that end an attempt."], "undo": reference("undo"),
        ]
        let hasInputs = !(with["required"]?.array ?? []).isEmpty
        return [
            "properties": .object(frame.merging(more) { $1 }), "required": .array([.string("id"), .string("kind")] + (hasInputs ? [.string("with")] : []) + required), "additionalProperties": false,
        ]
    }
}
