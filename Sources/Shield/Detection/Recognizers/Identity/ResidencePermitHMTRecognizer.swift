/// Residence permits of people from Hong Kong, Macau and Taiwan (State Council Decree of 2018): the form of a resident ID with 810000, 820000 or 830000.
struct ResidencePermitHMTRecognizer: Recognizer {
    let card = TypeCard("hmt-residence-permit", zh: "港澳台居民居住证号", en: "Residence permit of Hong Kong, Macau and Taiwan residents", .identity)
    let rules: [Rule] = [
        .word("8[123][ -]?0[ -]?0[ -]?0[ -]?0(?:[ -]?[0-9]){11}[ -]?[0-9Xx]", 0.3) { match in
            let bytes = match.compact
            return .when(bytes.count == 18 && Checksums.isDate(bytes[6..<14]) && Checksums.isResidentID(bytes), 0.95, "region, date and check digit (MOD 11-2)")
        }
    ]
    let labels = ["港澳台居民居住证", "港澳居民居住证", "台湾居民居住证", "居住证号码", "居住证号", "居住证", "证件号码", "证件号", "residence permit", "jzzh", "gatjzz"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("港澳居民居住证810000198506120016", "810000198506120016"), ("id_no: 830000199101201043,", "830000199101201043")],
        negative: ["订单 810000198506120019", "810000199913310011"])
}
