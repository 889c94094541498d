/// Registration certificates and licenses of vehicles, and their inspection and conformity marks, after their name.
struct VehicleCertificateRecognizer: Recognizer {
    let card = TypeCard("vehicle-certificate", zh: "行驶证与登记证编号", en: "Vehicle certificate", .vehicle)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{8,14}", 0.86), .number([12, 13], 0.86),
        .spread(8...24),
    ]
    let labels = [
        "机动车登记证书", "车辆登记证书编号", "车辆登记证书", "登记证书号", "登记证编号", "绿本编号", "大绿本编号", "车辆登记编号", "机动车档案编号", "车辆档案编号", "行驶证证芯编号", "合格证号", "整车出厂合格证",
        "车辆一致性证书编号", "车辆购置税完税证明", "vehicle cert", "vehicle cert no", "vehicle certificate no", "vehicle license", "vehicle license number",
        "vehicle registration", "vehicle registration no", "registration certificate no", "driving permit", "vehicle permit no", "jdcdjzs",
        "jdcdjzsbh", "djzsh", "cldjz", "xszbh", "xsz no", "hgzbh",
        "机动车登记证书编号", "机动车登记证编号", "机动车登记证书号", "机动车登记证号", "登记证书编号", "车辆登记证号", "行驶证编号", "行驶证号", "行驶证芯片号", "行驶证档案编号", "行驶证", "机动车行驶证", "车辆合格证号", "合格证编号",
        "vehicle certificate", "vehicle license no", "registration certificate", "xsz",
        "xszh", "djzsbh",
    ]
    let fixtures = RecognizerFixtures(positive: [("行驶证编号：3501001234567", "3501001234567"), ("机动车登记证书编号 350012345678", "350012345678")],
        negative: ["3501001234567", "行驶证年检 2024 年", "订单 3501001234567"])
}
