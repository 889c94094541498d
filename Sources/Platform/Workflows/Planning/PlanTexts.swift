import Core

/// What stands in notices and over people's tasks: what a person would write there, after what came before, and not the words of the request.
struct PlanTexts {
    let understanding: RequestUnderstanding
    private var isChinese: Bool { understanding.language == .chinese }

    /// The title of a notice.
    /// - Parameters:
    ///   - source: the kind whose outcome decides, or that was done last; nil when nothing came before.
    ///   - when: how the outcome is.
    func notice(after source: String?, when: RequestUnderstanding.When?) -> String? {
        let isBad = when?.polarity == .bad
        let grade = understanding.slots.leastGrade.map { isChinese ? " \($0) 及以上的" : " of grade \($0) and above" } ?? ""
        switch source {
        case "scan": return isBad ? say("扫描未发现敏感数据", "The scan found no sensitive data") : when == nil ? say("扫描已完成", "The scan is done") : say("扫描发现\(grade)敏感数据", "The scan found sensitive data\(grade)")
        case "detect", "grade": return isBad ? say("未发现敏感信息", "No sensitive data was found") : when == nil ? say("识别已完成", "Detection is done") : say("发现\(grade)敏感信息", "Sensitive data\(grade) was found")
        case "data-validate": return when.map { _ in isBad } == false ? say("数据校验合格", "The data passed validation") : isBad ? say("数据校验不合格", "The data failed validation") : say("数据校验已完成", "Validation is done")
        case "evaluate": return isBad ? say("模型评测未达标", "The model fell short in evaluation") : when == nil ? say("模型评测已完成", "The model was evaluated") : say("模型评测达标", "The model met the mark")
        case "assess": return isBad ? say("安全评测未发现问题", "The security assessment found nothing") : when == nil ? say("安全评测已完成", "The security assessment is done") : say("安全评测发现问题", "The security assessment found weaknesses")
        case "http": return isBad ? say("接口调用失败", "The call failed") : say("接口调用成功", "The call succeeded")
        case "knowledge-search": return isBad ? say("知识库没有找到答案", "The knowledge base has no answer") : say("知识库已找到答案", "The knowledge base has an answer")
        case "human": return isBad ? say("人工未批准", "Approval was refused") : say("人工处理已完成", "A person has answered")
        case "deploy": return say("模型已上线", "The model is in service")
        case "rollback": return say("模型已回退到上一版本", "The model was rolled back")
        case "data-export": return say("数据已导出", "The data were exported")
        case "data-version": return say("新版本已登记", "A new version was registered")
        case "knowledge-index": return say("资料已写入知识库", "The documents are in the knowledge base")
        case "data-import", "data-clean", "protect", "tune-tagger", "tune-lora", "media-import", "transform": return say("处理已完成", "The work is done")
        default: return nil
        }
    }

    /// The text under a notice's title: what it is about, and where to look.
    func text(under title: String) -> String {
        let subject = understanding.slots.paths.first.map { $0.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? $0 }
        return say("\(title)\(subject.map { "（\($0)）" } ?? "")。详情请查看本次运行的记录。", "\(title)\(subject.map { " (\($0))" } ?? ""). See the run's record for details.")
    }

    /// The title of a person's task, after what it is about.
    func task(after source: String?, cue: Cue, when: RequestUnderstanding.When?) -> String? {
        let grade = understanding.slots.leastGrade.map { isChinese ? " \($0) 及以上的" : " graded \($0) and above" } ?? ""
        switch source {
        case "detect", "grade", "scan": return say("请复核\(grade)敏感信息", "Please review the sensitive data\(grade)")
        case "model": return say("请审核模型写的内容", "Please review what the model wrote")
        case "protect": return say("请确认脱敏结果", "Please confirm the masked data")
        case "media-import": return say("请校对识别出的文字", "Please correct the recognized text")
        case "data-validate": return when?.polarity == .bad ? say("请处理校验不合格的数据", "Please handle the data that failed validation") : say("请确认校验结果", "Please confirm the result of validation")
        case "knowledge-search": return when?.polarity == .bad ? say("知识库没有答案，请人工回答", "The knowledge base has no answer; please answer") : say("请核对知识库的答案", "Please check the answer from the knowledge base")
        case "evaluate": return when?.polarity == .bad ? say("模型评测未达标，请决定如何处理", "The model fell short; please decide what to do") : say("请确认评测结果", "Please confirm the evaluation")
        case "assess": return say("请处理安全评测的结果", "Please look at the security assessment")
        case "data-import", "data-clean", "transform": return cue == .person ? say("请处理这份数据", "Please work on the data") : say("请核对数据", "Please check the data")
        default: return nil
        }
    }

    private func say(_ chinese: String, _ english: String) -> String { isChinese ? chinese : english }
}
