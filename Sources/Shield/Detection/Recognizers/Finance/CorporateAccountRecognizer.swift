/// Bank account numbers of firms and settlement accounts: nine to thirty digits, after their name.
struct CorporateAccountRecognizer: Recognizer {
    let card = TypeCard("bank-account", zh: "银行账号", en: "Bank account", .finance)
    let rules: [Rule] = [.label("[0-9]{9,30}", 0.82), .label("[0-9]{3,6}(?:[ -][0-9]{3,6}){2,6}",
        0.8) { .when((9...30).contains($0.digits.count), 0.8, "groups of digits after its name", otherwise: "wrong length") },
        .label("[0-9]{1,4}-[0-9]{4,14}(?:-[0-9]{1,6})?", 0.78) { .when($0.digits.count >= 9, 0.78, "account in parts", otherwise: "wrong length") },
        .spread(8...24),
    ]
    let labels = [
        "企业对公账号", "对公账户号", "对公银行账号", "开户行账号", "开户银行账号", "银行账户号", "账户号码", "账户账号", "卡号或账号", "收款人账号", "付款人账号", "收款方账号", "付款方账号", "户头账号",
        "退款账号", "打款账号", "汇款账号", "工资账号", "工资卡账号", "还款账号", "扣款账号", "代扣账号", "代发账号", "一般户账号", "临时户账号", "专用户账号", "保证金户账号", "资金监管账号", "内部账号",
        "结算户账号", "储蓄账号", "活期账号", "定期账号", "存款账号", "credit account", "debit account", "account num", "account id no", "bank acct", "bank acct no",
        "bank account number", "bank no", "deposit account", "settlement account", "payer account", "receiver account", "receiving account",
        "payment account", "salary account", "repayment account", "beneficiary account no", "acct number", "acct num", "acc no", "skrzh",
        "fkrzh", "dgzhh", "jszh", "yhzhh", "khyhzh", "hkzh", "tkzh",
        "对公账号", "对公账户", "对公帐号", "企业账号", "企业账户", "公司账号", "公司账户", "基本户账号", "基本账户", "一般账户", "结算账号", "结算账户", "银行账号", "银行账户", "银行帐号", "开户账号", "收款账号", "收款账户",
        "付款账号", "付款账户", "账号", "帐号", "监管账户", "专用账户", "bank account", "bank account no", "account number", "account no", "acct no", "acct", "iban or account",
        "corporate account", "beneficiary account", "payee account", "a/c no", "dgzh", "yhzh", "skzh", "fkzh", "khzh",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("对公账号：35050161603700000123", "35050161603700000123"), ("收款账号 1402 0232 0960 0123 456", "1402 0232 0960 0123 456"),
            ("bank_account=117010100100123456", "117010100100123456")],
        negative: ["35050161603700000123", "账号已冻结", "账号 admin"])
}
