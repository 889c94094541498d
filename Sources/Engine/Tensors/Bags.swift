import Core
import Kernels

extension Tensor {
    /// Sums of rows of a table, [entries, width], which is an embedding bag: row i of the result, [bags, width], is `scales[i]` times the sum of the rows that `bags[i]` names. An empty bag gives zeros.
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
}
