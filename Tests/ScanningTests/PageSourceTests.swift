import Core
import Detection
import Foundation
import Support
import Testing

@testable import Scanning

/// Pages are scanned as a person sees them and as they are written.
@Suite struct PageSourceTests {
    private func covered(_ page: String, _ name: String = "a.html") async -> [String] {
        let bytes = Array(page.utf8)
        return await Samples.scan(bytes, name).covered(in: bytes)
    }

    /// A value goes on behind tags and references, and its label stands in the cell before or in a block of its own.
    @Test(arguments: [
        ("<p>电话：138<b>0013</b>8000</p>", "138<b>0013</b>8000"), ("<p>电话 138<!-- x -->00138000</p>", "138<!-- x -->00138000"), ("<p>手机&#49;&#51;&#56;<i>0013</i>8000</p>", "&#49;&#51;&#56;<i>0013</i>8000"),
        ("<table><tr><td>微信号</td><td><span class=x>abcd_1234</span></td></tr></table>", "abcd_1234"), ("<dl><dt>微信号</dt><dd>abcd_1234</dd></dl>", "abcd_1234"),
        ("<p>邮箱：<a href='#'>li.ming</a>@example.<wbr>com</p>", "li.ming</a>@example.<wbr>com"),
    ])
    func whatIsSeenIsFound(page: String, value: String) async {
        let found = await covered("<!DOCTYPE html><html><body>\(page)</body></html>")
        #expect(found == [value], "\(found)")
    }

    /// What is not seen is there all the same.
    @Test(arguments: [
        "<input name=phone value=\"13800138000\">", "<!-- 电话 13800138000 -->", "<script>var phone = '13800138000'</script>", "<style>/* 13800138000 */</style>", "<meta content='电话13800138000'>", "<script>var phone = '13800138000'",
        "<a href=\"tel:13800138000\"", "<textarea>手机 13800138000</textarea>",
    ])
    func whatIsWrittenIsFound(page: String) async { #expect(await covered("<html>" + page) == [Samples.mobile]) }

    /// A value that is seen and written is one finding.
    @Test func nothingIsFoundTwice() async {
        let page = "<html><body><p>电话\(Samples.mobile)，<b>身份证</b>\(Samples.identity)</p><p>\(Samples.mail)</p></body></html>"
        #expect(await covered(page) == Samples.values)
        #expect(await covered(page, "page.txt") == Samples.values)
    }

    /// Numbers in two cells, rows or blocks are not one.
    @Test(arguments: ["<table><tr><td>1380013</td><td>8000</td></tr></table>", "<p>1380013</p><p>8000</p>", "<div>电话1380013<br>8000</div>"])
    func blocksAreApart(page: String) async { #expect(await covered("<html>\(page)").allSatisfy { $0 != Samples.mobile && !$0.contains("<") }) }

    @Test func headsOfTablesCount() async {
        let page = "<html><table>\n<tr><th>序</th><th>微信号</th><th>备注</th></tr>\n<tr><td>1</td><td>abcd_1234</td><td></td></tr>\n<tr><td></td><td>wxyz-5678</td><td>无</td></tr>\n</table></html>"
        #expect(await covered(page).filter { $0.count == 9 } == ["abcd_1234", "wxyz-5678"])
    }

    /// The page's own encoding: scalars and bytes of the file.
    @Test func placesAreThoseOfTheFile() async throws {
        let page = "<html><body>\n<p>客户电话：138<b>0013</b>8000</p></body></html>"
        let bytes: [UInt8] = [0xFF, 0xFE] + page.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let finding = try #require(await Samples.scan(bytes, "a.htm").findings.first { $0.type == "mobile" })
        let scalars = Array(page.unicodeScalars)
        #expect(String(String.UnicodeScalarView(scalars[finding.start..<finding.end])) == "138<b>0013</b>8000" && finding.location.line == 2)
        let (start, end) = (try #require(finding.byteStart), try #require(finding.byteEnd))
        #expect(String(decoding: TextEncoding.utf16LittleEndian.utf8(of: Array(bytes[start..<end])), as: UTF8.self) == "138<b>0013</b>8000")
    }

    @Test func mailInMarkupIsRead() async {
        let mail = "From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>电话：138<b>0013</b>8000</p>"
        #expect(await Samples.scan(mail, "a.eml").types.contains("mobile"))
    }

    /// Random markup: every byte of what is seen is a byte of the page, in order.
    @Test(arguments: 0..<40)
    func placesRise(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let parts = ["<p>", "</p>", "<b>", "</b>", "<td>", "</td>", "<tr>", "<!--", "-->", "<", ">", "a", "电", "&amp;", "\n", " ", "<script>", "</script>", "\"", "<br/>", "=", "'"]
        let page = Array((0..<200).compactMap { _ in parts.randomElement(using: &random) }.joined().utf8)
        let visible = VisibleText(page: page)
        var last = -1
        for (place, byte) in visible.bytes.enumerated() {
            let source = visible.source(of: place..<place + 1)
            #expect(source.lowerBound >= last && source.upperBound <= page.count)
            if page[source.lowerBound] != byte { #expect([0x09, 0x0A, 0x20].contains(byte)) }
            last = source.lowerBound
        }
    }

    @Test func largePagesAreReadAsTheyAreWritten() async {
        let result = await Samples.scan(Array("<html>".utf8) + [UInt8](repeating: 0x20, count: PageSource.byteCountMax) + Array("电话13800138000".utf8), "a.html")
        #expect(result.types == ["mobile"] && result.diagnostics.contains { $0.code == "scanning.page-large" })
    }
}
