/// How text is split into words before merging, and what else hangs on the name of the rules in a model file.
///
/// The names are those of llama.cpp. Where its engine can only approximate a model's own pattern, the model's pattern stands here, for that is what the model was trained
/// on: o200k, Tekken, Youtu and Kimi K2 tell the case of letters beyond ASCII and of marks, DeepSeek's ranges hold the ideographic space, the digits of Cohere and
/// Trinity are pieces of their own. All other rules split as llama.cpp does.
struct PreTokenizer: Sendable {
    var stages: [any Splitter] = []
    /// Whether a word that is a token is not split by merges.
    var ignoresMerges = false
    /// Whether BOS is added if the file does not say.
    var addsBOS = false
    /// Whether tokens are UTF-8 with ▁ for a space, and bytes are written <0xFF>, instead of GPT-2's letters.
    var isRaw = false
    /// Whether a word of line feeds only is one token if it can be.
    var keepsLineFeeds = false
    /// Whether whitespace separates words and is lost.
    var dropsSpace = false

    /// The ends of the words in `text`; the last is its length.
    func split(_ text: ScalarText) -> [Int] { stages.reduce([text.count]) { $1.split(text, $0) } }

    /// The rules of a name; nil for an unknown one.
    static func named(_ name: String) -> PreTokenizer? { table[name] }

    static let names = table.keys.sorted()

    private static let table: [String: PreTokenizer] = {
        var table: [String: PreTokenizer] = [:]
        for (names, rules) in families {
            for name in names.split(separator: " ") { table[String(name)] = rules }
        }
        return table
    }()

    private static let number = ScalarSet(ScalarClass.number)
    private static let singleNumbers = Runs(set: number, counts: 1...1)
    private static let threeNumbers = Runs(set: number, counts: 1...3)
    private static let threeASCIIDigits = Runs(set: ScalarSet(ranges: "09"), counts: 3...3)
    private static let lines = Runs(set: ScalarSet(members: "\n"))
    private static let sentences = Runs(set: ScalarSet(ScalarClass.space, members: "(|.,!?…。，、।۔،)", isInverted: true), lead: .blank)
    private static let kanaAndHan = Runs(set: ScalarSet(ranges: "\u{4E00}\u{9FA5}\u{3040}\u{309F}\u{30A0}\u{30FF}"))
    private static let hanAndHangul = Runs(set: ScalarSet(ranges: "\u{4E00}\u{9FA5}\u{800}\u{4E00}\u{AC00}\u{D7FF}"))

    private static let llama3 = ModernWords()
    private static let qwen2 = ModernWords(digits: 1)
    private static let o200k = ModernWords(contractions: .after, splitsCase: true, tail: .newlinesOrSlashes)
    private static let deepSeek3 = ModernWords(
        takesASCIIWords: true, contractions: .never, letters: ScalarClass.letter | ScalarClass.mark,
        barred: ScalarClass.newline | ScalarClass.letter | ScalarClass.punctuation | ScalarClass.symbol, digits: 0,
        punctuation: ScalarClass.punctuation | ScalarClass.symbol, namesPunctuation: true)

    private static let families: [(String, PreTokenizer)] =
        classicFamilies + llamaFamilies + casedFamilies + [
            ("deepseek-llm", PreTokenizer(stages: deepSeekStages)),
            (
                "deepseek-coder",
                PreTokenizer(stages: [
                    Runs(set: ScalarSet(ScalarClass.newline), counts: 1...1), Runs(set: ScalarSet(ScalarClass.letter), lead: .space),
                    Runs(set: ScalarSet(ScalarClass.punctuation), lead: .space), hanAndHangul, singleNumbers,
                ])
            ),
            ("deepseek-v3 hunyuan-dense joyai-llm hy_v4", PreTokenizer(stages: [threeNumbers, kanaAndHan, deepSeek3])),
            ("spark2_5", PreTokenizer(stages: [threeNumbers, kanaAndHan, varied(deepSeek3) { $0.tail = .nothing; $0.newlines = .single }, singleNumbers])),
            ("afmoe", PreTokenizer(stages: [DigitGroups(digits: ScalarClass.number), Runs(set: ScalarSet(ranges: asianRanges)), deepSeek3])),
            ("poro-chat bloom gpt3-finnish", PreTokenizer(stages: [sentences])),
            ("viking", PreTokenizer(stages: [sentences, singleNumbers])),
            ("superbpe", PreTokenizer(stages: [Runs(set: number), DigitGroups(digits: ScalarClass.digit, style: .cut)])),
            ("gemma4 granite-embed-multi-311m", PreTokenizer(stages: [lines], addsBOS: true, isRaw: true, keepsLineFeeds: true)),
            ("sarvam-moe", PreTokenizer(stages: [lines], isRaw: true)),
            ("whitespace", PreTokenizer(stages: [Runs(set: ScalarSet(ScalarClass.space, isInverted: true))], isRaw: true, dropsSpace: true)),
            // Not one of llama.cpp's: merges over the whole text, as Hugging Face's conversions of SentencePiece models have it.
            ("none", PreTokenizer(isRaw: true)),
        ]

