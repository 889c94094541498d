import Core
import Support
import Testing

@testable import Tuning

/// How probable the network holds what it tags; the sums over paths themselves are compared with all paths one by one where they are computed (Kernels).
@Suite struct TaggerProbabilityTests {
    private static let texts = [
        "我叫林晓芸，电话13800138000", "请把合同寄到南京市鼓楼区中山北路88号，顾晓岚收，谢谢。", "昨天晚上和孟佳佳一起吃火锅，好开心啊", "外交部发言人卢正华昨天在北京表示，双方将继续谈判。", "", "今天天气不错\n\n明天也是", String(repeating: "董事长韩志远先生。", count: 90),
    ]

    /// The spans are those that come without probabilities, each with one of its own.
    @Test(arguments: texts)
    func spansAreTheSame(text: String) throws {
        let tagger = try LoadedTagger(path: Repository.path("Demos/tagger/tagger.safetensors"))
        let weighed = try tagger.weigh(text)
        #expect(try weighed.map(\.span) == tagger.tag(text))
        #expect(weighed.allSatisfy { $0.probability > 0 && $0.probability < 1.0001 })
    }

    /// A name in a clear sentence is likelier than the least of those in unclear ones.
    @Test func clearNamesAreLikely() throws {
        let tagger = try LoadedTagger(path: Repository.path("Demos/tagger/tagger.safetensors"))
        let clear = try #require(try tagger.weigh("我叫林晓芸，电话13800138000").first { $0.span.type == "person" })
        let others = try ["林晓芸", "高兴白云", "方便面和平安", "王府井李子", "马上金山"].flatMap { try tagger.weigh($0) }
        #expect(clear.probability > 0.9 && (others.map(\.probability).min() ?? 0) < clear.probability)
    }
}
