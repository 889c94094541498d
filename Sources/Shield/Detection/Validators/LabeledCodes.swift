extension Rule {
    /// What may stand between the digits of one number: a blank, a hyphen, or another mark that was put in to hide it. No commas, which end a cell.
    static let gap = "(?:[ ._*~/-]|·|—|－)?"

    /// The same and what else is put between groups, once or twice.
    private static let mark = "(?: {1,2}|[._*~/,|-]|·|、|，|—|－|\u{A0}|\u{3000})?"

    /// Digits after their name, in groups that are equal but for the first and the last, with the same mark between all; `letters` before them, or up to
    /// three.
    static func spread(
        _ counts: ClosedRange<Int>, _ confidence: Double = 0.88, letters: [String]? = nil, check: (@Sendable ([Int]) -> Bool)? = nil
    ) -> Rule {
        let reason = "digits in equal groups after their name"
        let head = letters.map { $0.map { $0 + mark }.joined() } ?? "(?:[A-Za-z]" + mark + "){0,3}"
        return .label(head + "(?:[0-9]{1,4}" + mark + "){2,32}[0-9]{1,4}(?:" + mark + "[Xx])?", confidence, reason) { match in
            guard counts.contains(match.digitCount) else { return .drop("wrong count of digits") }
            guard match.isInEqualGroups else { return .drop("unequal groups") }
            return .when(check?(match.digits) ?? true, confidence, reason)
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

extension Match {
    /// The count of the matched digits, without making a list of them.
    var digitCount: Int { bytes.reduce(0) { $0 + (Checksums.isDigit($1) ? 1 : 0) } }

    /// Whether the digits stand in three groups or more, equal but for the first and the last, which are no longer, with the same mark between.
    fileprivate var isInEqualGroups: Bool {
        var counts: [Int] = []
        var mark: ArraySlice<UInt8>?
        var place = range.lowerBound
        while place < range.upperBound {
            let start = place
            while place < range.upperBound, !Borders.isWord(view[place]) { place += 1 }
            // What stands between letters and digits may be another mark: IMO 978-601-1.
            if place > start, !counts.isEmpty {
                if let mark, !mark.elementsEqual(view[start..<place]) { return false }
                mark = view[start..<place]
            }
            let group = place
            while place < range.upperBound, Borders.isWord(view[place]) { place += 1 }
            let count = view[group..<place].reduce(0) { $0 + (Checksums.isDigit($1) ? 1 : 0) }
            if count > 0 { counts.append(count) }
        }
        guard counts.count > 2 else { return false }
        return counts.dropFirst().dropLast().allSatisfy { $0 == counts[1] } && counts[0] <= counts[1] && counts[counts.count - 1] <= counts[1]
    }
}
