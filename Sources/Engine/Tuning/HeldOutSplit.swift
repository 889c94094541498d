import Core

/// A part of the rows to learn from and a part to measure with.
public enum HeldOutSplit {
    /// Splits by chance from a seed. Rows that say the same go to the same part, so that nothing that is measured was also learned.
    ///
    /// - Parameters:
    ///   - share: of the distinct rows that are held out, from 0 up to, but not, 1. Above 0 at least one is, if there are two.
    ///   - seed: the same seed and rows give the same parts.
    /// - Returns: the places of the rows of each part, rising.
    public static func split(_ fingerprints: [InstructionRow.Fingerprint], heldOut share: Double, seed: UInt64) -> (training: [Int], heldOut: [Int]) {
        var seen: Set<InstructionRow.Fingerprint> = []
        let distinct = fingerprints.filter { seen.insert($0).inserted }
        var random = SeededRandom(seed: seed)
        let wanted = share > 0 ? max(1, Int((Double(distinct.count) * share).rounded())) : 0
        let chosen = Set(distinct.shuffled(using: &random).prefix(min(max(0, distinct.count - 1), wanted)))
        return (fingerprints.indices.filter { !chosen.contains(fingerprints[$0]) }, fingerprints.indices.filter { chosen.contains(fingerprints[$0]) })
    }

    /// The same for rows.
    public static func split(_ rows: [InstructionRow], heldOut share: Double, seed: UInt64) -> (training: [InstructionRow], heldOut: [InstructionRow]) {
        let places = split(rows.map(\.fingerprint), heldOut: share, seed: seed)
        return (places.training.map { rows[$0] }, places.heldOut.map { rows[$0] })
    }
}
