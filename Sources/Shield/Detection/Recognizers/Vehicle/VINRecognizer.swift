/// Vehicle identification numbers, ISO 3779 and GB 16735: 17 characters without I, O, Q. European makers use no check digit, so a name is enough too.
struct VINRecognizer: Recognizer {
    let card = TypeCard("vin", zh: "车辆识别代号", en: "Vehicle identification number", .vehicle)
    let rules: [Rule] = [
        .word("[A-HJ-NPR-Za-hj-npr-z1-9](?:[ -]?[A-HJ-NPR-Za-hj-npr-z0-9]){16}", 0.3) { match in
            let bytes = match.compact
            // Thirteen digits after four letters are a courier's code.
            guard bytes.count == 17, bytes.suffix(12).contains(where: Checksums.isLetter),
                bytes.suffix(4).allSatisfy(Checksums.isDigit), bytes.filter(Checksums.isLetter).count >= 3,
                bytes.prefix(3).contains(where: Checksums.isLetter) else { return .drop("not the parts of a VIN") }
            return .either(Checksums.isVIN(bytes), match.range.count == 17 ? 0.75 : 0.55, "check digit of a VIN", 0.25,
                otherwise: "shape of a VIN, no check digit")
        },
        .label("[A-HJ-NPR-Za-hj-npr-z0-9]{17}", 0.88) { .when($0.digits.count >= 4, 0.88, "17 characters after its name", otherwise: "too few digits") },
    ]
    let labels = [
        "车架编号", "车辆vin码", "车辆vin", "整车vin", "车身编号", "车辆识别码vin", "底盘编号", "车架钢印号", "frame number", "chassis", "chassis code", "vehicle vin",
        "car vin", "vin number", "vin num", "vin id", "cjhm", "clsbh", "dph", "vinma",
        "车辆识别代号", "车辆识别代码", "车辆识别码", "车辆识别号", "车架号码", "车架号", "车架", "大架号", "车身号", "底盘号", "vin码", "vin号", "vin", "vin no", "vin code",
        "vehicle identification number", "chassis no", "chassis number", "frame no", "cjh", "clsbdh", "clsbm"]
    let fixtures = RecognizerFixtures(
        positive: [("车架号LSVAA49J322012345", "LSVAA49J322012345"), ("vin=lfv2a21k1a3012345", "lfv2a21k1a3012345"),
            ("车辆识别代号：WDB9634031L012345", "WDB9634031L012345")],
        negative: ["SKU ABCDEFGH123456789", "LSVAA49J122012345", "vin 12345"])
}
