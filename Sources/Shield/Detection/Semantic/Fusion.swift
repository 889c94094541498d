import Foundation
import Kernels

/// What a rule, its check and the words around it say of a candidate: the parts that ``Fusion`` weighs.
struct Evidence: Sendable, Hashable {
    /// What the words around say.
    enum Context: String, Sendable, CaseIterable { case silent, label, head, raises, lowers

        var ordinal: Int {
            switch self {
            case .silent: 0
            case .label: 1
            case .head: 2
            case .raises: 3
            case .lowers: 4
            }
        }

        var reason: String? {
            switch self {
            case .silent: nil
            case .label: "a label right before it"
            case .head: "a label at the head of its column"
            case .raises: "a word that speaks for it nearby"
            case .lowers: "a word that speaks against it nearby"
            }
        }
    }

    /// The rule's own confidence after its check, before the words around.
    var tier: Double
    /// Whether check digits were right.
    var isChecked: Bool
    /// Whether it stood behind an escape, an encoding or look-alikes.
    var isDecoded: Bool
    var context = Context.silent

    /// Whether a reason tells of check digits: recognizers say so in words only.
    static func namesCheck(_ reason: String) -> Bool { ByteScan.firstPlace(of: check, in: Array(reason.utf8)) != nil }
    private static let check = Array("check".utf8)

    /// The parts, for `explain`; Benchmarks/detection/calibrate reads them.
    func text(score: Double) -> String {
        "evidence: tier \(Fusion.rounded(tier)), \(isChecked ? "check digits, " : "")\(isDecoded ? "decoded, " : "")\(context.rawValue); score \(Fusion.rounded(score))"
    }
}

/// Turns scores, which rank candidates and decide what is kept, into probabilities: how often a candidate with this evidence is right.
///
/// A logistic model (Platt, Probabilistic Outputs for Support Vector Machines, 1999) over the parts of ``Evidence``, fitted on made texts by Benchmarks/detection/calibrate; the weights and the command are in ``FusionWeights``.
/// What is kept is never told as less likely than not, and what is dropped never as more: the texts of the fit have other shares of what is sensitive than anyone's files.
public enum Fusion {
    /// No made text shows that something is certain.
    static let most = 0.995
    /// The weights of ``Evidence/Context-swift.enum``, by ordinal.
    private static let contexts = Evidence.Context.allCases.map { FusionWeights.context[$0] ?? 0 }
    /// A tagger's finding is kept, and counts this much where it overlaps another.
    static let taggedScore = 0.8
    /// A quick tagger's finding counts less than a network's where they overlap.
    static let quickScore = 0.75

    static func probability(of evidence: Evidence, isKept: Bool) -> Double {
        let weights = FusionWeights.self
        var sum = weights.bias + weights.tier * odds(evidence.tier) + contexts[evidence.context.ordinal]
        if evidence.isChecked { sum += weights.check }
        if evidence.isDecoded { sum += weights.decoded }
        return onSide(logistic(sum), isKept)
    }

    /// Of a tagger's span, from the least marginal probability of its tags.
    static func probability(ofTagged marginal: Double) -> Double {
        onSide(logistic(FusionWeights.taggedBias + FusionWeights.tagged * odds(marginal)), true)
    }

    /// Of a quick tagger's span, from the same.
    static func probability(ofQuick marginal: Double) -> Double {
        onSide(logistic(FusionWeights.quickBias + FusionWeights.quick * odds(marginal)), true)
    }

    /// A probability of a kept finding after its score has changed by `gain`, by feedback or by what the column of a table says.
    public static func moved(_ probability: Double, by gain: Double) -> Double {
        gain == 0 ? probability : onSide(logistic(odds(probability, 1 - most) + FusionWeights.gain * gain), true)
    }

    private static func onSide(_ probability: Double, _ isKept: Bool) -> Double { isKept ? min(max(probability, Scanner.confidenceMin), most) : min(probability, Scanner.confidenceMin) }
    private static func logistic(_ sum: Double) -> Double { 1 / (1 + exp(-sum)) }

    /// Logarithm of the odds, of a probability held off 0 and 1.
    private static func odds(_ probability: Double, _ least: Double = 0.01) -> Double {
        let held = min(max(probability, least), 1 - least)
        return log(held / (1 - held))
    }

    static func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}
