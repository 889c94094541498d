/// Numbers of members of the Communist Party and of its organizations' files, after their name.
struct PartyMemberRecognizer: Recognizer {
    let card = TypeCard("party-member-number", zh: "党员编号", en: "Party member number", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{5,20}", 0.85),
        .spread(8...24),
    ]
    let labels = [
        "党籍号", "党员证编号", "党费证号", "党组织关系介绍信", "介绍信编号", "共青团员编号", "团员证编号", "工会卡号", "人大代表证号", "委员证号", "party no", "league member no", "union member no",
        "dyzbh", "tybh",
        "党员编号", "党员证号", "党员证", "党员代码", "党员档案号", "团员编号", "团员证号", "工会会员证号", "工会会员号", "party member no", "party member id", "dybh", "dyzh"]
    let fixtures = RecognizerFixtures(positive: [("党员编号：350102001234", "350102001234"), ("团员编号 TY20210012", "TY20210012")], negative: ["350102001234",
        "党员编号待补", "订单 350102001234"])
}
