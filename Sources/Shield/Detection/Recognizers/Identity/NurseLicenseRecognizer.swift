/// Nurses' practice certificates: twelve digits that begin with the year, after their name.
struct NurseLicenseRecognizer: Recognizer {
    let card = TypeCard("nurse-license", zh: "护士执业证号", en: "Nurse license", .identity)
    let rules: [Rule] = [.number([12], 0.88), .label("[0-9]{8,16}", 0.8),
        .spread(8...24),
    ]
    let labels = [
        "护士执业证书编码", "护士编码", "护士资格证书编号", "护士资格证号", "医保护士代码", "护士代码", "nurse license no", "nurse no", "nurse certificate", "nurse certificate no",
        "hsbm",
        "护士执业编号", "护士执业号", "护士执业证书编号", "护士执业证书", "护士执业证编号", "护士执业证号", "护士执业证", "护士证号", "护士证", "nurse license", "nursing license", "hszyz", "hszh",
        "hszyzh"]
    let fixtures = RecognizerFixtures(
        positive: [("护士执业证书编号：201535012345", "201535012345"), ("nurse license 2015 3501 2345", "2015 3501 2345")], negative: ["201535012345", "护士证考试 2024 年"])
}
