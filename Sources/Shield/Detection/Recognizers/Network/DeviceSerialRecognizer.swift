/// Serial numbers of devices, after the full name (设备序列号): a serial number alone is of anything.
struct DeviceSerialRecognizer: Recognizer {
    let card = TypeCard("device-serial", zh: "设备序列号", en: "Device serial number", .network)
    let rules: [Rule] = [.label("[A-Za-z0-9]{2,12}(?:[-/][A-Za-z0-9]{2,12}){0,3}", 0.83) { match in
        let (letters, digits) = (match.bytes.count(where: Checksums.isLetter), match.digits.count)
        return .when((8...24).contains(match.range.count) && letters > 0 && digits > 0, 0.83, "letters and digits after their name",
            otherwise: "not letters and digits")
    }, .code(12...24, digits: 12, 0.55)]
    let labels = [
        "设备序列号码", "产品序列号", "机器序列号", "笔记本序列号", "服务器序列号", "打印机序列号", "路由器序列号", "光猫序列号", "显示器序列号", "电池序列号", "摄像头序列号", "硬件序列号", "出厂序列号",
        "序列号码", "序列号", "设备sn", "设备sn码", "sn码", "sn号", "sn编号", "serial number", "serial num", "serial no", "serial code", "serialno",
        "device serial no", "hardware serial", "machine serial", "product serial", "product sn", "board serial", "system serial", "bios serial",
        "cpu serial", "hdd serial", "sn no", "xlh", "xlhm", "cpxlh", "jqxlh",
        "设备序列号", "手机序列号", "主板序列号", "硬盘序列号", "电脑序列号", "终端序列号", "主机序列号", "cpu序列号", "机身序列号", "device serial", "device serial number", "device sn",
        "disk serial", "motherboard serial", "sbxlh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("设备序列号：C02XK0AAJG5H", "C02XK0AAJG5H"), ("device_sn=HZ8812345K", "HZ8812345K")],
        negative: ["序列号 3", "C02XK0AAJG5H", "serial 12345678"])
}
