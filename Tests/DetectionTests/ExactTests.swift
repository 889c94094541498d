import Core
import Testing

@testable import Detection

/// What a plain search finds: every value tried at every place, by rules written again from their description.
private struct PlainSearch {
    static let separators = Set(" -._/－．＿／　".unicodeScalars)

    /// A value or a text as characters, with nil for separators.
    static func read(_ text: String) -> [(character: String?, range: Range<Int>)] {
        var place = 0
        return text.unicodeScalars.map { scalar in
            let start = place
            place += String(scalar).utf8.count
            guard !separators.contains(scalar) else { return (nil, start..<place) }
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            let plain = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            return (plain.isASCII ? String(plain).lowercased() : String(plain), start..<place)
        }
    }

    static func isWord(_ character: String?) -> Bool {
        guard let scalar = character?.unicodeScalars.first else { return false }
        return scalar.value < 0x0E00 && scalar.properties.isAlphabetic || (48...57).contains(scalar.value)
    }

    static func ranges(_ values: [String], in text: String) -> [Range<Int>] {
        let known = values.map { read($0).compactMap(\.character) }.filter { (4...64).contains($0.count) }
        let units = read(text)
        var found: [Range<Int>] = []
        var index = 0
        while index < units.count {
            let ends = known.compactMap { end(of: $0, units, index) }
            if let end = ends.max() {
                found.append(units[index].range.lowerBound..<units[end].range.upperBound)
                index = end + 1
            } else {
                index += 1
            }
        }
        return found
    }

    private static func end(of value: [String], _ units: [(character: String?, range: Range<Int>)], _ start: Int) -> Int? {
        guard units[start].character == value[0], start == 0 || !(isWord(units[start].character) && isWord(units[start - 1].character)) else { return nil }
        var index = start
        for character in value.dropFirst() {
            var separators = 0
            index += 1
            while index < units.count, units[index].character == nil {
                separators += 1
                index += 1
            }
            guard separators <= 3, index < units.count, units[index].character == character else { return nil }
        }
        if index + 1 < units.count, isWord(units[index].character), isWord(units[index + 1].character) { return nil }
        return index
    }
}

@Suite struct ExactTests {
    /// The key 00 01 … 0f, of the authors' reference vectors.
    static let key = (try? ExactKey(bytes: Array(0..<16))) ?? .random()

    /// `vectors_sip64` of github.com/veorq/SipHash: the first `n` bytes of 00 01 02 …
    @Test(arguments: [
        (0, 0x726F_DB47_DD0E_0E31), (1, 0x74F8_39C5_93DC_67FD), (2, 0x0D6C_8009_D9A9_4F5A), (3, 0x8567_6696_D7FB_7E2D), (7, 0xAB02_00F5_8B01_D137), (8, 0x93F5_F579_9A93_2462),
        (15, 0xA129_CA61_49BE_45E5),
    ] as [(Int, UInt64)])
    func sipHashGivesTheReferenceVectors(count: Int, expected: UInt64) {
        var hash = SipHash(Self.key)
        hash.add((0..<count).map { UInt8($0) })
        #expect(hash.hash == expected)
    }

    @Test func aScalarIsHashedAsUTF8() {
        for scalar in "a\u{7F}\u{80}é\u{7FF}\u{800}张\u{FFFF}\u{10000}😀\u{10FFFF}".unicodeScalars {
            var (one, other) = (SipHash(Self.key), SipHash(Self.key))
            one.add(scalar: scalar.value)
            other.add(String(scalar).utf8)
            #expect(one.hash == other.hash, "U+\(String(scalar.value, radix: 16))")
        }
    }

