import Core
import Tensors
import Testing

@testable import Tuning

@Suite struct PackingTests {
    /// Examples of random lengths whose tokens are all different, so that each can be found again.
    private func examples(_ count: Int, longest: Int, seed: UInt64) -> [TokenExample] {
        var random = SeededRandom(seed: seed)
        var next: Int32 = 0
        return (0..<count).map { _ in
            let length = Int.random(in: 1...longest, using: &random)
            defer { next += Int32(length) }
            return TokenExample(tokens: (next..<next + Int32(length)).map { $0 }, isAnswer: (0..<length).map { _ in Bool.random(using: &random) })
        }
    }

    /// What a sequence says of its examples, read from its segments.
    private func unpacked(_ sequence: PackedSequence) -> [(tokens: [Int32], labels: [Int32], positions: [Int32])] {
        (0..<Int32(sequence.segmentCount)).map { segment in
            let places = sequence.segments.indices.filter { sequence.segments[$0] == segment }
            #expect(places == Array(places[0]...places[places.count - 1]))
            return (places.map { sequence.tokens[$0] }, places.map { sequence.labels[$0] }, places.map { sequence.positions[$0] })
        }
    }

    @Test func everyUsableExampleIsInOneSequenceWithTheLabelsOfItsAnswers() throws {
        let all = examples(300, longest: 70, seed: 3)
        let (rows, leftOut) = try SequencePacking.pack(all, length: 60)
        let sequences = rows.map { PackedSequence($0) }
        let usable = all.filter { $0.tokens.count <= 60 && $0.answerCount > 0 }
        #expect(leftOut == all.count - usable.count && leftOut > 0)
        let found = sequences.flatMap(unpacked)
        #expect(sequences.allSatisfy { $0.count <= 60 })
        #expect(Set(found.map(\.tokens)) == Set(usable.map(\.tokens)) && found.count == usable.count)
        let byFirst = Dictionary(uniqueKeysWithValues: usable.map { ($0.tokens[0], $0) })
        for part in found {
            let example = try #require(byFirst[part.tokens[0]])
            #expect(part.positions == (0..<Int32(part.tokens.count)).map { $0 })
            #expect(part.labels.last == Tensor.ignoredLabel)
            for place in part.tokens.indices.dropLast() { #expect(part.labels[place] == (example.isAnswer[place + 1] ? example.tokens[place + 1] : Tensor.ignoredLabel)) }
        }
        #expect(sequences.reduce(0) { $0 + $1.labelCount } == usable.reduce(0) { $0 + $1.answerCount })
    }

    /// The rule itself, without the tree.
    private func plainFirstFit(_ sizes: [Int], capacity: Int, itemCountMax: Int) -> [[Int]] {
        var bins: [[Int]] = []
        for size in sizes.sorted(by: >) {
            if let bin = bins.firstIndex(where: { $0.reduce(0, +) + size <= capacity && $0.count < itemCountMax }) { bins[bin].append(size) } else { bins.append([size]) }
        }
        return bins
    }

    @Test(arguments: [1, 2, 7, 256]) func packingIsFirstFitDecreasing(itemCountMax: Int) throws {
        for seed in 0..<UInt64(6) {
            let all = examples(120, longest: 40, seed: seed).filter { $0.answerCount > 0 }
            let packed = try SequencePacking.pack(all, length: 47, segmentCountMax: itemCountMax).rows.map { PackedSequence($0) }
            let sizes = packed.map { sequence in unpacked(sequence).map(\.tokens.count) }
            #expect(sizes == plainFirstFit(all.map(\.tokens.count), capacity: 47, itemCountMax: itemCountMax))
        }
    }

    @Test func nothingToPackGivesNothing() throws {
        #expect(try SequencePacking.pack([], length: 8).rows.isEmpty)
        let untaught = TokenExample(tokens: [1, 2], isAnswer: [true, false])
        #expect(try SequencePacking.pack([untaught], length: 8).leftOut == 1)
    }

    @Test func longTextsAreCutIntoPiecesThatTeach() {
        let text = TokenExample(tokens: (0..<11).map { $0 }, isAnswer: Array(repeating: true, count: 11))
        #expect(text.pieces(of: 4).map(\.tokens) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10]])
        #expect(text.pieces(of: 5).map(\.tokens) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]])
        #expect(text.pieces(of: 11) == [text])
    }
}
