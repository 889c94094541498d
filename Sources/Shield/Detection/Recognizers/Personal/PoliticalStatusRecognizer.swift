/// Political status (GB/T 4762), after its name.
struct PoliticalStatusRecognizer: Recognizer {
    let card = TypeCard("political-status", zh: "政治面貌", en: "Political status", .personal)
    let rules: [Rule] = [.label("(?:中共党员|中共预备党员|预备党员|中国共产党党员|党员|共青团员|团员|入党积极分子|民革党员|民革会员|民盟盟员|民建会员|民进会员|农工党党员|致公党党员|九三学社社员|台盟盟员|无党派人士|无党派民主人士|群众|少先队员"
        + "|CPC member|League member)", 0.85)]
    let labels = ["政治面貌", "政治身份", "党派", "政治状况", "political status", "political affiliation", "party affiliation", "zzmm", "zzmmdm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("政治面貌：中共党员", "中共党员"), ("zzmm=群众", "群众")], negative: ["人民群众", "党员大会", "政治面貌不限"])
}
