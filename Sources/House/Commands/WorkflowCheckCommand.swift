import Agents
import ArgumentParser
import Core
import Demonstrations
import Foundation
import Labels
import Nodes
import Store
import Workflows

/// `banyan workflow check`
struct WorkflowCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check types, references, costs and labels of a definition before anything runs.",
        discussion: "Exits 0 when the workflow is sound, 1 when it is not; a leak is reported with the whole path of the flow. With --fix the protection steps that mend its leaks are proposed as a difference.")

    @Argument(help: "A workflow definition in YAML.")
    var file: String
    @Flag(name: .long, help: "Propose protection steps for its leaks, as a unified difference.")
    var fix = false
    @Flag(name: .long, help: "With --fix: change the file.")
    var write = false
    @Option(name: .long, help: ArgumentHelp("Secrets that steps may name, one NAME=value a line; those that are missing are errors. Without it any name will do.", valueName: "file"))
    var secrets: String?
    @OptionGroup var code: CodeOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard fix || !write else { throw ValidationError("--write needs --fix: a check alone changes nothing") }
    }

    func run() async throws {
        let text = TextDecoder.decode(try FileTree.read(file, byteCountMax: WorkflowDefinition.byteCountMax)).text
        let definition = try WorkflowDefinition(yaml: text)
        let names = try secrets.map { try StepSecretFile.read($0, in: "").names }
        let checker = WorkflowChecker(kinds: try await CheckedKinds.all(code: code), secrets: names)
        let diagnostics = checker.check(definition)
        let patch = fix ? try WorkflowMender(checker: checker).patch(text) : nil
        if let patch, write, !patch.changes.isEmpty { try Data(patch.yaml.utf8).write(to: URL(fileURLWithPath: file), options: .atomic) }
        let cost = checker.cost(of: definition)
        if output.json {
            Terminal.out((patch.map { json(diagnostics, cost, $0) } ?? .array(diagnostics.map(\.json))).prettyText)
        } else {
            report(diagnostics, cost, definition, patch)
        }
        if (write ? patch?.remaining ?? [] : diagnostics).contains(where: { $0.severity == .error }) { throw ExitStatus.found }
    }

    private func json(_ diagnostics: [Diagnostic], _ cost: WorkflowCost, _ patch: WorkflowPatch) -> JSONValue {
        [
            "diagnostics": .array(diagnostics.map(\.json)), "attempts": .int(cost.attempts), "tokens": .int(cost.tokens), "patch": .string(patch.difference(name: file)),
            "changes": .array(patch.changes.map { ["step": .string($0.step), "zh": .string($0.chinese), "en": .string($0.english)] }), "remaining": .array(patch.remaining.map(\.json)), "written": .bool(write && !patch.changes.isEmpty),
        ]
    }

    private func report(_ diagnostics: [Diagnostic], _ cost: WorkflowCost, _ definition: WorkflowDefinition, _ patch: WorkflowPatch?) {
        for diagnostic in diagnostics { Terminal.out(diagnostic.line) }
        if !diagnostics.contains(where: { $0.severity == .error }) {
            let most = cost.tokens > 0 ? Terminal.say(", \(cost.tokens) tokens", "、\(cost.tokens) 个词元") : ""
            Terminal.out(Terminal.say("\(file): sound, \(definition.steps.count) steps, at most \(cost.attempts) attempts\(most)", "\(file)：检查通过，共 \(definition.steps.count) 步，最多执行 \(cost.attempts) 次\(most)"))
        }
        guard let patch else { return }
        for change in patch.changes { Terminal.out(Terminal.say("\(change.step): \(change.english)", "\(change.step)：\(change.chinese)")) }
        guard !patch.changes.isEmpty else { return Terminal.out(Terminal.say("no protection step mends anything here", "没有可用保护步骤修补的问题")) }
        Terminal.out(write ? Terminal.say("\(file) is changed", "已修改 \(file)") : patch.difference(name: file))
        if !patch.remaining.isEmpty {
            Terminal.out(Terminal.say("left to you:", "仍需人工处理："))
            for diagnostic in patch.remaining { Terminal.out(diagnostic.line) }
        }
    }
}

extension Diagnostic {
    /// The diagnostic for `--json`.
    var json: JSONValue {
        ["severity": .string(severity.rawValue), "code": .string(code), "message": .string(message), "place": place.map { .string($0) } ?? .null]
    }

    /// The diagnostic as a line of a report.
    var line: String { "\(severity.rawValue): \(message)\(place.map { " [\($0)]" } ?? "") (\(code))" }
}

/// The step kinds a definition is checked against. Checking runs nothing, so they are wired over an empty, temporary store.
enum CheckedKinds {
    /// - Parameter code: the programs that code steps may run; none by default, and such steps are refused.
    static func all(code: CodeOptions? = nil) async throws -> [any StepKind] {
        try await over { platform in
            var nodes = platform.nodes
            nodes.settings.codeRunner = try code?.sandbox(dataDirectory: platform.services.store.directory)
            return NodeRegistry.all(nodes) + HotlineSteps.all(platform.services) + [HumanStep(blobs: platform.services.store.blobs)]
        }
    }

    /// The tools of agents, likewise.
    static func tools() async throws -> ToolRegistry { try await over { try AgentTools.all($0.nodes) } }

    private static func over<Result>(_ body: (HotlinePlatform) throws -> Result) async throws -> Result {
        let directory = NSTemporaryDirectory() + "banyan-check-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try Store.open(at: directory)
        return try body(try await DataOptions.platform(in: store))
    }
}
