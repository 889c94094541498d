/// Exit-entry permits for travel to Hong Kong and Macau: C and 8 digits, or C, a letter and 7 digits; before 2014, W and 8 digits.
struct TravelPermitRecognizer: Recognizer {
    let card = TypeCard("travel-permit", zh: "往来港澳通行证号", en: "Travel permit to Hong Kong and Macau", .identity)
    let rules: [Rule] = [
        .word("(?:[CWcw][0-9]{8}|[Cc][A-HJ-NP-Za-hj-np-z][0-9]{7})", 0.4, "shape of a travel permit"),
        .label("(?:[CWcw](?:[ ._*~/·—－-]?[0-9]){8}|[Cc][A-HJ-NP-Za-hj-np-z](?:[ ._*~/·—－-]?[0-9]){7})", 0.88),
        .spread(7...8, letters: ["[CWcw]", "[A-Za-z]?"]),
    ]
    let labels = [
        "hk macau permit", "hk macau permit no", "hk macao permit", "eep no", "eep number", "permit hk macau", "往来港澳通行证号码", "往来港澳通行证号",
        "港澳通行证件号",
        "往来港澳通行证", "港澳通行证号码", "港澳通行证号", "港澳通行证", "通行证号码", "通行证号", "通行证", "证件号码", "证件号", "eep", "exit entry permit", "travel permit", "permit no", "gatxz",
            "txzh", "txz",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("港澳通行证C12345678", "C12345678"), ("通行证号：CA1234567", "CA1234567"), ("travel permit c1234-5678", "c1234-5678")], negative: ["型号C12345678",
            "通行证C1234567", "C12345678"])
}
