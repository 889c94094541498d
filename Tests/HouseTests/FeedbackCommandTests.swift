import Core
import Foundation
import Support
import Testing

/// `banyan feedback` as a person runs it.
@Suite struct FeedbackCommandTests {
    private static let number = "AB123456"

    private func scan(_ text: String, _ directory: TemporaryDirectory, _ arguments: [String] = []) throws -> (json: JSONValue, output: String) {
        let file = try directory.write(Array(text.utf8), to: "text.txt")
        let output = try House.banyan(["scan", file, "--no-tagger", "--json", "--pattern", "staff=[A-Z]{2}[0-9]{6}"] + arguments).output
        return (try JSONValue(parsing: output), output)
    }

    private func count(_ json: JSONValue, _ type: String) -> Int { json["findings"]?.array?.count { $0["type"]?.string == type } ?? 0 }

    /// The whole round: the effect is shown first, is what then happens, and is taken back.
    @Test func rejectionsAreShownThenActThenAreTakenBack() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("feedback.json")
        let text = "工号 \(Self.number)，电话 13800138000"
        let before = try scan(text, directory)
        #expect(count(before.json, "staff") == 1 && count(before.json, "mobile") == 1)
        let report = try directory.write(Array(before.output.utf8), to: "report.json")
        let score = try #require(before.json["findings"]?.array?.first { $0["type"] == "staff" }?["score"]?.double)
        for verdict in 1...12 {
            let (status, output) = try House.banyan(["feedback", file, "--reject", "staff", "--confidence", "\(score)"])
            #expect(status == 0 && output.contains("staff: kept from"), "\(verdict): \(output)")
        }
        let effect = try House.banyan(["feedback", file, "--effect", report]).output
        #expect(effect.contains("2 findings: 1 kept, 1 dropped now") && effect.contains("staff: 1 dropped"), "\(effect)")
        let after = try scan(text, directory, ["--feedback", file])
        #expect(count(after.json, "staff") == 0 && count(after.json, "mobile") == 1)
        for left in (0..<12).reversed() { #expect(try House.banyan(["feedback", file, "--undo"]).output.contains("\(left) more can be")) }
        #expect(try count(scan(text, directory, ["--feedback", file]).json, "staff") == 1)
        let (status, output) = try House.banyan(["feedback", file, "--undo"])
        #expect(status == 2 && output.contains("nothing to take back"))
    }

    /// The file holds counts and the words that were given, and `--show` prints them; no text of a finding is in either.
    @Test func theFileHoldsCountsAndWordsOnly() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("feedback.json")
        for (verdict, word) in [("--confirm", "Badge"), ("--confirm", "badge"), ("--reject", "batch")] {
            #expect(try House.banyan(["feedback", file, verdict, "staff", "--confidence", "0.9", "--word", word]).status == 0)
        }
        let show = try House.banyan(["feedback", file, "--show"])
        #expect(show.status == 0 && show.output.contains("badge +0.15") && show.output.contains("batch -0.1"), "\(show.output)")
        let row = try #require(show.output.split(separator: "\n").first { $0.hasPrefix("staff") }?.split(separator: " ").map(String.init))
        #expect(row[1] == "2" && row[2] == "1")
        let json = try JSONValue(parsing: String(decoding: FileTree.read(file), as: UTF8.self))
        #expect(json.object?.isEmpty == false && !json.text.contains(Self.number))
        // The command that is given a value in place of a word refuses it and leaves the file as it is.
        let (status, output) = try House.banyan(["feedback", file, "--reject", "staff", "--confidence", "0.9", "--word", Self.number])
        #expect(status == 2 && !output.contains(Self.number))
        #expect(try JSONValue(parsing: String(decoding: FileTree.read(file), as: UTF8.self)) == json)
    }

    @Test(arguments: [
        [], ["--show", "--undo"], ["--confirm", "mobile"], ["--show", "--confidence", "0.5"], ["--reject", "mobile", "--confidence", "1.5"], ["--undo", "--word", "near"],
    ])
    func whatContradictsItselfIsRefused(_ arguments: [String]) throws {
        let directory = try TemporaryDirectory()
        let (status, output) = try House.banyan(["feedback", directory.file("feedback.json")] + arguments)
        #expect(status == 64, "\(output)")
        #expect(!FileManager.default.fileExists(atPath: directory.file("feedback.json")))
    }

    @Test func damagedFilesAndReportsAreNamed() throws {
        let directory = try TemporaryDirectory()
        let damaged = try directory.write(Array("{\"types\":".utf8), to: "damaged.json")
        let (shown, message) = try House.banyan(["feedback", damaged, "--show"])
        #expect(shown == 2 && message.contains("damaged.json is no file of feedback") && message.contains("remedy"), "\(message)")
        for text in ["{\"findings\":3}", "plain text"] {
            let noReport = try directory.write(Array(text.utf8), to: "no-report.json")
            let (status, output) = try House.banyan(["feedback", directory.file("none.json"), "--effect", noReport])
            #expect(status == 2 && output.contains("no-report.json is no report"), "\(output)")
        }
        #expect(try House.banyan(["feedback", directory.file("none.json"), "--effect", directory.file("absent.json")]).status != 0)
    }
}
