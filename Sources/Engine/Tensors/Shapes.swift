import Core
import Kernels

extension Tensor {
    /// The same elements in another shape.
    ///
    /// - Parameter sizes: one of them may be -1: as many as remain.
    public func reshaped(_ sizes: [Int]) throws -> Tensor {
        var target = sizes
        if let open = target.firstIndex(of: -1) {
            let known = target.reduce(1) { $1 == -1 ? $0 : $0 * $1 }
            target[open] = known > 0 ? count / known : 0
        }
        guard target.allSatisfy({ $0 >= 0 }), target.reduce(1, *) == count else { throw Fault.shape("a tensor of the shape \(shape) cannot take the shape \(sizes)") }
        let shape = shape
        return Self.result(storage, shape: target, of: [self]) { [Tensor($0.storage, shape: shape)] }
    }

    /// Dimensions in another order: element [.., i, ..] lies where `order` puts i's dimension.
    ///
    /// - Parameter order: every dimension once; the first is the result's first.
    public func permuted(_ order: [Int]) throws -> Tensor {
        guard order.sorted() == Array(0..<rank) else { throw Fault.shape("\(order) is no order of the \(rank) dimensions of \(shape)") }
        let inverse = order.indices.map { order.firstIndex(of: $0) ?? 0 }
        let out = try detached().moved(order)
        return Self.result(out.storage, shape: out.shape, of: [self]) { [try $0.detached().moved(inverse)] }
    }

    /// Rows and columns exchanged, in the last two dimensions.
    public func transposed() throws -> Tensor {
        guard rank >= 2 else { throw Fault.shape("\(shape) has no two dimensions to exchange") }
        return try permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
    }

    private func moved(_ order: [Int]) throws -> Tensor {
        let target = order.map { shape[$0] }
        let out = try workspace.take(count)
        var strides = [Int](repeating: 1, count: rank)
        for dimension in (0..<max(0, rank - 1)).reversed() { strides[dimension] = strides[dimension + 1] * shape[dimension + 1] }
        let steps = order.map { strides[$0] }
        let inner = target.last ?? 1
        let step = steps.last ?? 1
        guard count > 0 else { return Tensor(out, shape: target) }
        workspace.pool.split(count / inner, grain: max(1, Self.grain / inner)) { rows in
            for row in rows {
                var (rest, offset) = (row, 0)
                for dimension in (0..<max(0, rank - 1)).reversed() {
                    offset += rest % target[dimension] * steps[dimension]
                    rest /= target[dimension]
                }
                let (from, to) = unsafe (storage.floats + offset, out.floats + row * inner)
                if step == 1 {
                    unsafe to.update(from: from, count: inner)
                } else {
                    for index in 0..<inner { unsafe to[index] = from[index * step] }
                }
            }
        }
        return Tensor(out, shape: target)
    }

    /// Part of one dimension.
    public func sliced(_ range: Range<Int>, of dimension: Int) throws -> Tensor {
        let place = try index(of: dimension)
        guard range.lowerBound >= 0, range.upperBound <= shape[place] else { throw Fault.shape("\(range) is not within dimension \(dimension) of \(shape)") }
        var target = shape
        target[place] = range.count
        let out = try workspace.take(target.reduce(1, *))
        let inner = shape[(place + 1)...].reduce(1, *)
        let (size, start) = (shape[place] * inner, range.lowerBound * inner)
        let part = range.count * inner
        for row in 0..<(size == 0 ? 0 : count / size) { unsafe (out.floats + row * part).update(from: storage.floats + row * size + start, count: part) }
        let shape = shape
        return Self.result(out, shape: target, of: [self]) { gradient in
            let back = try Tensor(repeating: 0, shape: shape, in: gradient.workspace)
            for row in 0..<(part == 0 ? 0 : gradient.count / part) {
                unsafe (back.storage.floats + row * size + start).update(from: gradient.storage.floats + row * part, count: part)
            }
            return [back]
        }
    }

    /// Tensors one after another along a dimension; all others must have the same sizes.
    public static func joined(_ parts: [Tensor], along dimension: Int) throws -> Tensor {
        guard let first = parts.first else { throw Fault.shape("nothing cannot be joined") }
        let place = try first.index(of: dimension)
        var target = first.shape
        target[place] = 0
        for part in parts {
            var same = part.shape
            guard part.rank == first.rank else { throw Fault.shape("\(part.shape) and \(first.shape) cannot be joined") }
            target[place] += part.shape[place]
            same[place] = first.shape[place]
            guard same == first.shape else { throw Fault.shape("\(part.shape) and \(first.shape) cannot be joined along \(dimension)") }
        }
        let inner = target[(place + 1)...].reduce(1, *)
        let rows = target[..<place].reduce(1, *)
        let width = target[place] * inner
        let out = try first.workspace.take(rows * width)
        var start = 0
        for part in parts {
            let size = part.shape[place] * inner
            for row in 0..<rows { unsafe (out.floats + row * width + start).update(from: part.storage.floats + row * size, count: size) }
            start += size
        }
        let sizes = parts.map { $0.shape[place] }
        return result(out, shape: target, of: parts) { gradient in
            var start = 0
            return try sizes.map { size in
                defer { start += size }
                return try gradient.detached().sliced(start..<start + size, of: place)
            }
        }
    }
}
