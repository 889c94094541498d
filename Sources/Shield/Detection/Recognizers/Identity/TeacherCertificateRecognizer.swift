/// Teachers' certificates: 17 digits (year, region, kind, sex, sequence), after their name.
struct TeacherCertificateRecognizer: Recognizer {
    let card = TypeCard("teacher-certificate", zh: "教师资格证号", en: "Teacher certificate", .identity)
    let rules: [Rule] = [.number([15, 17], 0.88),
        .spread(8...24),
    ]
    let labels = [
        "教师资格证件号", "教师资格证书号", "教师证编号", "教师编号", "teacher cert", "teacher cert no", "teacher certificate no", "teacher qualification",
        "teacher qualification no", "teacher license no", "jszgzbh", "jszh",
        "教师资格证书编号", "教师资格证书号码", "教师资格证书", "教师资格证编号", "教师资格证号码", "教师资格证号", "教师资格证", "教师证号", "教资证号", "teacher certificate", "teacher license",
        "teaching certificate", "jszgz", "jszgzh"]
    let fixtures = RecognizerFixtures(
        positive: [("教师资格证号：20193500142000123", "20193500142000123"), ("teacher certificate 2019 3500 1420 00123", "2019 3500 1420 00123")],
            negative: ["20193500142000123", "教师资格证报名 2024 年"])
}
