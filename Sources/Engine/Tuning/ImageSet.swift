import Core

/// A gray image and what it shows.
public struct LabeledImage: Sendable, Hashable {
    /// 0 to 255, row by row.
    public var pixels: [UInt8]
    public var label: Int32

    public init(pixels: [UInt8], label: Int32) { (self.pixels, self.label) = (pixels, label) }
}

/// Images of one size with labels, from a pair of files in the idx format (LeCun et al. 1998), compressed by gzip or not.
public struct ImageSet: Sendable {
    public let rows: Int
    public let columns: Int
    public let images: [LabeledImage]
    /// Labels are 0 ..< classes.
    public let classes: Int

    /// Pixels of all images together.
    static let byteCountMax = 1 << 30
    /// More classes than an image file of this format has.
    static let classesMax = 256

    /// - Throws: `core.file`, `core.inflate`; `tuning.data` naming the file and what is wrong with it.
    public init(images imagePath: String, labels labelPath: String) throws {
        let (sizes, pixels) = try Self.idx(imagePath, dimensions: 3)
        let (counts, labels) = try Self.idx(labelPath, dimensions: 1)
        guard sizes[0] == counts[0] else {
            throw Self.wrong(labelPath, "has \(counts[0]) labels for \(sizes[0]) images")
        }
        guard sizes[1] >= 16, sizes[2] >= 16, sizes[1] <= 256, sizes[2] <= 256 else {
            throw Self.wrong(imagePath, "has images of \(sizes[1]) x \(sizes[2]) pixels; 16 x 16 to 256 x 256 are possible")
        }
        (rows, columns) = (sizes[1], sizes[2])
        classes = Int(labels.max() ?? 0) + 1
        let size = rows * columns
        images = labels.indices.map { LabeledImage(pixels: Array(pixels[$0 * size..<($0 + 1) * size]), label: Int32(labels[$0])) }
        guard classes >= 2 else { throw Self.wrong(labelPath, "has \(classes) class; there must be two at least") }
    }

    private static func wrong(_ path: String, _ what: String) -> Fault { Fault(.trainingData, "\(path) \(what)", remedy: "give a pair of idx files, images and labels") }

    /// The sizes and bytes of an idx file of unsigned bytes.
    static func idx(_ path: String, dimensions: Int) throws -> (sizes: [Int], bytes: [UInt8]) {
        let bytes = try PackedFile.unpacked(try FileTree.read(path, byteCountMax: byteCountMax), name: path, byteCountMax: byteCountMax)
        let header = 4 + 4 * dimensions
        guard bytes.count >= header, bytes[0] == 0, bytes[1] == 0, bytes[2] == 8, Int(bytes[3]) == dimensions else {
            throw wrong(path, "is no idx file of bytes in \(dimensions) dimensions")
        }
        let sizes = (0..<dimensions).map { place in (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * place + $1]) } }
        var count = 1
        for size in sizes {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard size > 0, !overflow, product <= byteCountMax else { throw wrong(path, "says sizes of \(sizes)") }
            count = product
        }
        guard bytes.count == header + count else { throw wrong(path, "has \(bytes.count - header) bytes of \(count)") }
        return (sizes, Array(bytes[header...]))
    }

    /// Two parts, the second of which has a share of the images, by chance from a seed.
    public func split(heldOut share: Double, seed: UInt64) -> (training: [LabeledImage], heldOut: [LabeledImage]) {
        var random = SeededRandom(seed: seed)
        let order = images.indices.shuffled(using: &random)
        let count = min(images.count, max(0, Int((Double(images.count) * share).rounded())))
        return (order.dropFirst(count).map { images[$0] }, order.prefix(count).map { images[$0] })
    }

    /// Images that stand in both parts: what was seen in training says nothing about the rest.
    public static func repeated(_ training: [LabeledImage], _ heldOut: [LabeledImage]) -> Int {
        let known = Set(training.map(\.pixels))
        return heldOut.count { known.contains($0.pixels) }
    }
}
