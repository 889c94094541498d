/// Physicians' practice certificates (15 digits) and qualification certificates (27 characters), after their name.
struct PhysicianLicenseRecognizer: Recognizer {
    let card = TypeCard("physician-license", zh: "医师执业证号", en: "Physician license", .identity)
    let rules: [Rule] = [.number([15, 24, 27], 0.88), .label("[0-9]{12,23}[0-9Xx]", 0.84), .label("[0-9]{6,9}[0-9Xx]{18}", 0.88),
        .spread(8...28),
    ]
    let labels = [
        "医师资格证编码", "医师资格证编号", "医师执业证编码", "医生编码", "医师编码", "国家医保医师代码", "医保医师代码", "医师代码", "执业医师证号", "助理医师证号", "physician license no",
        "physician qualification", "physician qualification no", "doctor license no", "doctor no", "doctor certificate", "physician no",
        "medical license no", "yszgzbm", "yszgzh", "ysbm",
        "医师执业证书编码", "医师执业证书编号", "医师执业证书", "医师执业证编号", "医师执业证号", "医师执业证", "医师资格证书编码", "医师资格证书编号", "医师资格证书", "医师资格证号", "医师资格证", "医生执业证号", "执业医师证", "执业证书编码",
            "physician license", "doctor license", "medical license", "yszyz", "yszgz", "yszyzh",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("医师执业证书编码：110350100012345", "110350100012345"), ("医师资格证号 2010351100102196703121", "2010351100102196703121")],
            negative: ["110350100012345", "医师执业证办理", "订单 110350100012345"])
}
