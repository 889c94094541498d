import Core
import Foundation
import Labels
import Workflows

/// The workflows that the lab runs.
enum LabDefinitions {
    /// A chain of `count` steps of one kind.
    static func chain(_ count: Int, kind: String) throws -> WorkflowDefinition {
        var yaml = "workflow: chain\ninputs: {text: string}\nsteps:\n"
        for index in 0..<count { yaml += "  - {id: s\(index), kind: \(kind), with: {x: \"${\(index == 0 ? "input.text" : "s\(index - 1).text")}\"}}\n" }
        return try WorkflowDefinition(yaml: yaml)
    }

    /// A chain of effects in the store and outside, with timers and questions to a person between them; or, `plain`, of steps that do both.
    static func flat(_ count: Int, plain: Bool) throws -> WorkflowDefinition {
        var yaml = "workflow: flat\ninputs: {text: string}\nsteps:\n"
        var (last, before) = ("input.text", "")
        for index in 0..<count {
            let after = before.isEmpty ? "" : ", after: [\(before)]"
            switch index % 20 {
            case 7 where !plain:
                yaml += "  - {id: s\(index), kind: wait, with: {seconds: 0.002}\(after)}\n"
            case 13 where !plain:
                yaml += "  - {id: s\(index), kind: lab-ask, with: {x: \"${\(last)}\"}\(after)}\n"
                last = "s\(index).comment"
            default:
                yaml += "  - {id: s\(index), kind: \(plain ? "lab-both" : index % 4 == 3 ? "lab-line" : "lab-record"), with: {x: \"${\(last)}\"}\(after)}\n"
                last = "s\(index).text"
            }
            before = "s\(index)"
        }
        return try WorkflowDefinition(yaml: yaml)
    }

    /// One step that sleeps.
    static func sleeper(seconds: Double) throws -> WorkflowDefinition {
        try WorkflowDefinition(yaml: "workflow: sleeper\nsteps:\n  - {id: nap, kind: wait, with: {seconds: \(seconds)}}\n")
    }

    /// Steps, one that is cut short, and steps.
    static func unfinished(_ count: Int) throws -> WorkflowDefinition {
        let text = try chain(count, kind: "lab-pass").yaml
        return try WorkflowDefinition(yaml: text.replacingOccurrences(of: "{id: s\(count / 2), kind: lab-pass", with: "{id: s\(count / 2), kind: lab-stop"))
    }

    /// A value for each declared input.
    static func input(for definition: WorkflowDefinition) -> Labeled<[String: JSONValue]> {
        let values = definition.inputs.mapValues { field -> JSONValue in
            switch field.type {
            case .number: 7
            case .boolean: true
            case .array: .array((0..<10).map { .string("item \($0)") })
            case .object: ["name": "lab"]
            case .string, .any: "lab"
            }
        }
        return Labeled(values, .bottom)
    }
}
