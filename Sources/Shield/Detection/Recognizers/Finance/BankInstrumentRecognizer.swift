/// Bills, checks, letters of credit, guarantees, passbooks, deposits and wealth products.
struct BankInstrumentRecognizer: Recognizer {
    let card = TypeCard("bank-instrument", zh: "票据与存单号", en: "Bank instrument", .finance)
    let rules: [Rule] = [.code(7...36, digits: 6, 0.85), .number([8, 16, 26, 30], 0.86), .spread(8...30)]
    let labels = ["汇票号码", "汇票号", "承兑汇票号", "承兑汇票号码", "银行承兑汇票", "商业汇票号码", "电子汇票号码", "电票号码", "支票号码", "支票号", "本票号", "信用证编号", "信用证号码", "信用证号", "保函编号",
        "保函号", "存单号码", "存单号", "存单编号", "大额存单号", "存折号码", "存折号", "存折账号", "凭证号码", "回单编号", "回单号", "电子回单号", "银行回单", "汇款编号", "汇款单号", "汇票", "国债凭证号",
        "理财产品编码", "理财产品登记编码", "产品登记编码", "理财协议号", "信托合同编号", "信托合同号", "保管箱号", "存款证明编号", "资信证明编号", "贷款卡号码", "授信额度编号", "借款编号", "借款合同", "抵押登记号",
        "动产登记编号", "质押登记号", "bill of exchange", "draft no", "draft number", "cheque no", "cheque number", "check number", "letter of credit",
        "letter of credit no", "lc no", "l/c no", "guarantee no", "passbook no", "certificate of deposit", "deposit certificate",
        "bank receipt no", "remittance no", "swift reference", "hph", "zph", "xyzh", "bhbh", "cdh", "czh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("汇票号码：130839100001220230112345678901", "130839100001220230112345678901"), ("bill of exchange: LC350223001234", "LC350223001234")],
        negative: ["汇票号码办理流程", "汇票号码待补", "130839100001220230112345678901"])
}
