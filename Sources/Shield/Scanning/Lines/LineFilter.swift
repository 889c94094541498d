import Core
import Detection
import Synchronization

/// The filter of `banyan scan - --jsonl`: each line `{"id":…,"text":"…"}` in, one line of findings out, in order.
///
/// Identifiers of any kind are passed on as they are written; other members are passed over. A line that is none gives `{"id":null,"error":…}` (with the identifier where it could be read), and the
/// next one is read. What has come in is answered and written before more is waited for, so a filter in a pipe holds nobody up.
public struct LineFilter: Sendable {
    /// Bytes of a line; a longer one is an error and is passed over.
    public static let lineByteCountMax = 16 << 20
    /// Bytes that are read at once.
    static let blockByteCount = 1 << 20
    /// A part for a thread; below it, starting one costs more than it brings.
    static let partByteCountMin = 16 << 10

    private let scan: @Sendable ([UInt8]) -> [Finding]
    private let options: ScanOptions
    private let explains: Bool
    private let threads: Int

    /// - Parameter scan: the findings of a text; not those that the options leave out.
    public init(detector: Detector, options: ScanOptions, explains: Bool = false, threads: Int) {
        self.init(options: options, explains: explains, threads: threads) { detector.findings(in: $0, explains: false).findings }
    }

    init(options: ScanOptions, explains: Bool = false, threads: Int, scan: @escaping @Sendable ([UInt8]) -> [Finding]) {
        (self.options, self.explains, self.threads, self.scan) = (options, explains, max(1, threads), scan)
    }

    /// Reads until the input ends.
    ///
    /// - Returns: lines read, and how many of them were malformed.
    /// - Throws: `core.file` when reading or writing fails.
    @discardableResult
    public func run(read: (Int) throws -> [UInt8], write: ([UInt8]) throws -> Void) async throws -> (lines: Int, malformed: Int) {
        var pending: [UInt8] = []
        var lines = 0, malformed = 0
        // Where the search for a line's end goes on: a long line must not be searched from its start for each block.
        var searched = 0
        var isPassingOver = false
        while true {
            let block = try read(Self.blockByteCount)
            if block.isEmpty { break }
            if pending.isEmpty { pending = block } else { pending += block }
            guard let last = pending[searched...].lastIndex(of: 0x0A) else {
                searched = pending.count
                if pending.count > Self.lineByteCountMax {
                    isPassingOver = true
                    pending.removeAll()
                    searched = 0
                }
                continue
            }
            var ready = Array(pending[...last])
            pending.removeFirst(last + 1)
            searched = pending.count
            var answers: [UInt8] = []
            if isPassingOver {
                (isPassingOver, lines, malformed) = (false, lines + 1, malformed + 1)
                answers = error("a line has more than \(Self.lineByteCountMax) bytes", code: "scanning.line-too-long", line: lines, id: nil)
                ready.removeFirst((ready.firstIndex(of: 0x0A) ?? ready.count - 1) + 1)
            }
            let result = await answer(ready, from: lines)
            (lines, malformed) = (lines + result.lines, malformed + result.malformed)
            try write(answers + result.bytes)
        }
        if isPassingOver {
            (lines, malformed) = (lines + 1, malformed + 1)
            try write(error("a line has more than \(Self.lineByteCountMax) bytes", code: "scanning.line-too-long", line: lines, id: nil))
        } else if !pending.isEmpty {
            let result = await answer(pending + [0x0A], from: lines)
            (lines, malformed) = (lines + result.lines, malformed + result.malformed)
            try write(result.bytes)
        }
        return (lines, malformed)
    }

    private typealias Part = (bytes: [UInt8], lines: Int, malformed: Int)

    /// Answers whole lines, some threads at once, in order.
    private func answer(_ ready: [UInt8], from first: Int) async -> Part {
        let width = min(threads, max(1, ready.count / Self.partByteCountMin))
        guard width > 1 else { return answer(ready, 0..<ready.count, from: first) }
        var cuts = [0]
        for part in 1..<width {
            let wanted = max(ready.count * part / width, cuts[cuts.count - 1])
            if let cut = ready[wanted...].firstIndex(of: 0x0A), cut + 1 < ready.count { cuts.append(cut + 1) }
        }
        cuts.append(ready.count)
        var firsts = [first]
        for index in 1..<cuts.count { firsts.append(firsts[index - 1] + ready[cuts[index - 1]..<cuts[index]].count { $0 == 0x0A }) }
        let (places, starts) = (cuts, firsts)
        let parts = await withTaskGroup(of: (Int, Part).self) { group in
            for index in 0..<places.count - 1 { group.addTask { (index, answer(ready, places[index]..<places[index + 1], from: starts[index])) } }
            return await group.reduce(into: [Part?](repeating: nil, count: places.count - 1)) { $0[$1.0] = $1.1 }
        }
        return parts.reduce(into: ([UInt8](), 0, 0)) { sum, part in
            guard let part else { return }
            sum = (sum.0 + part.bytes, sum.1 + part.lines, sum.2 + part.malformed)
        }
    }

