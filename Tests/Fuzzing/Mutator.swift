import Core

/// Changes bytes in the ways in which files are damaged or forged.
struct Mutator {
    /// Words of the format: keys, names, brackets.
    var words: [[UInt8]] = []
    /// Other inputs of the format, for splices.
    var others: [[UInt8]] = []
    /// Where most changes go: headers, not weights.
    var focus: Range<Int>?

    /// Numbers at which sums and products overflow, and their neighbors.
    static let numbers: [UInt64] = [
        0, 1, 2, 3, 7, 8, 31, 32, 33, 63, 64, 127, 128, 255, 256, 1000, 4095, 65_535, 65_536, 1 << 20, 1 << 24, 1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 40, 1 << 60,
        1 << 61, 1 << 62, 1 << 63 - 1, 1 << 63, .max - 7, .max - 1, .max,
    ]

    /// One to eight changes.
    func mutate(_ source: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = source
        for _ in 0..<[1, 1, 1, 2, 2, 3, 5, 8][Int.random(in: 0..<8, using: &random)] where !bytes.isEmpty { change(&bytes, &random) }
        return bytes
    }

    private func change(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = self.place(bytes.count, &random)
        let count = min(bytes.count - place, 1 << Int.random(in: 0...7, using: &random))
        switch Int.random(in: 0..<14, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: for index in place..<place + count { bytes[index] = UInt8.random(in: 0...255, using: &random) }
        case 3, 4: putNumber(&bytes, at: place, &random)
        case 5, 6: blowLength(&bytes, from: place, &random)
        case 7: bytes.removeSubrange(place..<place + count)
        case 8: bytes.insert(contentsOf: Array(bytes[place..<place + count]), at: place)
        case 9: bytes.insert(contentsOf: (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, at: place)
        case 10: bytes.removeSubrange(place...)
        case 11, 12: putWord(&bytes, at: place, &random)
        default: splice(&bytes, at: place, &random)
        }
    }

    private func place(_ count: Int, _ random: inout SeededRandom) -> Int {
        if let focus, focus.lowerBound < count, Int.random(in: 0..<8, using: &random) > 0 {
            return Int.random(in: focus.lowerBound..<min(focus.upperBound, count), using: &random)
        }
        return Int.random(in: 0..<count, using: &random)
    }

    private func putNumber(_ bytes: inout [UInt8], at place: Int, _ random: inout SeededRandom) {
        var number = Self.numbers.randomElement(using: &random) ?? 0
        if Bool.random(using: &random) { number = UInt64(bytes.count) &+ number &- 16 }
        let width = [1, 2, 4, 8][Int.random(in: 0..<4, using: &random)]
        for index in 0..<min(width, bytes.count - place) { bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(index * 8)) }
    }

    /// Looks for the next bytes that read like a count, a 64-bit number no larger than the file, and gives it another value.
    private func blowLength(_ bytes: inout [UInt8], from place: Int, _ random: inout SeededRandom) {
        for start in place..<min(place + 256, bytes.count) where start + 8 <= bytes.count {
            let value = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64($1 * 8) }
            if value > 0, value <= UInt64(bytes.count) {
                let others: [UInt64] = [value &- 1, value &+ 1, value &* 2, value << 32, value | 1 << 63, Self.numbers.randomElement(using: &random) ?? 0]
                let other = others.randomElement(using: &random) ?? 0
                for index in 0..<8 { bytes[start + index] = UInt8(truncatingIfNeeded: other >> UInt64(index * 8)) }
                return
            }
        }
    }

    private func putWord(_ bytes: inout [UInt8], at place: Int, _ random: inout SeededRandom) {
        guard let word = words.randomElement(using: &random) else { return }
        if Bool.random(using: &random) {
            bytes.insert(contentsOf: word, at: place)
        } else {
            bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
        }
    }

    private func splice(_ bytes: inout [UInt8], at place: Int, _ random: inout SeededRandom) {
        guard let other = others.randomElement(using: &random), !other.isEmpty else { return }
        let from = Int.random(in: 0..<other.count, using: &random)
        let piece = other[from..<min(other.count, from + 1 << Int.random(in: 2...9, using: &random))]
        if Bool.random(using: &random) { bytes.insert(contentsOf: piece, at: place) } else { bytes.replaceSubrange(place..<min(bytes.count, place + piece.count), with: piece) }
    }
}
