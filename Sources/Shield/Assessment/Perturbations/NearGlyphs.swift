import Core

/// Characters for others that look alike: strokes more or less, Latin letters for Cyrillic and Greek ones, digits for letters.
struct NearGlyphs: Perturbation {
    let id = "near-glyphs"
    private let table = Perturbations.table(
        """
        未末 土士 己已巳 日曰 天夭 人入 干千于 大太犬 王玉主 电甩 由甲申 木本术 目自 白百 住往 路跎 号兮 机杌 证征 码玛 银很 行衍 账帐 户尸 员贝 年牛 月用 手毛 件仵 民氏 病疒 院阮 药约 费贵 诉拆 漏滴 修佟 灯打 泵磊 表麦 坏怀 请清 报服 红江 色巴 蓝篮 绿缘
        """
    )
    private let letters: [Character: String] = [
        "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і", "s": "ѕ", "A": "А", "B": "В", "E": "Е", "H": "Н", "K": "К", "M": "М", "O": "О", "P": "Р", "T": "Т", "X": "Х", "0": "O", "1": "l", "l": "1", "5": "S",
    ]

    func change(_ character: Character, using random: inout SeededRandom) -> String? { letters[character] ?? table[character]?.randomElement(using: &random).map(String.init) }
}
