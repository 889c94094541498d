import Core
import Detection
import Foundation
import Support
import Testing

@testable import Scanning

@Suite struct TextSourceTests {
    private static let text = "客户㐀的电话：13800138000，身份证号：11010519491231002X。\n邮箱 li.ming@example.com"
    /// The same as `iconv -t GB18030` writes it.
    private static let chinese = "bfcdbba78139ee39b5c4b5e7bbb0a3ba3133383030313338303030a3acc9edb7ddd6a4bac5a3ba313130313035313934393132333130303258a1a30ad3cacfe4206c692e6d696e67406578616d706c652e636f6d"

    private static func utf16(_ text: String, big: Bool) -> [UInt8] { text.utf16.flatMap { big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] } }

    private static let encodings: [(name: String, bytes: [UInt8], encoding: TextEncoding)] = [
        ("utf8", Array(text.utf8), .utf8), ("utf8 mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
        ("le", utf16(text, big: false), .utf16LittleEndian), ("le mark", [0xFF, 0xFE] + utf16(text, big: false), .utf16LittleEndian),
        ("be", utf16(text, big: true), .utf16BigEndian), ("be mark", [0xFE, 0xFF] + utf16(text, big: true), .utf16BigEndian),
        ("gb18030", stride(from: 0, to: chinese.utf8.count, by: 2).compactMap { UInt8(chinese.dropFirst($0).prefix(2), radix: 16) }, .gb18030),
    ]

    /// Whatever the encoding: the same scalars, and bytes of the file that decode to the value.
    @Test(arguments: encodings.indices)
    func placesAreThoseOfTheOriginalBytes(index: Int) async {
        let (name, bytes, encoding) = Self.encodings[index]
        let result = await Samples.scan(bytes, "a.txt")
        let scalars = Array(Self.text.unicodeScalars)
        for (type, value) in [("mobile", Samples.mobile), ("resident-id", Samples.identity), ("email", Samples.mail)] {
            guard let finding = result.findings.first(where: { $0.type == type }), let start = finding.byteStart, let end = finding.byteEnd else {
                Issue.record("\(name): no \(type)")
                continue
            }
            #expect(String(String.UnicodeScalarView(scalars[finding.start..<finding.end])) == value, "\(name)")
            #expect(String(decoding: encoding.utf8(of: Array(bytes[start..<end])), as: UTF8.self) == value, "\(name)")
            #expect(finding.location.line == (type == "email" ? 2 : 1))
        }
    }

    @Test func shortAsciiInUTF16IsNoBinary() {
        #expect(TextEncoding.guess(Self.utf16("phone 13800138000\n", big: false))?.encoding == .utf16LittleEndian)
        #expect(TextEncoding.guess(Self.utf16("联系电话一三八", big: true))?.encoding != nil)
        #expect(TextEncoding.guess([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]) == nil)
        #expect(TextEncoding.guess(Array("plain".utf8))?.encoding == .utf8)
    }

    /// Random scalars through every encoding: walking widths visits each scalar once and ends at the end.
    @Test(arguments: 0..<50)
    func widthsAddUp(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let text = String(String.UnicodeScalarView((0..<200).compactMap { _ in Unicode.Scalar(UInt32.random(in: [0x20...0x7E, 0x4E00...0x9FFF, 0x10000...0x1FFFF].randomElement(using: &random) ?? 0x20...0x7E, using: &random)) }))
        for (encoding, bytes) in [(TextEncoding.utf8, Array(text.utf8)), (.utf16LittleEndian, Self.utf16(text, big: false)), (.utf16BigEndian, Self.utf16(text, big: true))] {
            #expect(String(decoding: encoding.utf8(of: bytes), as: UTF8.self) == text)
            var (place, count) = (0, 0)
            while place < bytes.count { (place, count) = (place + encoding.width(of: bytes, at: place), count + 1) }
            #expect(place == bytes.count && count == text.unicodeScalars.count)
        }
    }

    private static let slab = 96 << 10

    /// Values all over a text of several slabs, across every cut: each is found once, where it is.
    @Test(arguments: [true, false])
    func slabsLoseNothingAndRepeatNothing(hasLines: Bool) async throws {
        var random = SeededRandom(seed: 7)
        var bytes: [UInt8] = [], places: [Int] = []
        let cuts = (1...3).flatMap { cut in (-40...40).map { cut * Self.slab - (cut - 1) * PlainText.overlap + $0 * 400 } }
        let filler = Array("春天的风吹过河岸，没有什么可说的。".utf8)
        var next = cuts.sorted()[...]
        while bytes.count < 3 * Self.slab + 40_000 {
            if let wanted = next.first, bytes.count >= wanted {
                next.removeFirst()
                bytes += Array("电话".utf8)
                places.append(bytes.count)
                bytes += Array((Samples.mobile + "，").utf8)
            }
            bytes += filler
            if hasLines, Int.random(in: 0..<6, using: &random) == 0 { bytes.append(0x0A) }
        }
        let directory = try TemporaryDirectory()
        let path = try directory.write(bytes, to: "long.txt")
        var limits = ScanLimits()
        limits.slabByteCount = Self.slab
        let result = await FileScanner(detector: Detector(), limits: limits).scan(path: path)
        let found = result.findings.filter { $0.type == "mobile" }
        #expect(found.compactMap(\.byteStart) == places)
        #expect(result.covered(in: bytes).allSatisfy { $0 == Samples.mobile })
        let last = try #require(found.last?.byteStart)
        #expect(found.last?.start == String(decoding: bytes[..<last], as: UTF8.self).unicodeScalars.count)
        #expect(found.last?.location.line == bytes[..<last].count { $0 == 0x0A } + 1)
    }

    @Test func binaryDataIsNamedAndPassedOver() async {
        let result = await Samples.scan([0x7F, 0x45, 0x4C, 0x46, 0, 0, 1] + Array(Samples.mobile.utf8), "program")
        #expect(result.findings.isEmpty && result.diagnostics.map(\.code) == ["scanning.binary"])
    }

    /// A terabyte of hole costs nothing.
    @Test func holesOfSparseFilesAreSkipped() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(Array("电话\(Samples.mobile)\n".utf8), to: "sparse.txt")
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 1 << 40)
        try handle.close()
        guard try FileStatus(of: path).isSparse else { return }
        let clock = ContinuousClock()
        let start = clock.now
        let result = await Samples.scanner.scan(path: path)
        #expect(result.types == ["mobile"] && result.diagnostics.contains { $0.code == "scanning.sparse" })
        #expect(clock.now - start < .seconds(20))
    }
}
