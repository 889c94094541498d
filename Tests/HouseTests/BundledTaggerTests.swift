import Core
import Foundation
import Support
import Testing

/// The tagger in Demos/tagger is small, complete, and finds what is in sentences that were made up for these tests.
struct BundledTaggerTests {
    private static let model = Repository.path("Demos/tagger/tagger.safetensors")

    /// A sentence with its spans written as `[type text]`.
    private static let sentences = [
        "患者[person 蒋文渊]，男，五十岁，因“[medical 急性阑尾炎]”入院。",
        "请把合同寄到[address 南京市鼓楼区中山北路88号]，[person 顾晓岚]收，谢谢。",
        "[organization 外交部][position 发言人][person 卢正华]昨天在[address 北京]表示，双方将继续谈判。",
        "[position 董事长][person 韩志远]先生毕业于[organization 复旦大学]。",
        "昨天晚上和[person 孟佳佳]一起吃火锅，好开心啊[哈哈]",
        "高兴得一晚上没睡，周末去江边走走，明天又要上班了",
        "Dear [person Laura Bennett], thank you for your order.",
        "My name is [person Peter Novak] and I live at [address 27 Baker Street, London].",
    ]

    private static func parsed(_ marked: String) -> (text: String, spans: Set<String>) {
        var text: [Unicode.Scalar] = [], spans: Set<String> = []
        var rest = Substring(marked)
        while let first = rest.unicodeScalars.first {
            if first == "[", let space = rest.firstIndex(of: " "), let end = rest.firstIndex(of: "]"), space < end {
                let name = rest[space..<end].dropFirst().unicodeScalars
                spans.insert("\(rest[..<space].dropFirst()) \(text.count) \(text.count + name.count)")
                text += name
                rest = rest[end...].dropFirst()
            } else {
                text.append(first)
                rest = Substring(rest.unicodeScalars.dropFirst())
            }
        }
        return (String(String.UnicodeScalarView(text)), spans)
    }

    @Test func findsWhatIsInMadeUpSentences() throws {
        #expect(try FileTree.read(Self.model).count < 5_000_000 && FileManager.default.fileExists(atPath: Self.model + ".md"))
        let folder = try TemporaryDirectory(), cases = Self.sentences.map(Self.parsed)
        let lines = try folder.write(Array(cases.map { $0.text + "\n" }.joined().utf8), to: "lines")
        let found = try House.banyan(["tune", "tag", "--model", Self.model, lines]).output.split(separator: "\n").map { line -> Set<String> in
            let spans = try JSONValue(parsing: String(line))["spans"]?.array ?? []
            return Set(spans.map { "\($0["type"]?.string ?? "") \($0["start"]?.int ?? -1) \($0["end"]?.int ?? -1)" })
        }
        #expect(found.count == cases.count)
        for (found, (text, spans)) in zip(found, cases) { #expect(found == spans, "\(text)") }
    }
}
