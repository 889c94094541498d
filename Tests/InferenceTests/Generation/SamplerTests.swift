import Core
import Foundation
import Testing

@testable import Inference

@Suite struct SamplerTests {
    private func draw(_ sampler: inout Sampler, _ scores: [Float], alternatives: Int? = nil) -> Sampler.Drawn {
        var copy = scores
        return unsafe copy.withUnsafeMutableBufferPointer { unsafe sampler.draw(from: $0, alternatives: alternatives) }
    }

    private func sampler(_ change: (inout SamplingParameters) -> Void) -> Sampler {
        var parameters = SamplingParameters()
        (parameters.temperature, parameters.topK, parameters.topP, parameters.minP) = (1, 0, 1, 0)
        change(&parameters)
        return Sampler(parameters)
    }

    @Test func temperatureZeroTakesTheBest() {
        var sampler = sampler { $0.temperature = 0 }
        for _ in 0..<5 { #expect(draw(&sampler, [0, 3, 2, 3]).token == 1) }
    }

    /// Frequencies of 20,000 draws against the probabilities (chi-square, 3 degrees of freedom, 0.1 %: 16.3).
    @Test func drawsFollowTheProbabilities() {
        var sampler = sampler { $0.seed = 11 }
        let shares = [0.5, 0.3, 0.15, 0.05]
        var counts = [0, 0, 0, 0]
        for _ in 0..<20_000 { counts[Int(draw(&sampler, shares.map { Float(log($0)) }).token)] += 1 }
        let chi = zip(counts, shares).reduce(0.0) { $0 + pow(Double($1.0) - 20_000 * $1.1, 2) / (20_000 * $1.1) }
        #expect(chi < 16.3)
    }

    @Test func cutsKeepTheBestOnly() {
        let scores: [Float] = [0.5, 0.3, 0.15, 0.05].map { log($0) }
        func seen(_ change: @escaping (inout SamplingParameters) -> Void) -> Set<Int32> {
            var sampler = sampler(change)
            return Set((0..<2_000).map { _ in draw(&sampler, scores).token })
        }
        #expect(seen { $0.topK = 2 } == [0, 1])
        #expect(seen { $0.topP = 0.75 } == [0, 1])
        #expect(seen { $0.topP = 0.81 } == [0, 1, 2])
        #expect(seen { $0.minP = 0.2 } == [0, 1, 2])
        #expect(seen { _ in } == [0, 1, 2, 3])
        #expect(seen { $0.bias = [0: -.infinity] } == [1, 2, 3])
        #expect(seen { $0.bias = [3: 100] } == [3])
    }

    @Test func theSameSeedDrawsTheSame() {
        let scores = (0..<500).map { Float($0 % 37) / 10 }
        var one = sampler { $0.seed = 3 }, two = sampler { $0.seed = 3 }, other = sampler { $0.seed = 4 }
        let first = (0..<50).map { _ in draw(&one, scores).token }
        #expect(first == (0..<50).map { _ in draw(&two, scores).token })
        #expect(first != (0..<50).map { _ in draw(&other, scores).token })
    }

    @Test func repetitionCosts() {
        var sampler = sampler {
            $0.temperature = 0
            $0.frequencyPenalty = 1
        }
        #expect((0..<4).map { _ in draw(&sampler, [2, 1.5, 0]).token } == [0, 1, 0, 1])
        var penalized = self.sampler {
            $0.temperature = 0
            $0.repetitionPenalty = 2
        }
        #expect((0..<2).map { _ in draw(&penalized, [2, 1.5, -1]).token } == [0, 1])
    }

    @Test func probabilitiesAreTheModelsOwn() {
        var sampler = sampler { $0.temperature = 0.1 }
        let drawn = draw(&sampler, [log(0.7), log(0.2), log(0.1)], alternatives: 2)
        #expect(drawn.alternatives.map(\.token) == [0, 1])
        #expect(abs(drawn.alternatives[1].logProbability - log(0.2)) < 1e-5)
        #expect(drawn.alternatives.contains { $0.token == drawn.token && abs($0.logProbability - drawn.logProbability) < 1e-9 } || drawn.token == 2)
    }

    /// The shortcut of a large vocabulary finds what sorting everything finds.
    @Test(arguments: 0..<20)
    func topOfManyIsTheTopOfAll(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let scores = (0..<50_000).map { _ in Float(Int.random(in: 0...2_000, using: &random)) }
        var sampler = sampler { $0.topK = 10 }
        let expected = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(10).map(Int32.init)
        #expect(draw(&sampler, scores, alternatives: 10).alternatives.map(\.token) == expected)
        #expect(expected.contains(draw(&sampler, scores).token))
    }

    @Test func scoresThatAreNoNumbersAreNeverDrawn() {
        var sampler = sampler { $0.topK = 2 }
        for _ in 0..<50 { #expect(draw(&sampler, [.nan, 1, 0.5, .nan]).token != 0) }
    }
}
