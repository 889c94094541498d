/// Fax numbers, after their name.
struct FaxRecognizer: Recognizer {
    let card = TypeCard("fax", zh: "传真", en: "Fax", .contact)
    let rules: [Rule] = [.label("(?:\\+?86[ -]?)?(?:[(（]?0?[1-9][0-9]{1,2}[)）]?[ -]?)?[2-8][0-9]{2,3}[ -]?[0-9]{4}(?:-[0-9]{1,6}|转[0-9]{1,6})?", 0.92),
        .label("\\+[0-9]{1,3}[ -]?[0-9]{2,4}(?:[ -]?[0-9]{3,4}){2,3}", 0.85),
        .spread(8...12),
    ]
    let labels = ["传真号码", "传真号", "传真电话", "传真", "fax", "fax no", "fax number", "facsimile", "cz", "czhm", "chuanzhen"]
    let fixtures = RecognizerFixtures(positive: [("传真：0591-87654322", "0591-87654322"), ("Fax: +86-10-62345679", "+86-10-62345679")],
        negative: ["传真已收到", "0591", "fax 2 pages"])
}
