import Core
import Labels
import Workflows

/// What steps took and gave, as far as a clearance goes; of the rest the names and the label.
struct StepValues {
    private let view: RunView
    private let clearance: Clearance
    /// Characters of one value in a line.
    static let textCountMax = 2_000

    init(_ view: RunView, clearance: Clearance) { (self.view, self.clearance) = (view, clearance) }

    private func sides(of step: StepRecord) -> [(name: String, values: Labeled<[String: JSONValue]>)] {
        // A missing label counts as the highest.
        [("input", view.inputs[step.id]), ("output", step.output.map { Labeled($0, step.label ?? Label(.core)) })].compactMap { name, values in
            values.flatMap { $0.value.isEmpty ? nil : (name, $0) }
        }
    }

    /// A step's row with `input` and `output`, and of what may not be shown `inputHidden` and `outputHidden`: the names.
    func added(to row: JSONValue, of step: StepRecord) -> JSONValue {
        var members = row.object ?? [:]
        for (name, values) in sides(of: step) {
            let isShown = clearance.permits(values.label)
            members[isShown ? name : name + "Hidden"] = isShown ? .object(values.value) : .array(values.value.keys.sorted().map { .string($0) })
        }
        return .object(members)
    }

    /// Lines for a terminal.
    func lines(of step: StepRecord) -> [String] {
        let lines = sides(of: step).map { name, values -> String in
            let side = name == "input" ? Terminal.say("took", "输入") : Terminal.say("gave", "输出")
            guard clearance.permits(values.label) else {
                let names = values.value.keys.sorted().joined(separator: ", ")
                return Terminal.say("  \(side)  \(values.label)  \(names) (--reveal shows them)", "  \(side)  \(values.label)  \(names)（加 --reveal 显示）")
            }
            let text = JSONValue.object(values.value).text
            return "  \(side)  \(values.label)  \(text.count <= Self.textCountMax ? text : text.prefix(Self.textCountMax) + " …")"
        }
        return lines.isEmpty ? [] : [step.id] + lines
    }
}
