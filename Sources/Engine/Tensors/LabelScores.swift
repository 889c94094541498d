import Core
import Kernels

/// How probable the labels of rows are, and what would have been the most probable ones.
public struct LabelScores: Sendable {
    /// ln p(label) of each row, [rows]; 0 for rows that do not count.
    public let logProbabilities: Tensor
    /// The most probable class of each row; ``Tensor/ignoredLabel`` for rows that do not count.
    public let best: [Int32]
}

extension Tensor {
    /// Rows whose scores are in memory at once.
    private static let scoredRows = 96

    /// ln softmax(x W^T)[label] for each row of x, [rows, inputs].
    ///
    /// A vocabulary of 150,000 makes the scores of a thousand tokens larger than the model: they are computed some rows at a time, and what the way back needs of them, (e_label - p) W, is computed in
    /// the same breath. Rows with ``ignoredLabel`` cost nothing.
    ///
    /// - Throws: `tensors.shape`, also for a label that is no class; `kernels.memory`.
    public func labelScores(_ labels: [Int32], head: FrozenMatrix) throws -> LabelScores {
        guard rank == 2, shape[1] == head.inputs, labels.count == shape[0] else { throw Fault.shape("\(labels.count) labels do not fit rows of \(shape) under a head of \(head.inputs)") }
        for label in labels where label != Self.ignoredLabel && !(0..<Int32(head.outputs)).contains(label) { throw Fault.shape("there are \(head.outputs) classes; \(label) is none of them") }
        let places = labels.indices.filter { labels[$0] != Self.ignoredLabel }
        let (width, classes) = (head.inputs, head.outputs)
        let values = try Tensor(repeating: 0, shape: [labels.count], in: workspace)
        var best = [Int32](repeating: Self.ignoredLabel, count: labels.count)
        let slopes = try workspace.take(wantsGradient ? places.count * width : 0)
        for start in stride(from: 0, to: places.count, by: Self.scoredRows) {
            let part = places[start..<min(places.count, start + Self.scoredRows)]
            let rows = try workspace.take(part.count * width)
            for (index, place) in part.enumerated() { unsafe (rows.floats + index * width).update(from: storage.floats + place * width, count: width) }
            let scores = try head.forward(Tensor(rows, shape: [part.count, width]))
            unsafe best.withUnsafeMutableBufferPointer { best in
                let best = unsafe best
                scores.eachRow { row, _ in
                    let place = part[part.startIndex + row]
                    unsafe (values.storage.floats[place], best[place]) = unsafe Self.score(scores.storage.floats + row * classes, classes, label: Int(labels[place]))
                }
            }
            guard wantsGradient else { continue }
            let back = try head.backward(scores)
            unsafe (slopes.floats + start * width).update(from: back.storage.floats, count: part.count * width)
        }
        let known = values.storage
        let slope = Tensor(slopes, shape: [wantsGradient ? places.count : 0, width])
        let result = Self.result(known, shape: [labels.count], of: [self]) { [shape] gradient in
            let back = try Tensor(repeating: 0, shape: shape, in: gradient.workspace)
            for (index, place) in places.enumerated() {
                unsafe VectorMath.add(back.storage.floats + place * width, slope.storage.floats + index * width, times: gradient.storage.floats[place], width)
            }
            return [back]
        }
        return LabelScores(logProbabilities: result, best: best)
    }

    /// The log-probability of a label and the best class; leaves e_label - p where the scores stood.
    private static func score(_ scores: UnsafeMutablePointer<Float>, _ count: Int, label: Int) -> (Float, Int32) {
        var (best, most) = (0, unsafe scores[0])
        for index in 1..<max(1, count) where unsafe scores[index] > most { unsafe (best, most) = (index, scores[index]) }
        let own = unsafe scores[label] - most
        unsafe VectorMath.softmax(scores, count)
        // The largest has e^0 above the sum.
        let result = unsafe own + Float(Double(scores[best]).logarithm)
        unsafe VectorMath.scale(scores, -1, count)
        unsafe scores[label] += 1
        return (result, Int32(best))
    }
}