    private static let classicFamilies: [(String, PreTokenizer)] = [
        (
            "default",
            PreTokenizer(stages: [Runs(set: ScalarSet(ScalarClass.punctuation, members: "$+<=>^~|")), ClassicWords(), Runs(set: number), threeASCIIDigits])
        ),
        ("falcon", PreTokenizer(stages: [Runs(set: ScalarSet(ScalarClass.punctuation, members: "$+<=>^~|`")), ClassicWords(), threeASCIIDigits])),
        ("starcoder refact command-r smollm codeshell exaone minerva-7b mellum2", PreTokenizer(stages: [singleNumbers, ClassicWords()])),
        (
            "gpt-2 phi-2 jina-es jina-de gigachat jina-v2-es jina-v2-de a.x-4.0 mellum modern-bert jina-v1-en jina-v2-code roberta-bpe "
                + "mpt olmo jais trillion granite-docling exaone4",
            PreTokenizer(stages: [ClassicWords()])
        ),
        (
            "chameleon",
            PreTokenizer(
                stages: [
                    ChameleonMarks(isImage: false), ChameleonMarks(isImage: true), ChameleonSpaces(), singleNumbers,
                    Runs(set: ScalarSet(ScalarClass.punctuation, ranges: "!/:@[`{~"), counts: 1...1), ClassicWords(),
                ], addsBOS: true)
        ),
    ]

    private static let llamaFamilies: [(String, PreTokenizer)] = [
        ("llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano", PreTokenizer(stages: [llama3], ignoresMerges: true, addsBOS: true)),
        ("dbrx smaug-bpe chatglm-bpe", PreTokenizer(stages: [llama3])),
        ("glm4 glm5", PreTokenizer(stages: [llama3], ignoresMerges: true)),
        ("jais-2", PreTokenizer(stages: [varied(llama3) { $0.halvesSpaces = true }])),
        ("minicpm5", PreTokenizer(stages: [threeNumbers, varied(llama3) { $0.digits = .max }], ignoresMerges: true)),
        ("qwen2 deepseek-r1-qwen kormo f2llmv2 megrez stablelm2 hunyuan solar-open grok-2", PreTokenizer(stages: [qwen2])),
        ("bailingmoe bailingmoe2 llada-moe", PreTokenizer(stages: [qwen2])),
        ("seed-coder", PreTokenizer(stages: [varied(qwen2) { $0.tail = .nothing }])),
        ("ufakzeka", PreTokenizer(stages: [varied(qwen2) { $0.contractions = .never }])),
        ("laguna", PreTokenizer(stages: [lines, qwen2])),
        (
            "qwen35",
            PreTokenizer(stages: [
                varied(qwen2) {
                    $0.letters = ScalarClass.letter | ScalarClass.mark
                    $0.punctuation = Scan.spaceLetterNumber | ScalarClass.mark
                }
            ])
        ),
        ("exaone-moe", PreTokenizer(stages: [varied(qwen2) { $0.goesOnOverBlanks = true; $0.tail = .oneNewlineOrSlash }])),
    ]

    private static let casedFamilies: [(String, PreTokenizer)] = [
        ("gpt-4o llama4 kanana2 talkie minimax-m2", PreTokenizer(stages: [o200k])),
        ("granite-embed-multi-97m", PreTokenizer(stages: [o200k], ignoresMerges: true)),
        ("tiny_aya cohere2moe", PreTokenizer(stages: [DigitGroups(digits: ScalarClass.digit, style: .isolatedBeforeBoundary), o200k])),
        ("tekken", PreTokenizer(stages: [varied(o200k) { $0.contractions = .never; $0.digits = 1 }], ignoresMerges: true, addsBOS: true)),
        ("kimi-k2", PreTokenizer(stages: [varied(o200k) { $0.separatesHan = true; $0.tail = .newlines }])),
        (
            "youtu",
            PreTokenizer(
                stages: [
                    EitherRuns(sets: [
                        ScalarSet(ranges: "\u{AC00}\u{D7A3}\u{3131}\u{318E}"), ScalarSet(members: "！…“”‘’—：；，", ranges: "\u{3001}\u{303F}\u{FE30}\u{FE4F}"),
                        ScalarSet(ranges: "\u{3105}\u{312F}"), kanaAndHan.set,
                    ]), varied(o200k) { $0.digits = 1 },
                ], ignoresMerges: true)
        ),
    ]

