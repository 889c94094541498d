/// Approvals of drugs, health food and cosmetics: 国药准字, 国食健字, 国妆特字 and digits with a letter.
struct DrugApprovalRecognizer: Recognizer {
    let card = TypeCard("drug-approval", zh: "药品批准文号", en: "Drug approval", .corporate)
    let rules: [Rule] = [.literal(["国药准字", "国药证字", "国食健字", "国食健注", "国妆特字", "国妆网备", "卫食健字", "卫妆准字", "国药试字", "国食健备"],
        "国?(?:药准字|药证字|食健字|食健注|妆特字|妆网备进?字?|药试字|食健备|卫食健字|卫妆准字) ?[(（]?[A-Za-z]{0,2}[)）]?[A-Za-z]?[ -]?[0-9]{6,12}", 0.92),
        .literal(["卫食健字", "卫妆准字"], "卫(?:食健|妆准)字 ?[(（]?(?:19|20)[0-9]{2}[)）]? ?第?[0-9]{3,6}号?", 0.9), .label("[A-Z]{1,4}[0-9]{8,14}",
            0.85), .label("[0-9]{14,24}", 0.8),
        .spread(8...24),
    ]
    let labels = [
        "药品批文", "国药准字号", "药品注册批件", "药品注册证书编号", "进口药品注册证号", "保健食品批准文号", "保健食品注册号", "保健食品备案号", "化妆品批准文号", "化妆品注册证号", "特殊化妆品注册证", "药品本位码",
        "药品编码", "药品追溯码", "医保药品编码", "药品电子监管码", "drug approval", "drug approval number", "drug registration no", "approval no", "approval number",
        "drug code", "ypbm", "yppzwh", "zczh",
        "批准文号", "药品批准文号", "药品注册证号", "国药准字", "drug approval no", "ypzwh", "pzwh"]
    let context = ["药品"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("批准文号：国药准字H20230123", "国药准字H20230123"), ("国食健字G20150456号", "国食健字G20150456")], negative: ["国药准字查询",
            "国药准字H12"])
}
