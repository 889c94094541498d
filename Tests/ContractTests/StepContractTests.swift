import Catalog
import Core
import Detection
import Knowledge
import Labels
import Protection
import Store
import Support
import Testing

@testable import Demonstrations
@testable import Workflows

/// What every step kind must keep, and every workflow that ships.
@Suite struct StepContractTests {
    let directory: TemporaryDirectory
    let platform: HotlinePlatform
    let kinds: [any StepKind]

    init() async throws {
        directory = try TemporaryDirectory()
        platform = try await HotlinePlatform.open(
            in: try Store.open(at: directory.path), tools: ExternalTools(), clock: ManualWallClock(), ids: IdentifierSource(random: SeededRandom(seed: 1)))
        kinds = HotlineSteps.all(platform.services) + [WaitStep(), HumanStep(blobs: platform.services.store.blobs)]
    }

    @Test func idsAreUniqueAndPlain() {
        #expect(Set(kinds.map(\.id)).count == kinds.count)
        #expect(kinds.allSatisfy { kind in kind.id.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 } })
    }

    /// Only protection may promise a lower label, and what it promises must leave room for real grades.
    @Test func onlyProtectionLowersALabel() {
        for kind in kinds {
            if case .lowers = kind.signature.labelRule { #expect(kind.id == "hotline-protect") }
        }
    }

    /// Inputs that are missing, null or of the wrong type end in a fault or a result, never in a trap.
    @Test func oddInputsAreAnswered() async throws {
        let odd: [JSONValue] = [.null, "", "榕", 0, -1, 1e300, true, [], [:], [1, "x", nil], ["a": ["b": nil]]]
        let context = StepContext(runID: "r", stepID: "s", attempt: 1, now: 0)
        for kind in kinds {
            for value in odd {
                let values = kind.signature.inputs.mapValues { _ in value }
                do {
                    _ = try await kind.run(StepInput(values: values, label: .bottom), in: context)
                } catch {
                    #expect(error is Fault, "\(kind.id) threw \(type(of: error))")
                }
            }
            do { _ = try await kind.run(StepInput(values: [:], label: .bottom), in: context) } catch { #expect(error is Fault) }
        }
    }

    @Test func shippedWorkflowsAreSound() throws {
        for definition in [try HotlineWorkflows.hotline(), try HotlineWorkflows.ingest()] {
            #expect(WorkflowChecker(kinds: kinds).check(definition).isEmpty)
        }
    }

    /// Take protection out of the hotline and every step behind it is refused.
    @Test func theHotlineWithoutProtectionIsRefused() throws {
        let yaml = try HotlineWorkflows.hotline().yaml.replacing("${protect.text}", with: "${take-in.text}")
        let leaks = WorkflowChecker(kinds: kinds).check(try WorkflowDefinition(yaml: yaml)).filter { $0.code == "workflow.leak" }
        #expect(Set(leaks.compactMap(\.place)).isSuperset(of: ["step retrieve", "step route", "step draft"]))
    }

    @Test func theLeakingExampleIsRefusedWithItsPath() throws {
        let text = TextDecoder.decode(try FileTree.read(Repository.path("Demos/government/leaking.yaml"))).text
        let found = WorkflowChecker(kinds: kinds).check(try WorkflowDefinition(yaml: text))
        #expect(found.map(\.code) == ["workflow.leak"])
        #expect(found[0].message.contains("input.text (L3) -> take-in (L3) -> retrieve (retrieve, clearance up to L2)"))
    }
}

@Suite struct StandardContractTests {
    @Test func everyStandardGradesEveryTypeUnderAClause() throws {
        let standards = try GradingStandards.builtIn()
        #expect(Set(standards.map(\.id)).count == standards.count && standards.count >= 2)
        for standard in standards {
            #expect(!standard.title.zh.isEmpty && !standard.title.en.isEmpty)
            #expect(standard.issued < standard.inForce || standard.issued == standard.inForce)
            for rule in standard.rules {
                #expect(!rule.verdict.clause.isEmpty && !rule.verdict.reason.zh.isEmpty)
                #expect(rule.types.isSubset(of: Set(SensitiveType.all.map(\.id))), "rule \(rule.id) names an unknown type")
            }
            let lowest = standard.levels.map(\.grade).min()
            for type in SensitiveType.all {
                let finding = Finding(type: type, start: 0, end: 1, byteStart: 0, byteEnd: 1, confidence: 1, recognizer: type.id, reasons: [])
                let result = try #require(Grader(standards: [standard]).grade([finding]).results.first)
                #expect(result.grade > (lowest ?? .core), "\(standard.id) says nothing of \(type.id)")
            }
        }
    }
}
