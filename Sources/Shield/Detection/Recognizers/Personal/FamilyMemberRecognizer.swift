/// Members of a family, guardians and beneficiaries as relations, after their name.
struct FamilyMemberRecognizer: Recognizer {
    let card = TypeCard("family-relation", zh: "家庭关系", en: "Family relation", .personal)
    let rules: [Rule] = [.label("(?:配偶|丈夫|妻子|父亲|母亲|父子|母子|父女|母女|夫妻|儿子|女儿|长子|次子|长女|次女|祖父|祖母|外祖父|外祖母|孙子|孙女|兄弟|姐妹|哥哥|弟弟|姐姐|妹妹|监护人|户主|spouse|father|mother"
        + "|son|daughter|sibling|brother|sister|guardian)", 0.76)]
    let labels = ["与户主关系", "与本人关系", "与患者关系", "与投保人关系", "与被保险人关系", "家庭关系", "亲属关系", "关系", "relationship", "relation", "yhzgx", "ybrgx"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("与户主关系：配偶", "配偶"), ("relationship: daughter", "daughter")], negative: ["关系到民生", "配偶", "relation database"])
}
