/// Templates of biometric features (fingerprints, faces, irises, voices), after their name.
struct BiometricRecognizer: Recognizer {
    let card = TypeCard("biometric", zh: "生物特征", en: "Biometric template", .personal)
    let rules: [Rule] = [
        .label("[A-Za-z0-9+/][A-Za-z0-9+/=_:-]{11,}", 0.85, isBounded: false) { .when($0.digits.count >= 2 && Entropy.bits($0.bytes) > 2.5, 0.85,
            "encoded data after the name of a feature", otherwise: "a word") },
        .label("\\[ ?-?[0-9]\\.[0-9]{2,12}(?: ?, ?-?[0-9]\\.[0-9]{2,12}){3,} ?\\]?", 0.85, isBounded: false),
    ]
    let labels = ["指纹特征", "指纹模板", "指纹数据", "指纹id", "人脸特征", "人脸特征值", "人脸模板", "人脸数据", "人脸id", "人脸照片", "虹膜特征", "虹膜数据", "声纹特征", "声纹", "掌纹特征", "掌纹", "步态特征",
        "dna序列", "基因序列", "生物特征", "fingerprint template", "fingerprint data", "face template", "face embedding", "face feature", "face id", "face token",
        "iris template", "voiceprint", "biometric", "zwtz", "rltz"]
    let negativeContext = ["证书", "公钥", "ssh", "sha1", "sha256", "certificate"]
    let fixtures = RecognizerFixtures(positive: [("人脸特征值：WFCyyvekbgyT5KoDEsGkKNlAy6jhKJ8IIIDCWwWl7RDzuCi160tySuOPpvicRvOr==",
        "WFCyyvekbgyT5KoDEsGkKNlAy6jhKJ8IIIDCWwWl7RDzuCi160tySuOPpvicRvOr=="),
        ("fingerprint_template=Rk1SACAyMAAAAA5DbtPewBdpXByLIBseR3hkztpscRp81URtumLSbE", "Rk1SACAyMAAAAA5DbtPewBdpXByLIBseR3hkztpscRp81URtumLSbE")],
        negative: ["指纹打卡", "人脸识别失败", "WFCyyvekbgyT5KoDEsGkKNlAy6jhKJ8IIIDCWwWl7RDzuCi160tySuOPpvicRvOr"])
}
