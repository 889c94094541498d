import Core
import Foundation
import Support
import Testing

/// `banyan tune` as a person uses it, on sets so small that they are learned in a moment.
@Suite struct TuneCommandTests {
    private static let small = ["--buckets", "512", "--width", "8", "--threads", "1", "--rate", "0.02", "--batch", "8"]

    /// Texts about water and roads, or good and bad ones.
    private func texts(_ words: [(String, String)], in folder: TemporaryDirectory, _ name: String) throws -> String {
        let lines = (0..<48).map { index in "{\"text\":\"\(words[index % words.count].0) \(index)号\",\"label\":\"\(words[index % words.count].1)\"}" }
        return try folder.write(Array(lines.joined(separator: "\n").utf8), to: name)
    }

    private static let places = [("停水了", "water"), ("道路坑洼", "road"), ("水管漏水", "water"), ("马路积雪", "road")]
    private static let moods = [("很好", "good"), ("很差", "bad"), ("满意", "good"), ("失望", "bad")]

    @Test func classifiersAreTrainedDescribedAndUsed() throws {
        let folder = try TemporaryDirectory()
        let data = try texts(Self.places, in: folder, "a.jsonl")
        let (status, output) = try House.banyan(["tune", "classifier", "--data", data, "--out", folder.file("m"), "--epochs", "6", "--license", "CC0", "--json"] + Self.small)
        // Warnings stand on standard error, before the JSON.
        let json = try JSONValue(parsing: String(output.drop { $0 != "{" }))
        #expect(status == 0 && json["accuracy"]?.double == 1 && json["confusion"]?["labels"] == ["road", "water"] && json["macro_f1"]?.double == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.jsonl", "m", "m.md", "m.svg"])
        let card = TextDecoder.decode(try FileTree.read(folder.file("m.md"))).text
        let hash = SHA256.hex(try FileTree.read(data))
        #expect(card.contains("CC0") && card.contains("macro F1") && card.contains(hash))
        let lines = try folder.write(Array("漏水\n道路\n".utf8), to: "lines")
        #expect(try House.banyan(["tune", "classify", "--model", folder.file("m"), lines]).output == "water\nroad\n")
        #expect(try House.banyan(["tune", "classify", "--model", folder.file("m"), lines, "--task", "none"]).status == 3)
        #expect(try House.banyan(["tune", "withdraw", "--model", folder.file("m"), "--source", "x", "--out", folder.file("n")]).status == 2)
    }

    /// Killed again and again, a run goes on from what it kept and ends with the file of an uninterrupted one.
    @Test func killedRunsEndTheSame() throws {
        let folder = try TemporaryDirectory()
        let data = try texts(Self.places, in: folder, "a.jsonl")
        let arguments = ["tune", "classifier", "--data", data, "--epochs", "600", "--keep-every", "1", "--json"] + Self.small
        try KilledRuns.endTheSame(arguments, in: folder, kills: 3)
    }

    @Test func whatCannotBeLearnedIsNamed() throws {
        let folder = try TemporaryDirectory()
        let bad = try folder.write(Array("{\"text\":\"geheim\",\"label\":\"a\"}\n{\"text\":\"geheim\"}\n".utf8), to: "bad.jsonl")
        let (status, output) = try House.banyan(["tune", "classifier", "--data", bad, "--out", folder.file("m")])
        #expect(status == 2 && output.contains("line 2") && !output.contains("geheim"))
        for arguments in [["--epochs", "0"], ["--rate", "0"], ["--buckets", "1"], ["--held-out", "1"], ["--keep-every", "0"]] {
            #expect(try House.banyan(["tune", "classifier", "--data", bad, "--out", folder.file("m")] + arguments).status == 64, "\(arguments)")
        }
        #expect(try House.banyan(["tune", "continual", "--task", "x", "--out", folder.file("m")]).status == 64)
        #expect(try House.banyan(["tune", "audio", "--data", folder.file("nowhere"), "--out", folder.file("m")]).status == 7)
    }

