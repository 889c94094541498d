/// How many tokens the next guess has: twice as many after one that held in full, half as many after one that did not, none for a while after even a single token was wrong.
///
/// A text without repetition so pays for one wrong row in some dozens of tokens; a quotation is guessed at full length after a few steps.
struct SpeculationPace: Sendable, Hashable {
    /// Steps without a guess after the first failure of a single token; doubled with each further one.
    static let restCountMin = 8
    static let restCountMax = 64

    private let countMax: Int
    private var count: Int
    private var rest = 0
    private var nextRest = Self.restCountMin

    /// - Parameter countMax: the longest guess; 0 for none ever.
    init(countMax: Int) {
        self.countMax = max(0, countMax)
        count = min(2, self.countMax)
    }

    /// Tokens of the next guess; 0 while it rests.
    var length: Int { rest > 0 ? 0 : count }

    /// A step without a guess is over.
    mutating func pass() { rest = max(0, rest - 1) }

    /// A guess of `proposed` tokens was checked, of which the first `accepted` were right.
    mutating func record(proposed: Int, accepted: Int) {
        guard proposed > 0 else { return pass() }
        if accepted >= proposed {
            count = min(countMax, count * 2)
        } else if count > 1 {
            count /= 2
        } else {
            rest = nextRest
            nextRest = min(Self.restCountMax, nextRest * 2)
        }
        if accepted > 0 { nextRest = Self.restCountMin }
    }
}
