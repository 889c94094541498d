import Core
import Kernels

extension Tensor {
    /// The sum of what a smaller shape was repeated to: the way back of broadcasting. With no way back itself.
    func summed(to target: [Int]) throws -> Tensor {
        if shape == target { return self }
        let out = try Tensor(repeating: 0, shape: target, in: workspace)
        let plan = BroadcastPlan(shape: shape, operands: [target])
        let rows = plan.inner == 0 ? 0 : count / plan.inner
        if rows == 1, plan.innerSteps[0] == 0 {
            unsafe out.storage.floats[0] = Float(sum(from: 0, count: count))
            return out
        }
        if plan.innerSteps[0] == 0 {
            // Each row adds to one number; rows of the same number are added one after another.
            for row in 0..<rows { unsafe out.storage.floats[plan.offset(row, of: 0)] += Float(sum(from: row * plan.inner, count: plan.inner)) }
            return out
        }
        // Threads share the columns, so that each element is summed in the order of the rows.
        workspace.pool.split(plan.inner, grain: max(64, (plan.inner / workspace.pool.width + 15) / 16 * 16)) { columns in
            for row in 0..<rows {
                unsafe VectorMath.add(out.storage.floats + plan.offset(row, of: 0) + columns.lowerBound, storage.floats + row * plan.inner + columns.lowerBound, columns.count)
            }
        }
        return out
    }

    /// The sum of some neighboring elements, in double precision.
    private func sum(from start: Int, count: Int) -> Double {
        var sums: (Double, Double, Double, Double) = (0, 0, 0, 0)
        let values = unsafe storage.floats + start
        var index = 0
        while index + 4 <= count {
            unsafe sums.0 += Double(values[index])
            unsafe sums.1 += Double(values[index + 1])
            unsafe sums.2 += Double(values[index + 2])
            unsafe sums.3 += Double(values[index + 3])
            index += 4
        }
        while index < count {
            unsafe sums.0 += Double(values[index])
            index += 1
        }
        return (sums.0 + sums.1) + (sums.2 + sums.3)
    }

    /// The gradient of a sum: every element has the sum's.
    private static func spread(_ gradient: Tensor, to shape: [Int]) throws -> Tensor {
        try combined(.add, gradient, try Tensor(repeating: 0, shape: shape, in: gradient.workspace))
    }

    /// The sum of all elements, of the shape [].
    public func sum() throws -> Tensor {
        let shape = shape
        return Self.result(try summed(to: []).storage, shape: [], of: [self]) { [try Self.spread($0, to: shape)] }
    }

    /// The mean of all elements, of the shape []; 0 of none.
    public func mean() throws -> Tensor { try sum() * (1 / Float(max(1, count))) }

    /// Sums over one dimension, which stays with the size 1.
    ///
    /// - Parameter dimension: negative ones count from the last, -1.
    public func sum(over dimension: Int) throws -> Tensor {
        let place = try index(of: dimension)
        var target = shape
        target[place] = 1
        let shape = shape
        return Self.result(try summed(to: target).storage, shape: target, of: [self]) { [try Self.spread($0, to: shape)] }
    }

    /// Means over one dimension, which stays with the size 1.
    public func mean(over dimension: Int) throws -> Tensor { try sum(over: dimension) * (1 / Float(max(1, shape[try index(of: dimension)]))) }

    /// The dimension that a positive or a negative number means.
    func index(of dimension: Int) throws -> Int {
        let place = dimension < 0 ? rank + dimension : dimension
        guard shape.indices.contains(place) else { throw Fault.shape("the shape \(shape) has no dimension \(dimension)") }
        return place
    }
}
