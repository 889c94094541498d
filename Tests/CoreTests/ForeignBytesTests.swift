import Core
import Foundation
import Support
import Testing

@Suite struct TextDecoderTests {
    @Test func strictUTF8ComesFirst() {
        let (text, encoding) = TextDecoder.decode(Array("政务热线 hotline".utf8))
        #expect(text == "政务热线 hotline")
        #expect(encoding == .utf8)
        #expect(TextDecoder.decode([0xEF, 0xBB, 0xBF] + Array("a".utf8)).text == "a")
    }

    /// GB 18030-2022: two-byte characters, and U+20000 in four bytes.
    @Test func gb18030IsDecoded() {
        let (text, encoding) = TextDecoder.decode([0xD6, 0xD0, 0xCE, 0xC4, 0x41, 0x95, 0x32, 0x82, 0x36])
        #expect(text == "中文A\u{20000}")
        #expect(encoding == .gb18030)
    }

    @Test func utf16NeedsItsMark() {
        #expect(TextDecoder.decode([0xFF, 0xFE, 0x2D, 0x4E]).text == "中")
        #expect(TextDecoder.decode([0xFE, 0xFF, 0x4E, 0x2D]).text == "中")
    }

    @Test(arguments: 0..<200)
    func anyBytesGiveSomeText(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<Int.random(in: 0...64, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let (text, encoding) = TextDecoder.decode(bytes)
        // Whatever was read strictly must say so truthfully.
        if encoding == .utf8 { #expect(Array(text.utf8) == bytes || bytes.starts(with: [0xEF, 0xBB, 0xBF])) }
    }
}

@Suite struct InflaterTests {
    let fixture = { (name: String) in try FileTree.read(Repository.path("Tests/Fixtures/" + name)) }

    @Test func unpacksWhatZlibPacked() throws {
        let text = String(decoding: try Inflater.inflate(fixture("banyan-x50.deflate"), byteCountMax: 1 << 20), as: UTF8.self)
        #expect(text == String(repeating: "榕树气根垂下，成林。Banyan roots become trunks. ", count: 50))
    }

    @Test func aBombStopsAtTheRatio() throws {
        let bomb = try fixture("four-mebibytes-of-zeros.deflate")
        #expect { try Inflater.inflate(bomb, byteCountMax: 64 << 20) } throws: { ($0 as? Fault)?.message.contains("grows past its bound") == true }
    }

    @Test func aBombStopsAtTheSize() throws {
        let bomb = try fixture("four-mebibytes-of-zeros.deflate")
        #expect { try Inflater.inflate(bomb, byteCountMax: 1 << 20, ratioMax: 2000) } throws: { ($0 as? Fault)?.code == .inflate }
        #expect(try Inflater.inflate(bomb, byteCountMax: 4 << 20, ratioMax: 2000).count == 4 << 20)
    }

    @Test func truncatedDataIsDamaged() throws {
        let packed = try fixture("banyan-x50.deflate")
        for count in 0..<packed.count {
            #expect(throws: Fault.self) { try Inflater.inflate(Array(packed[..<count]), byteCountMax: 1 << 20) }
        }
    }
}

@Suite struct ByteReaderTests {
    @Test func readsLittleEndian() {
        let reader = ByteReader([1, 2, 3, 4])
        #expect(reader.uint16(at: 1) == 0x0302)
        #expect(reader.uint32(at: 0) == 0x0403_0201)
        #expect(reader.slice(at: 4, count: 0) == [])
    }

    @Test(arguments: [-1, Int.min, Int.max, 3, 4, 5])
    func outOfRangeIsNil(offset: Int) {
        let reader = ByteReader([1, 2, 3, 4])
        #expect(reader.uint32(at: offset) == nil)
        #expect(reader.uint16(at: offset) == nil)
        #expect(reader.slice(at: offset, count: 2) == nil)
        #expect(reader.slice(at: 0, count: Int.max) == nil)
    }
}

@Suite struct FileTreeTests {
    @Test func listsRegularFilesSortedAndNothingHidden() throws {
        let directory = try TemporaryDirectory()
        for name in ["b.txt", "a/c.txt", ".hidden", "a/.git/config"] { try directory.write([1], to: name) }
        try FileManager.default.createSymbolicLink(atPath: directory.file("link"), withDestinationPath: "/etc/hosts")
        #expect(try FileTree.files(below: directory.path) == ["a/c.txt", "b.txt"])
        #expect(throws: Fault.self) { try FileTree.files(below: directory.path, countMax: 1) }
    }

    @Test func aLargeFileIsRefusedNotCut() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write([UInt8](repeating: 0, count: 100), to: "x")
        #expect(throws: Fault.self) { try FileTree.read(path, byteCountMax: 99) }
        #expect(try FileTree.read(path, byteCountMax: 100).count == 100)
    }

    @Test func aMissingFileIsNamed() {
        #expect { try FileTree.read("/no/such/file") } throws: { ($0 as? Fault)?.message.contains("/no/such/file") == true }
    }
}
