import Core
import Foundation
import Support
import Testing

/// The binary itself, over the small demonstration of Tests/Fixtures/hotline.
@Suite struct DemonstrationTests {
    static let small = Repository.path("Tests/Fixtures/hotline")

    private func demo(_ data: String, _ more: [String] = []) throws -> (status: Int32, report: JSONValue) {
        let (status, output) = try ChildProcess(
            House.binary, ["demo", "government", "--directory", Self.small, "--data", data, "--json"] + more, environment: ["BANYAN_LANG": "en"]
        ).finish()
        return (status, (try? JSONValue(parsing: output)) ?? .null)
    }

    @Test func handlesEveryRequestAndReports() throws {
        let directory = try TemporaryDirectory()
        let (status, report) = try demo(directory.file("data"))
        #expect(status == 0)
        #expect(report["requests"] == 3 && report["handled"] == 3 && report["closed"] == 3 && report["failed"] == 0)
        #expect(report["detection"]?["total"]?["f1"]?.double == 1)
        #expect(report["routing_accuracy"]?["value"]?.double == 1)
        #expect(report["effects_repeated"] == 0)
        for key in ["grades", "latency_ms", "peak_rss_mb", "steps_run", "steps_resumed", "human_tasks", "hit_at_3", "replies_with_citations"] {
            #expect(report[key] != nil, "\(key) is missing")
        }
        let (verified, text) = try House.banyan(["audit", "verify", "--data", directory.file("data")])
        #expect(verified == 0 && text.contains("intact"))
    }

    @Test func aCompleteRoundIsFollowedByANewOne() throws {
        let directory = try TemporaryDirectory()
        let first = try demo(directory.file("data")).report
        let second = try demo(directory.file("data")).report
        #expect(first["round"] == 1 && second["round"] == 2)
        #expect(second["handled"] == first["handled"] && second["routing_accuracy"] == first["routing_accuracy"] && second["effects_repeated"] == 0)
        #expect(second["steps_run"] == first["steps_run"] && second["audit_rows"] == first["audit_rows"])
    }

    /// SIGKILL at ten moments; `Benchmarks/crash-demo` does it fifty times over the whole demonstration.
    @Test func killedAndRestartedItEndsWithTheSameReport() throws {
        let directory = try TemporaryDirectory()
        let reference = try demo(directory.file("reference")).report
        var random = SeededRandom(seed: 42)
        for _ in 0..<10 {
            let child = try ChildProcess(House.binary, ["demo", "government", "--directory", Self.small, "--data", directory.file("data"), "--json"])
            usleep(UInt32.random(in: 20_000...400_000, using: &random))
            child.kill()
            _ = child.wait()
        }
        let report = try demo(directory.file("data")).report
        for key in ["requests", "handled", "closed", "failed", "routing_accuracy", "urgency_accuracy", "hit_at_3", "detection", "grades", "replies_with_citations", "human_tasks", "steps_run", "audit_rows"] {
            #expect(report[key] == reference[key], "\(key) differs")
        }
        #expect(report["effects_repeated"] == 0)
        #expect(try House.banyan(["audit", "verify", "--data", directory.file("data")]).status == 0)
    }

    @Test func tasksCanBeLeftForPeopleAndAnsweredFromTheTerminal() throws {
        let directory = try TemporaryDirectory()
        let data = directory.file("data")
        let open = try demo(data, ["--leave-tasks"]).report["human_tasks_open"]?.int ?? 0
        #expect(open >= 1)
        let tasks = try JSONValue(parsing: try House.banyan(["task", "list", "--data", data, "--json"]).output).array ?? []
        #expect(tasks.count == open)
        let id = try #require(tasks.first?["id"]?.string)
        #expect(try House.banyan(["task", "answer", id, "approve", "--by", "li", "--data", data]).output.contains("completed"))
        #expect(try House.banyan(["task", "answer", id, "approve", "--by", "li", "--data", data]).status == 4)
    }

    @Test func everyReportingCommandSpeaksJSON() throws {
        let directory = try TemporaryDirectory()
        let data = directory.file("data")
        _ = try demo(data)
        let run = try #require(try JSONValue(parsing: try House.banyan(["workflow", "list", "--data", data, "--json"]).output)[0]?["id"]?.string)
        let commands = [
            ["workflow", "list"], ["workflow", "show", run], ["task", "list"], ["knowledge", "list"], ["knowledge", "search", "异地就医"], ["audit", "show"], ["audit", "verify"], ["doctor"],
        ]
        for command in commands {
            let (status, output) = try House.banyan(command + ["--data", data, "--json"])
            #expect(status == 0 && (try? JSONValue(parsing: output)) != nil, "\(command.joined(separator: " ")): \(output.prefix(200))")
        }
    }
}

@Suite struct CheckTests {
    @Test func aLeakIsRefusedWithItsPath() throws {
        let (status, output) = try House.banyan(["workflow", "check", Repository.path("Demos/government/leaking.yaml")])
        #expect(status == 1)
        #expect(output.contains("input.text (L3) -> take-in (L3) -> retrieve (retrieve, clearance up to L2)"))
    }

    @Test func theHotlineIsSound() throws {
        let (status, output) = try House.banyan(["workflow", "check", Repository.path("Sources/House/Demonstrations/Government/hotline.yaml")])
        #expect(status == 0 && output.contains("sound, 10 steps"))
    }

    @Test func cyclesAndTypesAreRefused() throws {
        let directory = try TemporaryDirectory()
        let cyclic = try directory.write(
            Array("workflow: w\nsteps:\n  - {id: a, kind: retrieve, with: {text: \"${b.text}\"}}\n  - {id: b, kind: protect, with: {text: \"${c.text}\"}}\n  - {id: c, kind: protect, with: {text: \"${b.text}\"}}\n".utf8),
            to: "cyclic.yaml")
        let (status, output) = try House.banyan(["workflow", "check", cyclic])
        #expect(status == 1 && output.contains("need each other"))
        let typed = try directory.write(Array("workflow: w\nsteps:\n  - {id: a, kind: retrieve, with: {text: 5}}\n".utf8), to: "typed.yaml")
        #expect(try House.banyan(["workflow", "check", typed]).status == 1)
        let broken = try directory.write(Array("workflow: [".utf8), to: "broken.yaml")
        #expect(try House.banyan(["workflow", "check", broken]).status == 2)
    }
}
