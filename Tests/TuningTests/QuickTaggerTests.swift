import Core
import Foundation
import Inference
import Support
import Testing

@testable import Tuning

/// Quick taggers: what they compute against plain sums over all paths, what they learn, and what their files must hold.
@Suite struct QuickTaggerTests {
    private static let tags = QuickTags(types: ["LOC", "PER"], parts: [2, 3])

    /// Scores of each place, and a field with scores, all by chance.
    private func chance(_ count: Int, _ seed: UInt64) -> (scores: [QuickField.Vector], field: QuickField) {
        var random = SeededRandom(seed: seed)
        var field = QuickField(Self.tags)
        func drawn(_ vector: inout QuickField.Vector) {
            for lane in 0..<16 where vector[lane] == 0 { vector[lane] = Float.random(in: -2...2, using: &random) }
        }
        for tag in 0..<16 { drawn(&field.transitions[tag]) }
        drawn(&field.starts)
        drawn(&field.ends)
        let scores = (0..<count).map { _ in
            var vector = QuickField.Vector()
            for lane in 0..<16 { vector[lane] = Float.random(in: -3...3, using: &random) }
            return vector
        }
        return (scores, field)
    }

    /// All paths with their scores, those that the rules forbid left out.
    private func paths(_ scores: [QuickField.Vector], _ field: QuickField) -> [(path: [UInt8], score: Double)] {
        var all: [(path: [UInt8], score: Double)] = (0..<Self.tags.count).map { ([UInt8($0)], Double(field.starts[$0] + scores[0][$0])) }
        for place in scores.indices.dropFirst() {
            all = all.flatMap { path, score in (0..<Self.tags.count).map { (path + [UInt8($0)], score + Double(field.transitions[Int(path[place - 1])][$0] + scores[place][$0])) } }
        }
        return all.map { ($0.path, $0.score + Double(field.ends[Int($0.path.last ?? 0)])) }.filter { $0.score > -5_000 }
    }

    @Test(arguments: 1...5)
    func sumsAndPathsAreThoseOfAllPaths(count: Int) {
        let (scores, field) = chance(count, UInt64(count))
        let all = paths(scores, field), total = all.reduce(0) { $0 + exp($1.score) }
        var lattice = QuickLattice()
        for vector in scores { lattice.scores.append(QuickField.exponentials(vector)) }
        lattice.sum(field.factors, logs: true)
        lattice.walk(field.factors)
        #expect(abs(Double(lattice.logSum) - log(total)) < 1e-4)
        #expect(lattice.path == all.max { $0.score < $1.score }?.path)
        for place in 0..<count {
            for tag in 0..<Self.tags.count {
                let share = all.reduce(0) { $0 + ($1.path[place] == UInt8(tag) ? exp($1.score) : 0) } / total
                #expect(abs(Double(lattice.marginals[place][tag]) - share) < 1e-4)
            }
        }
        for place in 0..<max(0, count - 1) {
            lattice.pairs(place, field.factors) { tag, expected in
                for next in 0..<Self.tags.count {
                    let share = all.reduce(0) { $0 + ($1.path[place] == UInt8(tag) && $1.path[place + 1] == UInt8(next) ? exp($1.score) : 0) } / total
                    #expect(abs(Double(expected[next]) - share) < 1e-4)
                }
            }
        }
    }

    /// Every way to lay spans over four tokens comes back from its tags, and its tags follow the rules.
    @Test func tagsAndSpansAreTheSameThing() {
        for code in 0..<243 {
            var digits = code, spans: [(range: Range<Int>, type: Int)] = [], start = 0
            // Each length from 1 on, of no type or one of two.
            while start < 4 {
                let length = min(4 - start, 1 + digits % 3), type = digits / 3 % 3
                if type > 0 { spans.append((start..<start + length, type - 1)) }
                (start, digits) = (start + length, digits / 9)
            }
            let tags = Self.tags.tags(spans, count: 4)
            #expect(Self.tags.canBegin(tags[0]) && Self.tags.canEnd(tags[3]) && (0..<3).allSatisfy { Self.tags.canFollow(tags[$0], tags[$0 + 1]) })
            let found = Self.tags.spans(tags.map(UInt8.init))
            #expect(found.map(\.range) == spans.map(\.range) && found.map(\.type) == spans.map(\.type))
        }
    }

    /// Frequent types get more parts, and all fit.
    @Test(arguments: 1...15)
    func typesShareTheLanes(count: Int) {
        let types = (0..<count).map { "t\($0)" }
        let tags = QuickTags(types: types, counts: ["t0": 1_000])
        #expect(tags.count <= 16 && tags.parts.allSatisfy { (1...3).contains($0) } && tags.parts[0] == tags.parts.max())
    }

