import Core
import Inference
import Kernels
import Synchronization

/// A trained tagger as it is used: products of bytes, no training state, nothing allocated but answers.
///
/// ```swift
/// let tagger = try LoadedTagger(path: "names.safetensors")
/// for span in try tagger.tag("张三在北京工作。") { print(span.start, span.end, span.type) }
/// ```
/// Texts are cut at line breaks, and long lines after a sentence; pieces lie one after another with rows of zeros between them, so that a convolution is three products of shifted rows.
public final class LoadedTagger: Sendable {
    /// Types that it finds, sorted as the network has them.
    public var types: [String] { shape.types }
    public let shape: SequenceTagger.Shape
    let vocabulary: TaggerVocabulary
    let scheme: TagScheme
    let tables: Tables
    let chain: TagChain
    /// One text at a time is tagged in it; ``tag(_:pool:)`` has a room for each thread.
    private let room: Mutex<TaggerRoom>

    /// Characters of a piece, and rows that are computed together.
    static let pieceMax = 256, rowsWanted = 384
    /// Characters of a text.
    public static let lengthMax = 64 << 20

    /// Weights.
    struct Tables: Sendable {
        struct Layer: Sendable {
            let normWeight: [Float], normBias: [Float]
            let filters: PackedMatrix
            let bias: [Float]
            let dilation: Int
        }
        struct Recurrence: Sendable {
            let normWeight: [Float], normBias: [Float]
            let weight: PackedMatrix
            let bias: [Float]
        }
        /// Vectors of characters, pairs, threes, kinds, and the lists' marks.
        var lookups: [(name: String, width: Int, values: [Float])] = []
        let inputWidth: Int
        let input: PackedMatrix
        let inputBias: [Float]
        let layers: [Layer]
        let recurrences: [Recurrence]
        let normWeight: [Float], normBias: [Float]
        let output: PackedMatrix
        let outputBias: [Float]
    }

    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no tagger; `kernels.memory`.
    public convenience init(path: String) throws { try self.init(file: SafetensorsFile(path: path)) }

    /// - Throws: as ``init(path:)``.
    public init(file: SafetensorsFile) throws {
        let (shape, vocabulary) = try SequenceTagger.parts(file)
        (self.shape, self.vocabulary, scheme) = (shape, vocabulary, shape.scheme)
        let pool = try ThreadPool(width: 1), width = shape.width, tags = shape.scheme.count
        func values(_ name: String, _ sizes: [Int]) throws -> [Float] { try TaggerFile.values(name, sizes, file) }
        func packed(_ values: [Float], rows: Int, columns: Int) throws -> PackedMatrix {
            let whole = (columns + 63) / 64 * 64
            var padded = values
            if whole != columns {
                padded = [Float](repeating: 0, count: rows * whole)
                for row in 0..<rows { padded.replaceSubrange(row * whole..<row * whole + columns, with: values[row * columns..<(row + 1) * columns]) }
            }
            return try PackedMatrix.pack(floats: padded, rows: rows, columns: whole, format: .q8, pool: pool)
        }
        let inputs = SequenceTagger.inputWidth(shape, vocabulary)
        let layers = try shape.dilations.enumerated().map { index, dilation in
            Tables.Layer(
                normWeight: try values("layers.\(index).norm.weight", [width]), normBias: try values("layers.\(index).norm.bias", [width]),
                filters: try packed(values("layers.\(index).filters", [2 * width, SequenceTagger.Shape.taps, width]), rows: 2 * width, columns: SequenceTagger.Shape.taps * width),
                bias: try values("layers.\(index).bias", [2 * width]), dilation: dilation)
        }
        let recurrences = try (0..<shape.recurrences).map { index in
            Tables.Recurrence(
                normWeight: try values("recurrences.\(index).norm.weight", [width]), normBias: try values("recurrences.\(index).norm.bias", [width]),
                weight: try packed(values("recurrences.\(index).weight", [3 * width, width]), rows: 3 * width, columns: width), bias: try values("recurrences.\(index).bias", [3 * width]))
        }
        var tables = Tables(
            inputWidth: (inputs + 63) / 64 * 64, input: try packed(values("input.weight", [width, inputs]), rows: width, columns: inputs), inputBias: try values("input.bias", [width]), layers: layers, recurrences: recurrences,
            normWeight: try values("norm.weight", [width]), normBias: try values("norm.bias", [width]), output: try packed(values("output.weight", [tags, width]), rows: tags, columns: width),
            outputBias: try values("output.bias", [tags]))
        func look(_ name: String, _ rows: Int, _ width: Int, times: Int = 1) throws {
            let entry = (name: name, width: width, values: try values(name, [rows, width]))
            for _ in 0..<times { tables.lookups.append(entry) }
        }
        try look("characters", TaggerVocabulary.rareCount + vocabulary.characters.count, shape.characterWidth)
        if !vocabulary.pairs.isEmpty { try look("pairs", vocabulary.pairs.count + 1, shape.pairWidth, times: 2) }
        if !vocabulary.threes.isEmpty { try look("threes", vocabulary.threes.count + 1, shape.pairWidth) }
        try look("kinds", TaggerVocabulary.kindCount, SequenceTagger.Shape.kindWidth)
        for index in vocabulary.lists.indices { try look("words.\(index)", SequenceTagger.Shape.markCount, SequenceTagger.Shape.wordWidth) }
        self.tables = tables
        let masks = scheme.masks
        func sum(_ name: String, _ sizes: [Int], _ mask: [Float]) throws -> [Float] { try zip(values(name, sizes), mask).map { $0 + $1 } }
        let chain = try TagChain(transitions: sum("transitions", [tags, tags], masks.transitions), starts: sum("starts", [tags], masks.starts), ends: sum("ends", [tags], masks.ends))
        self.chain = chain
        room = Mutex(try TaggerRoom(shape, inputWidth: tables.inputWidth, chain: chain))
    }

