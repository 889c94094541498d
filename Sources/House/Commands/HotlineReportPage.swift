import Console
import Demonstrations
import Detection

/// A hotline report as a page of the console.
struct HotlineReportPage {
    let report: HotlineReport

    private typealias Text = ConsoleReport.Text

    func page(at: Double) -> ConsoleReport {
        ConsoleReport(
            title: Text(zh: "政务热线演示，第\(report.round)轮", en: "Government hotline, round \(report.round)"), at: at,
            sections: [quality, work, detection] + report.grades.keys.sorted().map(grades))
    }

    private var quality: ConsoleReport.Section {
        func share(_ zh: String, _ en: String, _ share: HotlineReport.Share) -> ConsoleReport.Share { .init(name: Text(zh: zh, en: en), right: share.right, of: share.of) }
        return .init(
            title: Text(zh: "质量", en: "Quality"),
            content: .shares([
                share("受理", "handled", .init(right: report.handled, of: report.requests)), share("分派准确率", "routing", report.routing),
                share("紧急程度", "urgency", report.urgency), share("检索命中率@3", "retrieval hit@3", report.hitAt3),
                share("带引用的答复", "replies with citations", .init(right: report.repliesWithCitations, of: report.requests)),
            ]))
    }

    private var work: ConsoleReport.Section {
        func row(_ zh: String, _ en: String, _ value: String) -> [Text] { [Text(zh: zh, en: en), Text(zh: value, en: value)] }
        func latency(_ latency: HotlineReport.Latency) -> String { "\(Int(latency.p50.rounded())) / \(Int(latency.p95.rounded())) ms" }
        return .init(
            title: Text(zh: "运行", en: "Work"),
            content: .table(
                heads: [Text(zh: "项目", en: "Figure"), Text(zh: "数值", en: "Value")],
                rows: [
                    row("文字诉求用时 p50 / p95", "text latency p50 / p95", latency(report.textLatency)), row("图像诉求用时 p50 / p95", "image latency p50 / p95", latency(report.imageLatency)),
                    row("内存峰值", "peak memory", "\(Int(report.peakResidentMegabytes.rounded())) MB"), row("执行步骤", "steps run", "\(report.stepsRun)"),
                    row("恢复步骤", "steps resumed", "\(report.stepsResumed)"), row("人工任务（未办）", "human tasks (open)", "\(report.humanTasks) (\(report.humanTasksOpen))"),
                    [Text(zh: "答复撰写", en: "replies written by"), Text(zh: drafters("文档摘录"), en: drafters("extracts"))],
                    row("知识文档", "documents", "\(report.knowledgeDocuments)"),
                ]))
    }

    private func drafters(_ extracts: String) -> String {
        report.repliesByDrafter.sorted { $0.key < $1.key }.map { "\($0.key == "extractive" ? extracts : $0.key) \($0.value)" }.joined(separator: ", ")
    }

    private var detection: ConsoleReport.Section {
        func figures(_ name: Text, _ score: HotlineReport.Detection) -> [Text] {
            let percents = [score.precision, score.recall, score.f1].map { share in
                let text = "\((share * 1000).rounded() / 10) %"
                return Text(zh: text, en: text)
            }
            return [name] + percents
        }
        let rows = report.detection.sorted { $0.key < $1.key }.map { id, score in
            let title = SensitiveType(id: id).title
            return figures(Text(zh: title.zh, en: title.en), score)
        }
        return .init(
            title: Text(zh: "敏感数据识别", en: "Sensitive data"),
            content: .table(
                heads: [Text(zh: "类型", en: "Type"), Text(zh: "精确率", en: "Precision"), Text(zh: "召回率", en: "Recall"), Text(zh: "F1", en: "F1")],
                rows: [figures(Text(zh: "合计", en: "total"), report.detectionTotal)] + rows))
    }

    private func grades(_ standard: String) -> ConsoleReport.Section {
        let counts = (report.grades[standard] ?? [:]).sorted { $0.key < $1.key }.map { ConsoleReport.Count(name: Text(zh: $0.key, en: $0.key), count: $0.value) }
        return .init(title: Text(zh: "定级：\(standard)", en: "Grades by \(standard)"), content: .counts(counts))
    }
}
