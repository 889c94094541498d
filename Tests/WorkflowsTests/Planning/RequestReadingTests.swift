import Core
import Support
import Testing

@testable import Workflows

/// How requests are read, a claim a test. The rows of the sets in Benchmarks/workflows are the wider measure.
@Suite struct RequestReadingTests {
    let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))

    private func kinds(_ request: String) throws -> Set<String> { try planner.plan(request).nodes }

    @Test func formsOfAVerbAreOneVerb() throws {
        for request in ["Mask a.csv", "a.csv has to be masked", "Masking of a.csv, please", "Hidden names in a.csv: keep them masked"] { #expect(try kinds(request).contains("protect"), "\(request)") }
        #expect(PlanLexicon.stem("written") == PlanLexicon.stem("write") && PlanLexicon.stem("sent") == PlanLexicon.stem("send") && PlanLexicon.stem("kept") == PlanLexicon.stem("keep"))
        for request in ["把 a.csv 清洗一下", "a.csv 洗一洗", "a.csv 洗一遍"] { #expect(try kinds(request) == ["data-import", "data-clean"], "\(request)") }
    }

    @Test func verbsInTwoPartsAreOneVerb() throws {
        for request in ["Roll the old tagger back", "Put line-tagger back to the version before", "把 line-tagger 退回之前那一版"] { #expect(try kinds(request) == ["rollback"], "\(request)") }
        #expect(try kinds("Let the night shift know").contains("notify"))
    }

    @Test func nounsAreNoVerbs() throws {
        #expect(try kinds("Summarize the export report.txt") == ["data-import", "model"])
        #expect(try kinds("Mask the labelled records in a.jsonl") == ["data-import", "protect"])
        #expect(try kinds("把检查科的 a.csv 清洗一下") == ["data-import", "data-clean"])
    }

    @Test func whatStandsInQuotationMarksIsNoRequest() throws {
        #expect(try kinds("Send the words \"import, mask and export it\" to ops") == ["notify"])
        #expect(try kinds("翻译“请导入并脱敏”") == ["model"])
        let plan = try planner.plan("Search the knowledge base for \"how do I renew a card\"")
        #expect(plan.definition.yaml.contains("how do I renew a card"))
    }

    @Test func negationForbidsBeforeAndBehind() throws {
        for request in ["Import a.csv and export nothing, no masking", "导入 a.csv，脱敏就免了", "Import a.csv; masking isn't needed", "导入 a.csv，先别脱敏"] { #expect(planner.understand(request).forbidden.contains("protect") && !planner.understand(request).asked.contains("protect"), "\(request)") }
        // A question is no negation.
        #expect(try kinds("对 chat-bot 测抗不抗攻击").contains("assess"))
    }

    @Test func whoIsChargedDecidesTheStep() throws {
        for request in ["Let a clerk correct the text of form.png", "form.png 识别文字，请录入员改一改", "form.png: a clerk corrects what was read", "form.png 识字后由组长核对"] { #expect(try kinds(request) == ["media-import", "human"], "\(request)") }
        for request in ["Let the model judge each row of a.csv", "让模型逐条判断 a.csv"] { #expect(try kinds(request) == ["data-import", "map", "model"], "\(request)") }
        for request in ["Let an agent with knowledge search find out which branches are open", "让能查知识库的智能体弄清哪些网点开门"] { #expect(try kinds(request) == ["agent"], "\(request)") }
        // To have something done charges nobody.
        #expect(try kinds("Have a.csv masked") == ["data-import", "protect"])
    }

    @Test func whatReadersOfANoticeAreToDoIsNoStep() throws {
        #expect(try kinds("Remind me to clean the folder") == ["notify"])
        #expect(try kinds("提醒我清理仓库") == ["notify"])
    }

    @Test func endingsSayWhatAFileIs() throws {
        for name in ["a.pdf", "a.png", "a.docx"] { #expect(try kinds("Mask \(name)").contains("media-import"), "\(name)") }
        for name in ["a.csv", "a.jsonl", "a.txt"] { #expect(try kinds("Mask \(name)").contains("data-import"), "\(name)") }
        // A recording has no text until a person writes it.
        #expect(try kinds("Transcribe call.wav and mask the text") == ["media-import", "human", "protect"])
    }

    @Test func aFolderIsGoneThroughFileByFile() throws {
        let expected: Set<String> = ["data-list", "map", "data-import", "protect"]
        for request in ["For every file in the letters folder, mask it", "letters 文件夹里的文件逐个脱敏"] { #expect(try kinds(request) == expected, "\(request)") }
        #expect(try kinds("letters 文件夹整个读进来，一个文件算一条记录，脱敏") == ["data-import", "protect"])
        #expect(try kinds("letters 目录里有多少个文件？告诉我") == ["data-list", "notify"])
    }

    @Test func stepsThatAreMeantAreThere() throws {
        // A mark decides what was measured; a grade is of what was found; an event is waited for; a pause has no verb.
        #expect(try kinds("Train a tagger on a.jsonl, deploy it if F1 is above 0.9") == ["data-import", "tune-tagger", "evaluate", "deploy"])
        #expect(try kinds("给 a.csv 定级") == ["data-import", "detect", "grade"])
        #expect(try kinds("Once the event kiln-cooled arrives, ask the foreman to confirm") == ["await", "human"])
        #expect(try kinds("十五分钟之后提醒我").isSuperset(of: ["wait", "notify"]))
        // What is told of graded data is protected.
        #expect(try kinds("识别 a.csv 里的敏感信息，把各类型数量发给 dpo@a.example") == ["data-import", "detect", "protect", "notify"])
    }

    @Test func whatWasDoneBeforeIsNotAskedFor() throws {
        #expect(try kinds("Complaints went up since ner-v2 went live. Evaluate it on a.jsonl") == ["data-import", "evaluate"])
        #expect(try kinds("ner-v2 上周上线，在 a.jsonl 上评测一下") == ["data-import", "evaluate"])
    }

    @Test func boundsOfRoundsAreLoops() throws {
        for request in ["The model writes a slogan, at most three drafts", "让模型写标语，不满意就重写，最多三稿"] { #expect(try kinds(request).contains("loop"), "\(request)") }
        // Epochs are none.
        #expect(try !kinds("Fine-tune the language model on a.jsonl, 3 epochs").contains("loop"))
    }

    /// A long request with every bracket, quotation mark and negation open still ends.
    @Test func hugeAndBrokenRequestsEnd() {
        var random = SeededRandom(seed: 11)
        let pieces = ["“", "\"", "（", "让", "have", "the", "请", "模型", "agent", "不", "not", "every", "每个", "a@b.c", "a.csv", "x/y", "，", ".", "until", "最多", "3", "次", "put", "live", "由", "员", "核对"]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 1...60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(separator: Bool.random(using: &random) ? " " : "")
            _ = try? planner.plan(text)
        }
    }

    /// Requests that this planner's words were widened with, each with the kinds that it must have.
    @Test func widenedRequestsBecomeTheExpectedNodes() throws {
        let rows = try WorkflowPlannerTests.requests("plan-requests-wide")
        let right = try rows.count { try planner.plan($0.request).nodes == $0.nodes }
        #expect(rows.count >= 100)
        #expect(Double(right) >= 0.95 * Double(rows.count))
    }

    /// A bound of rounds is read whatever it counts, and a number of a version is none.
    @Test func boundsCountDraftsAndTries() throws {
        let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))
        for (request, most) in [("让模型写一份通知，主管点头为止，最多改三稿", 3), ("Have the model write a notice until the chief approves, at most four drafts", 4), ("Have the model write a notice until the chief approves, two tries at most", 2)] {
            #expect(planner.understand(request).slots.rounds == most, "\(request)")
            #expect(try planner.plan(request).definition.yaml.contains("max: \(most)"), "\(request)")
        }
        #expect(planner.understand("登记第 2 版").slots.rounds == nil)
        // What a step is there for is said in words of the request.
        let plan = try planner.plan("把 letters 目录里的每个文件脱敏")
        let reason = try #require(plan.explanations.first { $0.kind == "data-import" }).reason.chinese
        #expect(!reason.contains("data-import"), "\(reason)")
    }
}
