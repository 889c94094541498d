extension Rule {
    /// What may stand between the digits of one number: a blank, a hyphen, or another mark that was put in to hide it. No commas, which end a cell.
    static let gap = "(?:[ ._*~/-]|·|—|－)?"

    /// Digits after their name, with up to three letters before and a mark or blank after each group; the groups are equal but for the last.
    static func spread(_ counts: ClosedRange<Int>, _ confidence: Double = 0.82) -> Rule {
        .label("[A-Za-z]{0,3}(?:" + gap + "[0-9]{1,4}){3,32}" + gap + "[Xx]?", confidence, "digits in equal groups after their name") { match in
            guard counts.contains(match.digits.count) else { return .drop("wrong count of digits") }
            var end = match.range.upperBound
            while end > match.range.lowerBound, !Borders.isWord(match.view[end - 1]) { end -= 1 }
            let groups = match.view[match.range.lowerBound..<end].split { !Borders.isWord($0) }.map { $0.filter(Checksums.isDigit).count }.filter { $0 > 0 }
            guard groups.count > 2, groups.dropLast().dropFirst().allSatisfy({ $0 == groups[1] }), groups[0] <= groups[1], groups[groups.count - 1] <= groups[1] else {
                return .drop("unequal groups")
            }
            return .span(match.range.lowerBound..<end, confidence, "digits in equal groups after their name")
        }
    }

    /// A code after its name: letters, digits and single marks between, with at least `digits` digits. Spaces end it: the next field may be a number too.
    static func code(_ counts: ClosedRange<Int>, digits: Int = 3, _ confidence: Double = 0.85) -> Rule {
        .label("[A-Za-z0-9][A-Za-z0-9/_.-]{\(max(0, counts.lowerBound - 2)),\(counts.upperBound - 2)}[A-Za-z0-9]", confidence, "code after its name") { match in
            .when(match.digits.count >= digits, confidence, "code after its name", otherwise: "too few digits for the code")
        }
    }

    /// A number of one of these counts of digits after its name, in groups or not.
    static func number(_ counts: [Int], _ confidence: Double = 0.85, check: (@Sendable (Match) -> Verdict)? = nil) -> Rule {
        let forms = counts.map { "[0-9](?:" + gap + "[0-9]){\($0 - 1)}" }
        return .label(forms.count == 1 ? forms[0] : "(?:" + forms.joined(separator: "|") + ")", confidence, "number after its name", check: check)
    }

    /// One of these words after its name.
    static func choice(_ words: [String], _ confidence: Double = 0.8) -> Rule {
        .label("(?:" + words.joined(separator: "|") + ")", confidence, "a known value after its name", isBounded: true)
    }
}