    @Test(arguments: 0..<400)
    func theTableFindsWhatAPlainSearchFinds(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let letters = ["a", "B", "b", "1", "２", "2", "Ａ", "ｂ", "张", "伟", "é", "😀"]
        let gaps = [" ", "-", ".", "_", "/", "－", "　", "  ", " - ", "    "]
        func piece(_ count: Int, _ gapShare: Double) -> String {
            (0..<count).map { _ in (letters.randomElement(using: &random) ?? "") + (Double.random(in: 0..<1, using: &random) < gapShare ? gaps.randomElement(using: &random) ?? "" : "") }.joined()
        }
        let values = (0..<Int.random(in: 0...30, using: &random)).map { _ in piece(Int.random(in: 1...9, using: &random), 0.2) } + [piece(70, 0), piece(64, 0.1)]
        /// The same value as someone else would write it.
        func rewritten(_ value: String) -> String {
            value.unicodeScalars.map { scalar -> String in
                let gap = Int.random(in: 0..<5, using: &random) == 0 ? gaps.randomElement(using: &random) ?? "" : ""
                let wide = scalar.isASCII && scalar.value > 32 && Bool.random(using: &random) ? Unicode.Scalar(scalar.value + 0xFEE0).map { String($0) } ?? "" : String(scalar)
                return (Bool.random(using: &random) && scalar.isASCII ? wide.uppercased() : wide) + gap
            }.joined()
        }
        let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: piece(Int.random(in: 1...6, using: &random), 0.3)
            case 1: rewritten(values.randomElement(using: &random) ?? "")
            case 2: ["，", "\n", "(", "客户", ":"].randomElement(using: &random) ?? ""
            default: gaps.randomElement(using: &random) ?? ""
            }
        }.joined()
        let table = try ExactTable(values: values, key: ExactKey(bytes: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }))
        let expected = PlainSearch.ranges(values, in: text)
        #expect(ExactFinder(table: table).ranges(in: Array(text.utf8)) == expected)
        let carried = try ExactTable(bytes: table.bytes, key: table.key)
        #expect(ExactFinder(table: carried).ranges(in: Array(text.utf8)) == expected)
    }

    @Test func valuesAreFoundHoweverTheyAreWritten() throws {
        let table = try ExactTable(values: ["AJ-2024/0071", "欧阳晓芸", "Müller", "abc", "张三"], key: .random())
        #expect(table.count == 3 && table.skippedCount == 2)
        let detector = try Detector(recognizers: [ExactRecognizer(name: "customer", table: table)])
        for (text, found) in [
            ("编号ＡＪ２０２４－００７１。", "ＡＪ２０２４－００７１"), ("see aj 2024 0071!", "aj 2024 0071"), ("请转欧阳 晓芸女士", "欧阳 晓芸"), ("Frau Müller kam", "Müller"),
        ] {
            let findings = try detector.detect(text).findings
            #expect(findings.map { String(decoding: Array(text.utf8)[$0.byteStart..<$0.byteEnd], as: UTF8.self) } == [found])
            #expect(findings.first?.type.id == "customer")
        }
        for text in ["xAJ20240071", "AJ202400712", "Müllerin", "张三abc", "AJ2024\n0071", "AJ2024    0071"] { #expect(try detector.detect(text).findings.isEmpty, "\(text)") }
    }

    @Test func aDamagedOrForeignTableIsRefused() throws {
        let table = try ExactTable(values: (0..<50).map { "value\($0)" }, key: Self.key)
        let bytes = table.bytes
        #expect(try ExactTable(bytes: bytes, key: Self.key).hashes == table.hashes)
        func isRefused(_ bytes: [UInt8], _ key: ExactKey = Self.key) -> Bool {
            do { _ = try ExactTable(bytes: bytes, key: key) } catch { return (error as? Fault)?.code == .exactTable }
            return false
        }
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[place] ^= 0x10
            #expect(isRefused(damaged), "byte \(place)")
        }
        for count in [0, 7, 8, 20, 24, 31, bytes.count - 8, bytes.count - 1] { #expect(isRefused(Array(bytes.prefix(count))), "\(count) bytes") }
        #expect(isRefused(bytes + [0]))
        #expect(isRefused(bytes, .random()))
        #expect(throws: Fault.self) { try ExactKey(bytes: [1, 2, 3]) }
    }

    @Test func theFileHoldsNoValueAndTheKeyIsNotPrinted() throws {
        let table = try ExactTable(values: ["Wintermute", "13800138000"], key: Self.key)
        let text = String(decoding: table.bytes, as: UTF8.self).lowercased()
        #expect(!text.contains("winter") && !text.contains("1380"))
        #expect("\(table.key)" == "ExactKey(hidden)")
    }

    @Test func cellsAreReadWithoutTheNamesOfColumns() throws {
        #expect(try ExactCells.read("name,phone\r\n\"Li, \"\"Wei\"\"\",13800138000\n\n,x\n") == ["Li, \"Wei\"", "13800138000", "x"])
        #expect(try ExactCells.read("Alice\nBob\n") == ["Alice", "Bob"])
        #expect(try ExactCells.read("A1,b\nc,d") == ["A1", "b", "c", "d"])
        #expect(try ExactCells.read("only") == ["only"])
        #expect(try ExactCells.read("").isEmpty)
    }
}
