import Core
import Detection
import Testing

/// Check digits against their definitions, not against the code that computes them.
@Suite struct ChecksumTests {
    @Test(arguments: 0..<100)
    func exactlyOneCheckCharacterFitsAResidentNumber(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let digits = (0..<17).map { _ in UInt8.random(in: 48...57, using: &random) }
        let fitting = Array("0123456789X".utf8).filter { Checksums.isResidentID(digits + [$0]) }
        #expect(fitting.count == 1)
        // ISO 7064: the weighted sum with weights 2^(18-i) mod 11 is 1 mod 11.
        let all = digits.map { Int($0 - 48) } + fitting.map { $0 == 88 ? 10 : Int($0 - 48) }
        var sum = 0
        for (index, value) in all.enumerated() {
            var weight = 1
            for _ in 0..<(17 - index) { weight = weight * 2 % 11 }
            sum += value * weight
        }
        #expect(sum % 11 == 1)
    }

    @Test(arguments: 0..<100)
    func luhnNoticesEverySingleWrongDigit(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var digits = (0..<15).map { _ in UInt8.random(in: 48...57, using: &random) }
        let check = (48...57).first { Checksums.isLuhn(digits + [UInt8($0)]) }
        digits.append(UInt8(check ?? 48))
        #expect(Checksums.isLuhn(digits))
        for index in digits.indices {
            for wrong in UInt8(48)...57 where wrong != digits[index] {
                var other = digits
                other[index] = wrong
                #expect(!Checksums.isLuhn(other))
            }
        }
    }

    /// GB 32100-2015 annex examples are printed with their check character; this is the code of a public institution as registered.
    @Test func creditCodesAreCheckedByWeight() {
        #expect(Checksums.isCreditCode(Array("91350100M000100Y43".utf8)))
        #expect(Checksums.isCreditCode(Array("91350100m000100y43".utf8)))
        #expect(!Checksums.isCreditCode(Array("91350100M000100Y44".utf8)))
        #expect(!Checksums.isCreditCode(Array("91350100I000100Y43".utf8)))
    }

    @Test func datesExist() {
        for text in ["19000101", "20240229", "20000229", "20991231"] { #expect(Checksums.isDate(Array(text.utf8)[...])) }
        for text in ["20230229", "19000229", "18991231", "20231301", "20230431", "2023010", "2023010a", "00000000"] { #expect(!Checksums.isDate(Array(text.utf8)[...])) }
    }

    @Test(arguments: 0..<200)
    func anyBytesAreAnsweredWithoutATrap(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        if bytes.count != 18 { #expect(!Checksums.isResidentID(bytes) && !Checksums.isCreditCode(bytes)) }
        _ = Checksums.isLuhn(bytes)
        _ = Checksums.isDate(bytes[...])
    }
}
