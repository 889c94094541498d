/// Cells of mobile networks, after their name.
struct CellTowerRecognizer: Recognizer {
    let card = TypeCard("cell-tower", zh: "基站标识", en: "Cell ID", .location)
    let rules: [Rule] = [.label("[0-9]{4,10}", 0.82), .label("(?:LAC|lac|TAC|tac|ECI|CI)?[=: ]{0,2}[0-9]{4,6}[,，;/| ]{1,2}(?:CI|CID|ECI|ci|cid|cell"
            + "|cellid)[=: ]{1,2}[0-9]{3,10}", 0.93),
        .label("460[-_:, ][0-9]{1,2}[-_:, ][0-9]{2,5}[-_:, ][0-9]{3,10}", 0.92)]
    let labels = [
        "基站信息", "基站", "基站编码", "基站位置", "基站数据", "小区号", "小区编码", "扇区编号", "扇区id", "位置区", "lac码", "cell no", "cell code", "base station",
        "base station id", "base station no", "bs id", "lac ci", "laccid", "lac cid", "jzbh", "jzxx",
        "基站编号", "基站id", "基站号", "小区编号", "小区标识", "小区id", "位置区码", "cell id", "cellid", "cell tower", "cgi", "ecgi", "eci", "lac", "tac", "enodeb",
        "enb id"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("基站编号：460-00-22312-2843291", "460-00-22312-2843291"), ("cell_id=28432911", "28432911")],
        negative: ["28432911", "cell id missing"])
}
