import Core
import Foundation
import Support
import Testing

/// Pictures through tesseract, as `banyan scan` reads them.
@Suite struct PictureScanTests {
    private static let folder = Repository.path("Demos/government")
    private static let numbers: Set<String> = ["mobile", "resident-id", "bank-card", "landline"]

    /// The numbers that stand on a picture, by its name.
    private static func written() throws -> [(image: String, values: [String])] {
        try String(decoding: FileTree.read(folder + "/requests.jsonl"), as: UTF8.self).split(separator: "\n").compactMap { line in
            let row = try JSONValue(parsing: String(line))
            guard let image = row["image"]?.string else { return nil }
            let spans = row["gold"]?["spans"]?.array ?? []
            return (image, spans.compactMap { span in numbers.contains(span["type"]?.string ?? "") ? span["text"]?.string : nil })
        }
    }

    /// At least nine in ten of the numbers that people wrote on the pictures of the demonstration are found, each in a box on its picture.
    @Test(.enabled(if: House.program("tesseract") != nil, "tesseract is not installed")) func numbersOnPicturesAreFound() throws {
        var (found, all) = (0, 0)
        for (image, values) in try Self.written().prefix(8) {
            let json = try JSONValue(parsing: House.banyan(["scan", Self.folder + "/" + image, "--no-tagger", "--json", "--reveal"]).output)
            let findings = json["findings"]?.array ?? []
            for finding in findings {
                let box = finding["box"]?.array?.compactMap(\.int) ?? []
                #expect(box.count == 4 && box.allSatisfy { $0 >= 0 } && box[0] + box[2] <= 4_000 && box[1] + box[3] <= 4_000 && box[2] > 0 && box[3] > 0, "\(image)")
                #expect(finding["byteStart"] == nil)
            }
            let seen = Set(findings.compactMap { $0["value"]?.string?.filter { $0 != " " } })
            all += values.count
            found += values.count { seen.contains($0.filter { $0 != " " }) }
        }
        #expect(all >= 10 && found * 10 >= all * 9, "\(found) of \(all)")
    }

    /// Without the program a picture is a diagnostic that says what to install, and the other files are scanned.
    @Test func withoutTesseractTheRestIsScanned() throws {
        let directory = try TemporaryDirectory()
        try directory.write(FileTree.read(Self.folder + "/images/R145.png"), to: "tree/a.png")
        try directory.write(Array("电话13800138000".utf8), to: "tree/b.txt")
        let (status, output) = try ChildProcess(House.binary, ["scan", directory.file("tree"), "--no-tagger", "--json"], environment: ["BANYAN_LANG": "en", "PATH": directory.file("none")]).finish()
        let json = try JSONValue(parsing: output)
        #expect(status == 0 && json["counts"]?["mobile"] == 1 && json["files"] == 2)
        let diagnostic = json["diagnostics"]?[0]
        #expect(diagnostic?["code"] == "knowledge.tool-missing" && diagnostic?["place"] == "a.png" && diagnostic?["message"]?.string?.contains("apt-get install tesseract-ocr") == true)
    }
}