    @Test func tokensCoverATextOfAnyBytes() {
        var tokens = QuickTokens()
        let bytes = Array("Dr. Ünal O'Brien, 42 岁\u{3000}王，ＡＢ\n2024".utf8)
        tokens.read(bytes, 0..<bytes.count)
        let words = (0..<tokens.count).map { String(decoding: bytes[Int(tokens[$0].start)..<Int(tokens[$0].end)], as: UTF8.self) }
        #expect(words == ["Dr", ".", "Ünal", "O", "'", "Brien", ",", "42", "岁", "王", "，", "Ａ", "Ｂ", "\n", "2024"])
        var random = SeededRandom(seed: 3)
        for _ in 0..<300 {
            let noise = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            tokens.read(noise, 0..<noise.count)
            let ends = (0..<tokens.count).map { (tokens[$0].start, tokens[$0].end) }
            #expect(ends.allSatisfy { $0.0 < $0.1 } && zip(ends, ends.dropFirst()).allSatisfy { $0.0.1 <= $0.1.0 } && (ends.last?.1 ?? 0) <= noise.count)
        }
    }

    static let texts = ["张三", "李四", "王五", "赵六"].flatMap { name in ["北京", "上海", "天津"].map { place in
        TaggedText(name + "去" + place + "看花", spans: [TextSpan(start: 0, end: 2, type: "PER"), TextSpan(start: 3, end: 5, type: "LOC")])
    } } + [TaggedText("去看花看花", spans: []), TaggedText("花去看", spans: [])]

    private static func trained(_ seed: UInt64 = 1) throws -> QuickTagger {
        var trainer = try QuickTrainer(Self.texts, types: ["LOC", "PER"], plan: .init(epochs: 12, seed: seed, bits: 10, features: 300))
        while !trainer.isFinished { trainer.next() }
        return trainer.tagger
    }

    @Test func learnsAndIsTheSameForASeed() throws {
        let folder = try TemporaryDirectory()
        let (one, two, other) = (try Self.trained(), try Self.trained(), try Self.trained(2))
        #expect(one.spanScores(Self.texts).all.f1 == 1 && one.tag("我\n李四去天津看花").map(\.type) == ["PER", "LOC"])
        for (name, tagger) in [("a", one), ("b", two), ("c", other)] { try tagger.write(to: folder.file(name)) }
        #expect(try FileTree.read(folder.file("a")) == FileTree.read(folder.file("b")) && FileTree.read(folder.file("a")) != FileTree.read(folder.file("c")))
        let read = try QuickTagger(path: folder.file("a"))
        let bytes = Array("赵六去上海看花，王五也去".utf8)
        #expect(read.read(bytes, [0..<bytes.count]) == one.read(bytes, [0..<bytes.count]))
        let reading = read.read(bytes, [0..<bytes.count])[0]
        #expect(reading.doubt >= 0 && reading.spans.allSatisfy { $0.probability > 0 && $0.probability < 1.0001 })
    }

    /// A model for what does not train: training counts a million hashes, which takes its time in a debug build.
    private static let tagger = Result { try trained() }

    /// A file in which one thing is wrong is refused by the name of that thing.
    @Test(arguments: [
        ("\"parts\\\":[3,3]", "\"parts\\\":[3,9]", "parts"), ("\\\"bits\\\":10", "\\\"bits\\\":30", "bits"), ("\\\"LOC\\\",\\\"PER\\\"", "\\\"PER\\\",\\\"PER\\\"", "types"), ("\"scale\"", "\"skale\"", "scale"),
        ("\"rows\"", "\"rowz\"", "rows"), ("\"known\"", "\"knowm\"", "known"), ("\"starts\"", "\"startz\"", "starts"), ("\"ends\"", "\"endz\"", "ends"), ("\"transitions\"", "\"transitionz\"", "transitions"), ("quick-tagger", "quick-togger", "no quick tagger"),
    ])
    func damagedFilesAreNamed(from: String, to: String, named: String) throws {
        let folder = try TemporaryDirectory()
        try Self.tagger.get().write(to: folder.file("a"))
        let bytes = try FileTree.read(folder.file("a"))
        let header = Int(bytes[0]) | Int(bytes[1]) << 8
        let text = String(decoding: bytes[8..<8 + header], as: UTF8.self)
        #expect(text.contains(from), "\(text.prefix(300))")
        let changed = text.replacing(from, with: to)
        #expect(changed.utf8.count == header)
        let path = try folder.write(Array(bytes[..<8]) + Array(changed.utf8) + Array(bytes[(8 + header)...]), to: "b")
        let fault = #expect(throws: Fault.self) { try QuickTagger(path: path) }
        #expect(fault?.message.contains(named) == true, "\(fault?.message ?? "")")
    }

    /// A line of any length is read in room for its tokens only, and a long one of open ends ends.
    @Test func longLinesAreRead() throws {
        let tagger = try Self.tagger.get()
        let bytes = Array(String(repeating: "李四去天津看花，", count: 4_000).utf8)
        #expect(tagger.read(bytes, [0..<bytes.count])[0].spans.count == 8_000)
    }

    @Test func wrongPlansAreRefused() {
        #expect(throws: Fault.self) { try QuickTrainer([], types: ["PER"], plan: .init()) }
        #expect(throws: Fault.self) { try QuickTrainer([TaggedText(" ", spans: [])], types: ["PER"], plan: .init()) }
        #expect(throws: Fault.self) { try QuickTrainer(Self.texts, types: (0..<16).map { "t\($0)" }, plan: .init()) }
    }
}
