extension Checksums {
    /// Vehicle identification numbers, ISO 3779 and GB 16735: 17 characters without I, O, Q; the ninth is the check, 0-9 or X.
    static func isVIN(_ bytes: [UInt8]) -> Bool {
        let values = bytes.compactMap(vehicleValue)
        guard bytes.count == 17, values.count == 17 else { return false }
        let remainder = weighted(values, [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
        return upper(bytes[8]) == (remainder == 10 ? UInt8(ascii: "X") : UInt8(48 + remainder))
    }

    private static func vehicleValue(_ byte: UInt8) -> Int? {
        let letter = upper(byte)
        if isDigit(letter) { return Int(letter) - 48 }
        guard isLetter(letter), !Array("IOQ".utf8).contains(letter) else { return nil }
        let values = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9]
        return values[Int(letter) - 65]
    }

    /// Check digits of machine-readable travel documents, ICAO 9303: weights 7 3 1 over digits, letters from 10 on, and 0 for the filler.
    static func travelDocumentCheck(_ bytes: some Collection<UInt8>) -> Int {
        zip(bytes, 0...).reduce(0) { sum, entry in sum + (alphanumericValue(entry.0) ?? 0) * [7, 3, 1][entry.1 % 3] } % 10
    }

    /// Whether the last byte is the check digit of those before it (ICAO 9303).
    static func isTravelDocumentField(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let last = bytes.last, isDigit(last) else { return false }
        return travelDocumentCheck(bytes.dropLast()) == Int(last) - 48
    }
}

extension Checksums {
    /// Numbers of ships (IMO resolution A.1117(30)): the last of seven digits is the last of the sum of the others times 7 to 2.
    static func isShipNumber(_ digits: [Int]) -> Bool {
        digits.count == 7 && weighted(Array(digits.prefix(6)), [7, 6, 5, 4, 3, 2]) % 10 == digits[6]
    }
}
