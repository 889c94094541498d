/// Numbers of examinees and their tickets: ten to eighteen digits, with up to four letters or not.
struct ExamTicketRecognizer: Recognizer {
    let card = TypeCard("exam-ticket", zh: "准考证号", en: "Examination number", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{8,20}", 0.87), .number([9, 10, 12, 14, 15], 0.86), .spread(8...22),
        .word("(?:[12][0-9]|[1-6][1-9])(?:[0-9]{8}|[0-9]{10}|[0-9]{12}|[0-9]{13})", 0.2, "shape, kept near its name only")]
    let labels = ["准考证号码", "准考证号", "准考证编号", "准考证", "考生号", "考生编号", "考号", "高考报名号", "报名号", "报名序号", "报名编号", "考籍号", "学测号", "成绩单编号", "exam ticket",
        "exam ticket no", "admission ticket", "admission ticket no", "exam number", "exam no", "candidate number", "candidate no", "candidate id",
        "examinee no", "examinee id", "gk ksh", "zkzh", "zkzhm", "zkz", "ksh", "bmh", "bmxh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("准考证号码：2311010551930", "2311010551930"), ("exam ticket: 350203123456789", "350203123456789")],
        negative: ["准考证号码办理流程", "准考证号码待补", "2311010551930"])
}
