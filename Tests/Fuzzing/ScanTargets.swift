import Core
import Detection
import Dispatch
import Foundation
import Scanning
import Support
import Synchronization

/// The parsers that `banyan scan` reads foreign files with, through the room's own door: what they say of a damaged file is a diagnostic, never an error.
extension FuzzTarget {
    static func scanning() throws -> [FuzzTarget] {
        // Patterns are read once, before memory is watched.
        _ = try Detector().detect("电话13800138000")
        return [try mail(), try workbook(), try database(), try git(), tables(), pages(), lines(), patterns(), encodings()]
    }

    private static let scanner: FileScanner = {
        var limits = ScanLimits()
        limits.wholeByteCountMax = 4 << 20
        limits.unpackedByteCountMax = 8 << 20
        limits.rowCountMax = 20_000
        return FileScanner(detector: Detector(), limits: limits, scratch: NSTemporaryDirectory())
    }()

    /// Runs what is asynchronous to its end.
    private static func wait<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) throws -> Result {
        let done = DispatchSemaphore(value: 0), place = Place<Result>()
        // Awaited by the semaphore below.
        Task.detached {
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            place.result.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        guard let outcome = place.result.withLock({ $0 }) else { throw FuzzFinding(description: "no result") }
        return try outcome.get()
    }

    private final class Place<Result: Sendable>: Sendable {
        let result = Mutex<Swift.Result<Result, any Error>?>(nil)
    }

    /// Scans bytes as a file of a name; places of findings must lie in the file.
    private static func scan(_ bytes: [UInt8], _ name: String) throws -> Bool {
        let result = try wait { await scanner.scan(bytes, name: name) }
        return try check(result, byteCount: bytes.count)
    }

    private static func check(_ result: FileResult, byteCount: Int) throws -> Bool {
        for finding in result.findings {
            guard finding.start >= 0, finding.start < finding.end, (0.5...1).contains(finding.confidence) else { throw FuzzFinding(description: "a finding without a place") }
            guard let start = finding.byteStart, let end = finding.byteEnd, finding.location.members == nil else { continue }
            guard start >= 0, start < end, end <= byteCount else { throw FuzzFinding(description: "a finding outside the file") }
        }
        guard result.diagnostics.allSatisfy({ $0.code != "scanning.failed" }) else { throw FuzzFinding(description: "an error that is no fault") }
        return !result.findings.isEmpty
    }

    private static func fixture(scanning name: String) throws -> [UInt8] { try fixture("scanning/" + name) }

    private static func mutator(_ words: [String], _ others: [[UInt8]]) -> Mutator { Mutator(words: words.map { Array($0.utf8) }, others: others) }

    static func mail() throws -> FuzzTarget {
        let message = Array("""
            From: =?UTF-8?B?5byg5LiJ?= <zhang@example.com>\r\nTo: b@example.com\r\nSubject: =?GBK?Q?=B5=E7=BB=B0?= 13800138000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; \
            charset=gb18030\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=B5=E7=BB=B013800138000=\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>电话138<b>0013</b>8000</p>\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nFrom: \
            c@example.com\r\nSubject: in\r\n\r\nphone 13800138000\r\n--x\r\nContent-Disposition: attachment; filename*=UTF-8''%E6%B3%A8.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n5omL5py6CjEzODAwMTM4MDAwCg==\r\n--x--\r\n
            """.utf8)
        let folder = Array("From a@example.com Sat Jan  1 00:00:00 2026\n".utf8) + message + Array("\nFrom b@example.com Sat Jan  1 00:00:00 2026\n".utf8) + message
        let changes = mutator(
            ["--x", "--x--", "boundary=", "\r\n\r\n", "\n\n", "=?UTF-8?B?", "?=", "=?x?Q?", "Content-Type: multipart/mixed; boundary=\"x\"", "Content-Transfer-Encoding: base64", "message/rfc822", "filename*0*=", "=\r\n", "=0", "From ", "charset=", ";"],
            [message])
        return FuzzTarget("mail", about: "messages and folders of mail") { random in changes.mutate([message, message, folder].randomElement(using: &random) ?? [], &random) } feed: { bytes, _ in
            try scan(bytes, bytes.starts(with: "From ".utf8) ? "case.mbox" : "case.eml")
        }
    }

    /// Damaged archives, and sound ones with damaged sheets.
    static func workbook() throws -> FuzzTarget {
        let sheet = Array("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>备注</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>1.3800138E10</v></c><c r=\"C2\"><f>A2</f><v>13800138000</v></c></row></sheetData></worksheet>".utf8)
        let strings = Array("<sst><si><t>手机</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>".utf8)
        let book = Array("<workbook><sheets><sheet name=\"客户\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".utf8)
        let relations = Array("<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>".utf8)
        let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
        let builder = ZipBuilder(zip([sheet, strings, book, relations], names).map { ZipBuilder.Entry(stored: $0, name: $1) })
        let archives = [builder.bytes, builder.largeBytes]
        let changes = mutator(["PK\u{1}\u{2}", "PK\u{5}\u{6}", "PK\u{6}\u{6}", "PK\u{6}\u{7}", "\u{1}\u{0}\u{18}\u{0}"], archives)
        let texts = mutator(["<c r=\"XFD1048576\">", "<c r=\"ZZZZZZZZ9\">", "<v>", "</v>", "<v>1E308</v>", "<v>-1e-400</v>", "<v>9999999999999999999</v>", "<row r=\"-1\">", "<row r=\"9223372036854775807\">", "t=\"s\"", "<si>", "</si>", "<![CDATA[", "&#x110000;", "../../x"], [sheet, strings])
        return FuzzTarget("workbook", about: "archives of the ZIP format and workbooks in them") { random in
            if Bool.random(using: &random) { return changes.mutate(archives.randomElement(using: &random) ?? [], &random) }
            var parts = [sheet, strings, book, relations]
            let place = Int.random(in: 0..<parts.count, using: &random)
            parts[place] = texts.mutate(parts[place], &random)
            return ZipBuilder(zip(parts, names).map { ZipBuilder.Entry(stored: $0, name: $1) }).bytes
        } feed: { bytes, _ in try scan(bytes, "case.xlsx") }
    }

    static func database() throws -> FuzzTarget {
        let small = try fixture(scanning: "small.sqlite")
        let changes = mutator(["SQLite format 3\u{0}", "CREATE TABLE", "table", "index", "trigger", "\u{FF}\u{FF}\u{FF}\u{FF}"], [small])
        return FuzzTarget("database", about: "databases of SQLite") { random in changes.mutate(small, &random) } feed: { bytes, folder in
            let file = try CaseFile(bytes, in: folder, name: "case.sqlite")
            let path = file.path
            return try check(wait { await scanner.scan(path: path) }, byteCount: bytes.count)
        }
    }

    /// A pack, its index, or one loose object of a repository.
    static func git() throws -> FuzzTarget {
        let parts = [try fixture(scanning: "small.pack"), try fixture(scanning: "small.idx"), [0x78, 0x01, 0x01, 17, 0, 0xEE, 0xFF] + Array("blob 11\u{0}13800138000".utf8.prefix(17)) + [0, 0, 0, 0]]
        let changes = mutator(["PACK", "\u{0}\u{0}\u{0}\u{2}", "blob 11\u{0}", "tree ", "commit "], Array(parts.prefix(2)))
        return FuzzTarget("git-objects", about: "packs, their indexes and loose objects of git") { random in
            let place = Int.random(in: 0..<parts.count, using: &random)
            return [UInt8(place)] + changes.mutate(parts[place], &random)
        } feed: { bytes, folder in
            guard let place = bytes.first.map(Int.init), place < parts.count else { return false }
            let repository = folder + "/repository"
            defer { try? FileManager.default.removeItem(atPath: repository) }
            for name in ["refs/heads", "objects/pack", "objects/ab"] { try FileManager.default.createDirectory(atPath: "\(repository)/\(name)", withIntermediateDirectories: true) }
            func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: "\(repository)/\(name)")) }
            try write(Array("ref: refs/heads/main\n".utf8), "HEAD")
            for (index, name) in ["objects/pack/pack-1.pack", "objects/pack/pack-1.idx", "objects/ab/" + String(repeating: "c", count: 38)].enumerated() { try write(index == place ? Array(bytes.dropFirst()) : parts[index], name) }
            return try check(wait { await scanner.scan(path: repository) }, byteCount: .max)
        }
    }

    /// Tables and documents by their members.
    static func tables() -> FuzzTarget {
        let corpus: [(String, String)] = [
            ("csv", "姓名,手机,\"备 \"\"注\"\"\"\r\n张三,13800138000,\"a,\n13912345678\"\r\n"), ("tsv", "phone\tx\n13800138000\t1\n"), ("json", #"{"a":[{"phone":"138\u0030013\/8000"},{"x":{"sfzh":"11010519491231002X"}}],"n":13800138000}"#),
            ("jsonl", "{\"phone\":\"13800138000\"}\n{\"phone\":13912345678}\n"), ("txt", "INSERT INTO t (id, wechat) VALUES (1, 'abcd_1234');\n| 微信号 | 备注 |\n|---|---|\n| abcd_1234 | 无 |\n"),
        ]
        let changes = mutator(["\"", "\"\"", ",", "\r", "\n", "{", "}", "[", "]", "\\u", "\\ud800", "\\", "VALUES (", "|", "\u{0}", "\u{FEFF}"], corpus.map { Array($0.1.utf8) })
        return FuzzTarget("tables", about: "separated values, JSON and tables in texts") { random in
            let place = Int.random(in: 0..<corpus.count, using: &random)
            return [UInt8(place)] + changes.mutate(Array(corpus[place].1.utf8), &random)
        } feed: { bytes, _ in
            guard let place = bytes.first.map(Int.init), place < corpus.count else { return false }
            return try scan(Array(bytes.dropFirst()), "case." + corpus[place].0)
        }
    }

    static func pages() -> FuzzTarget {
        let page = Array("<!DOCTYPE html><html><head><title>客户</title><script>var a='13800138000'</script></head><body><table><tr><th>微信号</th><th>x</th></tr><tr><td>abcd_1234</td><td>138<b>0013</b>8000</td></tr></table><!-- 13912345678 --><p title=\"li.ming@example.com\">&#49;&#51;800138000</p></body></html>".utf8)
        let changes = mutator(["<", ">", "</", "<!--", "-->", "<script", "</script>", "<td>", "</td>", "<tr>", "&#", "&#x", ";", "\"", "'", "<![CDATA["], [page])
        return FuzzTarget("pages", about: "pages, as they are seen and written") { random in changes.mutate(page, &random) } feed: { bytes, _ in try scan(bytes, "case.html") }
    }

    /// The filter of JSON lines: an answer a line, whatever comes in.
    static func lines() -> FuzzTarget {
        let corpus = Array(#"{"id":1,"text":"电话13800138000"}\#n{"text":"\u7535\u8bdd 138\ud83d\ude4200138000","id":{"a":[1,2]}}\#n{"id":"x","text":""}\#n"#.utf8)
        let changes = mutator(["\"text\":", "\"id\":", "{", "}", "\\ud83d", "\\u", "\\\"", "\n", "\r\n", "\"text\":\"", "null", "1e999", "[[[[[[[["], [corpus])
        let filter = LineFilter(detector: Detector(), options: ScanOptions(), threads: 1)
        return FuzzTarget("json-lines", about: "the filter of JSON lines") { random in changes.mutate(corpus, &random) } feed: { bytes, _ in
            let (lines, malformed, output) = try wait { () -> (Int, Int, [UInt8]) in
                var start = 0, output: [UInt8] = []
                let (lines, malformed) = try await filter.run { count in
                    defer { start = min(bytes.count, start + count) }
                    return Array(bytes[start..<min(bytes.count, start + count)])
                } write: { output += $0 }
                return (lines, malformed, output)
            }
            let answers = output.split(separator: 10)
            guard answers.count == lines else { throw FuzzFinding(description: "\(answers.count) answers to \(lines) lines") }
            for answer in answers { _ = try JSONValue(parsing: String(decoding: answer, as: UTF8.self)) }
            return malformed < lines
        }
    }

    /// A person's own patterns, and a text that they are tried on.
    static func patterns() -> FuzzTarget {
        let corpus = ["[A-Z]{2}[0-9]{6}", "(?i:ab|c)+d*?", "(a|b)*abb", "\\bfoo\\b|^x$", "[^\\x00-\\x{7f}]{3,5}", "((a{0,9}){0,9}){0,9}", "(?P<n>\\d+)-(?:\\w+)", "\\p{Han}+", "[\\d\\s-]+", "(x+x+)+y", "a{1000}"].map { Array($0.utf8) }
        let changes = mutator(["(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "\\", "{1000}", "{0,}", "(?i)", "\\b", "\\Q", "\\x{10FFFF}", "[^", "[a-", "\\p{", "(?:", ".*", "^", "$", "\\u{", "{2,1}"], corpus)
        let text = Array((String(repeating: "xx", count: 300) + " AB123456 abcd 电话 13800138000 foo aabb-12 " + String(repeating: "a", count: 600)).utf8)
        return FuzzTarget("patterns", about: "patterns of a person's own, run on a text") { random in changes.mutate(corpus.randomElement(using: &random) ?? [], &random) } feed: { bytes, _ in
            let recognizer: PatternRecognizer
            do { recognizer = try PatternRecognizer(name: "own", pattern: String(decoding: bytes, as: UTF8.self)) } catch is Fault { return false }
            let detection: Detection
            do { detection = try Detector(recognizers: [recognizer]).detect(bytes: text) } catch is Fault { return false }
            for finding in detection.findings where finding.byteStart >= finding.byteEnd || finding.byteEnd > text.count { throw FuzzFinding(description: "a match outside the text") }
            return !detection.findings.isEmpty
        }
    }

    /// What the detector looks behind: escapes, encodings, look-alikes and separators, one within another.
    static func encodings() -> FuzzTarget {
        let corpus = [
            "手机MTM4MDAxMzgwMDA= 手机3133383030313338303030", "手机%31%33%38%30%30%31%33%38%30%30%30 &#49;&#51;&#x38;00138000", "手机\\u0031\\u0033\\x38\\0600138000 1 3 8 0 0 1 3 8 0 0 0", "手机１３８００１３８０００ 一三八零零一三八零零零 ①③⑧00138000",
            "车牌京А·12345 护照Е12345678 138*0013*8000", "JTMxJTMzJTM4JTMwJTMwJTMxJTMzJTM4JTMwJTMwJTMw", "姓名,微信号\n张三,abcd_1234\n| 微信号 | x |\n|---|---|\n| abcd_1234 | y |", "1.3.6.1.4.1.311.21.20 AKIAIOSFODNN7EXAMPLE -----BEGIN RSA PRIVATE KEY-----",
        ].map { Array($0.utf8) }
        let changes = mutator(["%", "%3", "&#", "&#x", "\\u", "\\u{", "\\x", "=", "==", "\u{200B}", "\u{202E}", "А", "１", "壹", "·", "@", ".", "\u{1D7CE}", "\n", "|", ","], corpus)
        let detector = Detector()
        return FuzzTarget("encodings", about: "escapes, encodings and look-alikes in texts") { random in changes.mutate(corpus.randomElement(using: &random) ?? [], &random) } feed: { bytes, _ in
            let detection = try detector.detect(bytes: bytes)
            var last = 0
            for finding in detection.findings {
                guard finding.byteStart >= last, finding.byteStart < finding.byteEnd, finding.byteEnd <= bytes.count, finding.start < finding.end else { throw FuzzFinding(description: "findings that overlap or lie outside") }
                last = finding.byteEnd
            }
            return !detection.findings.isEmpty
        }
    }
}
