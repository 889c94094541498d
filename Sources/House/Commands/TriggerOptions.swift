import ArgumentParser
import Core
import Foundation
import Workflows

/// `--webhook` of `banyan workflow schedule add`.
struct HookOptions: ParsableArguments {
    @Flag(name: .long, help: "Start runs by signed requests to /v1/hooks/NAME.")
    var webhook = false
    @Option(name: .long, help: ArgumentHelp("The secret that signs them, in a file of mode 600 that stays where it is.", valueName: "file"))
    var secretFile: String?
    @Option(name: .long, help: ArgumentHelp("Where in the body an input stands, NAME=member.member, or $ for the whole body; again for each. By default inputs that are not given stand under their names.", valueName: "name=path"))
    var map: [String] = []
    @Option(name: .long, help: "Bring this event to a run of the workflow instead, with the body as its payload.")
    var event: String?
    @Option(name: .long, help: ArgumentHelp("Where in the body the id of that run stands.", valueName: "path"))
    var runFrom: String?

    func validate() throws {
        guard webhook || (secretFile == nil && map.isEmpty && event == nil && runFrom == nil) else { throw ValidationError("--secret-file, --map, --event and --run-from need --webhook") }
        guard !webhook || secretFile != nil else { throw ValidationError("--webhook needs --secret-file") }
    }

    func trigger() throws -> WebhookTrigger {
        let path = URL(fileURLWithPath: secretFile ?? "").path
        _ = try SecretFile.read(path)
        let inputs = try map.map { pair -> (String, String) in
            guard let place = pair.firstIndex(of: "=") else { throw ValidationError("--map is NAME=PATH") }
            return (String(pair[..<place]), String(pair[pair.index(after: place)...]))
        }
        return WebhookTrigger(secretFile: path, inputs: Dictionary(inputs) { $1 }, event: event, run: runFrom)
    }
}

/// `--when` of `banyan workflow schedule add`.
struct WatchOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Start a run when readings give warning: METRIC of SUBJECT < NUMBER [until NUMBER] [for COUNT], or METRIC of SUBJECT falls [after COUNT]; > and rises likewise.", valueName: "rule"))
    var when: String?
    @Option(name: .long, help: "The input that takes the reading, an object.")
    var readingInput = "reading"
    @Option(name: .long, help: ArgumentHelp("Tell somebody of it, without a workflow of your own.", valueName: "address"))
    var notify: String?

    func validate() throws {
        guard when != nil || notify == nil else { throw ValidationError("--notify needs --when") }
    }

    /// A workflow that tells of a warning.
    func notice(name: String) throws -> WorkflowDefinition {
        let (to, rule) = (notify ?? "", try WatchRule(when ?? "").description)
        guard !(to + rule + name).contains("${") else { throw ValidationError("--notify and --when take no references") }
        func quoted(_ text: String) -> String { JSONValue.string(text).text }
        return try WorkflowDefinition(
            yaml: """
                workflow: \(quoted("warning-" + name))
                inputs: {\(readingInput): {type: object, grade: L2}}
                steps:
                  - id: words
                    kind: transform
                    with: {reading: "${input.\(readingInput)}"}
                    set: {text: "join([reading.metric, ' of ', reading.subject, ' = ', text(reading.value), ' (', reading.at, ', ', reading.run, ')'], '')"}
                  - {id: tell, kind: notify, with: {to: \(quoted(to)), title: \(quoted("预警 Warning: " + rule)), text: "${words.text}"}}
                """)
    }
}
