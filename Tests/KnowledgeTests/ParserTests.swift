import Core
import Labels
import Support
import Testing

@testable import Knowledge

@Suite struct TextTokenizerTests {
    @Test func chineseBecomesPairsAndLatinWordsStayWhole() {
        #expect(TextTokenizer.terms("居住证 IC卡Ａ１") == ["居住", "住证", "ic", "卡", "a1"])
        #expect(TextTokenizer.terms("Permits, boxes; policies") == ["permit", "box", "policy"])
        #expect(TextTokenizer.terms("") == [])
    }

    @Test func questionsLoseTheirPhrases() {
        #expect(TextTokenizer.queryTerms("请问居住证怎么办理") == ["居住", "住证", "办理"])
        // Unless nothing else remains.
        #expect(!TextTokenizer.queryTerms("请问怎么").isEmpty)
    }

    @Test func aHostileWordIsCut() {
        #expect(TextTokenizer.terms(String(repeating: "a", count: 1000)).allSatisfy { $0.utf8.count <= 64 })
    }
}

@Suite struct PassageCutterTests {
    private func cut(_ text: String, headings: [String] = []) -> [PassageCutter.Piece] { PassageCutter.cut([DocumentBlock(text: text, headings: headings)]) }

    @Test(arguments: 0..<60)
    func noCharacterIsLost(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let sentences = (0..<Int.random(in: 1...40, using: &random)).map { number in
            String(repeating: "榕", count: Int.random(in: 1...120, using: &random)) + "\(number)。"
        }
        let pieces = cut(sentences.joined())
        for number in sentences.indices { #expect(pieces.contains { $0.text.contains("\(number)。") }) }
        #expect(pieces.allSatisfy { $0.text.count <= 2 * PassageCutter.targetCharacterCount })
    }

    @Test func passagesNeverCrossAHeading() {
        let pieces = PassageCutter.cut([DocumentBlock(text: "甲。", headings: ["一"]), DocumentBlock(text: "乙。", headings: ["二"])])
        #expect(pieces.map(\.headings) == [["一"], ["二"]])
    }

    @Test func tableRowsAreNeverJoined() {
        let pieces = PassageCutter.cut([DocumentBlock(text: "a", kind: .row), DocumentBlock(text: "b", kind: .row)])
        #expect(pieces.map(\.text) == ["a", "b"])
    }
}

@Suite struct ParserTests {
    private func parse(_ parser: any DocumentParser, _ text: String, _ name: String) async throws -> ParsedDocument {
        try await parser.parse(DocumentFile(name: name, bytes: Array(text.utf8)))
    }

    @Test func markdownKeepsHeadings() async throws {
        let document = try await parse(TextParser(), "# 居住证\n\n总则。\n\n## 材料\n\n- 身份证\n- 照片\n", "a.md")
        #expect(document.title == "居住证")
        #expect(document.blocks.last?.headings.contains("材料") == true)
        #expect(document.blocks.map(\.text).joined().contains("照片"))
    }

    @Test func htmlLosesItsMarkupScriptsAndHiddenText() async throws {
        let html = "<html><head><title>办事指南</title><style>p{}</style></head><body><script>secret()</script><h1>甲</h1><p>需要&nbsp;身份证&amp;照片&#65;</p><p>第二段<!-- 注释 --></p></body></html>"
        let document = try await parse(HTMLParser(), html, "a.html")
        let text = document.blocks.map(\.text).joined(separator: "|")
        #expect(document.title == "甲", "the first heading is what a reader sees; the title of the head is often the site's")
        #expect(text.contains("身份证&照片A") && text.contains("第二段"))
        #expect(!text.contains("secret") && !text.contains("p{}") && !text.contains("注释") && !text.contains("<"))
    }

    @Test func csvRowsCarryTheirColumnNames() async throws {
        let document = try await parse(CSVParser(), "名称,电话\n\"市,政务中心\",12345\n图书馆,\"8\"\"1\"\n", "a.csv")
        #expect(document.blocks.count == 2)
        #expect(document.blocks[0].text.contains("名称") && document.blocks[0].text.contains("市,政务中心"))
        #expect(document.blocks[1].text.contains("8\"1"))
        #expect(document.blocks.allSatisfy { $0.kind == .row })
    }

    @Test func wordParagraphsAreRead() async throws {
        let bytes = ZipBuilder.word(paragraphs: ["异地就医备案", "需要身份证&amp;医保卡。"])
        let document = try await WordParser().parse(DocumentFile(name: "a.docx", bytes: bytes))
        #expect(document.blocks.map(\.text).joined(separator: "|").contains("需要身份证&医保卡。"))
    }

    @Test func gb18030TextIsRead() async throws {
        let document = try await TextParser().parse(DocumentFile(name: "a.txt", bytes: [0xD6, 0xD0, 0xCE, 0xC4, 0xD5, 0xFE, 0xCE, 0xF1]))
        #expect(document.blocks.map(\.text) == ["中文政务"])
    }

    @Test func aMissingProgramIsNamedWithItsPackage() async {
        let parser = PDFParser(tools: ExternalTools(searchPath: ["/nowhere"]))
        await #expect { try await parser.parse(DocumentFile(name: "a.pdf", bytes: Array("%PDF-1.4".utf8))) } throws: { error in
            (error as? Fault)?.code == .toolMissing && (error as? Fault)?.remedy?.contains("poppler-utils") == true
        }
    }
}

@Suite struct ZipArchiveTests {
    private let word = "word/document.xml"

    private func bomb(claiming byteCount: Int) throws -> [UInt8] {
        let packed = try FileTree.read(Repository.path("Tests/Fixtures/four-mebibytes-of-zeros.deflate"))
        return ZipBuilder([.init(name: word, method: 8, packed: packed, byteCount: byteCount, checksum: 0)]).bytes
    }

    @Test func anHonestBombIsRefusedByItsRatio() async throws {
        let bytes = try bomb(claiming: 4 << 20)
        await #expect { try await WordParser().parse(DocumentFile(name: "a.docx", bytes: bytes)) } throws: { ($0 as? Fault)?.code == .archiveTooLarge }
    }

    @Test func aBombThatLiesAboutItsSizeIsStoppedWhileUnpacking() throws {
        let archive = try ZipArchive(bomb(claiming: 1000))
        #expect { try archive.contents(of: self.word) } throws: { ($0 as? Fault)?.code.kind == .input }
    }

    @Test func anEntryLargerThanTheBoundIsRefusedUnread() throws {
        let bytes = ZipBuilder([.init(name: word, method: 0, packed: [1], byteCount: 1 << 30, checksum: 0)]).bytes
        #expect(throws: Fault.self) { try ZipArchive(bytes).contents(of: word) }
    }

    @Test func aWrongChecksumIsDamage() throws {
        let bytes = ZipBuilder([.init(name: word, method: 0, packed: [1, 2, 3], byteCount: 3, checksum: 7)]).bytes
        #expect { try ZipArchive(bytes).contents(of: self.word) } throws: { ($0 as? Fault)?.code == .archiveDamaged }
    }

    @Test func everyTruncationIsRefusedOrRead() throws {
        let whole = ZipBuilder.word(paragraphs: ["甲"])
        for count in 0..<whole.count { #expect(throws: Fault.self) { _ = try ZipArchive(Array(whole[..<count])).contents(of: word) } }
    }

    @Test(arguments: 0..<400)
    func everyFlippedByteIsRefusedOrRead(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var bytes = ZipBuilder.word(paragraphs: ["甲乙丙"])
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
        }
        do { _ = try ZipArchive(bytes).contents(of: word) } catch { #expect(error is Fault) }
    }
}
