import Core
import Kernels

/// The memory that one thread tags in. Rows of a batch lie as the pieces of text do, with `gap` rows of zeros before, between and behind them.
@safe
final class TaggerRoom {
    /// The widest distance between taps.
    let gap: Int
    private let width: Int, tags: Int, inputWidth: Int
    /// Rows that the memory holds: two gaps and the longest batch.
    private let rowsMax: Int
    private let memory: AlignedMemory
    private let activations = Activations(operand: .bytes)
    private let room: AlignedMemory
    private var path: [Int32]
    /// How probable each tag is at each place, and room for the expected pairs of tags, which nobody asks for here.
    private let marginals: AlignedMemory, pairs: AlignedMemory

    init(_ shape: SequenceTagger.Shape, inputWidth: Int, chain: TagChain) throws {
        (width, tags, self.inputWidth) = (shape.width, shape.scheme.count, inputWidth)
        gap = shape.dilations.max() ?? 0
        rowsMax = LoadedTagger.rowsWanted + LoadedTagger.pieceMax + 3 * gap
        memory = try AlignedMemory.working(byteCount: rowsMax * (5 * shape.width + max(inputWidth, chain.stride + chain.tags)) * 4)
        room = try AlignedMemory.floats(chain.roomCount(places: LoadedTagger.pieceMax))
        path = [Int32](repeating: 0, count: LoadedTagger.pieceMax)
        marginals = try AlignedMemory.floats(LoadedTagger.pieceMax * chain.tags)
        pairs = try AlignedMemory.floats(chain.tags * chain.stride)
    }

    /// Tags pieces of a text, which together fit, and adds what is found; with `weighs`, with its probability, otherwise with 1.
    func tag(_ scalars: [UInt32], _ pieces: [Range<Int>], with tagger: LoadedTagger, weighs: Bool, into spans: inout [LoadedTagger.WeighedSpan]) throws {
        var starts: [Int] = [], rows = gap
        for piece in pieces {
            starts.append(rows)
            rows += piece.count + gap
        }
        precondition(rows <= rowsMax, "the pieces do not fit")
        let tables = tagger.tables
        let x = unsafe memory.floats
        let (hidden, wide, joined) = unsafe (x + rowsMax * width, x + 2 * rowsMax * width, x + 5 * rowsMax * width)
        // Only rows between the outer gaps are computed.
        let used = gap..<rows - gap
        unsafe look(scalars, pieces, starts, tagger, into: joined, rows: rows)
        try activations.resize(tokens: used.count, columns: inputWidth)
        unsafe activations.set(0..<used.count, from: joined + gap * inputWidth, stride: inputWidth)
        unsafe tables.input.multiply(activations, groups: 0..<tables.input.groups, into: x + gap * width, outStride: width)
        for row in used { unsafe VectorMath.add(x + row * width, tables.inputBias, width) }
        unsafe hidden.update(repeating: 0, count: rows * width)
        for layer in tables.layers {
            for (start, piece) in zip(starts, pieces) { for row in start..<start + piece.count {
                unsafe VectorMath.layerNorm(x + row * width, weight: layer.normWeight, bias: layer.normBias, into: hidden + row * width, width, epsilon: 1e-5)
            } }
            let blocks = width / Activations.blockCount
            try activations.resize(tokens: used.count, columns: SequenceTagger.Shape.taps * width)
            for tap in 0..<SequenceTagger.Shape.taps {
                let shift = (tap - SequenceTagger.Shape.taps / 2) * layer.dilation
                unsafe activations.set(0..<used.count, blocks: tap * blocks..<(tap + 1) * blocks, from: hidden + (gap + shift) * width, stride: width)
            }
            unsafe layer.filters.multiply(activations, groups: 0..<layer.filters.groups, into: wide, outStride: 2 * width)
            for (index, row) in used.enumerated() {
                let own = unsafe wide + index * 2 * width
                unsafe VectorMath.add(own, layer.bias, 2 * width)
                unsafe UnaryFunction.sigmoid.apply(own + width, into: own + width, count: width)
                unsafe BinaryFunction.multiply.apply(own, own + width, into: own, count: width)
                unsafe VectorMath.add(x + row * width, own, width)
            }
        }
        let walk = SimpleRecurrence(width: width, aStride: 3 * width, gateStride: 3 * width)
        for layer in tables.recurrences {
            for row in used { unsafe VectorMath.layerNorm(x + row * width, weight: layer.normWeight, bias: layer.normBias, into: hidden + row * width, width, epsilon: 1e-5) }
            try activations.resize(tokens: used.count, columns: width)
            unsafe activations.set(0..<used.count, from: hidden + gap * width, stride: width)
            unsafe layer.weight.multiply(activations, groups: 0..<layer.weight.groups, into: wide, outStride: 3 * width)
            for index in 0..<used.count {
                let own = unsafe wide + index * 3 * width
                unsafe VectorMath.add(own, layer.bias, 3 * width)
                unsafe UnaryFunction.sigmoid.apply(own + width, into: own + width, count: 2 * width)
            }
            for (start, piece) in zip(starts, pieces) {
                let own = unsafe wide + (start - gap) * 3 * width
                unsafe walk.forward(own, gates: own + width, rows: piece.count, states: nil, into: x + start * width, isAdded: true)
            }
        }
        try unsafe answer(pieces, starts, used, tagger, weighs: weighs, x: x, hidden: hidden, scores: joined, into: &spans)
    }

