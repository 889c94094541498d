import Core
import Foundation
import Support
import Testing

/// `banyan tune tagger` and `banyan tune tag` as a person uses them.
@Suite struct TaggerCommandTests {
    private static let small = ["--width", "64", "--recurrences", "1", "--threads", "1", "--rate", "0.01", "--batch", "4", "--dropout", "0,0.1,0.1"]

    /// Names and places.
    private func texts(_ folder: TemporaryDirectory, _ name: String = "a.bio") throws -> String {
        let lines = ["张三", "李四", "王五", "赵六"].flatMap { name in ["北京", "上海", "天津"].map { place in
            zip(name + "去" + place, ["B-PER", "I-PER", "O", "B-LOC", "I-LOC"]).map { "\($0) \($1)\n" }.joined() + "\n"
        } }
        return try folder.write(Array(lines.joined().utf8), to: name)
    }

    @Test func taggersAreTrainedDescribedAndUsed() throws {
        let folder = try TemporaryDirectory()
        let data = try texts(folder), words = try folder.write(Array("北京\n上海\n".utf8), to: "places.txt")
        let (status, output) = try House.banyan(["tune", "tagger", "--data", data, "--held-out-data", data, "--words", "places=\(words)", "--out", folder.file("m"), "--epochs", "12", "--license", "CC0", "--json"] + Self.small)
        // Warnings stand before the JSON: every text is in both parts.
        let json = try JSONValue(parsing: String(output.drop { $0 != "{" }))
        #expect(status == 0 && json["f1"]?.double == 1 && json["repeated"] == 12 && json["scores"]?["types"]?["PER"]?["there"] == 12)
        let card = TextDecoder.decode(try FileTree.read(folder.file("m.md"))).text
        #expect(try card.contains("CC0") && card.contains(SHA256.hex(FileTree.read(words))) && card.contains("PER: 100.0 / 100.0 / 100.0, 12 spans"))
        let lines = try folder.write(Array("李四去天津\n\n去\n".utf8), to: "lines")
        let found = try House.banyan(["tune", "tag", "--model", folder.file("m"), lines, "--text"]).output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(found.map { $0["text"]?.string } == ["李四去天津", "", "去"])
        #expect(found[0]["spans"] == [["start": 0, "end": 2, "type": "PER"], ["start": 3, "end": 5, "type": "LOC"]] && found[1]["spans"] == [])
        let measured = try House.banyan(["tune", "tag", "--model", folder.file("m"), "--evaluate", data, "--json"])
        let scores = try JSONValue(parsing: measured.output)
        #expect(measured.status == 0 && scores["micro"]?["f1"]?.double == 1)
        #expect(try House.banyan(["tune", "tag", "--model", data, lines]).status == 2)
    }

    @Test func quickTaggersAreTrainedDescribedAndUsed() throws {
        let folder = try TemporaryDirectory()
        let data = try texts(folder)
        let arguments = ["tune", "tagger", "--quick", "--data", data, "--held-out-data", data, "--epochs", "20", "--features", "256", "--license", "CC0", "--json", "--out"]
        let (status, output) = try House.banyan(arguments + [folder.file("m")])
        let json = try JSONValue(parsing: String(output.drop { $0 != "{" }))
        #expect(status == 0 && json["f1"]?.double == 1 && json["repeated"] == 12)
        #expect(try House.banyan(arguments + [folder.file("n")]).status == 0)
        #expect(try FileTree.read(folder.file("m")) == FileTree.read(folder.file("n")))
        let card = TextDecoder.decode(try FileTree.read(folder.file("m.md"))).text
        #expect(try card.contains("CC0") && card.contains(SHA256.hex(FileTree.read(data))) && card.contains("PER: 100.0 / 100.0 / 100.0, 12 spans"))
        let measured = try House.banyan(["tune", "tag", "--model", folder.file("m"), "--evaluate", data, "--json"])
        #expect(try measured.status == 0 && JSONValue(parsing: measured.output)["micro"]?["f1"]?.double == 1)
        #expect(try House.banyan(["tune", "tagger", "--quick", "--data", data, "--resume", "--out", folder.file("m")]).status == 64)
    }

    /// Killed again and again, a run ends with the file of an uninterrupted one.
    @Test func killedRunsEndTheSame() throws {
        let folder = try TemporaryDirectory()
        let arguments = ["tune", "tagger", "--data", try texts(folder), "--epochs", "200", "--keep-every", "1", "--types", "PER", "--json"] + Self.small
        try KilledRuns.endTheSame(arguments, in: folder, kills: 2)
    }

    @Test func whatCannotBeLearnedIsNamed() throws {
        let folder = try TemporaryDirectory()
        let data = try texts(folder), bad = try folder.write(Array("geheim B-PER\ngeheim\n".utf8), to: "bad.bio")
        let (status, output) = try House.banyan(["tune", "tagger", "--data", bad, "--out", folder.file("m")])
        #expect(status == 2 && output.contains("bad.bio") && !output.contains("geheim"))
        #expect(try House.banyan(["tune", "tagger", "--data", data, "--types", "ORG", "--out", folder.file("m")]).status == 2)
        let other = try folder.write(Array("张 S-ORG\n".utf8), to: "other.bio")
        #expect(try House.banyan(["tune", "tagger", "--data", data, "--held-out-data", other, "--out", folder.file("m")]).status == 2)
        #expect(!FileManager.default.fileExists(atPath: folder.file("m")))
    }
}
