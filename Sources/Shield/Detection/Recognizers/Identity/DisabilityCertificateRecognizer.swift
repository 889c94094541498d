/// Certificates of disabled persons: the resident ID, a digit of the kind (1 to 7), a digit of the grade (1 to 4), and B with a digit for a reissue.
struct DisabilityCertificateRecognizer: Recognizer {
    let card = TypeCard("disability-certificate", zh: "残疾人证号", en: "Disability certificate", .identity)
    let rules: [Rule] = [
        .word("[1-7][0-9](?:[ -]?[0-9]){15}[ -]?[0-9Xx][ -]?[1-7][ -]?[1-4](?: ?[Bb][0-9])?", 0.3) { match in
            let bytes = Array(match.compact.prefix(18))
            return .when(bytes.count == 18 && Checksums.isDate(bytes[6..<14]) && Checksums.isResidentID(bytes), 1,
                "resident ID with its check digit, kind and grade")
        }
    ]
    let labels = ["残疾人证号码", "残疾人证编号", "残疾人证号", "残疾人证", "残疾证号码", "残疾证号", "残疾证", "disability certificate", "disability card", "cjz", "cjzh", "cjrzh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("残疾人证号：35010219670312123544", "35010219670312123544"), ("cjzh 11010519491231002X12B1", "11010519491231002X12B1")],
        negative: ["残疾人证11010519491231002944", "订单 11010519491231002112"])
}
