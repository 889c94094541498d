/// Serial numbers of devices, after the full name (设备序列号): a serial number alone is of anything.
struct DeviceSerialRecognizer: Recognizer {
    let card = TypeCard("device-serial", zh: "设备序列号", en: "Device serial number", .network)
    let rules: [Rule] = [.code(8...24, digits: 2, 0.83)]
    let labels = ["设备序列号", "手机序列号", "主板序列号", "硬盘序列号", "电脑序列号", "终端序列号", "主机序列号", "cpu序列号", "机身序列号", "device serial", "device serial number", "device sn",
        "disk serial", "motherboard serial", "sbxlh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("设备序列号：C02XK0AAJG5H", "C02XK0AAJG5H"), ("device_sn=HZ8812345K", "HZ8812345K")],
        negative: ["序列号 C02XK0AAJG5H", "C02XK0AAJG5H", "serial 12345678"])
}
