/// Numbers of contracts and agreements, after their name.
struct ContractRecognizer: Recognizer {
    let card = TypeCard("contract", zh: "合同编号", en: "Contract number", .corporate)
    let rules: [Rule] = [.code(5...40, 0.82), .label("[\\[(（〔]?(?:19|20)[0-9]{2}[\\])）〕]?[\u{4E00}-\u{9FFF}A-Za-z0-9-]{1,16}第?[0-9]{1,8}号", 0.8),
        .label("[\u{4E00}-\u{9FFF}]{2,8}[\\[(（〔](?:19|20)[0-9]{2}[\\])）〕](?:第)?[0-9]{1,8}号", 0.8),
        .spread(8...24),
    ]
    let labels = [
        "合同编码", "合同id", "合同备案编号", "合同登记号", "合同流水号", "协议书编号", "协议编码", "框架协议编号", "订购合同号", "劳务合同编号", "施工合同编号", "服务合同编号", "保密协议编号", "技术合同登记号",
        "技术合同编号", "外贸合同号", "房屋买卖合同编号", "商品房合同编号", "租房合同编号", "网签编号", "网签号", "contract code", "contract ref", "agreement id",
        "deal no", "po no", "purchase order no", "htbm", "htid", "wqbh", "wqhth",
        "合同编号", "合同号码", "合同号", "合同备案号", "协议编号", "协议号", "劳动合同编号", "采购合同编号", "销售合同编号", "租赁合同编号", "购房合同编号", "网签合同号", "网签备案号", "contract no",
        "contract number", "contract id", "agreement no", "agreement number", "htbh", "hth", "xybh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("合同编号：HT-2023-CG-00123", "HT-2023-CG-00123"), ("contract_no: XS20230115001", "XS20230115001")],
        negative: ["合同编号待定", "HT-2023-CG-00123", "contract number of pages"])
}
