/// License plates, GA 36-2018: province, letter, five or six characters (no I, O), the last of a five may be 学警港澳挂使领; a dot or space may follow the letter.
struct PlateRecognizer: Recognizer {
    let type = SensitiveType.plate
    let context = ["车牌", "车号", "牌照", "车辆", "plate"]
    let fixtures = RecognizerFixtures(
        positive: [("车牌闽A12345", "闽A12345"), ("粤B·D12345停在这", "粤B·D12345"), ("京AD12345", "京AD12345"), ("闽A1234学", "闽A1234学")],
        negative: ["京A座1234", "闽AIO345"])
    private static let provinces = Set("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".unicodeScalars)
    private static let suffixes = Set("学警港澳挂使领".unicodeScalars)

    func candidates(in text: ScannedText) -> [Candidate] {
        text.scalars.indices.compactMap { start in
            guard Self.provinces.contains(text.scalars[start]), let letter = text.at(start + 1), letter.isASCIILetter, letter != "I", letter != "O" else { return nil }
            var position = start + 2
            if let mark = text.at(position), ["·", ".", " ", "•", "-"].contains(mark) { position += 1 }
            let serial = position
            while position - serial < 7, let scalar = text.at(position), scalar.isASCIIDigit || (scalar.isASCIILetter && scalar != "I" && scalar != "O") { position += 1 }
            var length = position - serial
            if length == 4, let suffix = text.at(position), Self.suffixes.contains(suffix) {
                position += 1
                length += 1
            }
            let digits = text.scalars[serial..<position].filter(\.isASCIIDigit).count
            guard length == 5 || length == 6, digits >= 2 else { return nil }
            return Candidate(start, position, confidence: 0.9, reasons: ["province, letter and serial of a plate"])
        }
    }
}
