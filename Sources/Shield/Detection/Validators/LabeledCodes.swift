extension Rule {
    /// A code after its name: letters, digits and single marks between, with at least `digits` digits. Spaces end it: the next field may be a number too.
    static func code(_ counts: ClosedRange<Int>, digits: Int = 3, _ confidence: Double = 0.85) -> Rule {
        .label("[A-Za-z0-9][A-Za-z0-9/_.-]{\(max(0, counts.lowerBound - 2)),\(counts.upperBound - 2)}[A-Za-z0-9]", confidence, "code after its name") { match in
            .when(match.digits.count >= digits, confidence, "code after its name", otherwise: "too few digits for the code")
        }
    }

    /// A number of one of these counts of digits after its name, in groups or not.
    static func number(_ counts: [Int], _ confidence: Double = 0.85, check: (@Sendable (Match) -> Verdict)? = nil) -> Rule {
        let forms = counts.map { "[0-9](?:[ -]?[0-9]){\($0 - 1)}" }
        return .label(forms.count == 1 ? forms[0] : "(?:" + forms.joined(separator: "|") + ")", confidence, "number after its name", check: check)
    }

    /// One of these words after its name.
    static func choice(_ words: [String], _ confidence: Double = 0.8) -> Rule {
        .label("(?:" + words.joined(separator: "|") + ")", confidence, "a known value after its name", isBounded: true)
    }
}
