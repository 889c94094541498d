/// A linear model of rewards with what it does not know: ridge regression, whose posterior is a normal distribution. Small: the features of a task are few.
public struct RidgeModel: Sendable, Codable, Hashable {
    /// The sum of x xᵀ and the identity, row by row.
    private(set) var precision: [Double]
    /// The sum of reward times x.
    private(set) var sum: [Double]
    public private(set) var count = 0
    let size: Int

    public init(size: Int) {
        self.size = size
        precision = (0..<size * size).map { $0 % (size + 1) == 0 ? 1 : 0 }
        sum = [Double](repeating: 0, count: size)
    }

    /// Takes in what an action brought for features.
    public mutating func learn(_ features: [Double], reward: Double) {
        precondition(features.count == size, "features have another size")
        for row in 0..<size { for column in 0..<size { precision[row * size + column] += features[row] * features[column] } }
        revise(features, by: reward)
        count += 1
    }

    /// A reward learned before was another: the model is as if it had been that from the start.
    public mutating func revise(_ features: [Double], by difference: Double) { for row in 0..<size { sum[row] += difference * features[row] } }

    /// The expected reward.
    public func mean(_ features: [Double]) -> Double { zip(weights(factor), features).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Expected rewards of `count` draws of the weights from what is known, `spread` times as wide as the data say.
    func samples(_ features: [Double], count: Int, spread: Double, random: inout some RandomNumberGenerator) -> [Double] {
        let factor = factor, weights = weights(factor)
        let mean = zip(weights, features).reduce(0) { $0 + $1.0 * $1.1 }
        // The reward of a draw is normal around the mean with variance xᵀ A⁻¹ x.
        let half = forward(factor, features), deviation = spread * half.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return (0..<count).map { _ in mean + deviation * Self.normal(&random) }
    }

    /// The Cholesky factor of the precision, lower triangle.
    private var factor: [Double] {
        var lower = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0...row {
                var value = precision[row * size + column]
                for inner in 0..<column { value -= lower[row * size + inner] * lower[column * size + inner] }
                // The identity in it keeps it positive; rounding may not.
                lower[row * size + column] = row == column ? max(value, 1e-12).squareRoot() : value / lower[column * size + column]
            }
        }
        return lower
    }

    private func forward(_ lower: [Double], _ right: [Double]) -> [Double] {
        var out = right
        for row in 0..<size {
            for column in 0..<row { out[row] -= lower[row * size + column] * out[column] }
            out[row] /= lower[row * size + row]
        }
        return out
    }

    private func weights(_ lower: [Double]) -> [Double] {
        var out = forward(lower, sum)
        for row in (0..<size).reversed() {
            for column in row + 1..<max(size, row + 1) { out[row] -= lower[column * size + row] * out[column] }
            out[row] /= lower[row * size + row]
        }
        return out
    }

    /// Twelve uniform numbers make a normal one well enough (Irwin-Hall), with no logarithm that rounds otherwise elsewhere.
    static func normal(_ random: inout some RandomNumberGenerator) -> Double { (0..<12).reduce(-6) { total, _ in total + Double.random(in: 0..<1, using: &random) } }
}
