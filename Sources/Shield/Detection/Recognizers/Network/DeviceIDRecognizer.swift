/// Identifiers that Android and others give a device, after their name.
struct DeviceIDRecognizer: Recognizer {
    let card = TypeCard("device-id", zh: "设备标识", en: "Device ID", .network)
    let rules: [Rule] = [.label("[0-9A-Fa-f]{16}", 0.88), .label("[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", 0.88),
        .label("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}", 0.86), .label("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{16}", 0.9)]
    let labels = ["android id", "androidid", "安卓id", "device id", "deviceid", "设备id", "设备唯一码", "udid", "设备指纹", "device fingerprint", "device uuid",
        "hardware id", "machine id", "openudid"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("android_id=9774d56d682e549c", "9774d56d682e549c"),
        ("UDID: 00008030-001A2B3C4D5E6F70", "00008030-001A2B3C4D5E6F70")], negative: ["9774d56d682e549c", "device id missing"])
}
