/// Registrations of software copyright: year, SR or SA, digits; and 软著登字第…号.
struct SoftwareCopyrightRecognizer: Recognizer {
    let card = TypeCard("software-copyright", zh: "软件著作权登记号", en: "Software copyright registration", .corporate)
    let rules: [Rule] = [.word("(?:19|20)[0-9]{2}(?:SR|sr|SA|sa)(?:[0-9]{6,7}|BJ[0-9]{4})", 0.85, "year and number of a software registration"),
        .literal(["软著登字第", "软著变补字第", "软著登字(", "软著登字（"], "软著(?:登|变补)字(?:[(（]?[0-9A-Z]{0,4}[)）]?)?第? ?[0-9]{6,8} ?号?", 0.9),
        .label("[\u{4E00}-\u{9FFF}]作登字-?(?:19|20)[0-9]{2}-[A-L]-[0-9]{6,9}", 0.9),
        .spread(9...12),
    ]
    let labels = [
        "软件著作权登记证书", "软件著作权登记证号", "软件著作权证书号", "软件著作权编号", "软件著作权", "软著编号", "软著证书号", "软著登记证号", "软著", "计算机软件著作权登记", "证书号软著登字", "software copyright no",
        "software registration", "software registration no", "software reg no", "rjzzq", "rzh",
        "软件著作权登记号", "软著登记号", "软著号", "软件登记号", "著作权登记号", "作品登记号", "证书号", "登记号", "software copyright", "copyright no", "rzdjh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("登记号：2020SR0123456", "2020SR0123456"), ("证书号 软著登字第5123456号", "软著登字第5123456号")],
        negative: ["2020SR01", "2020-SR-0123456", "软著登字待批"])
}
