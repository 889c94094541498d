import Core
import Detection

/// Text without structure. Slabs overlap, so that what stands across a cut is found once.
struct PlainText {
    /// Bytes of a slab that the next one sees again. A finding within half of it of the cut is left to the next slab; PEM keys of 4,096 bits have 3.2 kB.
    static let overlap = 16 << 10
    /// Bytes of a slab: what a detector makes of one stays in a processor's own cache.
    static let slabByteCount = 256 << 10

    let scanner: PartScanner

    func scan(_ reader: inout SlabReader, _ location: PartLocation, into result: inout FileResult) throws {
        var from = 0
        while let slab = try reader.next() {
            let count = slab.original.count
            let next = slab.isLast ? count : slab.encoding.boundary(in: slab.original, before: max(1, count - Self.overlap))
            let until = slab.isLast ? Int.max : slab.base.byte + max(next + 1, count - Self.overlap / 2)
            scan(slab, location, from: from, until: until, into: &result)
            from = slab.isLast ? 0 : until
            reader.consume(slab.isLast ? count : max(1, next))
        }
    }

    /// The findings of one slab whose first byte is in the file's range `from..<until`.
    func scan(_ slab: TextSlab, _ location: PartLocation, from: Int = 0, until: Int = .max, into result: inout FileResult) {
        add(scanner.detector.findings(in: slab.utf8, explains: scanner.explains), of: slab, location, from: from, until: until, into: &result)
    }

    /// Adds what was found in the UTF-8 of a slab.
    func add(_ detection: Detection, of slab: TextSlab, _ location: PartLocation, from: Int = 0, until: Int = .max, into result: inout FileResult) {
        result.count(detection.reading)
        guard !detection.findings.isEmpty || scanner.explains else { return }
        var walk = PositionWalk(slab)
        for finding in detection.findings where scanner.options.wants(finding) {
            let start = walk.position(of: finding.byteStart)
            guard start.byte >= from, start.byte < until else { continue }
            let end = walk.position(of: finding.byteEnd)
            var place = location
            place.line = start.line
            let value = scanner.value(finding, slab.utf8)
            result.add(SourceFinding(finding, at: place, start: start.scalar, end: end.scalar, bytes: start.byte..<end.byte, value: value), scanner.limits)
        }
        guard scanner.explains else { return }
        for dropped in detection.dropped.prefix(10_000) { result.dropped.append(DroppedFinding(location: location, type: dropped.type.id, start: slab.base.scalar + dropped.start, end: slab.base.scalar + dropped.end, reason: dropped.reason)) }
    }
}

extension SourceFinding {
    init(_ finding: Finding, at location: PartLocation, start: Int, end: Int, bytes: Range<Int>?, value: String?) {
        self.init(
            location: location, type: finding.type.id, start: start, end: end, byteStart: bytes?.lowerBound, byteEnd: bytes?.upperBound, confidence: finding.confidence,
            score: finding.score, recognizer: finding.recognizer, reasons: finding.reasons, value: value)
    }
}

/// A candidate that was not kept, with its place.
public struct DroppedFinding: Sendable, Hashable, Codable {
    public var location: PartLocation
    public var type: String
    public var start: Int
    public var end: Int
    /// Never quotes the text.
    public var reason: String
}

/// What a file holds.
public struct FileResult: Sendable, Hashable, Codable {
    public var findings: [SourceFinding] = []
    /// Findings beyond ``ScanLimits/findingCountMax``, which are counted only.
    public var findingsLeftOut = 0
    public var columns: [ColumnReport] = []
    public var diagnostics: [Diagnostic] = []
    public var diagnosticsLeftOut = 0
    /// Only with `explain`.
    public var dropped: [DroppedFinding] = []
    public var byteCount = 0
    /// What the file is as a whole, where that could be told.
    public var document: DocumentReport?
    /// Pieces of text that taggers read; nil without taggers. Where two slabs of a text overlap, a piece counts twice.
    public var reading: EntityReading?

    /// Nothing.
    public init() {}

    mutating func count(_ reading: EntityReading?) {
        guard let reading else { return }
        self.reading = self.reading ?? EntityReading()
        self.reading? += reading
    }

    mutating func add(_ finding: SourceFinding, _ limits: ScanLimits) {
        if findings.count < limits.findingCountMax { findings.append(finding) } else { findingsLeftOut += 1 }
    }

    mutating func add(_ diagnostic: Diagnostic, _ limits: ScanLimits) {
        if diagnostics.count < limits.diagnosticCountMax { diagnostics.append(diagnostic) } else { diagnosticsLeftOut += 1 }
    }

    mutating func note(_ severity: Diagnostic.Severity, _ code: String, _ message: String, _ location: PartLocation, _ limits: ScanLimits) {
        add(Diagnostic(severity, code, message, place: location.name), limits)
    }

    mutating func add(_ error: any Error, _ location: PartLocation, _ limits: ScanLimits) {
        guard let fault = error as? Fault else { return note(.error, "scanning.failed", "reading it failed", location, limits) }
        note(.error, fault.code.name, fault.remedy.map { "\(fault.message). Remedy: \($0)" } ?? fault.message, location, limits)
    }
}

/// What every source scans with.
struct PartScanner: Sendable {
    let detector: Detector
    let options: ScanOptions
    let limits: ScanLimits
    let explains: Bool

    /// The matched text, when it may be shown.
    func value(_ finding: Finding, _ utf8: [UInt8]) -> String? {
        guard options.reveals, finding.byteStart >= 0, finding.byteEnd <= utf8.count, finding.byteStart <= finding.byteEnd else { return nil }
        return String(decoding: utf8[finding.byteStart..<finding.byteEnd], as: UTF8.self)
    }
}
