/// Requests whose plans are known, in both languages: what a request is like when its own words say too little.
///
/// Similarity is the cosine of counts of character pairs (Chinese) and of three letters in a row (English), which needs no model and forgives endings and typing mistakes.
struct PlanTemplates: Sendable {
    /// A known request.
    struct Template: Sendable {
        let name: String
        let chinese: String
        let english: String
        let kinds: [String]

        init(_ name: String, _ chinese: String, _ english: String, _ kinds: String) {
            (self.name, self.chinese, self.english) = (name, chinese, english)
            self.kinds = kinds.split(separator: " ").map(String.init)
        }
    }

    static let all: [Template] = [
        Template("governance", "数据治理全流程：导入、清洗、校验、识别、分级、脱敏、登记版本、导出", "govern a dataset: import, clean, validate, detect, grade, protect, version, export", "data-import data-clean data-validate detect grade protect data-version data-export"),
        Template("clean-and-keep", "整理表格并保存为新版本", "tidy a table and keep it as a new version", "data-import data-clean data-version"),
        Template("quality-report", "检查数据质量，有问题通知负责人", "check data quality and tell the owner about problems", "data-import data-validate notify"),
        Template("mask-and-share", "脱敏后把数据交给合作方", "share a masked copy of the data with a partner", "data-import protect data-export"),
        Template("grade-and-approve", "给数据定级并由管理员审批", "grade data and have a steward approve", "data-import detect grade human"),
        Template("privacy-check", "看看文本里有没有隐私", "does the text hold personal data", "detect"),
        Template("mask-text", "给一段文字打码", "black out the names in a text", "protect"),
        Template("scan-and-alert", "扫描文件夹中的敏感数据并告警", "scan a folder for sensitive data and alert", "scan notify"),
        Template("build-knowledge", "建立知识库，把文档收进去", "build a knowledge base from documents", "data-import knowledge-index"),
        Template("masked-knowledge", "资料脱敏后写入知识库", "index documents after masking them", "data-import protect knowledge-index"),
        Template("answer", "根据资料回答问题", "answer a question from our documents", "knowledge-search model"),
        Template("answer-reviewed", "起草答复，坐席确认后发出", "draft a reply and let an agent confirm it", "knowledge-search model human"),
        Template("summarize", "总结文件内容", "summarize a file", "data-import model"),
        Template("translate-all", "把每份文件翻译成另一种语言", "translate every document", "data-import map model"),
        Template("refine", "反复修改稿件直到满意", "rewrite a draft until it is accepted", "loop model human"),
        Template("triage", "按类型分给人或模型处理", "sort messages to people or the model", "switch human model"),
        Template("train-and-deploy", "训练识别模型，评测达标后上线", "train a recognizer, measure it and deploy it when good enough", "data-import tune-tagger evaluate deploy"),
        Template("tune-and-deploy", "微调大模型，审批后上线", "fine-tune a language model and deploy it after approval", "data-import tune-lora evaluate human deploy"),
        Template("measure", "看看模型的表现怎么样", "see how good a model is", "data-import evaluate"),
        Template("red-team", "找出模型的弱点并报告", "find weaknesses of a model and report them", "assess notify"),
        Template("call-service", "从接口取数据", "get data from a web service", "http"),
        Template("reminder", "过一段时间提醒我", "remind me after some time", "wait notify"),
        Template("weekly-report", "统计数据并写周报，领导审阅后发出", "compute figures, write a weekly report, send it after approval", "data-import transform model protect human notify"),
        Template("sign-off", "审批文件并归档", "approve a document and archive it", "human data-version"),
        Template("figures", "计算表格里的合计", "compute totals of a table", "data-import transform"),
        Template("rollback", "把模型退回上一个版本", "put the model back to its previous version", "rollback"),
    ]

    private let counts: [[String: Double]]

    init() { counts = Self.all.flatMap { [Self.grams(of: $0.chinese), Self.grams(of: $0.english)] } }

    /// The most similar template; nil when nothing is shared.
    func nearest(to request: String) -> (name: String, similarity: Double)? {
        let wanted = Self.grams(of: String(request.prefix(2_000)))
        let best = counts.enumerated().map { ($0.offset, Self.cosine(wanted, $0.element)) }.max { ($0.1, -$0.0) < ($1.1, -$1.0) }
        return best.flatMap { $0.1 > 0 ? (Self.all[$0.0 / 2].name, $0.1) : nil }
    }

    /// How similar a request must be to a template that speaks for it.
    static let similarityLeast = 0.35

    /// Takes the kinds of the most similar template when the request's own words ask for nothing, unless it forbids them.
    func complete(_ understanding: inout RequestUnderstanding) {
        guard understanding.actions.isEmpty, let near = nearest(to: understanding.request), near.similarity >= Self.similarityLeast, let template = Self.all.first(where: { $0.name == near.name }) else { return }
        understanding.actions = template.kinds.filter { !understanding.forbidden.contains($0) && !["map", "loop", "switch"].contains($0) }.enumerated().map { place, kind in
            .init(kind: kind, cue: .ignored, words: template.name, clause: 0, order: Double(place))
        }
    }

    static func grams(of text: String) -> [String: Double] {
        var counts: [String: Double] = [:]
        for run in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let length = run.first?.isASCII ?? true ? 3 : 2, characters = Array(run)
            guard characters.count >= length else { counts[String(run), default: 0] += 1; continue }
            for start in 0...characters.count - length { counts[String(characters[start..<start + length]), default: 0] += 1 }
        }
        return counts
    }

    static func cosine(_ left: [String: Double], _ right: [String: Double]) -> Double {
        // Summed in a fixed order, so that the same request always has the same similarity to the last bit.
        let shared = left.keys.filter { right[$0] != nil }.sorted().reduce(0) { $0 + (left[$1] ?? 0) * (right[$1] ?? 0) }
        let lengths = [left, right].map { counts in counts.values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        return lengths[0] > 0 && lengths[1] > 0 ? shared / (lengths[0] * lengths[1]) : 0
    }
}