    private static func varied(_ words: ModernWords, _ change: (inout ModernWords) -> Void) -> ModernWords {
        var words = words
        change(&words)
        return words
    }

    private static let deepSeekStages: [any Splitter] = [
        Runs(set: ScalarSet(ScalarClass.newline), counts: 1...1), Runs(set: ScalarSet(casedLetterRanges), lead: .space),
        Runs(set: ScalarSet(ranges: "!/:~\u{FF01}\u{FF0F}\u{FF1A}\u{FF5E}\u{2018}\u{201F}\u{3000}\u{3002}"), lead: .space), TrailingSpace(), hanAndHangul, Runs(set: number),
    ]

    /// The letters with case, as DeepSeek LLM's file lists them.
    private static let casedLetterRanges: [ClosedRange<UInt32>] = [
        0x41...0x5A, 0x61...0x7A, 0xB5...0xB5, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x1BA, 0x1BC...0x1BF, 0x1C4...0x293, 0x295...0x2AF, 0x370...0x373, 0x376...0x377,
        0x37B...0x37D, 0x37F...0x37F, 0x386...0x386, 0x388...0x38A, 0x38C...0x38C, 0x38E...0x3A1, 0x3A3...0x3F5, 0x3F7...0x481, 0x48A...0x52F, 0x531...0x556,
        0x10A0...0x10C5, 0x13A0...0x13F5, 0x13F8...0x13FD, 0x1C90...0x1CBA, 0x1CBD...0x1CBF, 0x1D00...0x1D2B, 0x1D6B...0x1D77, 0x1D79...0x1D9A, 0x1E00...0x1F15,
        0x1F18...0x1F1D, 0x1F20...0x1F45, 0x1F48...0x1F4D, 0x1F50...0x1F57, 0x1F59...0x1F59, 0x1F5B...0x1F5B, 0x1F5D...0x1F5D, 0x1F5F...0x1F7D, 0x1F80...0x1FB4,
        0x1FB6...0x1FBC, 0x1FBE...0x1FBE, 0x1FC2...0x1FC4, 0x1FC6...0x1FCC, 0x1FD0...0x1FD3, 0x1FD6...0x1FDB, 0x1FE0...0x1FEC, 0x1FF2...0x1FF4, 0x1FF6...0x1FFC,
        0x2102...0x2102, 0x2107...0x2107, 0x210A...0x2113, 0x2115...0x2115, 0x2119...0x211D, 0x2124...0x2124, 0x2126...0x2126, 0x2128...0x2128, 0x212A...0x212D,
        0x212F...0x2134, 0x2139...0x2139, 0x213C...0x213F, 0x2145...0x2149, 0x214E...0x214E, 0x2183...0x2184, 0x2C00...0x2C7B, 0x2C7E...0x2CE4, 0x2CEB...0x2CEE,
        0x2CF2...0x2CF3, 0xA640...0xA66D, 0xA680...0xA69B, 0xA722...0xA76F, 0xA771...0xA787, 0xA78B...0xA78E, 0xAB70...0xABBF, 0xFB00...0xFB06, 0xFB13...0xFB17,
        0xFF21...0xFF3A, 0xFF41...0xFF5A, 0x10400...0x1044F, 0x104B0...0x104D3, 0x104D8...0x104FB, 0x10C80...0x10CB2, 0x10CC0...0x10CF2, 0x118A0...0x118DF,
        0x1E900...0x1E943,
    ]

    /// Han, kana, Thai, Lao, Khmer, Myanmar and Hangul, as Trinity's file lists them.
    private static let asianRanges =
        "\u{4E00}\u{9FFF}\u{3400}\u{4DBF}\u{F900}\u{FAFF}\u{3040}\u{309F}\u{30A0}\u{30FF}\u{FF65}\u{FF9F}\u{2F00}\u{2FDF}\u{0E40}\u{0E7F}\u{0E80}\u{0EFF}"
        + "\u{1780}\u{17FF}\u{1000}\u{109F}\u{AA60}\u{AA7F}\u{A9E0}\u{A9FF}\u{AC00}\u{D7AF}\u{1100}\u{11FF}"
}
