/// Codes of diseases and procedures, ICD-10 and ICD-9-CM-3 (GB/T 14396), after their name.
struct DiagnosisCodeRecognizer: Recognizer {
    let card = TypeCard("diagnosis-code", zh: "疾病编码", en: "Diagnosis code", .health)
    let rules: [Rule] = [.label("[A-TV-Za-tv-z][0-9]{2}(?:\\.[0-9xX]{1,4}(?:[+*]?[0-9]{3,4})?)?", 0.88), .label("[0-9]{2}\\.[0-9]{1,4}(?:x[0-9]{3})?", 0.8)]
    let labels = ["疾病编码", "诊断编码", "疾病代码", "诊断代码", "icd编码", "icd-10编码", "icd10编码", "icd-10", "icd10", "icd-9", "icd9", "icd", "icd code", "手术编码", "手术操作编码",
        "diagnosis code", "disease code", "jbbm", "zdbm", "icdbm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("疾病编码：B20.101", "B20.101"), ("icd10=f32.9", "f32.9")], negative: ["B20", "座位 B20", "icd10 更新"])
}
