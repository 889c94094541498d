import Core

extension Tensor {
    /// What `body` computes from `inputs`, without keeping what lies between: the way back computes it again (Chen et al. 2016). A part of a network that is wrapped so costs its time once more and no memory but that of its inputs
    /// and its result.
    ///
    /// - Parameters:
    ///   - inputs: all that gradients should flow to, parameters among them.
    ///   - body: must give the same result for the same inputs: randomness in it has to come from a seed.
    public static func recomputed(_ inputs: [Tensor], _ body: @escaping @Sendable ([Tensor]) throws -> Tensor) throws -> Tensor {
        let plain = inputs.map { $0.detached() }
        let output = try body(plain).detached()
        return result(output.storage, shape: output.shape, of: inputs) { [wanted = inputs.map(\.wantsGradient)] gradient in
            let leaves = zip(plain, wanted).map { $1 ? $0.parameter() : $0 }
            let shares = try body(leaves).gradients(of: leaves.filter(\.wantsGradient), seed: gradient)
            var next = shares.makeIterator()
            return wanted.map { $0 ? next.next() : nil }
        }
    }
}
