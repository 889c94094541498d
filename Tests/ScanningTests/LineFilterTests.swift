import Core
import Detection
import Support
import Synchronization
import Testing

@testable import Scanning

@Suite struct LineFilterTests {
    /// Found by Benchmarks/fuzz-parsers: an identifier that is no JSON went into the answer as it was.
    @Test(arguments: ["{1e9991,2]}", "{\"a\":[1,2}", "\"\\ux\"", "01", "tru", "[1,]", "-", "\"\u{1}\""])
    func regression_identifiersThatAreNoJSON(id: String) async throws {
        let line = Array("{\"id\":\(id),\"text\":\"x\"}\n".utf8)
        var start = 0, output: [UInt8] = []
        let (lines, malformed) = try await LineFilter(detector: Detector(), options: ScanOptions(), threads: 1).run { count in
            defer { start = min(line.count, start + count) }
            return Array(line[start..<min(line.count, start + count)])
        } write: { output += $0 }
        let answer = try JSONValue(parsing: String(decoding: output, as: UTF8.self))
        #expect(lines == 1 && malformed == 1 && answer["id"] == .null && answer["error"]?["code"] == "scanning.line")
    }

    /// Runs a filter over an input that comes in pieces of the given size.
    private func run(_ input: [UInt8], piece: Int = 1 << 20, threads: Int = 1, options: ScanOptions = ScanOptions()) async throws -> (lines: [String], counts: (lines: Int, malformed: Int)) {
        var place = 0
        var output: [UInt8] = []
        let counts = try await LineFilter(detector: Detector(), options: options, threads: threads).run(
            read: { wanted in
                let end = min(input.count, place + min(piece, wanted))
                defer { place = end }
                return Array(input[place..<end])
            }, write: { output += $0 })
        return (String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init), counts)
    }

    private static let text = #"{"id":1,"text":"电话13800138000"}"# + "\n"

    @Test func oneLineGivesOneLine() async throws {
        let (lines, counts) = try await run(Array(Self.text.utf8))
        #expect(counts == (1, 0))
        let json = try JSONValue(parsing: try #require(lines.first))
        #expect(json["id"] == 1 && json["findings"]?.array?.count == 1)
        let finding = try #require(json["findings"]?[0])
        #expect(finding["type"] == "mobile" && finding["start"] == 2 && finding["end"] == 13 && finding["byteStart"] == 6 && finding["byteEnd"] == 17)
        #expect((finding["confidence"]?.double ?? 0) > 0.5 && finding.object?.count == 6)
    }

    /// Whatever an identifier is, it comes back as it was written.
    @Test(arguments: ["7", "-1.5e3", "\"a\\u4e2d\\\"b\"", "null", "true", "[1,{\"x\":[]}]", "{\"k\":\"v}\"}", "12345678901234567890123"])
    func identifiersPass(id: String) async throws {
        for line in ["{\"id\":\(id),\"text\":\"\"}", " { \"text\" : \"x\" , \"more\":[\"}\"], \"id\" : \(id) } "] {
            let (lines, _) = try await run(Array((line + "\n").utf8))
            #expect(lines == ["{\"id\":\(id),\"findings\":[]}"], "\(line)")
        }
    }

    @Test func escapesAreCountedAsTheirCharacters() async throws {
        let (lines, _) = try await run(Array((#"{"id":0,"text":"\u7535\u8bdd\n\ud83d\ude00 13800138000"}"# + "\n").utf8))
        let finding = try #require(try JSONValue(parsing: lines[0])["findings"]?[0])
        #expect(finding["start"] == 5 && finding["byteStart"] == 12)
    }

    static let broken = ["", "{", "[]", "x", #"{"id":1}"#, #"{"text":1}"#, #"{"text":"a"} x"#, #"{"text":"\x"}"#, #"{"text":"a"#, #"{"text":"a",}"#, "{\"text\":\"\u{1}\"}", #"{"id":tru,"text":""}"#, String(repeating: "[", count: 500)]

    /// A malformed line is an error of its own; its neighbors are answered, and nothing of it is quoted.
    @Test(arguments: broken.indices)
    func malformedLinesDoNotStopIt(index: Int) async throws {
        let line = Self.broken[index]
        let (lines, counts) = try await run(Array((Self.text + line + "\n" + Self.text).utf8))
        #expect(lines.count == 3 && counts == (3, 1))
        let error = try JSONValue(parsing: lines[1])
        #expect(error["error"]?["line"] == 2 && error["error"]?["code"] != nil && error["findings"] == nil)
        #expect(lines[0] == lines[2] && lines[0].contains("mobile"))
    }

    /// Pieces of any size and any number of threads give the same bytes.
    @Test func piecesAndThreadsChangeNothing() async throws {
        var random = SeededRandom(seed: 3)
        let input = (0..<1_500).map { index -> String in
            switch Int.random(in: 0..<8, using: &random) {
            case 0: Self.broken[Int.random(in: 0..<Self.broken.count, using: &random)].replacing("\n", with: "")
            case 1: "{\"id\":\"\(index)\",\"text\":\"身份证\(Samples.identity)\"}"
            default: "{\"id\":\(index),\"text\":\"\(String(repeating: "文", count: Int.random(in: 0..<90, using: &random)))电话1380013\(1000 + index % 9000)\"}"
            }
        }
        let bytes = Array((input.joined(separator: "\n") + "\n").utf8)
        let whole = try await run(bytes)
        #expect(whole.lines.count == 1_500)
        for (piece, threads) in [(1, 1), (977, 1), (64 << 10, 4)] {
            let other = try await run(piece == 1 ? Array(bytes.prefix(4_000)) : bytes, piece: piece, threads: threads)
            if piece > 1 { #expect(other.lines == whole.lines && other.counts == whole.counts) } else { #expect(Array(whole.lines.prefix(other.lines.count - 1)) == Array(other.lines.dropLast())) }
        }
        // Without a line break at the end too.
        #expect(try await run(Array(bytes.dropLast())).lines == whole.lines)
    }

    /// A line of forty mebibytes costs an error and no more memory than its bound.
    @Test func endlessLinesArePassedOver() async throws {
        let long = [UInt8](repeating: 0x61, count: 40 << 20)
        let (lines, counts) = try await run(Array(Self.text.utf8) + long + Array(("\n" + Self.text).utf8))
        #expect(lines.count == 3 && counts == (3, 1) && lines[1].contains("scanning.line-too-long"))
        #expect(try await run(long).counts == (1, 1))
    }

    /// What came in is answered before more is read.
    @Test func nobodyWaitsForMore() async throws {
        var answered = 0, asked = 0
        try await LineFilter(detector: Detector(), options: ScanOptions(), threads: 2).run(
            read: { _ in
                #expect(answered == asked)
                asked += 1
                return asked <= 3 ? Array(Self.text.utf8) : []
            }, write: { _ in answered += 1 })
        #expect(answered == 3)
    }

    @Test func typesAndConfidenceAreObeyed() async throws {
        var options = ScanOptions()
        options.types = ["resident-id"]
        let input = Array("{\"id\":1,\"text\":\"电话13800138000，身份证\(Samples.identity)\"}\n".utf8)
        let typed = try await run(input, options: options).lines[0]
        #expect(typed.contains("resident-id") && !typed.contains("mobile"))
        options.types = ["group:contact"]
        let grouped = try await run(input, options: options).lines[0]
        #expect(!grouped.contains("resident-id") && grouped.contains("mobile"))
        options = ScanOptions()
        options.reveals = true
        let revealed = try await run(input, options: options).lines[0]
        #expect(revealed.contains("\"value\":\"13800138000\""))
    }

    /// The reader beside Core's parser on mutated objects: where both read one, the text is the same, and what Core reads is never refused.
    @Test(arguments: 0..<200)
    func readsWhatTheParserReads(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let scalars: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\u{1F600}", "中", "/", "\t", "}", "{"]
        let text = String(String.UnicodeScalarView((0..<20).map { _ in scalars[Int.random(in: 0..<scalars.count, using: &random)] }))
        var bytes = Array((["id": 1, "text": .string(text), "x": [1, 2.5, .null, ["k": "v"]]] as JSONValue).text.utf8)
        if seed % 2 == 1 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random) }
        let seen = Mutex<[[UInt8]]>([])
        let filter = LineFilter(options: ScanOptions(), threads: 1) { text in
            seen.withLock { $0.append(text) }
            return []
        }
        var given = false
        try await filter.run(read: { _ in defer { given = true }; return given ? [] : bytes }, write: { _ in })
        guard let line = String(validating: bytes, as: UTF8.self), let parsed = try? JSONValue(parsing: line), let expected = parsed["text"]?.string else { return }
        #expect(seen.withLock { $0 } == [Array(expected.utf8)])
    }
}
