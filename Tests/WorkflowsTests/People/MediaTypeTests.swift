import Core
import Testing

@testable import Workflows

@Suite struct MediaTypeTests {
    @Test func filesAreWhatTheirFirstBytesSay() {
        #expect(MediaType.of(Media.png(width: 3, height: 2)) == "image/png")
        #expect(MediaType.of(Media.wav) == "audio/wav")
        #expect(MediaType.of(Array("OggS".utf8)) == "audio/ogg" && MediaType.of([0x1A, 0x45, 0xDF, 0xA3]) == "audio/webm" && MediaType.of([0xFF, 0xFB, 0x90, 0x00]) == "audio/mpeg")
        #expect(MediaType.of(Array("%PDF-1.7".utf8)) == "application/pdf")
        for text in ["<svg xmlns='http://www.w3.org/2000/svg'/>", "<html>", "", "GIF8"] { #expect(MediaType.of(Array(text.utf8)) == nil) }
    }

    @Test func sizesAreReadFromHeaders() {
        func size(_ bytes: [UInt8]) -> [Int]? { MediaType.pixelSize(bytes).map { [$0.width, $0.height] } }
        #expect(size(Media.png(width: 640, height: 480)) == [640, 480])
        #expect(size(Array("GIF89a".utf8) + [0x40, 0x01, 0xF0, 0x00]) == [320, 240])
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 100, 0, 200, 1, 1, 0x11, 0]
        #expect(size(jpeg) == [200, 100])
        let extended = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0, 0x7F, 0x02, 0, 0xDF, 0x01, 0]
        #expect(size(extended) == [640, 480])
        #expect(size(Media.png(width: 0, height: 5)) == nil && size(Media.png(width: 70_000, height: 5)) == nil)
    }

    /// Cut or spoiled headers end in nothing, never in a trap.
    @Test(arguments: 0..<300)
    func spoiledHeadersAreNoPictures(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 100, 0, 200, 1, 1, 0x11, 0]
        let webp = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8L".utf8) + [UInt8](repeating: 0x2F, count: 16)
        for whole in [jpeg, webp, Media.png(width: 9, height: 9), Array("GIF89a1234".utf8)] {
            var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            for _ in 0..<3 where bytes.count > 3 { bytes[Int.random(in: 3..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            if let size = MediaType.pixelSize(bytes) { #expect((1...65_535).contains(size.width) && (1...65_535).contains(size.height)) }
        }
    }
}
