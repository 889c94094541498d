import Core
import Labels

/// Why a step is in a plan, in both languages.
public struct PlanReason: Sendable, Hashable {
    public let chinese: String
    public let english: String

    public init(_ chinese: String, _ english: String) { (self.chinese, self.english) = (chinese, english) }
}

/// A step of a plan that is being made.
struct PlanStep: Sendable {
    indirect enum Inner: Sendable {
        case each([PlanStep], gives: String?)
        case rounds([PlanStep], gives: String, max: Int, until: JSONValue)
        case ways([(label: String, steps: [PlanStep])], otherwise: [PlanStep])
        case call(String)
    }

    var id: String
    var kind: String
    var with: [String: JSONValue] = [:]
    /// The expressions of a `transform`.
    var set: [String: String] = [:]
    var when: JSONValue?
    var after: [String] = []
    var inner: Inner?
    var why: PlanReason
    /// Whether it only joins steps of other types, or splits data for them: not what the request is about.
    var isGlue = false

    /// The bodies inside.
    var bodies: [[PlanStep]] {
        switch inner {
        case .each(let steps, _), .rounds(let steps, _, _, _): [steps]
        case .ways(let ways, let otherwise): ways.map(\.steps) + [otherwise]
        case .call, nil: []
        }
    }

    /// Itself and every step inside.
    var all: [PlanStep] { [self] + bodies.flatMap { $0.flatMap(\.all) } }
}

/// A plan before it is a definition.
struct PlanDraft: Sendable {
    struct Input: Sendable, Hashable {
        var type: FieldType
        var grade: Grade
        /// Whether the request itself says the grade.
        var isGraded = false
    }

    var name: String
    var inputs: [String: Input] = [:]
    var steps: [PlanStep] = []
    /// Texts of the workflows that are called, by name.
    var workflows: Set<String> = []
    /// What planning noticed and the reader should know.
    var notes: [PlanReason] = []

    var all: [PlanStep] { steps.flatMap(\.all) }

    /// The definition's text. Values are written as JSON, which YAML reads as it is.
    var yaml: String {
        var lines = ["workflow: \(name)", "version: 1"]
        if !inputs.isEmpty {
            lines.append("inputs:")
            for (name, input) in inputs.sorted(by: { $0.key < $1.key }) { lines.append("  \(name): {type: \(input.type.rawValue), grade: \(input.grade)}") }
        }
        if !workflows.isEmpty {
            lines.append("workflows:")
            for name in workflows.sorted() { lines += PlanSubworkflows.text(of: name).map { "  " + $0 } }
        }
        lines.append("steps:")
        for step in steps { Self.write(step, indent: 2, to: &lines) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(_ step: PlanStep, indent: Int, to lines: inout [String]) {
        let pad = String(repeating: " ", count: indent), inner = pad + "  "
        lines.append("\(pad)- id: \(step.id)")
        lines.append("\(inner)kind: \(step.kind)")
        if case .call(let name) = step.inner { lines.append("\(inner)workflow: \(name)") }
        if !step.with.isEmpty { lines.append("\(inner)with: \(JSONValue.object(step.with).text)") }
        if !step.set.isEmpty { lines.append("\(inner)set: \(JSONValue.object(step.set.mapValues { .string($0) }).text)") }
        if let when = step.when { lines.append("\(inner)when: \(when.text)") }
        if !step.after.isEmpty { lines.append("\(inner)after: \(JSONValue.array(step.after.map { .string($0) }).text)") }
        func body(_ steps: [PlanStep], _ gives: String?, _ deeper: Int) {
            let pad = String(repeating: " ", count: deeper)
            lines.append(steps.isEmpty ? "\(pad)steps: []" : "\(pad)steps:")
            for step in steps { write(step, indent: deeper + 2, to: &lines) }
            if let gives { lines.append("\(pad)gives: \(JSONValue.string("${\(gives)}").text)") }
        }
        switch step.inner {
        case .each(let steps, let gives): body(steps, gives, indent + 2)
        case .rounds(let steps, let gives, let most, let until):
            lines.append("\(inner)max: \(most)")
            lines.append("\(inner)until: \(until.text)")
            body(steps, gives, indent + 2)
        case .ways(let ways, let otherwise):
            lines.append("\(inner)cases:")
            for way in ways {
                lines.append("\(inner)  - equals: \(JSONValue.string(way.label).text)")
                body(way.steps, nil, indent + 6)
            }
            lines.append("\(inner)otherwise:")
            body(otherwise, nil, indent + 4)
        case .call, nil: break
        }
    }
}

/// The workflows that plans can call.
enum PlanSubworkflows {
    static let names = ["clean-one", "mask-one", "summarize-one", "translate-one"]

    /// Whether a word of a request can name one.
    static func canBeName(_ word: String) -> Bool { word.count <= 64 && (word.first?.isLetter ?? false) && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") } }

    static func text(of name: String) -> [String] {
        let head = ["\(name):", "  inputs: {text: {type: string, grade: core}}"]
        switch name {
        case "mask-one": return head + ["  steps: [{id: mask, kind: protect, with: {text: \"${input.text}\"}}]", "  outputs: {text: \"${mask.text}\"}"]
        case "clean-one":
            return head + ["  steps:", "    - {id: trim, kind: transform, with: {text: \"${input.text}\"}, set: {text: \"trim(text)\"}}", "    - {id: mask, kind: protect, with: {text: \"${trim.text}\"}}", "  outputs: {text: \"${mask.text}\"}"]
        case "translate-one": return head + ["  steps: [{id: translate, kind: model, with: {prompt: \"${input.text}\", system: \"Translate the text.\"}}]", "  outputs: {text: \"${translate.text}\"}"]
        case "summarize-one": return head + ["  steps: [{id: summarize, kind: model, with: {prompt: \"${input.text}\", system: \"Summarize the text.\"}}]", "  outputs: {text: \"${summarize.text}\"}"]
        // Until its owner writes it, a person does by hand what it is to do.
        default: return head + ["  steps: [{id: by-hand, kind: human, with: {title: \"\(name)\", body: \"${input.text}\"}}]", "  outputs: {text: \"${input.text}\"}"]
        }
    }
}
