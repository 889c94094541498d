import Core
import Foundation
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct ImageTests {
    private func idx(_ sizes: [Int], _ bytes: [UInt8]) -> [UInt8] {
        [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 255) } } + bytes
    }

    private func write(_ bytes: [UInt8], _ name: String, in folder: TemporaryDirectory) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
        return folder.file(name)
    }

    /// Images whose left or right half is bright.
    private func halves(_ count: Int) -> [LabeledImage] {
        var random = SeededRandom(seed: 5)
        return (0..<count).map { index in
            LabeledImage(pixels: (0..<256).map { ($0 % 16 < 8) == (index % 2 == 0) ? UInt8.random(in: 150...255, using: &random) : UInt8.random(in: 0...60, using: &random) }, label: Int32(index % 2))
        }
    }

    @Test func pairsOfFilesAreRead() throws {
        let folder = try TemporaryDirectory()
        let images = halves(6)
        let data = try write(idx([6, 16, 16], images.flatMap(\.pixels)), "images", in: folder), labels = try write(idx([6], images.map { UInt8($0.label) }), "labels", in: folder)
        let set = try ImageSet(images: data, labels: labels)
        #expect(set.images == images && set.rows == 16 && set.classes == 2)
        let (training, heldOut) = set.split(heldOut: 0.5, seed: 3)
        #expect(training.count == 3 && heldOut.count == 3 && ImageSet.repeated(training, heldOut) == 0 && ImageSet.repeated(images, heldOut) == 3)
        #expect(Set(training + heldOut) == Set(images))
    }

    /// Stored without compression inside gzip, with a name: header, one stored block, sum and size (RFC 1951 and 1952).
    @Test func packedFilesAreRead() throws {
        let folder = try TemporaryDirectory()
        let plain = idx([2], [0, 1])
        let packed: [UInt8] = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3] + Array("a\0".utf8) + [1, UInt8(plain.count), 0, ~UInt8(plain.count), 255] + plain + [UInt8](repeating: 0, count: 8)
        #expect(try ImageSet.idx(write(packed, "labels.gz", in: folder), dimensions: 1).bytes == [0, 1])
    }

    @Test(arguments: [
        [], [0, 0, 8], [1, 0, 8, 1, 0, 0, 0, 1, 7], [0, 0, 9, 1, 0, 0, 0, 1, 7], [0, 0, 8, 2, 0, 0, 0, 1, 7], [0, 0, 8, 1, 255, 255, 255, 255, 7], [0, 0, 8, 1, 0, 0, 0, 0],
        [0, 0, 8, 1, 0, 0, 0, 2, 7], [0, 0, 8, 1, 0, 0, 0, 1, 7, 7], [UInt8](repeating: 0x1F, count: 30), [0x1F, 0x8B, 8, 4] + [UInt8](repeating: 255, count: 30),
        [0x1F, 0x8B, 8, 8] + [UInt8](repeating: 1, count: 30),
    ] as [[UInt8]])
    func damagedFilesAreRefused(bytes: [UInt8]) throws {
        let folder = try TemporaryDirectory()
        let path = try write(bytes, "labels", in: folder)
        #expect(throws: Fault.self) { try ImageSet.idx(path, dimensions: 1) }
    }

    @Test func labelsMustFit() throws {
        let folder = try TemporaryDirectory()
        let data = try write(idx([1, 16, 16], [UInt8](repeating: 1, count: 256)), "images", in: folder)
        for labels in [idx([2], [0, 1]), idx([1], [0])] {
            let path = try write(labels, "labels", in: folder)
            #expect { try ImageSet(images: data, labels: path) } throws: { ($0 as? Fault)?.code == .trainingData }
        }
    }

    @Test func halvesAreLearnedAndKept() throws {
        let folder = try TemporaryDirectory()
        let workspace = Workspace(pool: try ThreadPool(width: 2))
        let shape = ImageClassifier.Shape(rows: 16, columns: 16, classes: 2)
        let images = halves(40)
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate) = (3, 8, 3e-3)
        var trainer = try Trainer(try ImageClassifier(shape, in: workspace, seed: 1), training: Array(images.prefix(32)), heldOut: Array(images.suffix(8)), plan: plan)
        while true { if case .finished = try trainer.next() { break } }
        let best = try #require(trainer.best)
        #expect(best.accuracy == 1)
        try Checkpoint.write(trainer.network.parameterNames, best.parameters, about: [:], to: folder.file("model"))
        var other = try ImageClassifier(shape, in: workspace, seed: 2)
        other.parameters = try Checkpoint.parameters(other.parameterNames, like: other.parameters, from: SafetensorsFile(path: folder.file("model")))
        #expect(try other.classify(images.suffix(8).map(\.pixels)) == images.suffix(8).map(\.label))
        let wider = try ImageClassifier(.init(rows: 16, columns: 16, classes: 3), in: workspace, seed: 1)
        #expect { try Checkpoint.parameters(wider.parameterNames, like: wider.parameters, from: SafetensorsFile(path: folder.file("model"))) } throws: { ($0 as? Fault)?.code == .checkpoint }
    }

    @Test func curvesAreDrawn() {
        let curve = LossCurve([.init("a<b", [(1, 2), (2, 1), (3, .nan), (4, 0)])])
        #expect(curve.text() == "█▅▁" && LossCurve([]).text().isEmpty)
        let svg = curve.svg(title: "x & y")
        #expect(svg.contains("a&lt;b") && svg.contains("x &amp; y") && !svg.contains("nan") && svg.hasSuffix("</svg>\n"))
    }

    @Test func cardsNameDataAndSeed() {
        let card = ModelCard(title: "m", purpose: "p", data: [("a|b", "00ff")], license: "CC0", seed: 7, figures: [("right", "99 %")], limits: "few").markdown
        #expect(card.contains("| seed | 7 |") && card.contains("a\\|b: SHA-256 `00ff`") && card.contains("| right | 99 % |") && card.contains("CC0"))
    }
}
