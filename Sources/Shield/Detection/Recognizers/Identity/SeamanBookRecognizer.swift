/// Seamen's books and passports of the Maritime Safety Administration: A or HY and digits, after their name.
struct SeamanBookRecognizer: Recognizer {
    let card = TypeCard("seaman-book", zh: "海员证号", en: "Seaman's book", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{1,3}[ -]?(?:[0-9]{6,10}|[0-9]{2,4}(?:[ -][0-9]{2,4}){1,3})", 0.92), .label("[0-9]{10,18}", 0.85), .spread(7...18)]
    let labels = [
        "海员证书号", "船员编号", "船员注册号", "船员适任证书编号", "适任证书编号", "船员服务簿号", "海员护照", "seafarer passport", "seafarer no", "seafarer book", "seafarer certificate",
        "seaman no", "seamans book no", "crew id", "cdc no",
        "海员证号码", "海员证编号", "海员证号", "海员证", "船员服务簿", "船员适任证书", "船员证号", "船员证", "seaman book", "seamans book", "seafarer id", "seafarers passport",
        "sid no", "hyz", "hyzh"]
    let fixtures = RecognizerFixtures(positive: [("海员证号：A01234567", "A01234567"), ("seaman book no. HY1234567", "HY1234567")], negative: ["A01234567",
        "海员证办理", "型号 HY1234567"])
}
