/// Numbers of engines and motors, after their name.
struct EngineNumberRecognizer: Recognizer {
    let card = TypeCard("engine-number", zh: "发动机号", en: "Engine number", .vehicle)
    let rules: [Rule] = [.label("[A-Za-z0-9]{4,20}(?:[ -][A-Za-z0-9]{4,12})?", 0.86) { .when($0.digits.count >= 2, 0.86, "code after its name",
        otherwise: "too few digits") },
        .spread(6...12),
    ]
    let labels = [
        "发动机型号与号码", "发动机出厂编号", "发动机钢印号", "发动机", "电机编号", "驱动电机号", "电机号码", "engine serial", "engine serial no", "engine code", "motor number",
        "motor serial", "fdj", "djh", "djhm",
        "发动机号码", "发动机编号", "发动机号", "发动机型号及号码", "电动机号", "电机号", "引擎号", "engine no", "engine number", "engine num", "motor no", "fdjh", "fdjhm"]
    let fixtures = RecognizerFixtures(positive: [("发动机号：8K123456", "8K123456"), ("engine_no=EA211-0012345", "EA211-0012345")],
        negative: ["发动机号磨损", "8K123456", "engine number of cylinders"])
}
