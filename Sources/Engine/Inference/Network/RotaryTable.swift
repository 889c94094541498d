import Core
import Foundation

/// Cosines and sines of rotary positions (Su et al. 2021) for every position of a context.
final class RotaryTable: Sendable {
    let pairs: Int
    let isInterleaved: Bool
    let cosines: [Float]
    let sines: [Float]
    /// 128 values a head at a million tokens; half a gigabyte.
    private static let entryCountMax = 1 << 26

    /// - Parameters:
    ///   - width: values of a head that are rotated.
    ///   - base: theta; pair i turns by position / base^(2i / width).
    ///   - factors: a divisor of each pair's frequency (Llama 3.1, LongRoPE); nil for ones.
    ///   - positionScale: positions are multiplied by this (linear scaling); 1 for none.
    ///   - magnitude: cosines and sines are multiplied by this (LongRoPE's attention factor).
    /// - Throws: `inference.context-full` when the table would be too large.
    init(
        width: Int, positions: Int, base: Double, isInterleaved: Bool, factors: [Float]? = nil, positionScale: Double = 1, magnitude: Double = 1
    ) throws {
        pairs = width / 2
        self.isInterleaved = isInterleaved
        // A header of a few bytes can claim any context: what it costs is bounded before it is paid.
        guard positions * pairs <= Self.entryCountMax else {
            throw Fault(
                .contextFull, "rotary positions of \(positions) tokens with \(width) values a head exceed \(Self.entryCountMax) pairs", remedy: "give a smaller context")
        }
        var cosines = [Float](repeating: 0, count: positions * pairs)
        var sines = cosines
        let frequencies = (0..<pairs).map { pair in pow(base, -2 * Double(pair) / Double(width)) / Double(factors?[pair] ?? 1) * positionScale }
        for position in 0..<positions {
            for (pair, frequency) in frequencies.enumerated() {
                let angle = Double(position) * frequency
                cosines[position * pairs + pair] = Float(cos(angle) * magnitude)
                sines[position * pairs + pair] = Float(sin(angle) * magnitude)
            }
        }
        self.cosines = cosines
        self.sines = sines
    }
}
