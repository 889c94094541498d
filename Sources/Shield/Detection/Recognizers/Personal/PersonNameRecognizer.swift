/// Names after the words for them: 姓名, 联系人, 患者, name. Names in running text have rules of their own.
struct PersonNameRecognizer: Recognizer {
    let card = TypeCard("person", zh: "姓名", en: "Person", .personal)
    let rules: [Rule] = [
        .label(Spelling.chineseName, 0.88) { match in
            // A name that goes on into other words is not closed by anything: running text, which other rules read.
            if let next = match.byte(after: 0), next >= 0xE4, next <= 0xE9 { return .drop("not closed") }
            return .when(Surnames.isName(match.text), 0.88, "a family name and a given name after the word for a name", otherwise: "no family name")
        },
        .label("(?:Mr\\.? |Ms\\.? |Mrs\\.? |Dr\\.? )?[A-Z][a-z]{1,20}(?: [A-Z]\\.?)?(?:[ -][A-Z][a-z]{1,20}){1,3}", 0.82,
            "capitalized words after the word for a name"),
    ]
    let labels = [
        "姓名", "真实姓名", "客户姓名", "患者姓名", "员工姓名", "学生姓名", "联系人", "紧急联系人", "收件人", "寄件人", "申请人", "患者", "病人", "当事人", "经办人", "签名", "签字", "法定代表人", "法人代表", "法人",
        "负责人", "委托人", "代理人", "投诉人", "举报人", "来访人", "户主", "业主", "承租人", "出租人", "收款人", "付款人", "持卡人", "车主", "投保人",
        "被保险人", "受益人", "监护人", "参保人", "纳税人", "户名", "开户名", "开户人", "借款人", "担保人", "配偶姓名", "父亲姓名", "母亲姓名", "原告", "被告", "被告人", "嫌疑人", "证人", "甲方代表", "乙方代表",
        "主治医师", "曾用名", "name", "full name", "real name", "customer name", "patient name", "patient", "contact name", "contact person", "account holder",
        "cardholder", "cardholder name", "employee name", "recipient", "xm", "xingming", "lxr", "hzxm", "khxm", "frdb", "hm",
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("姓名：欧阳静，女", "欧阳静"), ("{\"xm\":\"陈建国\"}", "陈建国"), ("patient name: Mary Jane Watson", "Mary Jane Watson")],
        negative: ["姓名：性别", "联系人方式", "name: getUser"])
}
