import Core
import Detection
import Foundation
import Support
import Testing

@testable import Scanning

@Suite struct ContainerTests {
    private let note = Array("电话\(Samples.mobile)\n".utf8)

    @Test func archivesInArchives() async {
        let inner = Samples.tar([("a/注.txt", note), ("b.csv", Array("sfzh\n\(Samples.identity)\n".utf8))])
        let bytes = Samples.zip([("x.tar.gz", Samples.gzip(inner)), ("c.txt", note)])
        let result = await Samples.scan(bytes, "all.zip")
        #expect(result.findings.map(\.location.members) == [["c.txt"], ["x.tar.gz", "x.tar", "a/注.txt"], ["x.tar.gz", "x.tar", "b.csv"]])
        #expect(result.types == ["mobile", "mobile", "resident-id"] && result.diagnostics.isEmpty)
    }

    @Test func depthIsBounded() async {
        var bytes = note
        for _ in 0..<4 { bytes = Samples.zip([("in", bytes)]) }
        #expect(await Samples.scan(bytes, "four.zip").types == ["mobile"])
        let five = await Samples.scan(Samples.zip([("in", bytes)]), "five.zip")
        #expect(five.findings.isEmpty && five.diagnostics.map(\.code) == ["scanning.depth"])
    }

    @Test func totalsAreBounded() async {
        var limits = ScanLimits()
        limits.unpackedByteCountMax = 3_000
        let files = (0..<10).map { (name: "\($0).txt", bytes: note + [UInt8](repeating: 0x61, count: 1_000)) }
        let result = await Samples.scan(Samples.tar(files), "a.tar", limits: limits)
        #expect(result.findings.count == 2 && result.diagnostics.allSatisfy { $0.code == "scanning.unpacked" } && result.diagnostics.count == 8)
    }

    @Test func bombsAndDamageAreDiagnostics() async throws {
        let packed = try FileTree.read(Repository.path("Tests/Fixtures/four-mebibytes-of-zeros.deflate"))
        let bomb = ZipBuilder([.init(name: "bomb.txt", method: 8, packed: packed, byteCount: 4 << 20, checksum: 0), .init(stored: note, name: "good.txt")]).bytes
        let result = await Samples.scan(bomb, "bomb.zip")
        #expect(result.types == ["mobile"] && result.diagnostics.map(\.code) == ["core.archive-too-large"])
        let gzip = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + packed + [UInt8](repeating: 0, count: 8)
        #expect(await Samples.scan(gzip, "bomb.gz").diagnostics.map(\.code) == ["core.inflate"])
    }

    /// Whatever bytes are broken: an answer in bounded time, no trap.
    @Test(arguments: 0..<150)
    func flippedBytesAreReadOrDiagnosed(seed: UInt64) async {
        var random = SeededRandom(seed: seed)
        let samples = [
            Samples.zip([("x.tar.gz", Samples.gzip(Samples.tar([("a.txt", note)])))]), Samples.tar([("a.txt", note), ("b.txt", note)]), Samples.gzip(note),
            Samples.workbook([["姓名", "手机"], ["张三", Samples.mobile]]), Array(MailTests.message.utf8), Array("a,\"b\"\n\(Samples.mobile),\"\"\"\"\n".utf8),
        ]
        var bytes = samples[Int(seed) % samples.count]
        for _ in 0..<Int.random(in: 1...6, using: &random) { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random) }
        let name = ["a.zip", "a.tar", "a.gz", "a.xlsx", "a.eml", "a.csv"][Int(seed) % samples.count]
        let cut = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        for bytes in [bytes, cut] {
            let result = await Samples.scan(bytes, name)
            #expect(result.findings.allSatisfy { ($0.byteStart ?? 0) <= ($0.byteEnd ?? 0) && $0.start <= $0.end })
            #expect(!result.diagnostics.contains { $0.message.contains(Samples.mobile) })
        }
    }
}

@Suite struct MailTests {
    static let message = """
        From: =?UTF-8?B?5p2O5piO?= <li.ming@example.com>\r
        To: a@example.org\r
        Subject: =?GB2312?Q?=B5=E7=BB=B0?= =?UTF-8?Q?_13800138000?=\r
        MIME-Version: 1.0\r
        Content-Type: multipart/mixed; boundary="b 1"\r
        \r
        preamble\r
        --b 1\r
        Content-Type: text/plain; charset=gb18030\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        =C9=ED=B7=DD=D6=A4=BA=C5=A3=BA1101051949=\r
        1231002X\r
        --b 1\r
        Content-Type: application/octet-stream\r
        Content-Disposition: attachment; filename="=?UTF-8?B?5ZCN5Y2VLmNzdg==?="\r
        Content-Transfer-Encoding: base64\r
        \r
        c2poCjEzOTEyMzQ1Njc4Cg==\r
        --b 1--\r

        """

    @Test func headersBodiesAndAttachments() async {
        let result = await Samples.scan(Self.message, "a.eml")
        func members(_ type: String) -> [[String]?] { result.findings.filter { $0.type == type }.map(\.location.members) }
        #expect(members("resident-id") == [["1 text/plain"]])
        #expect(members("mobile") == [["headers"], ["名单.csv"]])
        #expect(members("email").count == 2)
    }

    @Test func aFolderOfMessages() async {
        let one = Self.message.replacing("\r\n", with: "\n")
        let result = await Samples.scan("From a@b Mon Jan  1 00:00:00 2024\n\(one)\nFrom c@d Tue Jan  2 00:00:00 2024\n\(one)", "mail.mbox")
        #expect(result.findings.count { $0.type == "resident-id" } == 2)
        #expect(Set(result.findings.compactMap { $0.location.members?.first }) == ["message 1", "message 2"])
    }

    @Test func codings() {
        #expect(String(decoding: MailCoding.base64(Array("5p2O\r\n5piO=".utf8)[...]), as: UTF8.self) == "李明")
        #expect(MailCoding.words("=?utf-8?q?a=5Fb_c?= x =?utf-8?b?eQ==?=") == "a_b c x y")
        #expect(MailCoding.words("=?broken") == "=?broken")
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            #expect(MailCoding.base64(Array(Data(bytes).base64EncodedString().utf8)[...]) == bytes)
        }
    }
}
