import Core

/// How many times a step of a definition stands where, over all items and rounds that it is in.
public struct StepTally: Sendable, Codable, Hashable {
    /// Counts by ``StepRecord/status``.
    public var counts: [String: Int] = [:]

    public var total: Int { counts.values.reduce(0, +) }

    /// What a picture shows of it: what needs looking at comes first.
    public var status: String? { ["failed", "undo-failed", "waiting", "started", "sleeping", "opened", "undone", "done", "kept", "skipped", "pending"].first { (counts[$0] ?? 0) > 0 } }
}

extension RunState {
    /// What models read and wrote, by model.
    var usages: [StepUsage] { StepUsage.sums(of: records.values.compactMap(\.usage)) }

    /// Steps by shape.
    var tallies: [String: StepTally] {
        var tallies: [String: StepTally] = [:]
        // Paths differ in their numbers only: most shapes are found again.
        for record in records.values { tallies[Self.shape(of: record.id), default: StepTally()].counts[record.status, default: 0] += 1 }
        return tallies
    }

    /// `each[].mask` for `each[3].mask`. Names of a workflow's steps differ, so cases of a switch need no number either.
    static func shape(of path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: "[")) else { return path }
        var (shape, isInside) = ([UInt8](), false)
        for byte in path.utf8 {
            if byte == UInt8(ascii: "]") { isInside = false }
            if !isInside { shape.append(byte) }
            if byte == UInt8(ascii: "[") { isInside = true }
        }
        return String(decoding: shape, as: UTF8.self)
    }
}
