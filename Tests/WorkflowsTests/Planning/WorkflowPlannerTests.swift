import Core
import Labels
import Support
import Testing

@testable import Workflows

@Suite struct WorkflowPlannerTests {
    let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))

    static func requests(_ name: String) throws -> [(id: String, request: String, nodes: Set<String>)] {
        try TextDecoder.decode(try FileTree.read(Repository.path("Benchmarks/workflows/\(name).jsonl"))).text.split(separator: "\n").map { line in
            let row = try JSONValue(parsing: String(line))
            return (row["id"]?.string ?? "", row["request"]?.string ?? "", Set((row["nodes"]?.array ?? []).compactMap(\.string)))
        }
    }

    private func errors(_ definition: WorkflowDefinition) -> [String] { planner.catalogue.checker.check(definition).filter { $0.severity == .error }.map(\.message) }

    @Test func requestsOfTheBenchmarkBecomeTheExpectedNodes() throws {
        let rows = try Self.requests("plan-requests")
        var right = 0
        for row in rows {
            let plan = try planner.plan(row.request)
            #expect(errors(plan.definition).isEmpty, "\(row.id)")
            if plan.nodes == row.nodes { right += 1 }
        }
        #expect(rows.count >= 60)
        #expect(Double(right) >= 0.9 * Double(rows.count))
    }

    /// Random goals in random orders, with random marks: what is returned is sound, what is not says why.
    @Test(arguments: 0..<8) func everyPlanIsSound(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let kinds = planner.catalogue.ids.filter { !["map", "loop", "switch", "call"].contains($0) }
        var planned = 0
        for _ in 0..<250 {
            let count = Int.random(in: 1...8, using: &random)
            var understanding = planner.understand(["请处理 data.csv", "do it", "发布到 https://a.example/x", "L2 数据 a.csv b.csv"].randomElement(using: &random) ?? "")
            understanding.actions = (0..<count).map { place in
                var action = RequestUnderstanding.Action(kind: kinds.randomElement(using: &random) ?? "", cue: .approve, words: "x", clause: 0, order: Double(place))
                action.isEach = StructureReader.perItem.contains(action.kind) && Int.random(in: 0..<4, using: &random) == 0
                action.isLooped = !action.isEach && StructureReader.perRound.contains(action.kind) && Int.random(in: 0..<6, using: &random) == 0
                if Int.random(in: 0..<4, using: &random) == 0 { action.when = .init(polarity: Bool.random(using: &random) ? .good : .bad, threshold: Bool.random(using: &random) ? 0.7 : nil) }
                return action
            }
            if Int.random(in: 0..<6, using: &random) == 0, count > 2 {
                understanding.ways = ["a", "b"]
                for index in understanding.actions.indices.suffix(2) { understanding.actions[index].way = index - count + 2 }
            }
            if Int.random(in: 0..<8, using: &random) == 0 { understanding.forbidden = ["protect"] }
            do {
                var draft = try GoalPlanner(catalogue: planner.catalogue, understanding: understanding).draft(name: "random")
                let definition = try PlanMender(catalogue: planner.catalogue, understanding: understanding).mended(&draft)
                #expect(errors(definition).isEmpty)
                planned += 1
            } catch let fault as Fault {
                #expect(fault.code == .workflowPlan)
                // A refusal is about a leak that nothing may mend, never about a plan that came out wrong.
                #expect(fault.message.contains("leak") || fault.message.contains("泄露"), "\(understanding.actions.map { ($0.kind, $0.isEach, $0.isLooped, $0.way ?? -1) }): \(fault.message)")
            }
        }
        #expect(planned > 150)
    }

    @Test func whatWouldLeakIsMendedOrRefusedWithItsPath() throws {
        let plan = try planner.plan("Import a.csv and export it")
        #expect(plan.nodes == ["data-import", "protect", "data-export"])
        #expect(plan.explanations.first { $0.kind == "protect" }?.reason.english.contains("without it") ?? false)
        let refusal = #expect(throws: Fault.self) { try planner.plan("Import a.csv and export it without masking") }
        #expect(refusal?.code == .workflowPlan)
        #expect(refusal?.message.contains("data-import") ?? false)
    }

    /// A notice that depends on a graded value learns yes or no, through protection.
    @Test func conditionsOverGradedValuesBecomeProtectedVerdicts() throws {
        let plan = try planner.plan("导入 a.csv，校验，不合格就通知张三")
        let notify = plan.definition.steps.first { $0.kind == "notify" }
        #expect(notify?.condition?.value.references.first?.source == "protect")
        // As a definition is mended: of what is no number the test does not hold.
        #expect(plan.definition.yaml.contains("number(text(value))"))
    }

    @Test func emptyForeignAndHugeRequestsAreRefused() throws {
        for request in ["", "   ", "你好", "hello there", "!!! ??? ...", String(repeating: "导入", count: 20_000)] { #expect(throws: Fault.self) { try planner.plan(request) } }
        // A sub-workflow that is not known is a person's until it is written, and the plan says so.
        for (request, name) in [("调用子流程 nothing-known", "nothing-known"), ("Run the sub-workflow nobody-knows", "nobody-knows")] {
            let plan = try planner.plan(request)
            #expect(plan.definition.workflows[name]?.steps.map(\.kind) == ["human"] && plan.notes.contains { $0.english.contains(name) })
        }
        let many = (0..<200).map { "导入 file\($0).csv，脱敏，" }.joined()
        #expect(errors(try planner.plan(many).definition).isEmpty)
    }

    @Test func kindsThatAreNotThereAreNamedOrRefused() throws {
        let plan = try planner.plan("Import a.csv, mask it and export it")
        #expect(plan.missing == ["data-export", "data-import", "protect"])
        let bare = WorkflowPlanner(catalogue: NodeCatalogue(kinds: [], declared: false))
        let refusal = #expect(throws: Fault.self) { try bare.plan("Import a.csv") }
        #expect(refusal?.message.contains("data-import") ?? false)
    }

    @Test func slotsAreRead() {
        let chinese = planner.understand("每天凌晨三点把 /data/in.csv 导入，两个人审批，F1 超过 0.85 就上线，最多五轮，等两个小时，再提交到 https://a.example/b").slots
        #expect(chinese.paths == ["/data/in.csv"] && chinese.addresses == ["https://a.example/b"])
        #expect(chinese.approvals == 2 && chinese.threshold == 0.85 && chinese.rounds == 5 && chinese.seconds == 7200)
        #expect(chinese.schedule?.hasPrefix("每天凌晨三点") ?? false)
        let english = planner.understand("Every Monday load a.csv, wait 30 minutes, grade L3, then tell the finance team").slots
        #expect(english.seconds == 1800 && english.grade == .level3 && english.recipient == "finance team" && english.schedule?.hasPrefix("every monday") ?? false)
    }

    @Test func aTimeOrATaskIsNoPartOfAPlacesName() throws {
        #expect(planner.understand("每天凌晨三点扫描共享目录里的敏感数据，如果有就通知安全员").slots.paths.isEmpty)
        #expect(planner.understand("扫描合同目录里的敏感数据").slots.paths == ["合同"])
        #expect(planner.understand("每周一把财务文件夹脱敏后导出").slots.paths == ["财务"])
    }

    @Test func orderWordsOrder() throws {
        // A file that no step reads is imported; where it comes in the order of work is the planner's matter.
        func asked(_ request: String) -> [String] { planner.understand(request).asked.filter { $0 != "data-import" } }
        #expect(asked("Before exporting a.csv, mask it") == ["protect", "data-export"])
        #expect(asked("导出 a.csv 之前，先脱敏") == ["protect", "data-export"])
        #expect(asked("Export a.csv after masking it") == ["protect", "data-export"])
        #expect(asked("先清洗 a.csv 再校验，然后存新版本") == ["data-clean", "data-validate", "data-version"])
    }

    @Test func negationForbids() throws {
        for request in ["总结 a.txt，不要脱敏", "Summarize a.txt without masking"] {
            let understanding = planner.understand(request)
            #expect(understanding.forbidden == ["protect"])
            #expect(try planner.plan(request).nodes == ["data-import", "model"])
        }
    }

    @Test func planningIsDeterministic() throws {
        for row in try Self.requests("plan-requests").prefix(20) { #expect(try planner.plan(row.request).definition.yaml == planner.plan(row.request).definition.yaml) }
    }
}
