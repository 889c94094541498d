/// Payment card numbers (ISO/IEC 7812): 12 to 19 digits, Luhn, issuer digits of a scheme. One in ten random numbers passes Luhn, so unknown issuers
/// need a context word.
struct BankCardRecognizer: Recognizer {
    let card = TypeCard("bank-card", zh: "银行卡号", en: "Bank card", .finance)
    let rules: [Rule] = [
        .word(
            "[1-6][0-9]{3}(?:[0-9]{8,15}|[ .-]?[0-9]{4}[ .-]?[0-9]{4}[ .-]?[0-9]{4}(?:[ .-]?[0-9]{1,3})?|[ -][0-9]{6}[ -][0-9]{4,5}|[0-9]{2}[ -]?[0-9]{10,13})",
            0.3) { match in
            let digits = match.digits
            guard !match.isInsideNumber else { return .drop("part of a longer number") }
            guard (12...19).contains(digits.count), Checksums.isLuhn(digits),
                !Checksums.isRepeated(Array(digits.dropLast())) else { return .drop("length of a bank card, wrong check digit") }
            guard CardIssuers.isKnown(digits) else { return .keep(0.3, "check digit (Luhn), unknown issuer") }
            guard digits.count > 13 else { return .keep(0.4, "check digit (Luhn) of a short card") }
            return .keep(digits[0] == 6 ? 0.68 : 0.6, "issuer digits and check digit (Luhn)")
        },
        .spread(13...19, letters: []) { Checksums.isLuhn($0) },
    ]
    let labels = [
        "银行卡卡号", "银行卡账号", "信用卡卡号", "信用卡账号", "贷记卡号", "收款卡号", "付款卡号", "绑定银行卡", "绑卡卡号", "提现卡号", "扣款卡号", "结算卡号", "主卡号", "副卡号", "附属卡号",
        "公务卡号", "公务卡", "visa卡号", "万事达卡号", "运通卡号", "jcb卡号", "大来卡号", "银联卡号", "bankcard no", "bank card number", "card pan", "pan no",
        "primary account number", "debit card no", "debit card number", "credit card no", "credit card number", "payment card", "cc no",
        "visa card", "mastercard", "amex card", "jcb card", "diners card", "unionpay card", "jjkh", "cxkh", "gzkh",
        "银行卡号码", "银行卡号", "银行卡", "银行账号", "银行帐号", "储蓄卡号", "储蓄卡", "借记卡号", "借记卡", "信用卡号", "信用卡", "贷记卡", "工资卡号", "工资卡", "卡号", "账号", "帐号", "账户", "收款账号", "付款账号",
        "打款账号", "还款卡号", "对公卡号", "一类卡", "银联卡", "开户账号", "bank card", "bank card no", "card no",
        "card number", "card num", "credit card", "debit card", "cc number", "ccn", "pan", "card", "cc", "account no", "account number", "bank account",
        "bankcard",
        "yhk", "yhkh", "yhkhm", "yhzh", "kh", "xykh",
    ]
    let context = ["开户行", "刷卡", "转账", "汇款", "银行", "支付", "card", "visa", "mastercard", "unionpay", "银联"]
    let fixtures = RecognizerFixtures(
        positive: [("卡号6222021234567890128", "6222021234567890128"), ("银行卡 4111 1111 1111 1111", "4111 1111 1111 1111"),
            ("6222-0212-3456-7890-128", "6222-0212-3456-7890-128"), ("amex 3782 822463 10005", "3782 822463 10005")],
        negative: ["卡号6222021234567890121", "运单号4111111111111111", "1732212345678901232", "6222021234567890128.5"])
}
