import Core

/// Cuts a body into the data of server-sent events (WHATWG HTML, section 9.2), whatever pieces it comes in.
struct EventStreamParser {
    /// Bytes of one event; more is a failure, so that an event without end cannot fill the memory.
    let byteCountMax: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var endedWithReturn = false
    private var isFirstLine = true

    init(byteCountMax: Int = 4 << 20) { self.byteCountMax = byteCountMax }

    /// Takes a piece and returns the data of the events that it completes. Comments and other fields are passed over.
    /// - Throws: `models.remote` for an event over the bound.
    mutating func feed(_ piece: [UInt8]) throws -> [[UInt8]] {
        var events: [[UInt8]] = []
        for byte in piece {
            // A line ends with CR, LF or both.
            if byte == 0x0A, endedWithReturn {
                endedWithReturn = false
                continue
            }
            endedWithReturn = byte == 0x0D
            guard byte == 0x0A || byte == 0x0D else {
                line.append(byte)
                guard line.count + data.count <= byteCountMax else {
                    throw Fault(.remote, "the remote sends an event of more than \(byteCountMax) bytes", remedy: "check that the address is right")
                }
                continue
            }
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    /// Whether bytes are left that no event has: the stream broke off in the middle of one.
    var isInEvent: Bool { hasData || !line.isEmpty }

    private mutating func endLine() -> [UInt8]? {
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        defer { line.removeAll(keepingCapacity: true) }
        if line.isEmpty {
            guard hasData else { return nil }
            defer { (data, hasData) = ([], false) }
            return data
        }
        guard line.starts(with: Array("data".utf8)), line.count == 4 || line[4] == 0x3A else { return nil }
        if hasData { data.append(0x0A) }
        hasData = true
        data += line.dropFirst(line.count > 5 && line[5] == 0x20 ? 6 : 5)
        return nil
    }
}
