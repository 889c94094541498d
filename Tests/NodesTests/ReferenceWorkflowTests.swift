import Catalog
import Core
import Detection
import Knowledge
import Labels
import Nodes
import Protection
import Store
import Support
import Testing
import Workflows

/// The reference workflows of `Demos/workflows`, run for real over the data beside them.
@Suite struct ReferenceWorkflowTests {
    /// A house whose import root is the demonstration's data, and an engine over it with a person whose answers are scripted.
    struct Stage {
        let house: NodeHouse
        let services: NodeServices
        let engine: WorkflowEngine

        init(answers: [String: JSONValue] = [:]) throws {
            house = try NodeHouse()
            var settings = house.services.settings
            settings.importRoot = Repository.path("Demos/workflows/data")
            let base = house.services
            services = NodeServices(
                store: base.store, catalog: base.catalog, knowledge: base.knowledge, detector: base.detector, grader: base.grader, protector: base.protector, audit: base.audit, register: base.register,
                tools: base.tools, settings: settings)
            engine = WorkflowEngine(store: house.store, kinds: NodeRegistry.all(services) + [ScriptedPerson(answers: answers)], clock: SystemWallClock(), ids: IdentifierSource(random: SeededRandom(seed: 5)))
        }

        func definition(_ name: String, replacing old: String = "", with new: String = "") throws -> WorkflowDefinition {
            let text = TextDecoder.decode(try FileTree.read(Repository.path("Demos/workflows/\(name).yaml"))).text
            return try WorkflowDefinition(yaml: old.isEmpty ? text : text.replacing(old, with: new))
        }

        func start(_ name: String, _ input: [String: JSONValue]) async throws -> (run: String, status: RunStatus) {
            let run = try await engine.start(try definition(name), input: Labeled(input, .bottom))
            return (run, try await engine.advance(run))
        }

        func answer(_ run: String, _ choice: String) async throws -> RunStatus {
            let task = try #require(try await engine.tasks().first { $0.runID == run })
            try await engine.answer(task.id, TaskAnswer(choice: choice, comment: nil, by: "li", at: house.clock.now, attachments: []))
            return try await engine.advance(run)
        }
    }

    static let tuning: [String: JSONValue] = ["data": "work-orders.jsonl", "name": "work-orders", "least": 0.7, "contact": "ops@example.org"]
    static let rules: JSONValue = [
        ["field": "编号", "required": true, "unique": true, "pattern": "[EWN]-[0-9]{4}"], ["field": "年龄", "type": "integer", "min": 0, "max": 120], ["field": "日期", "type": "date"], ["field": "手机号", "pattern": "1[0-9]{10}"],
    ]

    @Test func aModelIsTunedMeasuredApprovedAndDeployed() async throws {
        let stage = try Stage()
        let (run, status) = try await stage.start("fine-tune-and-deploy", Self.tuning)
        let failure = try await stage.engine.detail(run).summary.failure
        #expect(status == .waiting, "\(failure ?? "")")
        #expect(try await stage.answer(run, "approve") == .completed)
        let result = try #require(try await stage.engine.detail(run).result)
        #expect((result.value["f1"]?.double ?? 0) >= 0.7 && result.value["decision"] == "approve" && result.label.grade == .level2)
        let deployment = try #require(try await Deployments(store: stage.house.store).deployment("work-orders"))
        #expect(deployment.version == result.value["model"]?.string)
        // Back from the model to the masked data that it learned from.
        let model = try #require(deployment.version)
        #expect(try await stage.services.catalog.origins(of: model).map(\.from).allSatisfy { $0.hasPrefix("tuning/work-orders@") })
        let learned = try #require(try await stage.services.catalog.versions(of: "tuning/work-orders").first)
        #expect(learned.label.grade == .level2)
        #expect(try stage.services.detector.detect(bytes: try stage.house.store.blobs.get(learned.blob)).findings.allSatisfy { $0.type.id != "mobile" })
        #expect(try await Outbox(store: stage.house.store).waiting().isEmpty)
    }

    @Test func aReturnedModelAndAPoorOneAreNotDeployed() async throws {
        let stage = try Stage()
        let (run, _) = try await stage.start("fine-tune-and-deploy", Self.tuning)
        #expect(try await stage.answer(run, "return") == .completed)
        let (poor, status) = try await stage.start("fine-tune-and-deploy", Self.tuning.merging(["least": 1.01]) { $1 })
        #expect(status == .completed)
        #expect(try await stage.engine.detail(poor).result?.value["decision"] == "below")
        #expect(try await Deployments(store: stage.house.store).all().isEmpty)
        #expect(try await Outbox(store: stage.house.store).waiting().map(\.to) == ["ops@example.org", "ops@example.org"])
    }

