import Core
import Detection
import Foundation
import Knowledge
import Nodes
import Protection
import Workflows

/// Compares the journal of a round with the gold labels.
struct HotlineScore: Sendable {
    let platform: HotlinePlatform
    let round: DemonstrationRounds.Round
    let requests: [HotlineRequest]

    func report() async throws -> HotlineReport {
        var report = HotlineReport()
        report.round = round.number
        report.requests = requests.count
        var textTimes: [Double] = []
        var imageTimes: [Double] = []
        for request in requests {
            let run = try await platform.engine.detail(round.runID(of: request.id))
            count(run, in: &report)
            if let gold = request.gold { score(run, of: request, against: gold, in: &report) }
            let milliseconds = Self.milliseconds(of: run)
            if request.image == nil { textTimes.append(milliseconds) } else { imageTimes.append(milliseconds) }
        }
        report.textLatency = Self.latency(textTimes)
        report.imageLatency = Self.latency(imageTimes)
        for (_, score) in report.detection { report.detectionTotal.add(score) }
        let steps = try await platform.engine.steps(runPrefix: round.runPrefix)
        report.stepsRun = steps.done
        report.stepsResumed = steps.cutShort(waiting: report.humanTasksOpen)
        report.effectsRepeated = try await EffectCounter().totals(in: platform.services.store).repeated
        report.knowledgeDocuments = try await platform.services.knowledge.documents().count
        report.auditRows = try await platform.services.audit.verify().rowCount - round.auditRowsBefore
        report.peakResidentMegabytes = Self.peakResidentMegabytes()
        return report
    }

    private func count(_ run: RunDetail, in report: inout HotlineReport) {
        switch run.summary.status {
        case .completed:
            report.handled += 1
            report.closed += 1
        case .waiting: report.handled += 1
        case .failed: report.failed += 1
        case .running, .sleeping, .paused, .cancelled: break
        }
        if !(run.outputs["draft"]?["citations"]?.array ?? []).isEmpty { report.repliesWithCitations += 1 }
        if let drafter = run.outputs["draft"]?["drafter"]?.string { report.repliesByDrafter[drafter, default: 0] += 1 }
        for result in run.outputs["grade"]?["results"]?.array ?? [] {
            guard let standard = result["standard"]?.string, let level = result["level"]?.string else { continue }
            report.grades[standard, default: [:]][level, default: 0] += 1
        }
        if let review = run.steps.first(where: { $0.id == "review" }), review.status != "skipped" {
            report.humanTasks += 1
            if review.status == "waiting" { report.humanTasksOpen += 1 }
        }
    }

    private func score(_ run: RunDetail, of request: HotlineRequest, against gold: HotlineRequest.Gold, in report: inout HotlineReport) {
        report.routing.count(run.outputs["route"]?["department"]?.string == gold.department)
        if let urgency = gold.urgency { report.urgency.count(run.outputs["route"]?["urgency"]?.string == urgency) }
        if !gold.documents.isEmpty {
            var found: [String] = []
            for hit in run.outputs["retrieve"]?["hits"]?.array ?? [] {
                if let document = hit["document"]?.string, !found.contains(document) { found.append(document) }
            }
            report.hitAt3.count(found.prefix(3).contains { gold.documents.contains($0) })
        }
        let findings = (try? Finding.list(run.outputs["detect"]?["findings"])) ?? []
        let found: [String]
        let wanted: [String]
        if request.image == nil {
            found = findings.map { "\($0.type.id) \($0.start)-\($0.end)" }
            wanted = gold.spans.map { "\($0.type) \($0.start)-\($0.end)" }
        } else {
            let scalars = Array((run.outputs["take-in"]?["text"]?.string ?? "").unicodeScalars)
            found = findings.map { "\($0.type.id) \(Self.bare(scalars[min($0.start, scalars.count)..<min($0.end, scalars.count)]))" }
            wanted = gold.spans.map { "\($0.type) \(Self.bare($0.text.unicodeScalars))" }
        }
        Self.compare(found, wanted, in: &report.detection)
    }

    /// Counts what is in both, one by one; the type is the first word.
    static func compare(_ found: [String], _ wanted: [String], in scores: inout [String: HotlineReport.Detection]) {
        func type(_ key: String) -> String { String(key.prefix { $0 != " " }) }
        var left = wanted
        for key in found {
            if let index = left.firstIndex(of: key) {
                left.remove(at: index)
                scores[type(key), default: .init()].truePositives += 1
            } else {
                scores[type(key), default: .init()].falsePositives += 1
            }
        }
        for key in left { scores[type(key), default: .init()].falseNegatives += 1 }
    }

    /// Letters and digits only: OCR adds and loses spaces and marks.
    private static func bare(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var out = String.UnicodeScalarView()
        for scalar in scalars where scalar.properties.isAlphabetic || scalar.properties.numericType != nil { out.append(scalar) }
        return String(out)
    }

    /// Machine time of a run: each step from its start to its end, people's time left out.
    private static func milliseconds(of run: RunDetail) -> Double {
        run.steps.filter { $0.id != "review" }.reduce(0) { $0 + max(0, ($1.endedAt ?? $1.startedAt) - $1.startedAt) } * 1000
    }

    /// Percentiles by the nearest rank.
    static func latency(_ milliseconds: [Double]) -> HotlineReport.Latency {
        let sorted = milliseconds.sorted()
        func percentile(_ share: Double) -> Double {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
        }
        return .init(p50: percentile(0.5), p95: percentile(0.95), count: sorted.count)
    }

    /// The process's highest resident set so far, as the kernel counts it (`VmHWM`); 0 where there is no /proc. OCR runs in processes of its own.
    static func peakResidentMegabytes() -> Double {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Double($0) })
        else { return 0 }
        return kilobytes / 1024
    }
}
