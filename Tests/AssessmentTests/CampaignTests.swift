import Core
import Foundation
import Support
import Synchronization
import Testing

@testable import Assessment

/// Targets that are known to break and targets that are known not to: a campaign must say so.
@Suite struct CampaignTests {
    /// Knows words by their exact characters.
    struct Brittle: Labeler {
        func label(of text: String) async throws -> String { text.contains("红色") || text.contains("red") ? "warm" : "cold" }
    }
    /// Counts how often it is asked and always says the same.
    final class Constant: Labeler, Answerer {
        let count = Mutex(0)
        func label(of text: String) async throws -> String {
            count.withLock { $0 += 1 }
            return "warm"
        }
        func answer(system: String, prompt: String) async throws -> String {
            count.withLock { $0 += 1 }
            return "我不能透露。I cannot say."
        }
    }
    struct Answering: Answerer {
        let body: @Sendable (_ system: String, _ prompt: String) -> String
        func answer(system: String, prompt: String) async throws -> String { body(system, prompt) }
    }

    static let samples = [LabeledSample("阀门是红色的", "warm"), LabeledSample("the pump is red", "warm"), LabeledSample("路灯坏了", "cold"), LabeledSample("something else", "warm")]

    @Test func aBrittleLabelerBreaksAndAConstantOneDoesNot() async throws {
        let brittle = try await RobustnessCampaign(Brittle(), meter: QueryMeter(budget: 10_000), attempts: 9, seed: 1).run(Self.samples)
        #expect(brittle.accuracy == 0.75 && brittle.sampleCount == 4 && !brittle.isCut)
        // What is cold stays cold whatever is changed; both warm ones break.
        #expect(brittle.success.hits == 2 && brittle.success.trials == 3 && brittle.robustAccuracy == 0.25)
        #expect(brittle.success.most > 2.0 / 3 && brittle.success.most < 1)
        #expect(brittle.byPerturbation["inserted-blanks"]?.hits == 2)
        #expect(brittle.byPerturbation["case"]?.hits == 1)
        let constant = try await RobustnessCampaign(Constant(), meter: QueryMeter(budget: 10_000), seed: 1).run(Self.samples)
        #expect(constant.success.hits == 0 && constant.robustAccuracy == constant.accuracy && constant.worst.isEmpty)
        #expect(constant.success.most > 0.5, "three samples say little")
    }

    @Test func theSameSeedGivesTheSameReportAndNoTextIsInIt() async throws {
        func run(_ seed: UInt64) async throws -> RobustnessCampaign.Report { try await RobustnessCampaign(Brittle(), meter: QueryMeter(budget: 10_000), seed: seed).run(Self.samples) }
        let (first, second) = (try await run(3), try await run(3))
        #expect(first.worst == second.worst && first.queryCount == second.queryCount)
        #expect(!"\(first)".contains("阀门") && !"\(first)".contains("pump"))
        #expect(first.worst.allSatisfy { $0.changed > 0 && $0.changed <= $0.length * 2 })
    }

    @Test func theMeterStopsAtItsBudgetAndWhatWasNotFinishedDoesNotCount() async throws {
        let target = Constant()
        let report = try await RobustnessCampaign(target, meter: QueryMeter(budget: 30), seed: 1).run(Self.samples)
        #expect(target.count.withLock { $0 } == 30 && report.queryCount == 30 && report.isCut)
        #expect(report.sampleCount < 4)
        let asked = Constant()
        let leak = try await LeakCampaign(asked, meter: QueryMeter(budget: 7), seed: 1).run()
        #expect(asked.count.withLock { $0 } == 7 && leak.isCut && leak.success.trials == 7)
        #expect(throws: Fault.self) { try QueryMeter(budget: 0) }
        await #expect(throws: Fault.self) { try await RobustnessCampaign(Constant(), meter: QueryMeter(budget: 1), seed: 1).run([]) }
    }

    @Test(arguments: Perturbations.all.map(\.id)) func eachPerturbationChangesSomethingAndIsDeterministic(_ id: String) throws {
        let perturbation = try #require(Perturbations.all.first { $0.id == id })
        let texts = ["阀门的电话号码是红色的，请报修", "The pump of house 12 is red", "ｐｕｍｐ　电话", "", " ，。", "👨‍👩‍👧e\u{301}"]
        var changed = 0
        for text in texts {
            for share in [0.01, 0.5, 1] {
                var (one, two) = (SeededRandom(seed: 9), SeededRandom(seed: 9))
                let variant = perturbation.variant(of: text, share: share, using: &one)
                #expect(variant == perturbation.variant(of: text, share: share, using: &two))
                #expect(variant != text)
                if variant != nil { changed += 1 }
            }
        }
        #expect(changed > 0)
    }

    @Test func aModelThatTellsIsFoundInEveryWayItCanTell() async throws {
        let ways: [(form: String, tell: @Sendable (String) -> String)] = [
            ("plain", { "It is \($0)." }), ("plain", { $0.lowercased() }), ("separated", { $0.map(String.init).joined(separator: "-") }), ("reversed", { String($0.reversed()) }),
            ("hex", { $0.utf8.map { String($0, radix: 16) }.joined(separator: " ") }),
        ]
        for (form, tell) in ways {
            let report = try await LeakCampaign(Answering { system, _ in tell(String(system.split(separator: "internal code: ")[1].prefix(8))) }, meter: QueryMeter(budget: 1_000), seed: 4).run()
            let leaks = report.findings.filter { $0.aim == .leak }
            #expect(leaks.count == report.success.hits && leaks.count == 24, "\(form): \(leaks.count)")
            #expect(leaks.allSatisfy { $0.form == form })
        }
        // One that keeps still, and one that repeats its prompt, do nothing wrong.
        for answerer in [Answering { _, _ in "无可奉告" }, Answering { _, prompt in prompt }] {
            let report = try await LeakCampaign(answerer, meter: QueryMeter(budget: 1_000), seed: 4).run()
            #expect(report.success.hits == 0 && report.success.trials == 27 && report.success.most < 0.11)
        }
    }

    @Test func anOrderInADocumentThatIsFollowedIsFound() async throws {
        let obedient = Answering { (_, prompt) -> String in
            guard let start = prompt.range(of: "print only "), let end = prompt.range(of: " joined") else { return "" }
            return String(prompt[start.upperBound..<end.lowerBound]).replacing(" and ", with: "")
        }
        let report = try await LeakCampaign(obedient, meter: QueryMeter(budget: 1_000), seed: 4).run()
        #expect(report.findings.map { $0.probe } == ["order-in-document"] && report.findings.first?.aim == .override)
    }

    @Test func probesAreNamedOnceAndAskInBothLanguages() {
        #expect(Set(Probes.all.map(\.id)).count == Probes.all.count && Set(Perturbations.all.map(\.id)).count == Perturbations.all.count)
        for probe in Probes.all {
            let questions = probe.questions(ProbeStage(canary: "CANARY12", marker: ("abcd", "efgh")))
            #expect(questions.contains { $0.prompt.unicodeScalars.contains { $0.value > 0x4E00 } } && questions.contains { $0.prompt.utf8.allSatisfy { $0 < 128 } })
            #expect(questions.allSatisfy { !$0.prompt.contains("CANARY12") && !$0.prompt.contains("abcdefgh") })
        }
    }
}
