/// International phone numbers, ITU-T E.164: a plus, a country code other than 86, at most 15 digits.
struct InternationalPhoneRecognizer: Recognizer {
    let card = TypeCard("international-phone", zh: "国际电话", en: "International phone number", .contact)
    let rules: [Rule] = [
        .word("[1-9][0-9]{0,2}[ .-]?\\(?[0-9]{1,4}\\)?(?:[ .-]?[0-9]{2,4}){1,4}", 0.3, after: "+") { match in
            let plus = match.widened(by: "+")
            let count = match.digitCount
            guard (9...15).contains(count) else { return .drop("no plus of an international number") }
            if let before = match.byte(before: 1),
                Checksums.isDigit(before) || Checksums.isLetter(before) || before == UInt8(ascii: "=") && count < 10 { return .drop("a sum, not a plus") }
            guard CallingCodes.isAssigned(match.digits) else { return .drop("no assigned country code") }
            return .span(plus, 0.75, "a plus, a country code and at most 15 digits")
        },
        .word("00(?:1|7|[2-9][0-9]{1,2})[ -][0-9]{1,4}(?:[ -]?[0-9]{2,4}){2,3}", 0.3) { .when((11...17).contains($0.digitCount), 0.4,
            "00 and a country code", otherwise: "wrong length") },
        .label("\\(?[2-9][0-9]{2}\\)?[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}(?:(?: ?x| ext\\.? ?)[0-9]{1,6})?", 0.8,
            "ten digits of the North American plan after its name"),
        .label("(?:00[1-9][0-9]{0,2}|0[1-9][0-9]{0,4})[ .-](?:\\(?[0-9]{1,4}\\)?[ .-]?){1,3}[0-9]{3,4}(?:x[0-9]{1,6})?",
            0.75) { .when((8...15).contains($0.digitCount), 0.75, "digits of a phone number after its name", otherwise: "wrong length") },
        .label(
            "\\+?\\(?\\+?[0-9]{1,4}\\)?(?:[ .-]{1,2}\\(?[0-9]{1,4}\\)?|\\([0-9]{1,4}\\)|[0-9]{2,4}){1,5}(?: ?(?:x|ext\\.?) ?[0-9]{1,6})?", 0.76) { match in
                let count = match.digits.count
                // A date has the same groups as many numbers.
                let isDate = match.text.hasPrefix("19") || match.text.hasPrefix("20")
                let isGrouped = match.bytes.contains { !Checksums.isDigit($0) }
                return .when((7...15).contains(count) && isGrouped && !isDate, 0.76, "groups of digits after the name of a phone number",
                    otherwise: "not the groups of a phone number")
            },
        .word("[2-9][0-9]{2}[-.][2-9][0-9]{2}[-.][0-9]{4}", 0.45, "ten digits in the groups of the North American plan") { .when(!$0.isInsideNumber, 0.5,
            "ten digits in the groups of the North American plan", otherwise: "part of a longer number") },
        .word("[2-9][0-9]{2}\\) ?[2-9][0-9]{2}[-.][0-9]{4}", 0.5) { match in
            let range = match.widened(by: "(")
            return range.lowerBound < match.range.lowerBound ? .span(range, 0.7, "area code in brackets of the North American plan") : .drop("no bracket")
        },
    ]
    let labels = ["国际电话", "海外电话", "境外电话", "联系电话", "电话号码", "电话", "手机", "phone", "phone number", "phone no", "tel", "telephone", "mobile", "cell", "call me",
        "call", "contact", "whatsapp", "my number", "number is", "reach me at"]
    let fixtures = RecognizerFixtures(
        positive: [("电话+1 212-555-0187", "+1 212-555-0187"), ("+852 9123 4567", "+852 9123 4567"), ("phone: (212) 555-0187", "(212) 555-0187"),
            ("Call +44 20 7946 0958 now", "+44 20 7946 0958")],
        negative: ["1+2125550187=3", "+999999999999", "版本 212.555.0187.2", "GMT+0800"])
}
