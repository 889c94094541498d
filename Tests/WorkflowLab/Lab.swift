import Core
import FlowOracle
import Foundation
import Labels
import Store
import Workflows

/// The child process of `Benchmarks/workflow-crash` and `Benchmarks/workflow-speed`. Prints one line of JSON.
///
///     workflow-lab run DIR --outside FILE (--definition FILE | --flat N [--plain yes] | --agent TURNS) [--reference FILE]
///     workflow-lab verify DIR --outside FILE --reference FILE
///     workflow-lab speed DIR [--alone 20] [--runs 64] [--steps 100] [--kind lab-pass]
///     workflow-lab sleepers DIR --runs N --phase fill|hold
///     workflow-lab flows DIR [--count 10000] [--seed 1]
///     workflow-lab telemetry DIR --otlp URL --runs N [--seed 1] [--batch 64]
///     workflow-lab fill|work|verify-all DIR --database URL --schema NAME --runs N (--definition FILE | --flat N | --chain N) [--outside FILE] [--files FILE,FILE] [--reference FILE]
///     workflow-lab agent-labels DIR [--count 500] [--seed 1]
///     workflow-lab agent-policy DIR [--count 10000] [--worlds 20] [--seed 1]
///     workflow-lab recovery DIR --runs N --steps N [--at STEP] --phase fill|recover
///
/// `run` takes run "r" up, or starts it, and goes on until it is completed; it prints all that the run left, or with --reference (what it printed
/// for an undisturbed run) how that differs. Status 3: a fault stopped it, which is told on stderr.
@main
enum Lab {
    /// Times that a run is looked after before the lab gives up.
    static let roundCountMax = 200_000

    static func main() async {
        do {
            let options = try LabOptions(Array(CommandLine.arguments.dropFirst()))
            switch options.command {
            case "run": print(try await run(options).text)
            case "verify": print(try await verify(options).text)
            case "speed": print(try await LabSpeed(options).speed().text)
            case "sleepers": print(try await LabSpeed(options).sleepers().text)
            case "recovery": print(try await LabSpeed(options).recovery().text)
            case "telemetry": print(try await LabTelemetry(options).report().text)
            case "fill": print(try await LabWorkers(options: options).fill().text)
            case "work": print(try await LabWorkers(options: options).work().text)
            case "verify-all": print(try await LabWorkers(options: options).verify().text)
            case "flows": print(try flows(options).text)
            case "agent-labels": print(try await LabAgentLabels.run(options).text)
            case "agent-policy": print(try LabPolicy.run(options).text)
            default: throw Fault(.workflowUnknown, "no such command", remedy: "one of run, verify, speed, sleepers, recovery, telemetry, flows, fill, work, verify-all, agent-labels, agent-policy")
            }
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("\(error)\n".utf8))
            exit(3)
        }
    }

    /// Random workflows: the label checker beside the oracle.
    private static func flows(_ options: LabOptions) throws -> JSONValue {
        var comparison = FlowComparison()
        let first = options.number("seed", 1)
        for seed in first..<first + options.number("count", 10_000) { try comparison.add(seed: UInt64(seed)) }
        return [
            "workflows": .int(comparison.count), "leaks_accepted": .int(comparison.leaksAccepted), "leaks_refused": .int(comparison.leaksRefused), "sound_accepted": .int(comparison.soundAccepted),
            "refused_without_leak": .int(comparison.refusedWithoutLeak), "pairs": .int(comparison.pairs), "agreement": .double(comparison.agreement), "first_wrong": comparison.firstWrong.map { .int(Int($0)) } ?? .null,
        ]
    }

    static func engine(_ store: Store, _ options: LabOptions) throws -> WorkflowEngine {
        let outside = try OutsideFile(options["outside"] ?? options.directory + ".outside")
        let kinds: [any StepKind] = [
            LabStep(id: "lab-pass", effect: .none), LabStep(id: "lab-record", effect: .record), LabStep(id: "lab-line", effect: .line(outside)),
            LabStep(id: "lab-both", effect: .both(outside)), LabQuestion(), LabJudge(), LabAgent(outside: outside),
        ]
        return WorkflowEngine(store: store, kinds: kinds, clock: SystemWallClock(), ids: IdentifierSource())
    }

    private static func report(_ store: Store, _ engine: WorkflowEngine, _ options: LabOptions) async throws -> JSONValue {
        let report = try await LabReport(of: "r", in: store, engine: engine, outside: [options["outside"] ?? options.directory + ".outside"])
        guard let reference = options["reference"] else { return report.json }
        return report.difference(from: LabReport(try JSONValue(parsing: try String(contentsOfFile: reference, encoding: .utf8))))
    }

    private static func verify(_ options: LabOptions) async throws -> JSONValue {
        let store = try options.store()
        let result = try await report(store, try engine(store, options), options)
        try store.close()
        return result
    }

    private static func run(_ options: LabOptions) async throws -> JSONValue {
        let definition = try options.workflow()
        let store = try options.store()
        let engine = try engine(store, options)
        _ = try await engine.start(definition, input: LabDefinitions.input(for: definition), runID: "r")
        for round in 0..<roundCountMax {
            switch try await engine.advance("r") {
            case .completed:
                let result = try await report(store, engine, options)
                try store.close()
                return result
            case .failed, .cancelled: throw Fault(.defect, try await engine.detail("r").summary.failure ?? "the run ended without a reason")
            case .waiting, .sleeping, .running, .paused:
                let tasks = try await engine.tasks()
                for task in tasks { try await engine.answer(task.id, LabQuestion.answer(to: task, at: 0)) }
                if tasks.isEmpty && round > 0 { try await Task.sleep(for: .milliseconds(1)) }
            }
        }
        throw Fault(.defect, "the run did not end")
    }
}

/// A command, a directory and `--name value` pairs.
struct LabOptions {
    let command: String
    let directory: String
    private var values: [String: String] = [:]

    init(_ arguments: [String]) throws {
        guard arguments.count >= 2, arguments.count % 2 == 0 else { throw Fault(.workflowUnknown, "arguments are a command, a directory and pairs", remedy: "see Lab.swift") }
        (command, directory) = (arguments[0], arguments[1])
        for index in stride(from: 2, to: arguments.count, by: 2) { values[String(arguments[index].drop { $0 == "-" })] = arguments[index + 1] }
    }

    subscript(name: String) -> String? { values[name] }
    func number(_ name: String, _ standard: Int) -> Int { values[name].flatMap { Int($0) } ?? standard }
}
