/// Identifiers that Android and others give a device, after their name.
struct DeviceIDRecognizer: Recognizer {
    let card = TypeCard("device-id", zh: "设备标识", en: "Device ID", .network)
    let rules: [Rule] = [.label("[0-9A-Fa-f]{16}", 0.88), .label("[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", 0.88),
        .label("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}", 0.86), .label("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{16}", 0.9)]
    let labels = [
        "安卓标识", "安卓设备号", "安卓设备id", "设备号", "设备唯一标识码", "设备唯一标识符", "设备唯一id", "设备识别号", "硬件标识", "机器指纹", "浏览器指纹", "指纹id", "device identifier",
        "device unique id", "unique device id", "android device id", "client uuid", "installation id", "install id", "terminal uuid",
        "browser fingerprint", "fingerprint id", "hwid", "machine guid", "sbid", "sbbs", "sbzw",
        "android id", "androidid", "安卓id", "device id", "deviceid", "设备id", "设备唯一码", "udid", "设备指纹", "device fingerprint", "device uuid",
        "hardware id", "machine id", "openudid"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("android_id=9774d56d682e549c", "9774d56d682e549c"),
        ("UDID: 00008030-001A2B3C4D5E6F70", "00008030-001A2B3C4D5E6F70")], negative: ["9774d56d682e549c", "device id missing"])
}
