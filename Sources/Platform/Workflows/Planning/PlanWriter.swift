import Core

/// Writes plans with a language model. Commands supplies one; what it writes is a proposal that goes through the same checker and the same mending as every plan.
public protocol PlanWriter: Sendable {
    /// A plan as JSON that fits ``PlanSchema/schema``; text around it is ignored.
    func plan(for request: String, schema: PlanSchema) async throws -> String
}

/// What a model may write: the catalogue as a JSON schema and as a grammar for constrained decoding.
public struct PlanSchema: Sendable {
    /// One kind with what it does in both languages.
    public struct Kind: Sendable, Hashable {
        public let id: String
        public let chinese: String
        public let english: String
        public let takes: [String]
        public let gives: [String]
    }

    public let kinds: [Kind]
    /// The most steps of a plan.
    public static let stepCountMax = 24

    public init(catalogue: NodeCatalogue) {
        kinds = catalogue.ids.compactMap { id in
            catalogue.nodes[id].map { node in
                Kind(id: id, chinese: node.descriptor.chinese, english: node.descriptor.english, takes: node.descriptor.takes.flatMap(\.meanings).map(\.rawValue), gives: node.descriptor.gives.flatMap(\.meanings).map(\.rawValue))
            }
        }
    }

    /// `{"steps": [{"kind": "data-import", "each": false, "loop": false, "when": "good"}]}`
    public var schema: JSONValue {
        [
            "type": "object", "required": ["steps"], "additionalProperties": false,
            "properties": [
                "steps": [
                    "type": "array", "minItems": 1, "maxItems": .int(Self.stepCountMax),
                    "items": [
                        "type": "object", "required": ["kind"], "additionalProperties": false,
                        "properties": [
                            "kind": ["type": "string", "enum": .array(kinds.map { .string($0.id) })], "each": ["type": "boolean"], "loop": ["type": "boolean"],
                            "when": ["type": "string", "enum": ["good", "bad"]], "threshold": ["type": "number", "minimum": 0, "maximum": 1],
                        ],
                    ],
                ]
            ],
        ]
    }

    /// The same as a grammar in the notation of GBNF, without optional members: what a decoder needs that admits only the next tokens that fit.
    public var grammar: String {
        let ids = kinds.map { "\"\\\"\($0.id)\\\"\"" }.joined(separator: " | ")
        return """
            root ::= "{\\"steps\\":[" step ("," step){0,\(Self.stepCountMax - 1)} "]}"
            step ::= "{\\"kind\\":" kind ("," "\\"each\\":" truth)? ("," "\\"loop\\":" truth)? ("," "\\"when\\":" test ("," "\\"threshold\\":0." [0-9]{1,2})?)? "}"
            kind ::= \(ids)
            truth ::= "true" | "false"
            test ::= "\\"good\\"" | "\\"bad\\""

            """
    }

    /// What a model is told, in the language of the request.
    public func instruction(isChinese: Bool) -> String {
        let list = kinds.map { "- \($0.id): \(isChinese ? $0.chinese : $0.english)" }.joined(separator: "\n")
        return isChinese
            ? "把用户的请求变成工作流的步骤，只用下列节点，按执行顺序，只输出 JSON，形如 {\"steps\":[{\"kind\":\"data-import\"}]}。\n\(list)"
            : "Turn the user's request into the steps of a workflow. Use only the nodes below, in the order of work. Write JSON only, like {\"steps\":[{\"kind\":\"data-import\"}]}.\n\(list)"
    }
}

/// What a writer proposed, read strictly: unknown kinds, too many steps and wrong types make it void.
struct PlanProposal: Sendable {
    struct Step: Sendable, Hashable {
        let kind: String
        let isEach: Bool
        let isLooped: Bool
        let when: RequestUnderstanding.When?
    }

    let steps: [Step]
    var kinds: [String] { steps.map(\.kind) }
    /// The most bytes of an answer that are read.
    static let byteCountMax = 65_536

    init?(_ answer: String, catalogue: NodeCatalogue) {
        guard answer.utf8.count <= Self.byteCountMax, let start = answer.firstIndex(of: "{"), let end = answer.lastIndex(of: "}"), start < end, let json = try? JSONValue(parsing: String(answer[start...end])) else { return nil }
        guard let list = json["steps"]?.array, (1...PlanSchema.stepCountMax).contains(list.count) else { return nil }
        var steps: [Step] = []
        for entry in list {
            guard let kind = entry["kind"]?.string, catalogue.nodes[kind] != nil else { return nil }
            // Steps of several steps follow from what is marked.
            if ["map", "loop", "switch"].contains(kind) { continue }
            if steps.contains(where: { $0.kind == kind }) { continue }
            let polarity = entry["when"]?.string.flatMap(RequestUnderstanding.Polarity.init(rawValue:))
            steps.append(Step(kind: kind, isEach: entry["each"]?.bool ?? false, isLooped: entry["loop"]?.bool ?? false, when: polarity.map { .init(polarity: $0, threshold: entry["threshold"]?.double) }))
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
    }

    /// Marks the actions as the proposal says.
    func apply(to understanding: inout RequestUnderstanding) {
        for (index, step) in steps.enumerated() where understanding.actions.indices.contains(index) {
            understanding.actions[index].isEach = step.isEach && StructureReader.perItem.contains(step.kind)
            understanding.actions[index].isLooped = step.isLooped && StructureReader.perRound.contains(step.kind)
            understanding.actions[index].when = step.when ?? understanding.actions[index].when
            understanding.actions[index].way = nil
        }
        understanding.ways = []
    }
}
