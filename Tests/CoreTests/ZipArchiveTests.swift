import Foundation
import Support
import Testing

@testable import Core

/// ZIP64 (APPNOTE 4.3.14, 4.3.15 and 4.5.3); the rest of the format is tested with the documents that come in it.
@Suite struct ZipArchiveTests {
    private static let builder = ZipBuilder([ZipBuilder.Entry(stored: Array("eins".utf8), name: "a.txt"), .init(stored: [UInt8](repeating: 7, count: 70_000), name: "folder/b.bin"), .init(stored: [], name: "empty")])

    @Test func sizesOf64BitsAreRead() throws {
        let archive = try ZipArchive(Self.builder.largeBytes)
        #expect(archive.entries.keys.sorted() == ["a.txt", "empty", "folder/b.bin"])
        #expect(try archive.contents(of: "a.txt") == Array("eins".utf8) && archive.contents(of: "folder/b.bin")?.count == 70_000 && archive.contents(of: "empty") == [])
    }

    /// Cut off anywhere, it is damaged, and never read beyond its end.
    @Test func cutArchivesAreDamaged() {
        let whole = ZipBuilder([ZipBuilder.Entry(stored: Array("eins".utf8), name: "a.txt")]).largeBytes
        for count in 0..<whole.count { #expect(throws: Fault.self) { _ = try ZipArchive(Array(whole[..<count])).contents(of: "a.txt") } }
    }

    /// Every byte of the records with its bits set: sizes and places of up to 2^64 do no harm.
    @Test func hugeNumbersDoNoHarm() {
        let whole = ZipBuilder([ZipBuilder.Entry(stored: Array("eins".utf8), name: "a.txt")]).largeBytes
        var refused = 0
        for place in whole.indices {
            for width in [1, 8] {
                var bytes = whole
                for index in place..<min(place + width, bytes.count) { bytes[index] = 0xFF }
                do { _ = try ZipArchive(bytes).contents(of: "a.txt") } catch {
                    #expect(error is Fault)
                    refused += 1
                }
            }
        }
        #expect(refused > whole.count / 2)
    }

    @Test func boundsHoldFor64BitsToo() {
        let bytes = Self.builder.largeBytes
        let limits = [ZipArchive.Limits(entryCountMax: 2), .init(entryByteCountMax: 60_000), .init(totalByteCountMax: 60_000)]
        for limit in limits { #expect { try ZipArchive(bytes, limits: limit) } throws: { ($0 as? Fault)?.code == .archiveTooLarge } }
    }
}
