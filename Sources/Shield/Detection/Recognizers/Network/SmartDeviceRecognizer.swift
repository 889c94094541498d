/// Codes of cameras, sensors, meters, lockers and cards of the internet of things.
struct SmartDeviceRecognizer: Recognizer {
    let card = TypeCard("smart-device", zh: "物联网设备编码", en: "Device of the internet of things", .network)
    let rules: [Rule] = [
        .label("[A-Z0-9]{8,24}", 0.8) { .when($0.digits.count >= 2 && $0.digits.count < $0.range.count, 0.8, "letters and digits after their name",
            otherwise: "no letters and digits") },
        .label("[1-6][0-9]{9}13[0-9]{8}", 0.85),
        .label("[A-Z]{2,6}[-_:][A-Z0-9]{2,12}(?:[-_:][A-Z0-9]{2,12}){0,4}", 0.8) { .when($0.digits.count >= 4, 0.8, "code after its name",
            otherwise: "too few digits") },
        .label("[0-9]{18,20}", 0.5),
        .spread(8...24),
    ]
    let labels = ["物联网设备编号", "物联网设备编码", "物联网卡号", "物联卡号", "物联网卡", "摄像头编号", "摄像机编号", "摄像机国标编码", "国标编码", "监控点编号", "监控点编码", "国标设备编号", "设备国标编号", "视频编码",
        "卡口编号", "卡口编码", "传感器编号", "智能门锁编号", "门锁序列号", "手环编号", "手环id", "定位器编号", "gps设备号", "车载终端号", "终端手机号", "终端识别码", "终端设备号", "车机编号", "行车记录仪编号",
        "网关编号", "光猫序列号", "光猫编号", "路由器序列号", "电视盒子序列号", "机器码", "机器编号", "机身编码", "机身号", "出厂编号", "device code", "device no", "device number",
        "camera id", "camera code", "sensor id", "gateway id", "tbox id", "iot card", "iot device id", "productkey", "product key id",
        "devicename", "machine code", "onu sn", "router sn", "sbbm", "sxjbh", "gbbm"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("物联网设备编号：35020300001320000001", "35020300001320000001"), ("iot device id: HW8812345K", "HW8812345K")],
        negative: ["物联网设备编号办理流程", "物联网设备编号待补", "35020300001320000001"])
}