    @Test func aFolderOfDirtyDataIsGoverned() async throws {
        let stage = try Stage()
        let (run, status) = try await stage.start("data-governance", ["folder": "governance", "rules": Self.rules])
        let failure = try await stage.engine.detail(run).summary.failure
        #expect(status == .completed, "\(failure ?? "")")
        let files = try #require(try await stage.engine.detail(run).result?.value["files"]?.array)
        let east = try #require(files.first { $0["file"]?.string?.hasPrefix("east-") == true })
        // 42 rows: one is there twice, one is empty; an impossible age, an impossible day and a number given twice are held back.
        #expect(files.count == 3 && east["rows"] == 42 && east["kept"] == 37 && east["invalid"] == 3)
        #expect(east["grade"]?.string?.hasPrefix("L4") == true && east["findings"]?["resident-id"] == 37)
        for file in files {
            let text = TextDecoder.decode(try FileTree.read(stage.house.directory.file("export/\(file["file"]?.string ?? "")"))).text
            #expect(!text.contains(/[0-9]{11}/) && text.contains("编号"))
            let origins = try await stage.services.catalog.origins(of: file["version"]?.string ?? "")
            #expect(origins.count == 1 && origins[0].from.hasPrefix("original/governance/"))
        }
        #expect(try await stage.services.catalog.versions(of: "original/governance/east.csv").map(\.label.grade) == [.level4])
        #expect(try await stage.services.register.subjects().count == 3)
        #expect(try await stage.services.audit.verify().firstBroken == nil)
    }

    @Test func peopleCorrectWhatMachinesRead() async throws {
        let stage = try Stage(answers: ["text": "报修单\n河东路三号楼配电箱冒烟\n联系人手机 13812345678", "heard": "请尽快派人", "boxes": []])
        let input: [String: JSONValue] = ["image": "notice.png", "audio": "call.wav", "document": "repair-1"]
        if ExternalTools().locate("tesseract") == nil {
            let (run, status) = try await stage.start("people-and-media", input)
            let failure = try await stage.engine.detail(run).summary.failure ?? ""
            #expect(status == .failed && failure.contains("tesseract"))
            return
        }
        let (run, status) = try await stage.start("people-and-media", input)
        let detail = try await stage.engine.detail(run)
        #expect(status == .completed, "\(detail.summary.failure ?? "")")
        #expect(detail.outputs["page"]?["text"]?.string?.contains("配电箱") == true)
        let boxes = try #require(detail.outputs["page"]?["boxes"]?.array)
        #expect(!boxes.isEmpty && boxes.allSatisfy { ($0["w"]?.int ?? 0) > 0 && ($0["x"]?.int ?? -1) >= 0 })
        #expect((detail.result?.value["replaced"]?.int ?? 0) >= 1)
        let hits = try await stage.services.knowledge.search("配电箱冒烟", clearance: Clearance(upTo: .level2))
        #expect(hits.first?.document == "repair-1" && hits.first?.text.contains("138******78") == true)
        let origins = try await stage.services.catalog.origins(of: detail.result?.value["version"]?.string ?? "")
        #expect(Set(origins.map { $0.from.prefix { $0 != "@" } }) == ["media/notice.png", "media/call.wav"])
    }

    /// Take protection out and each of them is refused before it runs.
    @Test func withoutProtectionTheyAreRefused() throws {
        let stage = try Stage()
        let checker = WorkflowChecker(kinds: NodeRegistry.all(stage.services) + [ScriptedPerson(answers: [:])])
        for (name, masked, plain) in [
            ("data-governance", "${protect.records}", "${validate.valid}"), ("people-and-media", "${protect.text}", "${joined.text}"), ("fine-tune-and-deploy", "${protect.records}", "${import.records}"),
        ] {
            #expect(checker.check(try stage.definition(name)).filter { $0.severity == .error }.isEmpty, "\(name)")
            let leaks = checker.check(try stage.definition(name, replacing: masked, with: plain)).filter { $0.code == "workflow.leak" }
            // What stays in the house may be grave: only the exports and the notices of the others refuse it.
            #expect(leaks.isEmpty == (name == "people-and-media"), "\(name)")
        }
    }
}

/// A person as a test has one: asks for a choice like the engine's own kind, and fills in a form from a script.
struct ScriptedPerson: StepKind {
    let answers: [String: JSONValue]
    let id = "human"
    let signature = StepSignature(
        inputs: [
            "title": .init(.string), "body": .init(.any, isRequired: false), "choices": .init(.array, isRequired: false), "form": .init(.array, isRequired: false), "approvals": .init(.number, isRequired: false),
        ],
        outputs: ["choice": .string, "comment": .string, "by": .string, "values": .object], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        if input.values["form"]?.array != nil { return .done(output: ["choice": "approve", "comment": "", "by": "li", "values": .object(answers)]) }
        let choices = input.values["choices"]?.array?.compactMap(\.string) ?? ["approve", "return"]
        return .person(HumanTaskRequest(title: input.values["title"]?.string ?? "", body: input.values["body"] ?? [:], choices: choices, label: input.label))
    }
}
