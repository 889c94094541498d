/// Permits for travel to Taiwan: L and 8 digits, before 2016 T and 8 digits.
struct TaiwanEntryPermitRecognizer: Recognizer {
    let card = TypeCard("taiwan-entry-permit", zh: "往来台湾通行证号", en: "Travel permit to Taiwan", .identity)
    let rules: [Rule] = [.word("[LTlt][0-9]{8}", 0.38, "shape of a permit to Taiwan"), .label("[LTlt](?:[ ._*~/·—－-]?[0-9]){8}", 0.87),
        .spread(8...8, letters: ["[LTlt]"]),
    ]
    let labels = [
        "赴台通行证号", "往来台湾通行证号", "大陆居民赴台", "exit permit tw", "taiwan permit", "taiwan permit no", "tw permit", "tw entry permit", "permit tw",
        "大陆居民往来台湾通行证", "往来台湾通行证", "赴台通行证", "入台证号", "入台证", "台湾通行证", "大通证号", "大通证", "通行证号码", "通行证号", "通行证", "taiwan entry permit",
        "permit to taiwan", "dtz", "rtz"]
    let fixtures = RecognizerFixtures(
        positive: [("往来台湾通行证L12345678", "L12345678"), ("大通证：T0012 3456", "T0012 3456")], negative: ["型号L12345678", "L12345678", "大通证 L1234"])
}