    /// The spans of a text, in Unicode scalars, in the order of places; no two overlap.
    ///
    /// - Throws: `tuning.data` for a text of more than ``lengthMax`` characters; `kernels.memory`.
    public func tag(_ text: String) throws -> [TextSpan] { try tag(text.unicodeScalars.map(\.value)) }

    /// The same for Unicode scalars.
    public func tag(_ scalars: [UInt32]) throws -> [TextSpan] {
        try room.withLock { try tag(scalars, in: $0).map(\.span) }
    }

    /// A span and how probable the network holds it.
    public typealias WeighedSpan = (span: TextSpan, probability: Double)

    /// The same with probabilities: of each span the least marginal probability of its tags over all paths, 1 where the sums left the range of floats.
    ///
    /// - Throws: as ``tag(_:)``.
    public func weigh(_ text: String) throws -> [WeighedSpan] {
        try room.withLock { try tag(text.unicodeScalars.map(\.value), weighs: true, in: $0) }
    }

    /// Texts, several at once.
    ///
    /// - Throws: as ``tag(_:)``.
    public func tag(_ texts: [String], pool: ThreadPool) throws -> [[TextSpan]] {
        let rooms = try (0..<pool.width).map { _ in try TaggerRoom(shape, inputWidth: tables.inputWidth, chain: chain) }
        let results = Mutex([Result<[TextSpan], any Error>](repeating: .success([]), count: texts.count))
        pool.share([texts.count]) { worker, _, index in
            let result = Result { try tag(texts[index].unicodeScalars.map(\.value), in: rooms[worker]).map(\.span) }
            results.withLock { $0[index] = result }
        }
        return try results.withLock { try $0.map { try $0.get() } }
    }

    private func tag(_ scalars: [UInt32], weighs: Bool = false, in room: TaggerRoom) throws -> [WeighedSpan] {
        guard scalars.count <= Self.lengthMax else { throw Fault(.trainingData, "the text has \(scalars.count) characters; \(Self.lengthMax) are possible", remedy: "cut it into parts") }
        var spans: [WeighedSpan] = [], waiting: [Range<Int>] = [], rows = 0
        for piece in Self.pieces(scalars) {
            if rows > 0, rows + piece.count + room.gap > Self.rowsWanted {
                try room.tag(scalars, waiting, with: self, weighs: weighs, into: &spans)
                (waiting, rows) = ([], 0)
            }
            waiting.append(piece)
            rows += piece.count + room.gap
        }
        if !waiting.isEmpty { try room.tag(scalars, waiting, with: self, weighs: weighs, into: &spans) }
        return spans
    }

    /// Pieces of a text that are tagged by themselves: its lines; of long ones sentences, or as many characters as fit.
    static func pieces(_ scalars: [UInt32]) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var (start, sentence) = (0, 0)
        func end(_ place: Int, next: Int) {
            if start < place { pieces.append(start..<place) }
            (start, sentence) = (next, next)
        }
        for place in scalars.indices {
            switch scalars[place] {
            case 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: end(place, next: place + 1)
            case 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0x21, 0x3B, 0x3F: sentence = place + 1
            default: break
            }
            if place + 1 - start >= pieceMax {
                let cut = sentence > start ? sentence : place + 1
                end(cut, next: cut)
            }
        }
        end(scalars.count, next: scalars.count)
        return pieces
    }
}
