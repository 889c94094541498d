import Core
import Kernels

extension Tensor {
    /// Sums of rows of a table, [entries, width], which is an embedding bag: row i of the result, [bags, width], is `scales[i]` times the sum of the rows that `bags[i]` names.
    /// An empty bag gives zeros.
    ///
    /// It is a product with a matrix of counts that hardly has an element other than zero, and that is never made.
    ///
    /// - Throws: `tensors.shape` for an index that is no entry, or when bags and scales differ in number.
    public func bagged(_ bags: [[Int32]], scales: [Float]) throws -> Tensor {
        guard rank == 2, bags.count == scales.count else { throw Fault.shape("\(bags.count) bags with \(scales.count) scales of a table of the shape \(shape)") }
        let (entries, width) = (shape[0], shape[1])
        for bag in bags { for index in bag where index < 0 || Int(index) >= entries { throw Fault.shape("the table has \(entries) entries; \(index) is none of them") } }
        let out = try Tensor(repeating: 0, shape: [bags.count, width], in: workspace)
        workspace.pool.split(bags.count, grain: 8) { range in
            for place in range { for index in bags[place] {
                unsafe VectorMath.add(out.storage.floats + place * width, storage.floats + Int(index) * width, times: scales[place], width)
            } }
        }
        let shape = shape
        return Self.result(out.storage, shape: out.shape, of: [self]) { gradient in
            let back = try Tensor(repeating: 0, shape: shape, in: gradient.workspace)
            // One thread: bags name the same rows, and a sum has one order.
            for (place, bag) in bags.enumerated() { for index in bag {
                unsafe VectorMath.add(back.storage.floats + Int(index) * width, gradient.storage.floats + place * width, times: scales[place], width)
            } }
            return [back]
        }
    }

    /// Sums of weighted windows of a flat tensor, [n]: row i of the result, [bags, width], is the sum of the windows that `bags[i]` names, each times its own weight. Window
    /// number j is the `width` elements from `step` * j on, so that windows overlap where the step is smaller: random ones are hardly alike all the same, and a small memory gives
    /// many (Desai et al. 2022). With the width as step they are the rows of a table. Gradients flow to the memory and to the weights.
    ///
    /// - Parameter weights: one for each window that is named, over all bags in their order: [pieces].
    /// - Throws: `tensors.shape` for a number that is no window, or when windows and weights differ in number.
    public func baggedWindows(_ bags: [[Int32]], weights: Tensor, width: Int, step: Int) throws -> Tensor {
        let starts = bags.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        guard rank == 1, width > 0, step > 0, width <= count, weights.shape == [starts[bags.count]] else {
            throw Fault.shape("\(starts[bags.count]) windows of \(width) with weights of the shape \(weights.shape) from the shape \(shape)")
        }
        let entries = (count - width) / step + 1
        for bag in bags { for index in bag where index < 0 || Int(index) >= entries { throw Fault.shape("there are \(entries) windows; \(index) is none of them") } }
        let out = try Tensor(repeating: 0, shape: [bags.count, width], in: workspace)
        workspace.pool.split(bags.count, grain: 8) { range in
            for place in range { for (piece, index) in bags[place].enumerated() {
                unsafe VectorMath.add(out.storage.floats + place * width, storage.floats + Int(index) * step, times: weights.storage.floats[starts[place] + piece], width)
            } }
        }
        let (memory, known, windows) = (detached(), weights.detached(), Windows(bags: bags, starts: starts, width: width, step: step))
        return Self.result(out.storage, shape: out.shape, of: [self, weights]) { [wantsMemory = wantsGradient, wantsWeights = weights.wantsGradient] gradient in
            [wantsMemory ? try windows.spread(gradient, known, like: memory) : nil, wantsWeights ? try windows.slopes(gradient, memory) : nil]
        }
    }
}

/// The way back of sums of windows.
private struct Windows: Sendable {
    let bags: [[Int32]]
    /// Where the pieces of a bag begin among all.
    let starts: [Int]
    let width: Int
    let step: Int

    /// The gradient of the memory: each window that a bag names gets the bag's gradient times the weight.
    func spread(_ gradient: Tensor, _ weights: Tensor, like memory: Tensor) throws -> Tensor {
        let back = try Tensor(repeating: 0, shape: memory.shape, in: gradient.workspace)
        // One thread: windows overlap, and a sum has one order.
        for (place, bag) in bags.enumerated() { for (piece, index) in bag.enumerated() {
            unsafe VectorMath.add(back.storage.floats + Int(index) * step, gradient.storage.floats + place * width, times: weights.storage.floats[starts[place] + piece], width)
        } }
        return back
    }

    /// The gradients of weights: how much of the bag's gradient lies along the window.
    func slopes(_ gradient: Tensor, _ memory: Tensor) throws -> Tensor {
        let workspace = gradient.workspace
        let back = try workspace.take(starts[bags.count])
        workspace.pool.split(bags.count, grain: 8) { range in
            for place in range { for (piece, index) in bags[place].enumerated() {
                unsafe back.floats[starts[place] + piece] = VectorMath.dot(gradient.storage.floats + place * width, memory.storage.floats + Int(index) * step, width)
            } }
        }
        return Tensor(back, shape: [starts[bags.count]])
    }
}