    /// The last layer, and the best tags.
    private func answer(
        _ pieces: [Range<Int>], _ starts: [Int], _ used: Range<Int>, _ tagger: LoadedTagger, weighs: Bool, x: UnsafeMutablePointer<Float>, hidden: UnsafeMutablePointer<Float>,
        scores: UnsafeMutablePointer<Float>, into spans: inout [LoadedTagger.WeighedSpan]
    ) throws {
        let tables = tagger.tables, stride = (tags + 15) / 16 * 16
        for row in used { unsafe VectorMath.layerNorm(x + row * width, weight: tables.normWeight, bias: tables.normBias, into: hidden + row * width, width, epsilon: 1e-5) }
        try activations.resize(tokens: used.count, columns: width)
        unsafe activations.set(0..<used.count, from: hidden + gap * width, stride: width)
        unsafe tables.output.multiply(activations, groups: 0..<tables.output.groups, into: scores, outStride: stride)
        let own = unsafe scores + rowsMax * stride
        for (start, piece) in zip(starts, pieces) {
            for index in 0..<piece.count {
                unsafe (own + index * tags).update(from: scores + (start - gap + index) * stride, count: tags)
                unsafe VectorMath.add(own + index * tags, tables.outputBias, tags)
            }
            unsafe path.withUnsafeMutableBufferPointer { path in
                if let path = path.baseAddress { unsafe tagger.chain.best(own, places: piece.count, into: path, room: room.floats) }
            }
            let found = tagger.scheme.spans(path[..<piece.count])
            var isWeighed = weighs && !found.isEmpty
            if isWeighed { isWeighed = unsafe tagger.chain.sums(own, places: piece.count, marginals: marginals.floats, pairs: pairs.floats, room: room.floats).isFinite }
            for span in found {
                var probability: Float = 1
                if isWeighed { for place in span.start..<span.end { probability = unsafe min(probability, marginals.floats[place * tags + Int(path[place])]) } }
                spans.append((TextSpan(start: piece.lowerBound + span.start, end: piece.lowerBound + span.end, type: span.type), Double(probability)))
            }
        }
    }

    /// Joins the vectors of each character; rows of gaps become zeros.
    private func look(_ scalars: [UInt32], _ pieces: [Range<Int>], _ starts: [Int], _ tagger: LoadedTagger, into joined: UnsafeMutablePointer<Float>, rows: Int) {
        unsafe joined.update(repeating: 0, count: rows * inputWidth)
        for (start, piece) in zip(starts, pieces) {
            let columns = tagger.vocabulary.places(Array(scalars[piece])).columns
            var offset = 0
            for (column, table) in zip(columns, tagger.tables.lookups) {
                unsafe table.values.withUnsafeBufferPointer { values in
                    guard let values = values.baseAddress else { return }
                    for (index, place) in column.enumerated() {
                        unsafe (joined + (start + index) * inputWidth + offset).update(from: values + Int(place) * table.width, count: table.width)
                    }
                }
                offset += table.width
            }
        }
    }
}
