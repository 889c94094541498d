/// Numbers of employees, after their name.
struct EmployeeNumberRecognizer: Recognizer {
    let card = TypeCard("employee-number", zh: "工号", en: "Employee number", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,5}[-_]?[0-9]{3,12}", 0.82),
        .spread(6...12),
    ]
    let labels = [
        "人员编码", "人员代码",
        "职员编号", "员工代码", "员工id", "工牌号", "工卡号", "胸牌号", "考勤号", "考勤编号", "考勤卡号", "hr编号", "人事编号", "柜员号", "柜员编号", "营业员编号", "客户经理号", "客户经理编号",
        "代理人编号", "代理人工号", "业务员编号", "收银员编号", "驾驶员编号", "骑手编号", "骑手id", "快递员编号", "医生工号", "护士工号", "教工号", "教职工号", "staff code", "employee code",
        "employee num", "emp code", "emp number", "payroll no", "payroll number", "teller no", "teller id", "agent no", "agent id",
        "rider id", "courier id", "attendance no", "gyh", "kqh", "jgh", "rybh", "zgh",
        "员工工号", "员工编号", "员工号", "职工编号", "职工号", "工号", "人员编号", "雇员编号", "工作证号", "工作证编号", "工作证", "employee id", "employee no", "employee number",
        "emp id", "emp no", "staff id", "staff no", "staff number", "worker id", "job number", "personnel number", "gh", "gonghao", "ygbh", "yggh", "zgbh"]
    let negativeContext = ["订单", "快递", "运单", "流水号", "发票", "版本", "order", "tracking", "version", "invoice"]
    let fixtures = RecognizerFixtures(
        positive: [("工号：AB123456", "AB123456"), ("employeeId=10086123", "10086123"), ("员工编号为 E-00123", "E-00123")], negative: ["AB123456", "工号未分配",
            "订单 10086123"])
}