    @Test func tablesArePredicted() throws {
        let folder = try TemporaryDirectory()
        let rows = (0..<80).map { "\($0 % 8),\($0 % 8 < 4 ? "low" : "high")" }
        let data = try folder.write(Array(("n,y\n" + rows.joined(separator: "\n")).utf8), to: "a.csv")
        let (status, output) = try House.banyan(["tune", "tabular", "--data", data, "--target", "y", "--out", folder.file("m"), "--width", "8", "--epochs", "15", "--batch", "8", "--rate", "0.01", "--threads", "1", "--json"])
        let json = try JSONValue(parsing: String(output.drop { $0 != "{" }))
        #expect(status == 0 && json["accuracy"]?.double == 1)
        let asked = try folder.write(Array("n\n1\n7\n".utf8), to: "b.csv")
        #expect(try House.banyan(["tune", "classify", "--model", folder.file("m"), asked]).output == "low\nhigh\n")
    }

    @Test func sourcesAreLearnedAndWithdrawn() throws {
        let folder = try TemporaryDirectory()
        let tasks = ["--task", "place=" + (try texts(Self.places, in: folder, "a.jsonl")), "--task", "mood=" + (try texts(Self.moods, in: folder, "b.jsonl"))]
        let (status, output) = try House.banyan(["tune", "continual", "--method", "adapters", "--out", folder.file("m"), "--epochs", "8", "--json"] + tasks + Self.small)
        let json = try JSONValue(parsing: String(output.drop { $0 != "{" }))
        #expect(status == 0 && json["backward_transfer"]?.double == 0 && json["average_accuracy"]?.double ?? 0 > 0.9 && json["accuracies"]?.array?.count == 2)
        let lines = try folder.write(Array("很差\n满意\n".utf8), to: "lines")
        #expect(try House.banyan(["tune", "classify", "--model", folder.file("m"), "--task", "mood", lines]).output == "bad\ngood\n")
        #expect(try House.banyan(["tune", "withdraw", "--model", folder.file("m"), "--source", "place", "--out", folder.file("n")]).status == 0)
        #expect(try House.banyan(["tune", "classify", "--model", folder.file("n"), "--task", "mood", lines]).output == "bad\ngood\n")
        #expect(try House.banyan(["tune", "classify", "--model", folder.file("n"), "--task", "place", lines]).status == 3)
    }

