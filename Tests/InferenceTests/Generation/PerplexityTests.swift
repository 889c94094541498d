import Core
import Foundation
import Kernels
import Support
import Testing

@testable import Inference

@Suite struct PerplexityTests {
    private func model() throws -> DecoderModel {
        try DecoderModel(file: try GGUFFile(path: Repository.path("Tests/Fixtures/models/llama.gguf")), pool: try ThreadPool(width: 1), contextLimit: 16)
    }

    /// By hand: two chunks of 8, tokens 5 to 7 of each from the scores after the token before.
    @Test func onlySecondHalvesAreScored() throws {
        let model = try model()
        let tokens = (0..<19).map { Int32(5 + $0 * 7 % 100) }
        var sum = 0.0
        for chunk in 0..<2 {
            var part = Array(tokens[chunk * 8..<chunk * 8 + 8])
            part[0] = 1
            let scores = try model.allScores(of: part)
            for place in 5..<8 {
                let row = scores[place - 1].map { exp(Double($0)) }
                sum -= log(row[Int(part[place])] / row.reduce(0, +))
            }
        }
        let found = try Perplexity.measure(model, tokens: tokens, context: 8, bos: 1)
        #expect(found.scored == 6 && found.chunks == 2)
        #expect(abs(found.perplexity / exp(sum / 6) - 1) < 1e-5)
        #expect(found.error > 0)
        #expect(try Perplexity.measure(model, tokens: tokens, context: 8, bos: 1, chunkCountMax: 1).scored == 3)
        // Without a mark the first token stays.
        #expect(try Perplexity.measure(model, tokens: tokens, context: 8, bos: nil) != found)
    }

    @Test func textsThatAreTooShortAreRefused() throws {
        let model = try model()
        for (count, context) in [(15, 8), (64, 32), (40, 4)] {
            #expect { try Perplexity.measure(model, tokens: [Int32](repeating: 5, count: count), context: context, bos: nil) } throws: { ($0 as? Fault)?.code == .contextFull }
        }
    }

    @Test func logProbabilitiesAreThoseOfTheSoftmax() {
        #expect(abs(Perplexity.logProbability(of: 1, in: [0, log(3)]) - log(0.75)) < 1e-6)
        #expect(Perplexity.logProbability(of: 1, in: [1000, 1000]) == log(0.5))
        #expect(Perplexity.logProbability(of: 9, in: [0, 0]) == -.infinity)
    }
}
