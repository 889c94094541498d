import Foundation
import Testing

@testable import Scanning

@Suite struct BinomialBoundTests {
    /// Without hits the bound has a closed form: 1 - (1 - confidence)^(1/n). The logarithm of the gamma function of ten million has eight digits behind the point left.
    @Test(arguments: [1, 2, 10, 59, 100, 1_000, 100_000, 10_000_000])
    func noHitsHaveAClosedForm(trials: Int) {
        for confidence in [0.8, 0.95, 0.99] {
            let exact = -expm1(log1p(-confidence) / Double(trials))
            let bound = BinomialBound.upper(hits: 0, trials: trials, confidence: confidence)
            #expect((bound - exact).magnitude <= 1e-6 * exact, "\(trials) \(confidence): \(bound) \(exact)")
        }
    }

    /// The definition: at the bound, so few hits have exactly the probability that is left. Summed here term by term, without the beta function.
    @Test func atTheBoundTheBinomialTailIsWhatIsLeft() {
        for (hits, trials) in [(0, 5), (1, 10), (3, 10), (5, 50), (9, 10), (20, 200), (150, 300)] {
            for confidence in [0.9, 0.95, 0.999] {
                let share = BinomialBound.upper(hits: hits, trials: trials, confidence: confidence)
                #expect((tail(hits, trials, share) - (1 - confidence)).magnitude < 1e-9, "\(hits) of \(trials)")
            }
        }
    }

    /// P(X <= hits) for a binomial variable.
    private func tail(_ hits: Int, _ trials: Int, _ share: Double) -> Double {
        var term = pow(1 - share, Double(trials)), sum = 0.0
        for index in 0...hits {
            sum += term
            term *= Double(trials - index) / Double(index + 1) * share / (1 - share)
        }
        return sum
    }

    /// The 0.95 quantile of beta(4, 7), the 0.975 one of beta(6, 95) and the 0.025 one of beta(5, 96), as scipy.stats.beta.ppf gives them.
    @Test func knownQuantiles() {
        #expect((BinomialBound.upper(hits: 3, trials: 10, confidence: 0.95) - 0.6066242).magnitude < 1e-6)
        #expect((BinomialBound.upper(hits: 5, trials: 100, confidence: 0.975) - 0.1128349).magnitude < 1e-6)
        #expect((BinomialBound.lower(hits: 5, trials: 100, confidence: 0.975) - 0.0164318).magnitude < 1e-6)
    }

    @Test func theEnds() {
        #expect(BinomialBound.upper(hits: 7, trials: 7, confidence: 0.95) == 1)
        #expect(BinomialBound.upper(hits: 0, trials: 0, confidence: 0.95) == 1)
        #expect(BinomialBound.lower(hits: 0, trials: 7, confidence: 0.95) == 0)
        #expect(BinomialBound.regularizedBeta(0, 2, 3) == 0 && BinomialBound.regularizedBeta(1, 2, 3) == 1)
        #expect((BinomialBound.regularizedBeta(0.3, 1, 1) - 0.3).magnitude < 1e-12)
    }
}