    /// The bundled classifier is small and sends most requests of the demonstration, which it never saw, to their department.
    @Test func theBundledClassifierRoutes() throws {
        let folder = try TemporaryDirectory()
        let model = Repository.path("Demos/routing/routing.safetensors")
        #expect(try FileTree.read(model).count < 5 << 20 && FileManager.default.fileExists(atPath: model + ".md"))
        let requests = try TextDecoder.decode(try FileTree.read(Repository.path("Demos/government/requests.jsonl"))).text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }.filter { $0["text"] != nil }
        let lines = try folder.write(Array(requests.map { ($0["text"]?.string ?? "").replacing("\n", with: " ") + "\n" }.joined().utf8), to: "lines")
        let found = try House.banyan(["tune", "classify", "--model", model, "--task", "department", lines]).output.split(separator: "\n").map(String.init)
        #expect(found.count == requests.count && requests.count > 100)
        #expect(zip(found, requests).count { $0 == $1["gold"]?["department"]?.string } * 5 >= requests.count * 4)
        let texts = try folder.write(Array("患者术后发热\n变压器跳闸\nsuspicious wire transfer\n路灯不亮三天了\n".utf8), to: "texts")
        #expect(try House.banyan(["tune", "classify", "--model", model, "--task", "domain", texts]).output == "health\nenergy\nfinance\ngovernment\n")
    }

    // MARK: - Sentences

    @Test func encodersAreTrainedDescribedAndUsed() throws {
        let folder = try TemporaryDirectory()
        let subjects = ["水", "电", "路", "税", "学", "医", "房", "车"]
        let lines = (0..<64).map { index in "{\"query\":\"\(subjects[index % 8])\(index)怎么\",\"text\":\"关于\(subjects[index % 8])的说明\(subjects[index / 8])\"}" }
        let data = try folder.write(Array(lines.joined(separator: "\n").utf8), to: "a.jsonl"), words = try folder.write(Array("的 90\n说明 5\n水 3 n\n".utf8), to: "words")
        let arguments = ["tune", "embedding", "--data", data, "--words", words, "--out", folder.file("m"), "--memory-size", "8192", "--width", "64", "--hidden", "8", "--epochs", "4", "--batch", "8", "--threads", "1", "--license", "CC0"]
        let (status, output) = try House.banyan(arguments + ["--json"])
        let json = try JSONValue(parsing: String(output.drop { $0 != "{" }))
        #expect(status == 0 && json["retrieval"]?["recall_at_10"]?.double ?? 0 >= json["retrieval"]?["recall_at_1"]?.double ?? 1 && json["before"]?["queries"]?.int == json["held_out"]?.int)
        let card = TextDecoder.decode(try FileTree.read(folder.file("m.md"))).text
        #expect(try card.contains("CC0") && card.contains("recall@1") && card.contains(SHA256.hex(FileTree.read(words))))
        let texts = try folder.write(Array("水的说明\n电的说明\n".utf8), to: "texts")
        let vectors = try House.banyan(["tune", "embed", "--model", folder.file("m"), texts]).output.split(separator: "\n").map { try JSONValue(parsing: String($0)).array?.compactMap(\.double) ?? [] }
        #expect(vectors.count == 2 && vectors.allSatisfy { $0.count == 64 && abs($0.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4 })
        let bad = try folder.write(Array("水\n".utf8), to: "bad")
        let refused = try House.banyan(["tune", "embedding", "--data", data, "--words", bad, "--out", folder.file("n")])
        #expect(refused.status == 2 && refused.output.contains("line 1") && !refused.output.contains("水"))
        for wrong in [["--width", "8"], ["--memory-size", "63", "--width", "64"], ["--hidden", "0"]] { #expect(try House.banyan(["tune", "embedding", "--data", data, "--out", folder.file("n")] + wrong).status == 64) }
    }

    /// With nothing downloaded, sentences find what they are about, by words that stand elsewhere in them and none of which decides alone.
    @Test func theBundledEncoderFinds() throws {
        let folder = try TemporaryDirectory()
        let model = Repository.path("Demos/embedding/embedding.safetensors")
        #expect(try FileTree.read(model).count < 5 << 20 && FileManager.default.fileExists(atPath: model + ".md"))
        let sentences = [
            "居住证到期前三十日内，应当到居住地公安派出所办理签注手续。", "新生儿出生后九十天内参保，可以从出生之日起享受医疗保险待遇。", "老旧住宅加装电梯，须经本单元三分之二以上业主同意。",
            "榕江大桥于1998年动工，2001年建成通车，全长一千二百米。", "青藤书院的创办人是清代学者陈望溪，院内保存着两棵古樟。", "The library lends each reader up to six books for four weeks.", "Refunds are paid to the account that the order was paid from within ten days.",
        ]
        let texts = try folder.write(Array(sentences.joined(separator: "\n").utf8), to: "texts")
        let questions = [
            ("居住证怎么续签？", 1), ("刚出生的宝宝什么时候能用医保", 2), ("楼里想装电梯要多少人同意", 3), ("榕江大桥是哪一年通车的？", 4), ("谁创办了青藤书院？", 5), ("how many books can a reader borrow", 6), ("when do I get my refund", 7),
        ]
        for (question, line) in questions {
            let found = try House.banyan(["tune", "embed", texts, "--model", model, "--search", question, "--limit", "1", "--json"]).output
            #expect(try JSONValue(parsing: found)["line"]?.int == line, "\(question)")
        }
    }
}
