/// Indian GSTIN: state, PAN, entity, Z, a check of 36.
struct IndiaGSTINRecognizer: Recognizer {
    let card = TypeCard("in-gstin", zh: "印度商品服务税号", en: "Indian GSTIN", .international)
    let rules: [Rule] = [.word("[0-3][0-9][A-Za-z]{5}[0-9]{4}[A-Za-z][1-9A-Za-z][Zz][0-9A-Za-z]",
        0.4) { .when(Checksums.isGSTIN($0.compact), 0.9, "state, PAN and check character (MOD 36)") }]
    let labels = [
        "印度gstin", "印度gst号", "印度商品服务税号",
        "gstin", "gst no", "gst number", "gst"]
    let fixtures = RecognizerFixtures(positive: [("GSTIN 27AAPFU0939F1ZV", "27AAPFU0939F1ZV"), ("gst_no: 29ABCPE1234F1Z7", "29ABCPE1234F1Z7")],
        negative: ["27AAPFU0939F1Z0", "GSTIN 27AAPFU0939"])
}
