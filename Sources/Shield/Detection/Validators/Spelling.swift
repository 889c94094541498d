/// Pieces of patterns and literals that many recognizers share.
enum Spelling {
    static let digits = "0123456789".map(String.init)
    static let lower = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)

    /// A prefix of three bytes with each letter and digit: anchors of literal rules have four bytes.
    static func extended(_ prefix: String, by endings: [String] = digits + lower + upper) -> [String] { endings.map { prefix + $0 } }

    /// One Chinese character.
    static let ideograph = "[\u{4E00}-\u{9FFF}]"

    /// Two to four Chinese characters, or parts of a name of another people joined by a middle dot.
    static let chineseName = ideograph + "{2,4}(?:·" + ideograph + "{1,8}){0,2}"

    /// Letters and digits, and what passwords have besides.
    static let secret = "[A-Za-z0-9!@#$%^&*()_+=.:?~/|-]"
}
