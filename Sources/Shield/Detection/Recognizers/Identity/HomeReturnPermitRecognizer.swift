/// Mainland travel permits of residents of Hong Kong (H) and Macau (M): 8 digits, before 2012 with two more for the issue.
struct HomeReturnPermitRecognizer: Recognizer {
    let card = TypeCard("home-return-permit", zh: "港澳居民来往内地通行证号", en: "Home return permit", .identity)
    let rules: [Rule] = [
        .word("[HMhm][0-9]{8}(?:[0-9]{2})?", 0.4, "shape of a home return permit"),
        .label("[HMhm](?:[ ._*~/·—－-]?[0-9]){8}(?:[ -]?[0-9]{2})?", 0.88),
        .spread(8...10, letters: ["[HMhm]"]),
    ]
    let labels = [
        "港澳居民来往内地通行证", "来往内地通行证", "港澳通行证", "回乡证号码", "回乡证号", "回乡证", "回乡卡", "通行证号码", "通行证号", "通行证", "证件号码", "证件号", "home return permit",
            "mainland travel permit", "home visit permit", "travel permit", "hxz", "hxzh",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("回乡证号码H0123456701", "H0123456701"), ("来往内地通行证：M12345678", "M12345678"), ("home_return_permit=h1234 5678", "h1234 5678")],
        negative: ["型号H12345678", "H12345678", "回乡证 H12345"])
}
