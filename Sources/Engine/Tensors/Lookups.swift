import Core
import Kernels

extension Tensor {
    /// Rows of a table, [entries, width]: the embeddings of `indices`, of the shape `shape` + [width].
    ///
    /// - Throws: `tensors.shape` for an index that is no entry.
    public func rows(_ indices: [Int32], shape target: [Int]? = nil) throws -> Tensor {
        guard rank == 2 else { throw Fault.shape("a table has two dimensions, not the shape \(shape)") }
        let (entries, width) = (shape[0], shape[1])
        let target = target ?? [indices.count]
        guard target.reduce(1, *) == indices.count else { throw Fault.shape("\(indices.count) indices are not of the shape \(target)") }
        for index in indices where index < 0 || Int(index) >= entries { throw Fault.shape("the table has \(entries) entries; \(index) is none of them") }
        let out = try workspace.take(indices.count * width)
        for (place, index) in indices.enumerated() { unsafe (out.floats + place * width).update(from: storage.floats + Int(index) * width, count: width) }
        let shape = shape
        return Self.result(out, shape: target + [width], of: [self]) { gradient in
            let back = try Tensor(repeating: 0, shape: shape, in: gradient.workspace)
            for (place, index) in indices.enumerated() {
                unsafe VectorMath.add(back.storage.floats + Int(index) * width, gradient.storage.floats + place * width, width)
            }
            return [back]
        }
    }

    /// One element of each row: the one at `indices[row]`. The result has the shape without the last dimension.
    public func picked(_ indices: [Int32]) throws -> Tensor {
        guard let width = shape.last, width > 0, indices.count == count / width else { throw Fault.shape("\(indices.count) indices do not fit the rows of \(shape)") }
        for index in indices where index < 0 || Int(index) >= width { throw Fault.shape("a row has \(width) elements; \(index) is none of them") }
        let out = try workspace.take(indices.count)
        for (row, index) in indices.enumerated() { unsafe out.floats[row] = storage.floats[row * width + Int(index)] }
        let shape = shape
        return Self.result(out, shape: Array(shape.dropLast()), of: [self]) { gradient in
            let back = try Tensor(repeating: 0, shape: shape, in: gradient.workspace)
            for (row, index) in indices.enumerated() { unsafe back.storage.floats[row * width + Int(index)] = gradient.storage.floats[row] }
            return [back]
        }
    }

    /// Sets some elements to zero and scales the others by 1 / (1 - rate), by chance (Srivastava et al. 2014).
    ///
    /// - Parameter rate: from 0 up to, but not, 1; kept to a 65,536th.
    public func dropout(_ rate: Float, using random: inout some RandomNumberGenerator) throws -> Tensor {
        guard rate > 0 else { return self }
        guard rate < 1 else { throw Fault.shape("a dropout rate is below 1; \(rate) was given") }
        let scale = 1 / (1 - rate), threshold = UInt64(Double(rate) * 65_536)
        let mask = try workspace.take(count)
        // Pieces have numbers of their own, from one seed, so that threads share them and the result does not depend on how many there are. A number of 64 bits decides four elements.
        let seed = random.next(), piece = 4_096
        workspace.pool.split((count + piece - 1) / piece, grain: 4) { pieces in
            let floats = unsafe mask.floats, kept = scale.bitPattern
            // Without a branch, which nobody could predict: a number below the threshold borrows.
            func value(_ bits: UInt64) -> Float { Float(bitPattern: (UInt32(truncatingIfNeeded: (bits & 0xFFFF &- threshold) >> 63) &- 1) & kept) }
            for index in pieces {
                var own = SeededRandom(seed: seed ^ (UInt64(index) &* 0xBF58_476D_1CE4_E5B9))
                var place = index * piece
                let end = min(count, (index + 1) * piece)
                while place + 4 <= end {
                    let bits = own.next()
                    unsafe floats[place] = value(bits)
                    unsafe floats[place + 1] = value(bits >> 16)
                    unsafe floats[place + 2] = value(bits >> 32)
                    unsafe floats[place + 3] = value(bits >> 48)
                    place += 4
                }
                var bits = own.next()
                while place < end {
                    unsafe floats[place] = value(bits)
                    bits >>= 16
                    place += 1
                }
            }
        }
        return try self * Tensor(mask, shape: shape)
    }
}
