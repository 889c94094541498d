import Core
import Foundation

/// Learns a quick tagger: a conditional random field over hashed features, by stochastic gradients with a rate for each weight (AdaGrad: Duchi et al. 2011).
///
/// A step is one text. The first epochs learn all features and choose those that matter; the others learn with these only, from zero. The order of texts and the features that a text does without (`dropout`) come from the seed, so the same seed gives the same bits. The rate falls to a twentieth by the end.
public struct QuickTrainer: Sendable {
    /// How it learns.
    public struct Plan: Sendable, Hashable {
        public var epochs: Int, rate: Float, seed: UInt64
        /// Two to the power of it are the rows of the table; 4 to 20.
        public var bits: Int
        /// Epochs that only choose features, and how many are kept.
        public var choosing: Int, features: Int
        /// Share of features that a text does without, so that none is relied upon alone (after Sutton et al., Reducing Weight Undertraining, 2006).
        public var dropout: Float
        /// Features that fewer texts of the training set have are not learned: they would be learned by heart.
        public var countMin: Int

        public init(epochs: Int = 6, rate: Float = 0.15, seed: UInt64 = 1, bits: Int? = nil, choosing: Int = 2, features: Int = 49_152, dropout: Float = 0.15, countMin: Int = 3) {
            (self.epochs, self.rate, self.seed, self.dropout, self.countMin) = (epochs, rate, seed, dropout, countMin)
            // As many rows as features, or up to twice as many.
            self.bits = bits ?? max(4, (max(2, features) - 1).bitWidth - (max(2, features) - 1).leadingZeroBitCount)
            (self.choosing, self.features) = (choosing, features)
        }
    }

    typealias Vector = QuickField.Vector

    /// A text as it is learned: tokens, and their tags.
    struct Example: Sendable {
        var tokens: [QuickToken]
        var tags: [UInt8]
    }

    public let plan: Plan
    let tags: QuickTags
    private(set) var features: QuickFeatures
    private let examples: [Example]
    private(set) var weights: [Vector]
    private var squares: [Vector]
    private var field: QuickField, fieldSquares: [Vector]
    private let seen: [UInt16]
    private var random: SeededRandom
    private var order: [Int]
    /// Texts learned from so far, of all epochs.
    public private(set) var step = 0
    /// Sum of losses, and of tokens, since the epoch began.
    public private(set) var loss = 0.0, tokenCount = 0
    private var lattice = QuickLattice()
    /// Prints of a text, then its rows.
    private var rows: [UInt32] = []
    /// Spans whose borders are within a token; they are learned as wide as their tokens.
    public private(set) var widened = 0

    public var stepCount: Int { (plan.choosing + plan.epochs) * examples.count }
    public var isFinished: Bool { step >= stepCount }

    /// - Throws: `tuning.data` for no texts or blank ones only, no types, or more than ``QuickTagger/typesMax``.
    public init(_ texts: [TaggedText], types: [String], plan: Plan) throws {
        guard !texts.isEmpty, (1...QuickTags.typesMax).contains(types.count), (4...20).contains(plan.bits) else {
            throw Fault(.trainingData, "a quick tagger learns 1 to \(QuickTags.typesMax) types from texts; there are \(types.count) types and \(texts.count) texts", remedy: "name types of the data")
        }
        var counts: [String: Int] = [:]
        for text in texts { for span in text.flatSpans { counts[span.type, default: 0] += 1 } }
        self.plan = plan
        tags = QuickTags(types: types, counts: counts)
        var tokens = QuickTokens(), examples: [Example] = [], widened = 0
        for text in texts {
            let example = Self.example(text, tags, &tokens, &widened)
            if !example.tags.isEmpty { examples.append(example) }
        }
        guard !examples.isEmpty else { throw Fault(.trainingData, "no text has a word to learn from", remedy: "look at the column or member that holds the texts") }
        let seen = Self.counts(examples)
        self.seen = seen
        features = QuickFeatures(bits: QuickFeatures.printBits, known: Self.known { Int(seen[$0]) >= plan.countMin })
        let size = 1 << QuickFeatures.printBits
        self.examples = examples
        self.widened = widened
        (weights, squares) = ([Vector](repeating: Vector(), count: size), [Vector](repeating: Vector(), count: size))
        field = QuickField(tags)
        fieldSquares = [Vector](repeating: Vector(), count: QuickTags.lanes + 2)
        random = SeededRandom(seed: plan.seed)
        order = Array(examples.indices)
    }

    /// How many texts have each print.
    private static func counts(_ examples: [Example]) -> [UInt16] {
        var seen = [UInt16](repeating: 0, count: 1 << QuickFeatures.printBits), last = [Int32](repeating: -1, count: seen.count), prints: [UInt32] = []
        for (index, example) in examples.enumerated() {
            QuickFeatures.prints(example.tokens, into: &prints)
            for print in prints[..<(example.tags.count * QuickFeatures.count)].lazy.map(Int.init) where last[print] != Int32(index) {
                (last[print], seen[print]) = (Int32(index), min(60_000, seen[print] + 1))
            }
        }
        return seen
    }

    private static func known(_ isKnown: (Int) -> Bool) -> [UInt32] {
        var known = [UInt32](repeating: 0, count: (1 << QuickFeatures.printBits) / 32)
        for print in 1..<1 << QuickFeatures.printBits where isKnown(print) { known[print / 32] |= 1 << UInt32(print % 32) }
        return known
    }

