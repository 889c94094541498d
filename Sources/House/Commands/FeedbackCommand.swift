import ArgumentParser
import Core
import Detection
import Foundation

/// `banyan feedback`
struct FeedbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "Say which findings are right and which are not, see what would follow, and take it back.",
        discussion: """
            The file holds counts by type, and words that you give; no text of a finding. `banyan scan --feedback FILE` applies it.
            --effect says how many findings of a report (`banyan scan --format json`) would change, and changes nothing.
            """)

    @Argument(help: ArgumentHelp("The file of feedback; made by the first verdict.", valueName: "file"))
    var file: String
    @Option(name: .long, help: ArgumentHelp("A finding of this type was right.", valueName: "type"))
    var confirm: String?
    @Option(name: .long, help: ArgumentHelp("A finding of this type was none.", valueName: "type"))
    var reject: String?
    @Option(name: .long, help: "The score that the JSON report gives the finding, or its confidence, 0 to 1; without feedback, if the report was made with some.")
    var confidence: Double?
    @Option(name: .long, help: ArgumentHelp("A word near the finding that speaks for it, or against it. May be repeated.", valueName: "word"))
    var word: [String] = []
    @Flag(name: .long, help: "Print what was said and what follows.")
    var show = false
    @Flag(name: .long, help: "Take the last verdict back.")
    var undo = false
    @Option(name: .long, help: ArgumentHelp("Print how many findings of a JSON report would change.", valueName: "report"))
    var effect: String?

    func validate() throws {
        guard [confirm != nil, reject != nil, show, undo, effect != nil].filter({ $0 }).count == 1 else { throw ValidationError("give one of --confirm, --reject, --show, --undo and --effect") }
        let isVerdict = confirm != nil || reject != nil
        guard isVerdict == (confidence != nil) else { throw ValidationError("--confirm and --reject need --confidence, the others none") }
        if let confidence, !(0...1).contains(confidence) { throw ValidationError("--confidence must be 0 to 1") }
        if !word.isEmpty, !isVerdict { throw ValidationError("--word goes with --confirm or --reject") }
    }

    func run() throws {
        var feedback = FileManager.default.fileExists(atPath: file) ? try FeedbackFile.read(file) : DetectionFeedback()
        if let type = confirm ?? reject, let confidence {
            let type = SensitiveType(id: type)
            let before = feedback.threshold(of: type)
            try feedback.add(confirm != nil ? .confirmed : .rejected, type: type, confidence: confidence, words: word)
            try FeedbackFile.write(feedback, file)
            let (from, to) = (Terminal.rounded(before, 3), Terminal.rounded(feedback.threshold(of: type), 3))
            Terminal.out(Terminal.say("\(type.id): kept from \(from) before, from \(to) now", "\(type.id)：保留阈值由 \(from) 变为 \(to)"))
        } else if undo {
            guard feedback.undo() else { throw Fault(.feedback, "there is nothing to take back in \(file)", remedy: "the last \(DetectionFeedback.historyCountMax) verdicts can be taken back") }
            try FeedbackFile.write(feedback, file)
            Terminal.out(Terminal.say("the last verdict is taken back; \(feedback.undoCount) more can be", "已撤销最近一次反馈；还可撤销 \(feedback.undoCount) 次"))
        } else if let effect {
            try printEffect(feedback, effect)
        } else {
            Terminal.out(Self.summary(feedback))
        }
    }

    private func printEffect(_ feedback: DetectionFeedback, _ path: String) throws {
        let findings = try FeedbackFile.findings(path)
        let (kept, nowDropped, nowKept) = feedback.effect(on: findings)
        Terminal.out(Terminal.say(
            "\(findings.count) findings: \(kept) kept, \(nowDropped.count) dropped now, \(nowKept.count) kept anew",
            "共 \(findings.count) 项发现：保留 \(kept) 项，将不再保留 \(nowDropped.count) 项，新保留 \(nowKept.count) 项"))
        let byType = Dictionary(grouping: nowDropped) { findings[$0].type.id }
        for (type, places) in byType.sorted(by: { $0.key < $1.key }) { Terminal.out(Terminal.say("  \(type): \(places.count) dropped", "  \(type)：\(places.count) 项不再保留")) }
        if findings.contains(where: { !feedback.words(of: $0.type).isEmpty }) {
            Terminal.note(Terminal.say("a report holds no texts: what words add is not counted here", "报告不含原文：此处未计入词语的影响"))
        }
    }

    /// A table of types, and their words.
    static func summary(_ feedback: DetectionFeedback) -> String {
        var rows = [[Terminal.say("type", "类型"), Terminal.say("confirmed", "确认"), Terminal.say("rejected", "驳回"), Terminal.say("kept from", "保留阈值"), Terminal.say("words", "词语")]]
        for type in feedback.types {
            let (confirmed, rejected) = feedback.verdicts(of: type)
            let words = feedback.words(of: type).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value < 0 ? "" : "+")\(Terminal.rounded($0.value, 2))" }
            rows.append([type.id, "\(confirmed)", "\(rejected)", Terminal.rounded(feedback.threshold(of: type), 3), words.joined(separator: ", ")])
        }
        return Terminal.table(rows)
    }
}

/// Files of feedback, and the reports that it is tried on.
enum FeedbackFile {
    static func read(_ path: String) throws -> DetectionFeedback {
        let text = String(decoding: try FileTree.read(path, byteCountMax: DetectionFeedback.byteCountMax), as: UTF8.self)
        do { return try DetectionFeedback(text: text) } catch let fault as Fault {
            throw Fault(.feedback, "\(path) is no file of feedback: \(fault.message)", remedy: "give a file that `banyan feedback` has written", cause: fault)
        }
    }

    /// Whole or not at all.
    static func write(_ feedback: DetectionFeedback, _ path: String) throws {
        do { try (feedback.json.prettyText + "\n").write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw Fault(.file, "cannot write \(path)", remedy: "check the folder's permissions", cause: error)
        }
    }

    /// The findings of a report of `banyan scan --format json`: types, confidences and reasons.
    static func findings(_ path: String) throws -> [Finding] {
        let text = String(decoding: try FileTree.read(path, byteCountMax: 256 << 20), as: UTF8.self)
        guard let findings = (try? JSONValue(parsing: text))?["findings"]?.array else { throw Fault(.feedback, "\(path) is no report", remedy: "give one of `banyan scan --format json`") }
        return try findings.map { json in
            guard let type = json["type"]?.string, let confidence = json["confidence"]?.double, (0...1).contains(confidence) else {
                throw Fault(.feedback, "\(path) has a finding without type or confidence", remedy: "give a report of `banyan scan --format json`")
            }
            return Finding(
                type: SensitiveType(id: type), start: 0, end: 0, byteStart: 0, byteEnd: 0, confidence: confidence, recognizer: type, reasons: json["reasons"]?.array?.compactMap(\.string) ?? [],
                score: json["score"]?.double)
        }
    }
}
