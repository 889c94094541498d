import Foundation

/// What the classifier sees of a text: counts of hashed features, then shares and counts in fixed places.
/// Benchmarks/detection/document_features.py is the same in Python.
///
/// Words, numbers by length and marks of punctuation count alone and in pairs; ideographs in twos and threes; lines by their shape (`a9 c:` and so on), which
/// tells tables, forms and code apart in any language.
struct DocumentFeatures {
    static let hashedCount = 7_936
    static let fixedCount = 256
    static let count = hashedCount + fixedCount
    /// Bytes read from the front, then pieces of the rest.
    static let frontByteCount = 65_536
    static let pieceByteCount = 2_048
    static let pieceCount = 8
    private static let shapeCountMax = 12
    private static let wordByteCountMax = 24

    /// Features that are not zero: place and value.
    let values: [(place: Int, value: Float)]

    init(_ text: [UInt8], findings: [Finding]) {
        var counter = Counter()
        counter.add(text[..<min(text.count, Self.frontByteCount)])
        let rest = text.count - Self.frontByteCount
        if rest > 0 {
            let size = min(rest, Self.pieceByteCount)
            for number in 0..<Self.pieceCount {
                let start = Self.frontByteCount + (rest - size) * number / (Self.pieceCount - 1)
                counter.add(text[start..<start + size])
            }
        }
        values = counter.values(findings)
    }

    static func hash(_ bytes: ArraySlice<UInt8>, kind: UInt32) -> UInt32 {
        var hash = 2_166_136_261 ^ kind
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return mixed(hash)
    }

    static func mixed(_ value: UInt32) -> UInt32 {
        var hash = value
        hash = (hash ^ (hash >> 16)) &* 0x85EB_CA6B
        hash = (hash ^ (hash >> 13)) &* 0xC2B2_AE35
        return hash ^ (hash >> 16)
    }

    private struct Counter {
        var hashed = [UInt32](repeating: 0, count: hashedCount)
        var bytes = [Int](repeating: 0, count: 128)
        var ideographs = 0, high = 0, total = 0, lines = 0, empty = 0, indented = 0, assigned = 0, tabular = 0, long = 0

        mutating func add(_ piece: ArraySlice<UInt8>) {
            var start = piece.startIndex
            while start < piece.endIndex {
                let end = piece[start...].firstIndex(of: 10) ?? piece.endIndex
                line(piece[start..<end])
                start = end + 1
            }
            total += piece.count
        }

        private mutating func count(_ hash: UInt32) { hashed[Int((UInt64(hash) * UInt64(hashedCount)) >> 32)] += 1 }

        private mutating func line(_ line: ArraySlice<UInt8>) {
            shape(line)
            var previous: UInt32 = 1
            var place = line.startIndex
            while place < line.endIndex {
                let byte = line[place]
                let start = place
                if DocumentFeatures.isIdeograph(line, place) {
                    while DocumentFeatures.isIdeograph(line, place) { place += 3 }
                    previous = ideographs(line[start..<place], after: previous)
                    continue
                }
                place += 1
                let token: UInt32
                switch DocumentFeatures.classes[Int(byte)] {
                case 97:
                    while place < line.endIndex, DocumentFeatures.classes[Int(line[place])] == 97 { place += 1 }
                    token = DocumentFeatures.word(line[start..<min(place, start + wordByteCountMax)])
                case 57:
                    while place < line.endIndex, DocumentFeatures.classes[Int(line[place])] == 57 { place += 1 }
                    token = DocumentFeatures.mixed(0x100 + UInt32(min(place - start, 20)))
                case 32: continue
                default:
                    if byte >= 0x80 { while place < line.endIndex, line[place] >= 0x80, line[place] < 0xC0, place - start < 4 { place += 1 } }
                    token = DocumentFeatures.hash(line[start..<place], kind: 1)
                }
                count(token)
                count(DocumentFeatures.mixed(previous &* 31 ^ token))
                previous = token
            }
        }

