import Core

/// A piece of a document as text.
public struct DocumentText: Sendable, Hashable {
    /// A recognized word and where it stands on its picture.
    public struct Word: Sendable, Hashable {
        /// Unicode scalars of the text.
        public let range: Range<Int>
        /// Left, top, width, height in pixels.
        public let box: [Int]

        public init(range: Range<Int>, box: [Int]) {
            self.range = range
            self.box = box
        }
    }

    public var text: String
    public var page: Int?
    /// Of pictures only.
    public var words: [Word]

    public init(text: String, page: Int? = nil, words: [Word] = []) {
        self.text = text
        self.page = page
        self.words = words
    }
}

/// Reads documents whose formats this room does not know: PDF, Word, pictures. Another room supplies it.
public protocol DocumentTexts: Sendable {
    /// What it reads, lower case, without the dot.
    var fileExtensions: Set<String> { get }
    /// The texts of a document, in order, and what was left out.
    /// - Throws: ``Fault``; of kind `missing` when a program is not installed.
    func texts(name: String, bytes: [UInt8]) async throws -> (texts: [DocumentText], diagnostics: [Diagnostic])
}

/// Scans what a ``DocumentTexts`` gives.
struct DocumentSource {
    let scanner: PartScanner

    func scan(_ texts: [DocumentText], _ location: PartLocation, into result: inout FileResult) {
        for text in texts {
            let bytes = Array(text.text.utf8)
            var place = location
            place.page = text.page
            let slab = TextSlab(original: bytes, utf8: bytes, encoding: .utf8, base: TextPosition(), isLast: true)
            var found = FileResult()
            PlainText(scanner: scanner).scan(slab, place, into: &found)
            for var finding in found.findings {
                finding.location.line = nil
                finding.location.box = Self.box(of: finding.start..<finding.end, text.words)
                (finding.byteStart, finding.byteEnd) = (nil, nil)
                result.add(finding, scanner.limits)
            }
            result.dropped += found.dropped
        }
    }

    /// The box around the words that a span touches.
    static func box(of span: Range<Int>, _ words: [DocumentText.Word]) -> [Int]? {
        let boxes = words.filter { $0.range.overlaps(span) && $0.box.count == 4 }.map(\.box)
        guard let left = boxes.map({ $0[0] }).min(), let top = boxes.map({ $0[1] }).min(), let right = boxes.map({ $0[0] + $0[2] }).max(), let bottom = boxes.map({ $0[1] + $0[3] }).max() else { return nil }
        return [left, top, right - left, bottom - top]
    }
}
