/// Numbers of loan contracts, notes and receipts, after their name.
struct LoanContractRecognizer: Recognizer {
    let card = TypeCard("loan-contract", zh: "贷款合同号", en: "Loan contract", .finance)
    let rules: [Rule] = [.code(6...36, digits: 4, 0.86),
        .spread(8...24),
    ]
    let labels = [
        "贷款合同号码", "贷款账户", "贷款号", "贷款申请编号", "贷款申请号", "贷款流水号", "借款编号", "借款合同号码", "借款单号", "借款申请号", "借据号码", "授信协议号", "授信申请号", "进件号", "进件编号",
        "申请件编号", "还款计划编号", "放款编号", "放款单号", "担保编号", "担保合同号", "保证合同编号", "保证合同号", "抵押合同号", "质押合同编号", "质押合同号", "最高额抵押合同", "融资租赁合同编号", "融资编号",
        "租赁合同号", "分期合同号", "分期订单号", "白条合同号", "信用贷编号", "助学贷款编号", "loan number", "loan account no", "loan contract number", "loan application no",
        "loan application id", "loan agreement no", "credit contract no", "iou no", "facility no", "mortgage no", "mortgage contract no",
        "pledge no", "repayment plan no", "dkzh", "dkbh", "jkbh", "jjbh", "sxbh", "sxhth", "jjhm", "dbhth", "dyhth",
        "贷款合同编号", "贷款合同号", "贷款合同", "借款合同编号", "借款合同号", "借据编号", "借据号", "授信编号", "授信合同号", "贷款账号", "贷款编号", "担保合同编号", "抵押合同编号", "保理合同号",
        "loan contract", "loan contract no", "loan no", "loan id", "loan account", "dkhth", "jjh", "jkhth"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("贷款合同编号：HT2023-350100-00123", "HT2023-350100-00123"), ("loan_no: LN20230012345", "LN20230012345")],
        negative: ["贷款合同未签", "LN20230012345", "贷款编号 ABC"])
}
