/// Keys of Volcengine and Kingsoft Cloud (AKLT), JD Cloud (JDC_), Baidu (ALTAK) and Huawei (HPUA of OBS).
struct VolcengineKeyRecognizer: Recognizer {
    let card = TypeCard("chinese-cloud-key", zh: "国内云厂商访问密钥", en: "Chinese cloud access key", .credential)
    let rules: [Rule] = [.literal(["AKLT"], "AKLT[A-Za-z0-9+/=_-]{16,64}", 0.93), .literal(["JDC_"], "JDC_[A-Z0-9]{25,40}", 0.94),
        .literal(["ALTAK"], "ALTAK[A-Za-z0-9]{21}", 0.94), .literal(["HPUA"], "HPUA[A-Z0-9]{16}", 0.85),
        .literal(["AKTP", "AKAP"], "AK[TA]P[A-Za-z0-9_-]{20,60}", 0.9)]
    let labels = ["火山引擎", "volcengine", "金山云", "ksyun", "京东云", "jdcloud", "百度云", "百度智能云", "华为云", "access key", "ak"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("火山引擎 AKLTKWdp0G9qmCG5CW3cCW1qiXNxqTm8MfA2Mc1OfbCz9Kur",
        "AKLTKWdp0G9qmCG5CW3cCW1qiXNxqTm8MfA2Mc1OfbCz9Kur"), ("ak=JDC_C937FL613LJ7653E66KHME4A69HO", "JDC_C937FL613LJ7653E66KHME4A69HO")],
        negative: ["AKLT", "JDC_CONFIG"])
}
