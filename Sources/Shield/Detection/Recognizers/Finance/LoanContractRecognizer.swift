/// Numbers of loan contracts, notes and receipts, after their name.
struct LoanContractRecognizer: Recognizer {
    let card = TypeCard("loan-contract", zh: "贷款合同号", en: "Loan contract", .finance)
    let rules: [Rule] = [.code(6...36, digits: 4, 0.86)]
    let labels = ["贷款合同编号", "贷款合同号", "贷款合同", "借款合同编号", "借款合同号", "借据编号", "借据号", "授信编号", "授信合同号", "贷款账号", "贷款编号", "担保合同编号", "抵押合同编号", "保理合同号",
        "loan contract", "loan contract no", "loan no", "loan id", "loan account", "dkhth", "jjh", "jkhth"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("贷款合同编号：HT2023-350100-00123", "HT2023-350100-00123"), ("loan_no: LN20230012345", "LN20230012345")],
        negative: ["贷款合同未签", "LN20230012345", "贷款编号 ABC"])
}
