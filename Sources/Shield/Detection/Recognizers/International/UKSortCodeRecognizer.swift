/// British sort codes: 2-2-2 digits, after their name.
struct UKSortCodeRecognizer: Recognizer {
    let card = TypeCard("uk-sort-code", zh: "英国银行分类码", en: "UK sort code", .international)
    let rules: [Rule] = [.label("[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}", 0.88)]
    let labels = ["sort code", "sortcode", "sort code no", "bank sort code"]
    let fixtures = RecognizerFixtures(positive: [("sort code 12-34-56", "12-34-56"), ("SortCode: 200000", "200000")], negative: ["12-34-56", "sort code list"])
}