    /// Keeps the features that matter, those with large weights in many texts, and begins anew with them in the smaller table.
    private mutating func choose() {
        let worth = weights.indices.map { row in max(weights[row].max(), -weights[row].min()) * Float(seen[row]).squareRoot() }
        let least = worth.sorted(by: >)[min(plan.features, worth.count) - 1]
        features = QuickFeatures(bits: plan.bits, known: Self.known { worth[$0] >= max(least, .leastNormalMagnitude) })
        (weights, squares) = ([Vector](repeating: Vector(), count: 1 << plan.bits), [Vector](repeating: Vector(), count: 1 << plan.bits))
    }

    static func example(_ text: TaggedText, _ tags: QuickTags, _ tokens: inout QuickTokens, _ widened: inout Int) -> Example {
        var bytes: [UInt8] = [], places: [Int] = []
        for scalar in text.scalars {
            places.append(bytes.count)
            bytes += Array(String(String.UnicodeScalarView([Unicode.Scalar(scalar) ?? "?"])).utf8)
        }
        places.append(bytes.count)
        tokens.read(bytes, 0..<bytes.count)
        var spans: [(range: Range<Int>, type: Int)] = [], token = 0
        for span in text.flatSpans {
            guard let type = tags.types.firstIndex(of: span.type) else { continue }
            let (start, end) = (places[span.start], places[span.end])
            while token < tokens.count, Int(tokens[token].end) <= start { token += 1 }
            let first = token
            while token < tokens.count, Int(tokens[token].start) < end { token += 1 }
            guard first < token else { continue }
            if Int(tokens[first].start) < start || Int(tokens[token - 1].end) > end { widened += 1 }
            spans.append((first..<token, type))
        }
        return Example(tokens: tokens.items, tags: tags.tags(spans, count: tokens.count).map(UInt8.init))
    }

    /// Learns from the next text; the order is drawn anew at the begin of each epoch.
    public mutating func next() {
        let place = step % examples.count
        if place == 0 {
            if step == plan.choosing * examples.count { choose() }
            order.shuffle(using: &random)
            (loss, tokenCount) = (0, 0)
        }
        learn(examples[order[place]])
        step += 1
    }

    private mutating func learn(_ example: Example) {
        let count = example.tags.count, keepMin = UInt64(Double(plan.dropout) * 0x1p32)
        QuickFeatures.prints(example.tokens, into: &rows)
        lattice.removeAll()
        let chosen = plan.choosing * examples.count
        let rate = step < chosen ? plan.rate : plan.rate * (1 - 0.95 * Float(step - chosen) / Float(stepCount - chosen))
        // What is left counts for what is not there.
        let kept = 1 / (1 - plan.dropout)
        var logs: Float = 0
        for place in 0..<count {
            var sum = Vector()
            for slot in place * QuickFeatures.count..<(place + 1) * QuickFeatures.count {
                let row = features.row(rows[slot])
                let isKept = row > 0 && random.next() & 0xFFFF_FFFF >= keepMin
                rows[slot] = isKept ? UInt32(row) : 0
                if isKept { sum += weights[row] }
            }
            sum *= kept
            let greatest = sum.max()
            logs += sum[Int(example.tags[place])] - greatest
            lattice.scores.append(QuickField.exponentials(sum - greatest))
        }
        let factors = field.factors
        lattice.sum(factors, logs: true)
        logs += field.starts[Int(example.tags[0])] + field.ends[Int(example.tags[count - 1])]
        for place in 1..<max(1, count) { logs += field.transitions[Int(example.tags[place - 1])][Int(example.tags[place])] }
        loss += Double(lattice.logSum - logs)
        tokenCount += count
        for place in 0..<count {
            var gradient = lattice.marginals[place]
            gradient[Int(example.tags[place])] -= 1
            // What is known well enough is left alone: most tokens cost no update.
            guard (gradient * gradient).sum() > 1e-6 else { continue }
            for slot in place * QuickFeatures.count..<(place + 1) * QuickFeatures.count where rows[slot] > 0 {
                Self.step(&weights[Int(rows[slot])], &squares[Int(rows[slot])], gradient, rate)
            }
        }
        learnField(example, factors, rate)
    }

    private mutating func learnField(_ example: Example, _ factors: QuickField.Factors, _ rate: Float) {
        let count = example.tags.count, lanes = QuickTags.lanes
        var gradients = [Vector](repeating: Vector(), count: lanes + 2)
        for place in 0..<count - 1 {
            lattice.pairs(place, factors) { gradients[$0] += $1 }
            gradients[Int(example.tags[place])][Int(example.tags[place + 1])] -= 1
        }
        gradients[lanes] = lattice.marginals[0]
        gradients[lanes][Int(example.tags[0])] -= 1
        gradients[lanes + 1] = lattice.marginals[count - 1]
        gradients[lanes + 1][Int(example.tags[count - 1])] -= 1
        for tag in 0..<lanes where gradients[tag] != Vector() { Self.step(&field.transitions[tag], &fieldSquares[tag], gradients[tag], rate) }
        Self.step(&field.starts, &fieldSquares[lanes], gradients[lanes], rate)
        Self.step(&field.ends, &fieldSquares[lanes + 1], gradients[lanes + 1], rate)
    }

    private static func step(_ weight: inout Vector, _ square: inout Vector, _ gradient: Vector, _ rate: Float) {
        square += gradient * gradient
        weight -= gradient * rate / (square.squareRoot() + 1e-3)
    }

    /// The tagger as learned so far.
    public var tagger: QuickTagger { QuickTagger(tags: tags, bits: plan.bits, known: features.known, field: field, weights: weights) }
}
