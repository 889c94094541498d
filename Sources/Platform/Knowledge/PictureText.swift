import Core

/// The lines of a picture as `tesseract` recognizes them, with the box of each word.
public struct PictureText: Sendable {
    /// A line of words.
    public struct Line: Sendable, Hashable {
        public var text: String
        public var words: [(range: Range<Int>, box: [Int])] { spans.map { ($0.range, $0.box) } }
        var spans: [Span] = []
    }

    struct Span: Sendable, Hashable {
        /// Unicode scalars of the line.
        var range: Range<Int>
        /// Left, top, width, height in pixels.
        var box: [Int]
    }

    private let tools: ExternalTools

    public init(tools: ExternalTools) { self.tools = tools }

    /// The lines of a PNG or JPEG.
    /// - Throws: as parsers of documents; `knowledge.tool-missing` without tesseract.
    public func lines(of file: DocumentFile) async throws -> [Line] {
        guard let size = ImageParser.size(file.bytes) else { throw Fault(.documentDamaged, "the picture is not a readable PNG or JPEG", remedy: "save it again as PNG") }
        guard size.width > 0, size.height > 0, size.width <= ImageParser.pixelCountMax / size.height else {
            throw Fault(.documentTooLarge, "the picture has \(size.width) × \(size.height) pixels; the limit is \(ImageParser.pixelCountMax) in all", remedy: "scan it at 300 dpi")
        }
        let output = try await tools.run(
            "tesseract", arguments: ["-", "stdout", "-l", "chi_sim+eng", "--psm", "3", "tsv"], stdin: file.bytes, timeLimit: .seconds(90), outputByteCountMax: 16 << 20)
        return Self.lines(tsv: String(decoding: output, as: UTF8.self))
    }

    /// Reads tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. Words are level 5.
    static func lines(tsv: String) -> [Line] {
        var lines: [Line] = []
        var current: [Substring] = []
        for row in tsv.split(separator: "\n") {
            let cells = row.split(separator: "\t", maxSplits: 11, omittingEmptySubsequences: false)
            guard cells.count == 12, cells[0] == "5" else { continue }
            let word = tidy(String(cells[11])), box = cells[6..<10].compactMap { Int($0) }
            guard !word.isEmpty, box.count == 4 else { continue }
            let key = Array(cells[1..<5])
            if key != current || lines.isEmpty { lines.append(Line(text: "")) }
            current = key
            var line = lines[lines.count - 1]
            // Chinese words stand without blanks, however the recognizer cut them.
            if let last = line.text.unicodeScalars.last, let first = word.unicodeScalars.first, !isIdeograph(last) || !isIdeograph(first) { line.text += " " }
            let start = line.text.unicodeScalars.count
            line.text += word
            line.spans.append(Span(range: start..<line.text.unicodeScalars.count, box: box))
            lines[lines.count - 1] = line
        }
        return lines
    }
}
