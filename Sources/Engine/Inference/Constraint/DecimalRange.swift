/// Numbers between two bounds, digit by digit: of each place it is known whether the digits so far equal those of a bound, and so which digits may come.
struct DecimalRange {
    /// The digits of a number that is not negative, without needless zeros.
    struct Decimal {
        var whole: [UInt8]
        var fraction: [UInt8]
        var isZero: Bool { whole == [0] && fraction.isEmpty }
    }

    struct Bound {
        var value: Decimal
        var isNegative: Bool
        /// Whether the bound itself is outside.
        var isOpen: Bool
    }

    /// Digits before the point at most, where no bound says otherwise.
    static let wholeMax = 15

    /// - Parameter fractionMax: digits after the point at most; 0 for integers.
    /// - Returns: nil where no number fits.
    static func expression(low: Bound?, high: Bound?, fractionMax: Int) -> GrammarExpression? {
        let zero = Decimal(whole: [0], fraction: [])
        var choices: [GrammarExpression] = []
        // Below zero the bounds change places; zero itself is written without a sign.
        if low == nil || low.map({ $0.isNegative && !$0.value.isZero }) == true {
            let least = high.flatMap { $0.isNegative && !$0.value.isZero ? ($0.value, $0.isOpen) : nil } ?? (zero, true)
            let range = DecimalRange(low: least.0, lowIsOpen: least.1, high: low?.value, highIsOpen: low?.isOpen ?? false, fractionMax: fractionMax)
            if let digits = range.expression() { choices.append(.sequence([.text("-"), digits])) }
        }
        if high == nil || high.map({ !$0.isNegative || $0.value.isZero }) == true {
            let least = low.flatMap { !$0.isNegative || $0.value.isZero ? ($0.value, $0.isOpen) : nil } ?? (zero, false)
            let range = DecimalRange(low: least.0, lowIsOpen: least.1, high: high?.value, highIsOpen: high?.isOpen ?? false, fractionMax: fractionMax)
            if let digits = range.expression() { choices.append(digits) }
        }
        return choices.isEmpty ? nil : .choice(choices)
    }

    private let low: Decimal, lowIsOpen: Bool
    private let high: Decimal?, highIsOpen: Bool
    private let fractionMax: Int

    private init(low: Decimal, lowIsOpen: Bool, high: Decimal?, highIsOpen: Bool, fractionMax: Int) {
        (self.low, self.lowIsOpen, self.high, self.highIsOpen, self.fractionMax) = (low, lowIsOpen, high, highIsOpen, fractionMax)
    }

    private func expression() -> GrammarExpression? {
        let most = high?.whole.count ?? max(Self.wholeMax, low.whole.count)
        guard low.whole.count <= most else { return nil }
        let choices = (low.whole.count...most).compactMap { count in
            whole(0, count: count, lowIsTight: count == low.whole.count, highIsTight: high.map { count == $0.whole.count } ?? false)
        }
        return choices.isEmpty ? nil : .choice(choices)
    }

    /// Digits before the point from a place on; "tight" means that all digits before equal the bound's.
    private func whole(_ place: Int, count: Int, lowIsTight: Bool, highIsTight: Bool) -> GrammarExpression? {
        guard place < count else { return fraction(0, lowIsTight: lowIsTight, highIsTight: highIsTight) }
        if !lowIsTight, !highIsTight, place > 0 {
            guard let rest = fraction(0, lowIsTight: false, highIsTight: false) else { return nil }
            return .sequence([.repeated(JSONRules.digit, count - place, count - place), rest])
        }
        let least = max(lowIsTight ? low.whole[place] : 0, place == 0 && count > 1 ? 1 : 0)
        return digits(from: least, to: highIsTight ? high?.whole[place] ?? 9 : 9, lowIsTight: lowIsTight && least == low.whole[place], highIsTight: highIsTight) {
            whole(place + 1, count: count, lowIsTight: $0, highIsTight: $1)
        }
    }

    /// Digits after the point from a place on, the point before the first.
    private func fraction(_ place: Int, lowIsTight: Bool, highIsTight: Bool) -> GrammarExpression? {
        let lowRest = low.fraction.dropFirst(place), highRest = high?.fraction.dropFirst(place) ?? []
        let canEnd = (!lowIsTight || (lowRest.isEmpty && !lowIsOpen)) && (!highIsTight || !highRest.isEmpty || !highIsOpen)
        var choices: [GrammarExpression] = canEnd ? [.nothing] : []
        if place < fractionMax {
            let more: GrammarExpression? = if !lowIsTight, !highIsTight {
                .repeated(JSONRules.digit, 1, fractionMax - place)
            } else {
                digits(from: lowIsTight ? lowRest.first ?? 0 : 0, to: highIsTight ? highRest.first ?? 0 : 9, lowIsTight: lowIsTight, highIsTight: highIsTight) {
                    fraction(place + 1, lowIsTight: $0, highIsTight: $1)
                }
            }
            if let more { choices.append(place == 0 ? .sequence([.text("."), more]) : more) }
        }
        return choices.isEmpty ? nil : .choice(choices)
    }

    /// A digit between two, and what follows it: the ends may stay tight, those between are free.
    private func digits(from low: UInt8, to high: UInt8, lowIsTight: Bool, highIsTight: Bool, _ rest: (Bool, Bool) -> GrammarExpression?) -> GrammarExpression? {
        guard low <= high else { return nil }
        var choices: [GrammarExpression] = []
        func add(_ first: UInt8, _ last: UInt8, _ lowIsTight: Bool, _ highIsTight: Bool) {
            guard first <= last, let rest = rest(lowIsTight, highIsTight) else { return }
            choices.append(.sequence([JSONRules.digits(first, last), rest]))
        }
        if low == high {
            add(low, low, lowIsTight, highIsTight)
        } else {
            if lowIsTight { add(low, low, true, false) }
            let (first, last) = (Int(low) + (lowIsTight ? 1 : 0), Int(high) - (highIsTight ? 1 : 0))
            if first <= last { add(UInt8(first), UInt8(last), false, false) }
            if highIsTight { add(high, high, false, true) }
        }
        return choices.isEmpty ? nil : .choice(choices)
    }
}
