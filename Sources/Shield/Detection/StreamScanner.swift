import Kernels

/// Scans a text of any length in parts of bounded memory; findings may lie across parts and come with places in the whole.
///
/// A part is scanned together with the last bytes of the one before; what ends in them may still grow and is kept back until the next part.
///
/// ```swift
/// var scanner = StreamScanner(detector: Detector())
/// while let part = try file.read() { report(try scanner.feed(part)) }
/// report(try scanner.finish())
/// ```
public struct StreamScanner: Sendable {
    /// Bytes that are scanned at once.
    public static let partCountMax = 256 << 10
    /// Bytes at the end of a part that are scanned again with the next: more than any match but the longest keys, and context before it.
    static let overlapCount = 8 << 10

    private let detector: Detector
    private var buffer: [UInt8] = []
    /// Bytes and scalars before the buffer.
    private var byteOffset = 0
    private var scalarOffset = 0
    /// Where the last finding that was given out ended.
    private var reported = 0

    public init(detector: Detector) { self.detector = detector }

    /// Takes the next bytes; returns findings that are complete, by place.
    public mutating func feed(_ bytes: [UInt8]) throws -> [Finding] {
        var findings: [Finding] = []
        var place = 0
        while place < bytes.count {
            let count = min(bytes.count - place, Self.partCountMax + Self.overlapCount - buffer.count)
            buffer += bytes[place..<place + count]
            place += count
            if buffer.count >= Self.partCountMax + Self.overlapCount { findings += try scan(isLast: false) }
        }
        return findings
    }

    /// The findings in what is left.
    public mutating func finish() throws -> [Finding] { try scan(isLast: true) }

    private mutating func scan(isLast: Bool) throws -> [Finding] {
        // Up to here findings are certain: at a line's end where there is one.
        var border = buffer.count
        if !isLast {
            border = buffer.count - Self.overlapCount / 2
            if let line = buffer[(buffer.count - Self.overlapCount)..<border].lastIndex(of: 10) { border = line + 1 }
        }
        var offsets = ScalarOffsets(buffer, count: scalarOffset)
        var findings: [Finding] = []
        for span in try detector.scan(buffer, explains: false).kept where byteOffset + span.range.lowerBound >= reported && (isLast || span.range.lowerBound < border) {
            let (start, end) = offsets.offsets(span.range)
            findings.append(detector.finding(span, start, end, byteOffset))
            reported = byteOffset + span.range.upperBound
        }
        // The next part begins before the border, so that words before a match still count.
        var next = isLast ? buffer.count : max(0, border - Self.overlapCount / 2)
        while next > 0, next < buffer.count, buffer[next] & 0xC0 == 0x80 { next -= 1 }
        reported = max(reported, byteOffset + border)
        scalarOffset += ByteScan.scalarCount(buffer, 0..<next)
        byteOffset += next
        buffer.removeFirst(next)
        return findings
    }
}
