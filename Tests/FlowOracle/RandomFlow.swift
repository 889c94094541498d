import Core
import Labels
import Support
import Workflows

/// Random workflows in YAML: branches, maps, loops, switches, calls, over inputs of all grades.
public struct RandomFlow {
    private var random: SeededRandom
    private var count = 0
    private var lines: [String] = []

    public init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private static let grades = ["L1", "L2", "L3", "L4"]

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
    private mutating func chance(_ percent: UInt64) -> Bool { random.next() % 100 < percent }

    /// One definition.
    public mutating func yaml() -> String {
        (count, lines) = (0, ["workflow: random", "inputs:"])
        let inputs = (0..<(1 + Int(random.next() % 4))).map { "i\($0)" }
        for input in inputs { lines.append("  \(input): {type: string, grade: \(pick(Self.grades))}") }
        let hasCall = chance(40)
        if hasCall {
            lines += ["workflows:", "  sub:", "    inputs:", "      x: {type: string, grade: \(pick(["L2", "L3", "L4", "L4"]))}", "    steps:"]
            let inner = steps(1 + Int(random.next() % 3), known: ["input.x"], indent: 6, depth: 1, canCall: false)
            lines.append("    outputs: {text: \"${\(pick(texts(inner)))}\"}")
        }
        lines.append("steps:")
        let given = steps(2 + Int(random.next() % 6), known: inputs.map { "input.\($0)" }, indent: 2, depth: 0, canCall: hasCall)
        lines.append("outputs: {out: \"${\(pick(given))}\"}")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes steps; returns everything that can be named after them.
    private mutating func steps(_ number: Int, known: [String], indent: Int, depth: Int, canCall: Bool) -> [String] {
        var known = known
        for _ in 0..<number {
            count += 1
            let id = "s\(count)", pad = String(repeating: " ", count: indent)
            let condition = chance(25) ? ", when: {value: \"${\(pick(known))}\", \(pick(["equals", "notEquals"])): \(pick(["\"yes\"", "\"no\"", "\"***\""]))}" : ""
            let way = depth < 3 ? random.next() % 12 : 0
            switch way {
            case 8:
                lines.append("\(pad)- id: \(id)\n\(pad)  kind: map\(condition.replacing(", when", with: "\n\(pad)  when"))\n\(pad)  with: {items: [\"${\(pick(known))}\", \"${\(pick(known))}\"]}\n\(pad)  steps:")
                let inner = steps(1 + Int(random.next() % 3), known: known + ["\(id).item", "\(id).index"], indent: indent + 4, depth: depth + 1, canCall: canCall)
                lines.append("\(pad)  gives: \"${\(pick(inner))}\"")
                known += ["\(id).results", "\(id).count"]
            case 9:
                lines.append("\(pad)- id: \(id)\n\(pad)  kind: loop\(condition.replacing(", when", with: "\n\(pad)  when"))\n\(pad)  with: {value: \"${\(pick(known))}\"}\n\(pad)  max: 3\n\(pad)  steps:")
                let inner = steps(1 + Int(random.next() % 3), known: known + ["\(id).value"], indent: indent + 4, depth: depth + 1, canCall: canCall)
                lines.append("\(pad)  until: {value: \"${\(pick(inner))}\", equals: \"yes\"}\n\(pad)  gives: \"${\(pick(inner))}\"")
                known += ["\(id).value", "\(id).met", "\(id).rounds"]
            case 10:
                lines.append("\(pad)- id: \(id)\n\(pad)  kind: switch\(condition.replacing(", when", with: "\n\(pad)  when"))\n\(pad)  with: {value: \"${\(pick(known))}\"}\n\(pad)  cases:")
                lines.append("\(pad)    - equals: \"yes\"\n\(pad)      steps:")
                let first = steps(1, known: known, indent: indent + 8, depth: depth + 1, canCall: canCall)
                lines.append("\(pad)      gives: \"${\(pick(first))}\"\n\(pad)  otherwise:\n\(pad)    steps:")
                let second = steps(1, known: known, indent: indent + 6, depth: depth + 1, canCall: canCall)
                lines.append("\(pad)    gives: \"${\(pick(second))}\"")
                known += ["\(id).value", "\(id).case"]
            case 11 where canCall:
                lines.append("\(pad)- {id: \(id), kind: call, workflow: sub, with: {x: \"${\(pick(texts(known)))}\"}\(condition)}")
                known.append("\(id).text")
            default:
                let kind = pick(["copy", "copy", "sink", "mask", "enrich", "flag", "flag"])
                lines.append("\(pad)- {id: \(id), kind: \(kind), with: {text: \"${\(pick(known))}\"}\(condition)}")
                known.append("\(id).text")
            }
        }
        return known
    }

    /// Names whose values are surely texts.
    private func texts(_ known: [String]) -> [String] {
        let sure = known.filter { $0.hasPrefix("input.") || $0.hasSuffix(".text") }
        return sure.isEmpty ? known : sure
    }
}

/// How the checker and the oracle see the same workflows.
public struct FlowComparison: Sendable {
    public var count = 0
    /// The checker let pass what the oracle saw leak, or what somebody cleared low could tell apart: the unforgivable.
    public var leaksAccepted = 0
    /// The checker refused and the oracle saw a leak in some execution.
    public var leaksRefused = 0
    /// The checker refused and no execution that was tried leaked.
    public var refusedWithoutLeak = 0
    public var soundAccepted = 0
    /// Of accepted ones: pairs of executions that differ in secrets only.
    public var pairs = 0
    /// The first seed that went wrong.
    public var firstWrong: UInt64?

    public var agreement: Double { count == 0 ? 0 : Double(leaksRefused + soundAccepted) / Double(count) }
    public init() {}
}

extension FlowComparison {
    /// Compares on the workflow of one seed, over many executions.
    public mutating func add(seed: UInt64, executions: Int = 64) throws {
        var generator = RandomFlow(seed: seed)
        let definition = try WorkflowDefinition(yaml: generator.yaml())
        let errors = WorkflowChecker(kinds: FlowStep.all).check(definition).filter { $0.severity == .error }
        if let other = errors.first(where: { $0.code != "workflow.leak" }) { throw Fault(.defect, "seed \(seed): the generator made a malformed workflow: \(other.message)") }
        var random = SeededRandom(seed: seed &+ 0x9E37_79B9)
        var leaks = false, differs = false
        for _ in 0..<executions {
            let inputs = definition.inputs.keys.sorted().reduce(into: [String: JSONValue]()) { $0[$1] = Self.text(&random) }
            var other = inputs
            for (name, field) in definition.inputs.sorted(by: { $0.key < $1.key }) where field.grade > .level2 { other[name] = Self.text(&random) }
            let first = FlowOracle.run(definition, inputs: inputs, sinkGrade: .level2), second = FlowOracle.run(definition, inputs: other, sinkGrade: .level2)
            leaks = leaks || !first.violations.isEmpty || !second.violations.isEmpty
            differs = differs || first.seen != second.seen
            if errors.isEmpty { pairs += 1 }
        }
        count += 1
        switch (errors.isEmpty, leaks || (errors.isEmpty && differs)) {
        case (true, true):
            leaksAccepted += 1
            firstWrong = firstWrong ?? seed
        case (true, false): soundAccepted += 1
        case (false, true): leaksRefused += 1
        case (false, false): refusedWithoutLeak += 1
        }
    }

    private static func text(_ random: inout SeededRandom) -> JSONValue { [.string("yes"), .string("no"), .string("a"), .string("b"), "***"][Int(random.next() % 5)] }
}
