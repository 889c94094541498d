/// Student numbers of schools and universities, after their name.
struct StudentNumberRecognizer: Recognizer {
    let card = TypeCard("student-number", zh: "学号", en: "Student number", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{5,16}", 0.85), .label("[0-9]{4}[ -][0-9]{2,6}[ -]?[0-9]{2,6}", 0.82),
        .spread(8...24),
    ]
    let labels = [
        "学生证编号", "学员编号", "学员号", "研究生证号", "校友卡号", "校友编号", "一卡通学号", "student card no", "student code", "matriculation no",
        "enrollment no", "learner id", "xsbh", "xszh", "xyh",
        "学号", "学生证号码", "学生证号", "学生证", "学生编号", "校园卡号", "一卡通号", "student id", "student no", "student number",
        "student card", "stu id", "stu no", "matriculation number", "xh", "xuehao", "xsh"]
    let fixtures = RecognizerFixtures(
        positive: [("学号：2021010203", "2021010203"), ("{\"student_id\":\"U202112345\"}", "U202112345"), ("学生证号 S20211234", "S20211234")],
            negative: ["2021010203", "学号未填写", "订单 2021010203"])
}
