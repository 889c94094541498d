import Core
import Demonstrations
import Foundation

/// A hotline report as a page of text.
struct HotlineReportText {
    let report: HotlineReport

    var text: String {
        [headline, quality, detection, grades, work].joined(separator: "\n\n") + "\n\n"
            + Terminal.say(
                "Next: `banyan serve` opens the console; `banyan audit verify` checks the audit chain.",
                "下一步：`banyan serve` 打开控制台；`banyan audit verify` 校验审计链。")
    }

    private func say(_ en: String, _ zh: String) -> String { Terminal.say(en, zh) }

    private func percent(_ value: Double) -> String { String(format: "%5.1f %%", value * 100) }

    private var headline: String {
        say(
            "Government hotline, round \(report.round): \(report.handled) of \(report.requests) requests handled, \(report.closed) closed, \(report.failed) failed",
            "政务热线演示 第\(report.round)轮：受理 \(report.handled)/\(report.requests) 件，办结 \(report.closed) 件，失败 \(report.failed) 件")
    }

    private var quality: String {
        func row(_ name: String, _ share: HotlineReport.Share) -> [String] {
            [name, Terminal.bar(share.value), percent(share.value), "\(share.right)/\(share.of)"]
        }
        return Terminal.table([
            row(say("routing accuracy", "分派准确率"), report.routing), row(say("urgency accuracy", "紧急程度准确率"), report.urgency),
            row(say("retrieval hit@3", "检索命中率@3"), report.hitAt3),
            row(say("replies with citations", "带引用的答复"), .init(right: report.repliesWithCitations, of: report.requests)),
        ])
    }

    private var detection: String {
        let header = [say("sensitive data", "敏感数据"), say("precision", "精确率"), say("recall", "召回率"), "F1", "TP/FP/FN"]
        func row(_ name: String, _ score: HotlineReport.Detection) -> [String] {
            [
                name, percent(score.precision), percent(score.recall), percent(score.f1),
                "\(score.truePositives)/\(score.falsePositives)/\(score.falseNegatives)",
            ]
        }
        let rows = report.detection.sorted { $0.key < $1.key }.map { row($0.key, $0.value) }
        return Terminal.table([header] + rows + [row(say("all", "合计"), report.detectionTotal)])
    }

    private var grades: String {
        let most = report.grades.values.flatMap(\.values).max() ?? 1
        let rows = report.grades.sorted { $0.key < $1.key }.flatMap { standard, levels in
            levels.sorted { $0.key < $1.key }.map { [standard, $0.key, Terminal.bar(Double($0.value) / Double(most)), "\($0.value)"] }
        }
        return say("Grades by standard", "按标准分级") + "\n" + Terminal.table(rows)
    }

    private var work: String {
        Terminal.table([
            [say("human tasks", "人工任务"), "\(report.humanTasks) (\(report.humanTasksOpen) \(say("open", "待办")))"],
            [say("replies written by", "答复撰写"), report.repliesByDrafter.sorted { $0.key < $1.key }.map { "\(drafter($0.key)) \($0.value)" }.joined(separator: ", ")],
            [say("latency, text requests", "文本请求时延"), latency(report.textLatency)],
            [say("latency, image requests (OCR)", "图像请求时延（含OCR）"), latency(report.imageLatency)],
            [say("peak memory", "内存峰值"), String(format: "%.0f MB", report.peakResidentMegabytes)],
            [say("steps run / resumed", "步骤 执行/恢复"), "\(report.stepsRun) / \(report.stepsResumed)"],
            [say("effects repeated", "重复副作用"), "\(report.effectsRepeated)"],
            [say("knowledge documents", "知识文档"), "\(report.knowledgeDocuments)"],
            [say("audit rows", "审计记录"), "\(report.auditRows)"],
        ])
    }

    private func drafter(_ name: String) -> String { name == "extractive" ? say("extracts", "文档摘录") : name }

    private func latency(_ latency: HotlineReport.Latency) -> String {
        String(format: "p50 %.0f ms, p95 %.0f ms (n = %d)", latency.p50, latency.p95, latency.count)
    }
}
