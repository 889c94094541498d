/// Secret keys of age and of minisign.
struct AgeKeyRecognizer: Recognizer {
    let card = TypeCard("age-key", zh: "age 私钥", en: "age secret key", .credential)
    let rules: [Rule] = [.literal(["AGE-SECRET-KEY-1"], "AGE-SECRET-KEY-1[A-Z0-9]{58}", 0.98)]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("AGE-SECRET-KEY-1TY0ANK2T2QS28P77P42D95UPEN4HAQNJM03VTPVQF0GXHULNVH24FEC4E7",
        "AGE-SECRET-KEY-1TY0ANK2T2QS28P77P42D95UPEN4HAQNJM03VTPVQF0GXHULNVH24FEC4E7"),
        ("# AGE-SECRET-KEY-1UUJS79C9YVJYNRWG403PZ2WMMHLDXZZ448P2QEURHRHRKMYSYVW6A2ZHDE\n",
        "AGE-SECRET-KEY-1UUJS79C9YVJYNRWG403PZ2WMMHLDXZZ448P2QEURHRHRKMYSYVW6A2ZHDE")], negative: ["AGE-SECRET-KEY-1", "AGE-KEY-1234"])
}