        private mutating func ideographs(_ run: ArraySlice<UInt8>, after previous: UInt32) -> UInt32 {
            ideographs += run.count / 3
            var last = DocumentFeatures.hash(run.prefix(6), kind: 2)
            count(DocumentFeatures.mixed(previous &* 31 ^ last))
            var place = run.startIndex
            while place + 6 <= run.endIndex {
                last = DocumentFeatures.hash(run[place..<place + 6], kind: 2)
                count(last)
                if place + 9 <= run.endIndex { count(DocumentFeatures.hash(run[place..<place + 9], kind: 3)) }
                place += 3
            }
            return last
        }

        private mutating func shape(_ line: ArraySlice<UInt8>) {
            lines += 1
            var shape: [UInt8] = []
            var last: UInt8 = 0
            var marks = 0, hasAssignment = false
            for byte in line {
                let kind = DocumentFeatures.classes[Int(byte)]
                if byte < 128 { bytes[Int(kind == 97 ? byte | 32 : byte)] += 1 } else { high += 1 }
                if kind == 44 || byte == 9 || kind == 124 { marks += 1 }
                if kind == 58 || kind == 61 { hasAssignment = true }
                if kind != last, shape.count < shapeCountMax { shape.append(kind) }
                last = kind
            }
            if hasAssignment { assigned += 1 }
            if marks >= 3 { tabular += 1 }
            if line.count > 200 { long += 1 }
            if shape.isEmpty { empty += 1 } else if shape[0] == 32 { indented += 1 }
            count(DocumentFeatures.hash(shape[...], kind: 5))
        }

        func values(_ findings: [Finding]) -> [(place: Int, value: Float)] {
            var values: [(place: Int, value: Float)] = []
            var sum: Float = 0
            for (place, count) in hashed.enumerated() where count > 0 {
                let value = log(1 + Float(count))
                values.append((place, value))
                sum += value * value
            }
            let scale = sum > 0 ? 1 / sum.squareRoot() : 0
            for index in values.indices { values[index].value *= scale }
            let all = Float(max(1, total)), lineCount = Float(max(1, lines))
            for (byte, count) in bytes.enumerated() where count > 0 { values.append((hashedCount + byte, (Float(count) / all).squareRoot())) }
            let shares = [
                Float(ideographs * 3) / all, Float(high - min(high, ideographs * 3)) / all, min(1, all / lineCount / 200), Float(empty) / lineCount, Float(indented) / lineCount,
                Float(assigned) / lineCount, Float(tabular) / lineCount, Float(long) / lineCount, min(1, log(1 + all) / 12),
            ]
            for (number, share) in shares.enumerated() { values.append((hashedCount + 128 + number, share)) }
            var types = [Int](repeating: 0, count: typeCount)
            for finding in findings {
                let hash = DocumentFeatures.hash(Array(finding.type.id.utf8)[...], kind: 7)
                types[Int((UInt64(hash) * UInt64(typeCount)) >> 32)] += 1
            }
            for (place, count) in types.enumerated() where count > 0 { values.append((hashedCount + typeStart + place, min(1, log(1 + Float(count)) / 6))) }
            return values
        }
    }

    private static let typeStart = 144
    private static let typeCount = fixedCount - typeStart

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261 ^ 1
        for byte in bytes { hash = (hash ^ UInt32(byte | 32)) &* 16_777_619 }
        return mixed(hash)
    }

    private static func isIdeograph(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
        place + 2 < line.endIndex && (0xE3...0xE9).contains(line[place]) && line[place + 1] & 0xC0 == 0x80 && line[place + 2] & 0xC0 == 0x80
    }

    /// A byte's class in shapes: `a` letters, `9` digits, a space, `c` what is not ASCII, and marks as themselves.
    private static let classes: [UInt8] = (0...255).map { (byte: Int) -> UInt8 in
        switch byte {
        case 65...90, 97...122: 97
        case 48...57: 57
        case 9, 13, 32: 32
        case 128...255: 99
        default: UInt8(byte)
        }
    }
}
