import Core
import Foundation
import Labels
import Support
import Testing

@testable import Workflows

@Suite struct PlannerTests {
    let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))

    @Test func dump() throws {
        let name = ProcessInfo.processInfo.environment["PLAN_REQUESTS"] ?? "plan-requests.jsonl"
        let text = TextDecoder.decode(try FileTree.read(Repository.path("Benchmarks/workflows/\(name)"))).text
        var right = 0, total = 0
        for line in text.split(separator: "\n") {
            let row = try JSONValue(parsing: String(line))
            let request = row["request"]?.string ?? "", wanted = Set((row["nodes"]?.array ?? []).compactMap(\.string))
            total += 1
            do {
                let plan = try planner.plan(request)
                if ProcessInfo.processInfo.environment["PLAN_YAML"] != nil { print("YAML", request); print(plan.definition.yaml) }
                if plan.nodes == wanted { right += 1 } else { print("MISS", row["id"]?.string ?? "", request, "\n   got ", plan.nodes.sorted(), "\n   want", wanted.sorted()) }
            } catch { print("FAIL", row["id"]?.string ?? "", request, "\n  ", error, "\n   want", wanted.sorted()) }
        }
        print("RIGHT", right, total)
    }
}
