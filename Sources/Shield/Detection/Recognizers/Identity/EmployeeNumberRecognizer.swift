/// Numbers of employees, after their name.
struct EmployeeNumberRecognizer: Recognizer {
    let card = TypeCard("employee-number", zh: "工号", en: "Employee number", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,5}[-_]?[0-9]{3,12}", 0.82)]
    let labels = ["员工工号", "员工编号", "员工号", "职工编号", "职工号", "工号", "人员编号", "雇员编号", "工作证号", "工作证编号", "工作证", "employee id", "employee no", "employee number",
        "emp id", "emp no", "staff id", "staff no", "staff number", "worker id", "job number", "personnel number", "gh", "gonghao", "ygbh", "yggh", "zgbh"]
    let negativeContext = ["订单", "快递", "运单", "流水号", "发票", "版本", "order", "tracking", "version", "invoice"]
    let fixtures = RecognizerFixtures(
        positive: [("工号：AB123456", "AB123456"), ("employeeId=10086123", "10086123"), ("员工编号为 E-00123", "E-00123")], negative: ["AB123456", "工号未分配",
            "订单 10086123"])
}