    private func answer(_ bytes: [UInt8], _ range: Range<Int>, from first: Int) -> Part {
        var out: [UInt8] = []
        out.reserveCapacity(range.count / 2)
        var lines = 0, malformed = 0
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, bytes[end] != 0x0A { end += 1 }
            lines += 1
            if !answer(bytes, line: start..<end, number: first + lines, into: &out) { malformed += 1 }
            start = end + 1
        }
        return (out, lines, malformed)
    }

    /// Answers one line; false when it is malformed.
    private func answer(_ bytes: [UInt8], line: Range<Int>, number: Int, into out: inout [UInt8]) -> Bool {
        guard line.count <= Self.lineByteCountMax else {
            out += error("a line has more than \(Self.lineByteCountMax) bytes", code: "scanning.line-too-long", line: number, id: nil)
            return false
        }
        var id: ArraySlice<UInt8>?
        do throws(JSONText.Problem) {
            let text = try Self.read(bytes, line, &id)
            write(scan(text), of: text, id: id ?? Self.null[...], into: &out)
            return true
        } catch {
            guard case .malformed(let what, let place) = error else { return false }
            out += self.error("\(what) at byte \(place - line.lowerBound)", code: "scanning.line", line: number, id: id)
            return false
        }
    }

    private static let null = Array("null".utf8)
    private static let idKey = Array("id".utf8), textKey = Array("text".utf8)

    private static func read(_ bytes: [UInt8], _ line: Range<Int>, _ id: inout ArraySlice<UInt8>?) throws(JSONText.Problem) -> [UInt8] {
        var json = JSONText(bytes, line)
        guard json.takes(UInt8(ascii: "{")) else { throw json.problem("the line is no JSON object") }
        var text: [UInt8]?
        if !json.takes(UInt8(ascii: "}")) {
            repeat {
                let key = try json.string()
                guard json.takes(UInt8(ascii: ":")) else { throw json.problem("':' expected") }
                json.skipBlanks()
                if bytes[key.range].elementsEqual(textKey) {
                    guard json.current == UInt8(ascii: "\"") else { throw json.problem("\"text\" is no string") }
                    let piece = try json.string()
                    var value: [UInt8] = []
                    value.reserveCapacity(piece.range.count)
                    try json.append(piece, to: &value)
                    text = value
                } else if bytes[key.range].elementsEqual(idKey) {
                    let value = try json.skipValue()
                    guard isJSON(bytes[value]) else { throw json.problem("\"id\" is no JSON") }
                    id = bytes[value]
                } else {
                    _ = try json.skipValue()
                }
            } while json.takes(UInt8(ascii: ","))
            guard json.takes(UInt8(ascii: "}")) else { throw json.problem("',' or '}' expected") }
        }
        json.skipBlanks()
        guard json.current == nil else { throw json.problem("text behind the object") }
        guard let text else { throw json.problem("the line has no \"text\"") }
        return text
    }

    /// An identifier goes into the answer as it is written, so it must be JSON by itself; values that are passed over need not be.
    private static func isJSON(_ id: ArraySlice<UInt8>) -> Bool {
        if id.allSatisfy({ (48...57).contains($0) }) { return id.count == 1 || id.first != 48 }
        if id.first == 34, id.last == 34, id.count > 1, id.dropFirst().dropLast().allSatisfy({ (32...126).contains($0) && $0 != 34 && $0 != 92 }) { return true }
        return String(validating: id, as: UTF8.self).flatMap { try? JSONValue(parsing: $0) } != nil
    }

    private func write(_ findings: [Finding], of text: [UInt8], id: ArraySlice<UInt8>, into out: inout [UInt8]) {
        out.append(contentsOf: "{\"id\":".utf8)
        out.append(contentsOf: id)
        out.append(contentsOf: ",\"findings\":[".utf8)
        var isFirst = true
        for finding in findings where options.wants(finding) {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            var line = "{\"type\":\"\(finding.type.id)\",\"start\":\(finding.start),\"end\":\(finding.end),\"byteStart\":\(finding.byteStart),\"byteEnd\":\(finding.byteEnd),\"confidence\":\(Self.number(finding.confidence))"
            if explains { line += ",\"recognizer\":\(JSONValue.string(finding.recognizer).text),\"reasons\":\(JSONValue.array(finding.reasons.map { .string($0) }).text)" }
            if options.reveals, finding.byteEnd <= text.count { line += ",\"value\":\(JSONValue.string(String(decoding: text[finding.byteStart..<finding.byteEnd], as: UTF8.self)).text)" }
            out.append(contentsOf: line.utf8)
            out.append(UInt8(ascii: "}"))
        }
        out.append(contentsOf: "]}\n".utf8)
    }

    /// Four decimals say more than a score knows.
    static func number(_ confidence: Double) -> String {
        let scaled = Int((min(1, max(0, confidence)) * 10_000).rounded())
        guard scaled < 10_000 else { return "1" }
        guard scaled > 0 else { return "0.0" }
        var (rest, count) = (scaled, 4)
        while rest % 10 == 0 { (rest, count) = (rest / 10, count - 1) }
        let digits = String(rest)
        return "0." + String(repeating: "0", count: count - digits.utf8.count) + digits
    }

    private func error(_ message: String, code: String, line: Int, id: ArraySlice<UInt8>?) -> [UInt8] {
        Array("{\"id\":".utf8) + (id ?? Self.null[...]) + Array(",\"error\":{\"code\":\"\(code)\",\"line\":\(line),\"message\":\(JSONValue.string(message).text)}}\n".utf8)
    }
}
