/// Diagnoses as text, after their name; and diseases that the law protects in particular (AIDS, hepatitis B, mental disorders, venereal diseases) beside
/// words of a patient.
struct DiagnosisRecognizer: Recognizer {
    let card = TypeCard("diagnosis", zh: "诊断", en: "Diagnosis", .health)
    private static let diseases = [
        "艾滋病", "HIV感染", "HIV阳性", "HIV抗体阳性", "梅毒", "淋病", "尖锐湿疣", "乙型肝炎", "乙肝大三阳", "乙肝小三阳", "乙肝", "丙型肝炎", "丙肝", "肺结核", "抑郁症", "双相情感障碍", "精神分裂症", "焦虑症", "躁狂症",
        "强迫症", "自闭症", "癫痫", "阿尔茨海默病", "恶性肿瘤", "白血病", "肺癌", "肝癌", "胃癌", "乳腺癌", "宫颈癌",
        "结肠癌", "直肠癌", "食管癌", "前列腺癌", "淋巴瘤", "尿毒症", "糖尿病", "高血压", "冠心病", "脑梗死", "心肌梗死", "系统性红斑狼疮", "药物依赖", "酒精依赖", "HIV positive", "schizophrenia",
        "bipolar disorder",
    ]
    let rules: [Rule] = [
        .label("(?:[\u{4E00}-\u{9FFF}]|[A-Za-z0-9()/+-]){2,30}", 0.8) { match in
            let text = match.text
            guard !match.isPreceded(by: ["故障", "系统", "设备", "网络", "性能"], within: 24) else { return .drop("the diagnosis of a machine") }
            let isNothing = ["待查", "未见异常", "无异常", "不详", "未明确", "依据", "标准", "报告", "结果", "编码", "名称", "如下"].contains { text.hasPrefix($0) }
            return .when(!isNothing && text.unicodeScalars.contains { $0.value >= 0x4E00 || $0.properties.isAlphabetic }, 0.8,
                "text after the name of a diagnosis", otherwise: "no diagnosis")
        },
        .literal(DiagnosisRecognizer.diseases, "(?:" + DiagnosisRecognizer.diseases.joined(separator: "|") + ")", 0.25, "a disease, near a patient",
            isBounded: false),
    ]
    let labels = ["临床诊断", "入院诊断", "出院诊断", "门诊诊断", "初步诊断", "主要诊断", "次要诊断", "病理诊断", "西医诊断", "中医诊断", "诊断结果", "诊断意见", "诊断结论", "诊断为", "确诊为", "诊断", "既往病史", "既往史",
        "现病史", "病史", "患有", "diagnosis", "diagnosed with", "medical history", "lczd", "ryzd", "cyzd", "zdjg"]
    let context = ["患者", "病人", "确诊", "患上", "就诊", "住院", "复诊", "服药", "感染者", "patient"]
    let negativeContext = ["防治", "科普", "讲座", "预防", "宣传", "研究", "指南", "药品", "疫苗", "故障", "系统"]
    let fixtures = RecognizerFixtures(positive: [("临床诊断：2型糖尿病伴并发症，建议", "2型糖尿病伴并发症"), ("患者李某为HIV阳性。", "HIV阳性")], negative: ["艾滋病防治宣传", "诊断依据见附件", "故障诊断：重启"])
}
