import Core
import Support
import Testing

@testable import Tuning

@Suite struct InstructionFileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func read(_ text: String, format: InstructionFormat? = nil, bounds: InstructionFile.Bounds = .init()) throws -> (rows: [InstructionRow], report: InstructionReport) {
        try InstructionFile(path: try directory.write(Array(text.utf8), to: "data"), format: format, bounds: bounds).rows()
    }

    private static func dialog(_ pairs: (InstructionRole, String)...) -> InstructionRow { .conversation(InstructionConversation(pairs.map { InstructionMessage($0.0, $0.1) })) }

    @Test(arguments: [
        (#"{"messages":[{"role":"developer","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"#, InstructionFormat.messages),
        (#"{"messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"q"}]},{"role":"assistant","content":"a"},{"role":"user","content":"never answered"}]}"#, .messages),
        (#"{"instruction":"q","input":"","output":"a","system":"s"}"#, .alpaca),
        (#"{"conversations":[{"from":"system","value":"s"},{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}"#, .conversations),
        (#"{"conversations":[{"from":"user","value":"q"},{"from":"assistant","value":"a"}],"system":"s"}"#, .conversations),
    ])
    func formsThatSayTheSameAreTheSame(text: String, format: InstructionFormat) throws {
        let (rows, report) = try read(text)
        #expect(rows == [Self.dialog((.system, "s"), (.user, "q"), (.assistant, "a"))])
        #expect(report.format == format && report.answerCount == 1)
    }

    @Test func alpacaHasInputAndHistory() throws {
        let rows = try read(#"{"instruction":"q","input":"i","output":"a","history":[["q0","a0"]]}"#).rows
        #expect(rows == [Self.dialog((.user, "q0"), (.assistant, "a0"), (.user, "q\ni"), (.assistant, "a"))])
    }

    @Test func callsHaveOneFormWhateverTheDataSay() throws {
        let openAI = #"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}]},{"role":"tool","tool_call_id":"1","content":"2"},{"role":"assistant","content":"a","weight":1}],"tools":[{"type":"function","function":{"name":"f"}}]}"#
        let share = #"{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{\"name\":\"f\",\"arguments\":{\"x\":1}}"},{"from":"observation","value":"2"},{"from":"gpt","value":"a"}],"tools":"[{\"name\":\"f\"}]"}"#
        for text in [openAI, share] {
            guard case .conversation(let conversation) = try read(text).rows.first else { Issue.record("no conversation"); continue }
            #expect(conversation.messages.map(\.role) == [.user, .assistant, .tool, .assistant])
            #expect(conversation.messages[1].calls.first?["function"] == ["name": "f", "arguments": ["x": 1]])
            #expect(conversation.tools == [["type": "function", "function": ["name": "f"]]])
        }
    }

    @Test func aWeightOfZeroIsNotLearned() throws {
        let (rows, report) = try read(#"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":0},{"role":"user","content":"r"},{"role":"assistant","content":"b"}]}"#)
        guard case .conversation(let conversation) = rows[0] else { Issue.record("no conversation"); return }
        #expect(conversation.messages.map(\.isLearned) == [true, false, true, true] && report.answerCount == 1)
    }

    @Test(arguments: [
        #"{"prompt":"q","chosen":"a","rejected":"b"}"#, #"{"instruction":"q","input":"","chosen":"a","rejected":"b"}"#,
        #"{"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],"rejected":[{"role":"assistant","content":"b"}]}"#,
        #"{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}"#,
        #"{"prompt":"q","chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}"#,
        #"{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"a"},"rejected":{"from":"gpt","value":"b"}}"#,
        #"{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}"#,
    ])
    func preferencesOfEveryFormAreTheSame(text: String) throws {
        let rows = try read(text).rows
        #expect(rows == [.preference(prompt: InstructionConversation([InstructionMessage(.user, "q")]), chosen: [InstructionMessage(.assistant, "a")], rejected: [InstructionMessage(.assistant, "b")])])
    }

    /// Every row that is wrong holds the word SECRET; no diagnostic may.
    @Test(arguments: [
        (#"{"messages":[{"role":"SECRET","content":"x"}]}"#, "messages[0].role"), (#"{"messages":[{"role":"user","content":"SECRET"}]}"#, "no message is the assistant's"),
        (#"{"messages":"SECRET"}"#, "messages is missing or no list"), (#"{"messages":[{"role":"user","content":{"SECRET":1}},{"role":"assistant","content":"x"}]}"#, "messages[0].content"),
        (#"{"messages":[{"role":"user","content":"SECRET"},{"role":"assistant","content":""}]}"#, "message 2, the assistant's, is empty"),
        (#"{"messages":[{"role":"user","content":"SECRET"},{"role":"assistant","content":"a","weight":2}]}"#, "weight"),
        (#"{"messages":[{"role":"user","content":"SECRET","tool_calls":[{"function":{"name":"f"}}]},{"role":"assistant","content":"a"}]}"#, "calls a tool"),
        (#"{"messages":[{"role":"user","content":"SECRET"},{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"SECRET"}}]}]}"#, "arguments is a text that is no JSON"),
        (#"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"SECRET"}]},{"role":"assistant","content":"a"}]}"#, "only text is learned"),
        (#"{"messages":[{"role":"user","content":"SECRET"}"#, "JSON"), (#"["SECRET"]"#, "no object"), (#"{"SECRET":1}"#, "none of the members"),
        (#"{"instruction":"SECRET","output":""}"#, "output is empty"), (#"{"instruction":"","input":"","output":"SECRET"}"#, "instruction and input are empty"),
        (#"{"instruction":"SECRET","output":"a","history":["SECRET"]}"#, "history[0]"), (#"{"conversations":[{"from":"SECRET","value":"x"}]}"#, "conversations[0].from"),
        (#"{"text":["SECRET"]}"#, "text is missing or no text"), (#"{"prompt":"SECRET","chosen":"same","rejected":"same"}"#, "both answers are the same"),
        (#"{"prompt":"SECRET","chosen":"a"}"#, "rejected is missing"), (#"{"chosen":"SECRET","rejected":"b"}"#, "there is no prompt"),
        (#"{"input":"SECRET","preferred_output":[],"non_preferred_output":[]}"#, "input is missing"),
        (#"{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"SECRET"}],"tools":"SECRET"}"#, "tools is a text that is no JSON"),
    ])
    func whatIsWrongIsSaidByLineAndWithoutTheText(row: String, part: String) throws {
        let good = #"{"text":"fine"}"#
        let report = try InstructionFile(path: try directory.write(Array("\n\(row)\n\(good)\n".utf8), to: "data"), format: row.hasPrefix(#"{"text"#) ? .text : nil).readAny()
        #expect(report.diagnostics.first?.place?.hasSuffix("data:2") == true)
        #expect(report.diagnostics.first?.message.contains(part) == true, "\(report.diagnostics.first?.message ?? "nothing")")
        #expect(report.diagnostics.allSatisfy { !$0.message.contains("SECRET") })
    }

    @Test func aRowOfAnotherFormatIsNamed() throws {
        let report = try read("{\"text\":\"a\"}\n{\"instruction\":\"q\",\"output\":\"a\"}\n{\"text\":\"b\"}").report
        #expect(report.rowCount == 2 && report.refusedCount == 1 && report.diagnostics[0].message.contains("alpaca"))
    }

    @Test func linesAndArraysGiveTheSameRowsInPiecesOfAnySize() throws {
        let rows = [#"{"text":"a, \"]}\" \\"}"#, #"{ "text" : "b\n[{" }"#, #"{"text":"你好"}"#]
        let lines = "\u{FEFF}\n" + rows.joined(separator: "\r\n\n") + "\n"
        let array = "\n[\n " + rows.joined(separator: "\n , ") + "\n]\n"
        for (text, firstLines) in [(lines, [2, 4, 6]), (array, [3, 4, 5])] {
            let bytes = Array(text.utf8)
            for size in 1...bytes.count {
                var splitter = RowSplitter(rowByteCountMax: 100)
                var found: [RowSplitter.Row] = []
                for start in stride(from: 0, to: bytes.count, by: size) { splitter.add(Array(bytes[start..<min(bytes.count, start + size)])) { found.append($0) } }
                splitter.finish { found.append($0) }
                // The mark at the beginning comes whole with the first piece of any real file.
                guard size >= 3 || text == array else { continue }
                let parsed = try found.map { try JSONValue(parsing: String(decoding: $0.bytes, as: UTF8.self)) }
                #expect(parsed == (try rows.map { try JSONValue(parsing: $0) }), "size \(size)")
                #expect(found.map(\.line) == firstLines, "size \(size)")
                #expect(!splitter.isUnclosed && splitter.lineAfterEnd == nil)
            }
        }
    }

    @Test func aLongRowIsLeftOutAndTheNextIsRead() throws {
        var bounds = InstructionFile.Bounds()
        bounds.rowByteCount = 40
        for (open, comma, close) in [("", "\n", ""), ("[", ",", "]")] {
            let text = open + "{\"text\":\"\(String(repeating: "x", count: 60))\"}" + comma + "{\"text\":\"short\"}" + close
            let (rows, report) = try read(text, bounds: bounds)
            #expect(rows == [.text("short")] && report.refusedCount == 1)
        }
    }

    @Test func anArrayWithoutEndAndWhatStandsAfterItAreNamed() throws {
        #expect(try read(#"[{"text":"a"},{"text":"b"}"#).report.diagnostics.map(\.message) == ["the array has no end"])
        let report = try read("[{\"text\":\"a\"}]\nmore").report
        #expect(report.rowCount == 1 && report.diagnostics.first?.place?.hasSuffix(":2") == true)
        #expect(try read(#"[{"text":"a"},{"text":"#).report.rowCount == 1)
    }

    @Test func boundsOfFilesAreFaults() throws {
        var bounds = InstructionFile.Bounds()
        (bounds.rowCount, bounds.diagnosticCount) = (5, 2)
        #expect(throws: Fault.self) { try read(String(repeating: "{\"text\":\"a\"}\n", count: 6), bounds: bounds) }
        let report = try read("{\"text\":\"a\"}\nx\nx\nx\n", bounds: bounds).report
        #expect(report.refusedCount == 3 && report.diagnostics.count == 2 && report.furtherCount == 1)
        bounds.fileByteCount = 8
        #expect(throws: Fault.self) { try read("{\"text\":\"a\"}", bounds: bounds) }
        #expect(throws: Fault.self) { try read("") }
        #expect(throws: Fault.self) { try InstructionFile(path: directory.file("none")).rows() }
    }

    @Test func repeatedRowsAreCountedWithinAndBetweenFiles() throws {
        let one = try read("{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"a\"}").report
        let two = try read("[{\"text\":\"b\"},{\"text\":\"c\"}]").report
        #expect(one.repeatedCount == 1 && one.sharedCount(with: two) == 1 && two.sharedCount(with: one) == 1)
        #expect(one.hash.count == 64 && one.hash != two.hash)
    }

    @Test func heldOutRowsAreNeverLearnedToo() {
        let rows = (0..<200).map { InstructionRow.text("\($0 % 120)") }
        let (training, heldOut) = HeldOutSplit.split(rows, heldOut: 0.25, seed: 5)
        #expect(training.count + heldOut.count == 200 && Set(heldOut).count == 30)
        #expect(Set(training).isDisjoint(with: Set(heldOut)))
        #expect(HeldOutSplit.split(rows, heldOut: 0.25, seed: 5).heldOut == heldOut && HeldOutSplit.split(rows, heldOut: 0.25, seed: 6).heldOut != heldOut)
        #expect(HeldOutSplit.split(rows, heldOut: 0, seed: 5).heldOut.isEmpty)
        #expect(HeldOutSplit.split([.text("a"), .text("b")], heldOut: 0.01, seed: 1).heldOut.count == 1)
        #expect(HeldOutSplit.split([.text("a")], heldOut: 0.5, seed: 1).training.count == 1)
    }
}

extension InstructionFile {
    /// The report, also of a file whose format the wrong row decided.
    fileprivate func readAny() throws -> InstructionReport {
        do { return try read { _, _ in } } catch let fault as Fault where fault.code == .trainingData {
            // The good row is of another format than the first one: the fault says the first thing that is wrong.
            var report = InstructionReport(path: path, format: nil, diagnosticCountMax: 1)
            report.refuse(line: 2, fault.message)
            return report
        }
    }
}
