/// Amounts of wages and income, after their name.
struct SalaryRecognizer: Recognizer {
    let card = TypeCard("salary", zh: "工资收入", en: "Salary", .personal)
    let rules: [Rule] = [.label("(?:(?:人民币|RMB|CNY|USD|HKD|¥|￥|\\$) ?)?[0-9]{1,3}(?:,[0-9]{3}){1,3}(?:\\.[0-9]{1,2})?(?: ?(?:万元|万|元|k|K|美元))?", 0.83),
        .label("(?:(?:人民币|RMB|CNY|USD|HKD|¥|￥|\\$) ?)?[0-9]{3,9}(?:\\.[0-9]{1,2})?(?: ?(?:万元|万|元|美元))?", 0.82),
        .label("[0-9]{1,3}(?:\\.[0-9]{1,2})? ?(?:万元|万|k|K|w)", 0.82)]
    let labels = ["月薪", "年薪", "工资收入", "基本工资", "岗位工资", "绩效工资", "应发工资", "实发工资", "税前工资", "税后工资", "工资", "薪资", "薪水", "薪酬", "底薪", "时薪", "月收入", "年收入", "家庭年收入",
        "个人收入", "工资性收入", "税前收入", "税后收入", "劳务报酬", "稿酬", "津贴", "提成", "公积金缴存额", "缴费基数", "社保基数", "公积金基数", "年度收入", "家庭收入", "家庭月收入", "养老金", "退休金", "抚恤金",
            "奖金", "年终奖", "补贴", "salary", "base salary", "monthly salary", "annual salary", "net pay", "gross pay", "wage", "income",
        "annual income", "monthly income", "bonus", "gz", "yx", "nx", "xz", "yfgz", "sfgz"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("月薪：12000元", "12000元"), ("annual_salary: 185,000.00", "185,000.00"), ("实发工资 8532.50", "8532.50")],
        negative: ["工资发放", "12000元", "营业收入 3457万元"])
}
