import Core
import Foundation
import Support
import Testing

/// `banyan workflow plan --search` as people call it.
@Suite struct PlanSearchCommandTests {
    @Test func aSearchKeepsTheBestAndIsNotRunTwice() throws {
        let folder = try TemporaryDirectory()
        func search(_ more: [String]) throws -> (status: Int32, output: String) {
            try House.banyan(
                ["workflow", "plan", "导入就诊表，清洗数据", "--search", "--validation", Repository.path("Demos/workflows/clinic-cases.jsonl"), "--import-root", Repository.path("Demos/workflows/data"), "--data", folder.file("data")] + more)
        }
        let first = try search(["--json", "--budget", "200", "--output", folder.file("best.yaml")])
        #expect(first.status == 0, "\(first.output.suffix(400))")
        let json = try JSONValue(parsing: first.output)["search"] ?? .null
        let (best, plain) = (json["best"]?["met"]?.int ?? 0, json["first"]?["met"]?.int ?? 0)
        #expect(best > plain && json["runs"]?["found"] == 0 && (json["trials"]?.int ?? 0) <= 200)
        let kept = TextDecoder.decode(try FileTree.read(folder.file("best.yaml"))).text
        #expect(kept.hasPrefix("# score: \(best)/12"))
        #expect(try House.banyan(["workflow", "check", folder.file("best.yaml")]).status == 0)
        let again = try JSONValue(parsing: try search(["--json", "--budget", "200"]).output)["search"] ?? .null
        #expect(again["runs"]?["started"] == 0 && again["runs"]?["found"] == json["runs"]?["started"] && again["best"]?["yaml"] == json["best"]?["yaml"])
        // As text the same, with the interval.
        let text = try search(["--budget", "200"]).output
        #expect(text.contains("best variant") && text.contains("\(best)/12") && text.contains("first plan"))
    }

    @Test func whatCannotBeTriedIsRefused() throws {
        let folder = try TemporaryDirectory()
        let cases = Repository.path("Demos/workflows/clinic-cases.jsonl"), data = folder.file("data")
        let sends = try House.banyan(["workflow", "plan", "导入文件并通知管理员", "--search", "--validation", cases, "--data", data])
        #expect(sends.status != 0 && sends.output.contains("never run in a search"), "\(sends.output)")
        #expect(try House.banyan(["workflow", "plan", "清洗数据", "--search"]).status != 0)
        #expect(try House.banyan(["workflow", "plan", "清洗数据", "--validation", cases]).status != 0)
        #expect(try House.banyan(["workflow", "plan", "清洗数据", "--search", "--validation", cases, "--budget", "0"]).status != 0)
        #expect(try House.banyan(["workflow", "plan", "清洗数据", "--search", "--validation", cases, "--data", data, "--budget", "11"]).output.contains("raise the budget to 12"))
        #expect(try House.banyan(["workflow", "plan", "清洗数据", "--search", "--validation", cases, "--model", "x"]).status != 0)
    }
}
