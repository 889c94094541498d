/// File numbers of driving licenses (GA 482): twelve digits that begin with a region, after their name. The license number itself is a resident ID.
struct DriverFileNumberRecognizer: Recognizer {
    let card = TypeCard("driver-file-number", zh: "驾驶证档案编号", en: "Driving license file number", .vehicle)
    let rules: [Rule] = [.number([12], 0.87),
        .spread(8...24),
    ]
    let labels = [
        "驾驶证档案", "驾照档案号", "证芯编号", "驾驶证证芯编号", "驾驶人档案编号", "驾驶档案号", "行驶证档案编号", "行驶证号", "驾驶证流水号", "driver archive", "driver archive no",
        "archive no", "archive number", "archive id", "driver file", "driver file number", "license archive no", "jzdabh", "zxbh",
        "驾驶证档案编号", "驾照档案编号", "驾驶证档案号", "驾驶证芯片号", "驾驶员档案编号", "档案编号", "档案号", "driver file no", "license file number", "file no", "dabh", "jszdabh",
        "dah"]
    let negativeContext = ["订单", "快递", "运单", "发票", "版本", "order", "tracking", "version"]
    let fixtures = RecognizerFixtures(
        positive: [("驾驶证档案编号：350100123456", "350100123456"), ("档案编号 3501 0012 3456", "3501 0012 3456")], negative: ["350100123456", "档案编号 12",
            "订单 350100123456"])
}
