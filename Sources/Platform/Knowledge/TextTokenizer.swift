/// Cuts text into the terms of the full-text index.
///
/// Latin words and numbers are lower-cased whole; Chinese, which has no spaces, becomes overlapping pairs of characters:
/// `居住证 IC卡` gives `居住 住证 ic 卡`. Pairs find every word of two or more characters without a dictionary (a dictionary cuts
/// `办理居住证` and `居住证办理` alike only when it knows both); the price is an index about twice as large.
public struct TextTokenizer: Sendable {
    /// The most terms of one text; more are left out.
    static let termCountMax = 100_000

    /// The terms of a text, in order, with repetitions.
    public static func terms(_ text: String) -> [String] {
        var terms: [String] = []
        forEachRun(in: text) { run, isIdeographic in
            guard terms.count < termCountMax else { return }
            if !isIdeographic {
                terms.append(stem(run))
            } else if run.count == 1 {
                terms.append(string(run))
            } else {
                for index in 1..<run.count { terms.append(string(run[index - 1...index])) }
            }
        }
        return terms
    }

    /// The distinct terms to search for: question phrases (请问, 怎么 …) and pairs with a function character (的, 吗 …) are left out,
    /// unless nothing else remains.
    public static func queryTerms(_ text: String) -> [String] {
        var shortened = text
        for phrase in stopPhrases { shortened = shortened.replacing(phrase, with: "\n") }
        let kept = distinct(terms(shortened)).filter { term in
            !stopWords.contains(term) && !term.unicodeScalars.contains { functionCharacters.contains($0) }
        }
        return kept.isEmpty ? distinct(terms(text)) : kept
    }

    private static func distinct(_ terms: [String]) -> [String] {
        var seen: Set<String> = []
        return terms.filter { seen.insert($0).inserted }
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Calls `body` with each run of ideographs or of other letters and digits, lower-cased, full-width forms folded.
    private static func forEachRun(in text: String, _ body: (ArraySlice<Unicode.Scalar>, Bool) -> Void) {
        var run: [Unicode.Scalar] = []
        var runIsIdeographic = false
        func end() {
            if !run.isEmpty { body(run[...], runIsIdeographic) }
            run.removeAll(keepingCapacity: true)
        }
        for original in text.unicodeScalars {
            let scalar = folded(original)
            let ideographic = isIdeograph(scalar)
            guard ideographic || isWordPart(scalar) else {
                end()
                continue
            }
            if ideographic != runIsIdeographic { end() }
            runIsIdeographic = ideographic
            // 64 scalars: no word is longer, and a hostile one must not become one giant term.
            if !ideographic, run.count >= 64 { end() }
            if scalar.isASCII || ideographic {
                run.append(scalar)
            } else {
                run.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        end()
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 48...57, 97...122: true
        case 0..<128: false
        default: scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
        }
    }

    /// Full-width `Ａ` becomes `a`, ASCII capitals small.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        return (65...90).contains(narrow.value) ? Unicode.Scalar(narrow.value + 32) ?? narrow : narrow
    }

    /// Plural forms of English lose their ending; words of other scripts and words with digits stay.
    private static func stem(_ run: ArraySlice<Unicode.Scalar>) -> String {
        let word = string(run)
        guard word.utf8.count > 3, word.utf8.allSatisfy({ $0 >= 97 && $0 <= 122 }) else { return word }
        if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
        if ["sses", "ches", "shes", "xes"].contains(where: word.hasSuffix) { return String(word.dropLast(2)) }
        if word.hasSuffix("s"), !["ss", "us", "is"].contains(where: word.hasSuffix) { return String(word.dropLast()) }
        return word
    }

    /// Ways to open or close a question. Longer ones first, so that 怎么样 does not leave 样.
    private static let stopPhrases = [
        "什么时候", "为什么", "怎么样", "能不能", "可不可以", "是不是", "有没有", "请问", "怎么", "怎样", "如何", "什么", "哪里", "哪儿", "哪些",
        "哪个", "多少", "多久", "我想", "我要", "想问", "想要", "咨询", "了解", "一下", "谢谢", "您好", "你好", "麻烦", "是否", "可以", "需要",
    ]
    private static let functionCharacters = Set("的了吗呢吧啊呀嘛么我你您他她它们是在和与或就都也很把被给让这那".unicodeScalars)
    private static let stopWords: Set<String> = [
        "the", "a", "an", "of", "to", "in", "is", "are", "i", "how", "what", "where", "when", "do", "does", "can", "for", "my", "and", "or",
    ]
}
