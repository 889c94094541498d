import Core

/// Photographs and scans through `tesseract` (Smith 2007) with its Chinese and English models.
struct ImageParser: DocumentParser {
    let id = "image"
    let fileExtensions = ["png", "jpg", "jpeg"]
    let tools: ExternalTools
    /// 64 megapixels decode to about 256 MiB; an A4 page scanned at 600 dpi has 35.
    static let pixelCountMax = 64_000_000

    func parse(_ file: DocumentFile) async throws -> ParsedDocument {
        guard let size = Self.size(file.bytes) else {
            throw Fault(.documentDamaged, "\(file.name) is not a readable PNG or JPEG", remedy: "save it again as PNG")
        }
        guard size.width > 0, size.height > 0, size.width <= Self.pixelCountMax / size.height else {
            throw Fault(.documentTooLarge, "\(file.name) has \(size.width) × \(size.height) pixels; the limit is \(Self.pixelCountMax) in all", remedy: "scan it at 300 dpi")
        }
        let output = try await tools.run(
            "tesseract", arguments: ["-", "stdout", "-l", "chi_sim+eng", "--psm", "3"], stdin: file.bytes, timeLimit: .seconds(90),
            outputByteCountMax: 4 << 20)
        var reader = LayoutReader()
        reader.read(page: String(decoding: output, as: UTF8.self).replacing("\u{0C}", with: "\n"), number: nil)
        reader.finish()
        let note = Diagnostic(.note, "knowledge.recognized", "text was recognized from a picture and may hold errors", place: file.name)
        return document(of: file, title: reader.title, list: reader.list, diagnostics: [note])
    }

    /// Width and height as the file's header says; nil for other formats and damaged headers.
    static func size(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        func bigEndian(_ offset: Int, _ count: Int) -> Int? {
            guard offset >= 0, offset + count <= bytes.count else { return nil }
            return bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            guard let width = bigEndian(16, 4), let height = bigEndian(20, 4) else { return nil }
            return (width, height)
        }
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var offset = 2
        // Segments up to the frame header (SOF0…SOF15 without DHT, JPG, DAC).
        while let marker = bigEndian(offset, 2), marker >> 8 == 0xFF, let length = bigEndian(offset + 2, 2), length >= 2 {
            if (0xFFC0...0xFFCF).contains(marker), ![0xFFC4, 0xFFC8, 0xFFCC].contains(marker) {
                guard let height = bigEndian(offset + 5, 2), let width = bigEndian(offset + 7, 2) else { return nil }
                return (width, height)
            }
            offset += 2 + length
        }
        return nil
    }
}
