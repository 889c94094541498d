/// Brazilian numbers of persons (CPF) and firms (CNPJ): digits with points, slash and hyphen or not, two checks of MOD 11.
struct BrazilCPFRecognizer: Recognizer {
    let card = TypeCard("br-cpf", zh: "巴西税号", en: "Brazilian CPF or CNPJ", .international)
    let rules: [Rule] = [
        .word("[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}", 0.3) { .when(Checksums.isCPF($0.digits), 0.92, "groups and two check digits (MOD 11)") },
            .word("[0-9]{2}\\.[0-9]{3}\\.[0-9]{3}/[0-9]{4}-[0-9]{2}", 0.3) { .when(Checksums.isCNPJ($0.digits), 0.95,
            "groups and two check digits (MOD 11)") },
        .label("[0-9]{11}|[0-9]{14}", 0.92) { .when(Checksums.isCPF($0.digits) || Checksums.isCNPJ($0.digits), 0.92, "two check digits after its name") },
        .spread(8...15, letters: []) { Checksums.isCPF($0) },
    ]
    let labels = [
        "巴西cpf", "巴西cnpj", "巴西cpf号",
        "cpf", "cpf no", "cpf number", "cnpj", "cadastro de pessoas", "巴西税号"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("CPF: 123.456.789-09", "123.456.789-09"), ("cnpj=11222333000181", "11222333000181")],
        negative: ["123.456.789-00", "12345678909"])
}
