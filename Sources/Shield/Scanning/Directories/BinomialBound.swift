import Foundation

/// Bounds of a share by a sample (Clopper and Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of the binomial").
///
/// Exact for any size of sample: the bound holds with at least the confidence asked for, unlike the normal approximation, which fails where it matters: at no hits.
public enum BinomialBound {
    /// The one-sided upper bound of a share of which `hits` of `trials` were seen; 1 when nothing was tried.
    public static func upper(hits: Int, trials: Int, confidence: Double) -> Double {
        guard trials > 0, hits < trials else { return 1 }
        return betaQuantile(confidence, Double(hits + 1), Double(trials - hits))
    }

    /// The one-sided lower bound.
    public static func lower(hits: Int, trials: Int, confidence: Double) -> Double {
        guard trials > 0, hits > 0 else { return 0 }
        return betaQuantile(1 - confidence, Double(hits), Double(trials - hits + 1))
    }

    /// Where the beta distribution with parameters `a` and `b` has reached `probability`. By halving: 60 steps leave 1e-18, and nothing can diverge.
    public static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if regularizedBeta(middle, a, b) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The regularized incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) and the symmetry I_x(a,b) = 1 - I_{1-x}(b,a).
    public static func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
    }

    /// Lentz's way of computing a continued fraction.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func held(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / held(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / held(1 + even * d)
            c = held(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / held(1 + odd * d)
            c = held(1 + odd / c)
            let factor = d * c
            result *= factor
            if (factor - 1).magnitude < 1e-15 { break }
        }
        return result
    }
}
