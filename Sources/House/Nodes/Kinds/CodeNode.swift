import Core
import Labels
import Workflows

/// Runs a program that the operator allowed on a value, in a box: JSON in, one JSON object out. It sees nothing but its input and reaches nothing, so what it gives is as grave as what it was given.
///
/// ```yaml
/// - id: totals
///   kind: code
///   with:
///     program: python3
///     input: {rows: "${read.records}"}
///     outputs: {sum: number}
///     source: |
///       import json, sys
///       print(json.dumps({"sum": sum(float(r["amount"]) for r in json.load(sys.stdin)["rows"])}))
/// ```
struct CodeNode: StepKind {
    let runner: (any CodeRunner)?
    let id = "code"
    let signature = StepSignature(
        inputs: [
            "program": .init(.string), "source": .init(.string, isRequired: false), "arguments": .init(.array, isRequired: false), "input": .init(.any, isRequired: false), "outputs": .init(.object, isRequired: false),
        ],
        outputs: ["output": .object], clearance: .all, labelRule: .joinsInputs)

    var refusal: String? { runner == nil ? "code is off; whoever starts Banyan allows programs with --allow-code" : nil }
    /// Programs take a core each.
    var resource: String? { "code" }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let program = try input.text("program", byteCountMax: 255)
        let source = try input.optionalText("source", byteCountMax: Sandbox.sourceByteCountMax)
        let arguments = try input.strings("arguments")
        let declared = try types(input.values["outputs"])
        guard let runner else { throw Fault(.nodeSandbox, "code is off", remedy: "allow programs with --allow-code when starting Banyan") }
        let bytes = Array((input.values["input"] ?? .null).text.utf8)
        guard bytes.count <= Records.byteCountMax else { throw Fault(.nodeBound, "the input input has more than \(Records.byteCountMax) bytes", remedy: "split it") }
        let answer = try await runner.run(CodeRequest(program: program, source: source, arguments: arguments, input: bytes))
        guard let text = String(validating: answer, as: UTF8.self), let object = try? JSONValue(parsing: text).object else {
            throw Fault(.nodeCode, "what the program wrote is not one JSON object", remedy: "let it write {\"name\": value}, and nothing else")
        }
        if let declared { try check(object, declared) }
        return .done(output: ["output": .object(object)])
    }

    private func types(_ json: JSONValue?) throws -> [String: FieldType]? {
        guard let json, json != .null else { return nil }
        guard let members = json.object, members.count <= 100 else { throw Fault(.nodeInput, "the input outputs must be an object of names and types", remedy: "write {total: number}") }
        return try members.mapValues { value in
            guard let type = value.string.flatMap(FieldType.init) else {
                throw Fault(.nodeInput, "the input outputs names an unknown type", remedy: "types are \(FieldType.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return type
        }
    }

    private func check(_ object: [String: JSONValue], _ declared: [String: FieldType]) throws {
        for (name, type) in declared.sorted(by: { $0.key < $1.key }) {
            guard let value = object[name], Self.fits(type, value) else { throw Fault(.nodeCode, "the program did not give the declared output number \((declared.keys.sorted().firstIndex(of: name) ?? 0) + 1) as it was declared", remedy: "compare the input outputs with what the program writes") }
        }
        guard object.count == declared.count else { throw Fault(.nodeCode, "the program gave more than it declared", remedy: "declare every output in the input outputs") }
    }

    private static func fits(_ type: FieldType, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case (.any, _), (.string, .string), (.number, .int), (.number, .double), (.boolean, .bool), (.object, .object), (.array, .array): true
        default: false
        }
    }
}
