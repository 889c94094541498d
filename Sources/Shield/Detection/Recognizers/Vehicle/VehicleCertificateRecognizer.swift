/// Registration certificates and licenses of vehicles, and their inspection and conformity marks, after their name.
struct VehicleCertificateRecognizer: Recognizer {
    let card = TypeCard("vehicle-certificate", zh: "行驶证与登记证编号", en: "Vehicle certificate", .vehicle)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{8,14}", 0.86), .number([12, 13], 0.86)]
    let labels = [
        "机动车登记证书编号", "机动车登记证编号", "机动车登记证书号", "机动车登记证号", "登记证书编号", "车辆登记证号", "行驶证编号", "行驶证号", "行驶证芯片号", "行驶证档案编号", "行驶证", "机动车行驶证", "车辆合格证号", "合格证编号",
        "道路运输证号", "道路运输证", "营运证号", "从业资格证", "vehicle certificate", "vehicle license no", "registration certificate", "xsz",
        "xszh", "djzsbh",
    ]
    let fixtures = RecognizerFixtures(positive: [("行驶证编号：3501001234567", "3501001234567"), ("机动车登记证书编号 350012345678", "350012345678")],
        negative: ["3501001234567", "行驶证年检 2024 年", "订单 3501001234567"])
}
