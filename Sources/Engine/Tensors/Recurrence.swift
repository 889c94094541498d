import Core

/// A gated recurrent unit (Cho et al. 2014), with the gates as PyTorch has them.
///
/// ```
/// r = sigmoid(Wr x + br + Ur h + cr)      z = sigmoid(Wz x + bz + Uz h + cz)
/// n = tanh(Wn x + bn + r * (Un h + cn))   h' = (1 - z) n + z h
/// ```
public struct GatedRecurrence: Sendable {
    /// [3 * hidden, inputs] and [3 * hidden, hidden], in the order r, z, n.
    public var inputWeights: Tensor
    public var stateWeights: Tensor
    /// [3 * hidden]
    public var inputBias: Tensor
    public var stateBias: Tensor

    public init(inputWeights: Tensor, stateWeights: Tensor, inputBias: Tensor, stateBias: Tensor) {
        (self.inputWeights, self.stateWeights, self.inputBias, self.stateBias) = (inputWeights, stateWeights, inputBias, stateBias)
    }

    /// All states of sequences [batch, tokens, inputs]: [batch, tokens, hidden].
    ///
    /// - Parameters:
    ///   - isReversed: whether sequences are read from their end; the states stay in the order of the tokens.
    ///   - mask: 1 for tokens, 0 for padding, [batch, tokens]: a state goes through padding unchanged. Nil for none.
    public func callAsFunction(_ sequences: Tensor, isReversed: Bool = false, mask: Tensor? = nil) throws -> Tensor {
        guard sequences.rank == 3, stateWeights.rank == 2, stateWeights.shape[0] == 3 * stateWeights.shape[1] else { throw Fault.shape("\(sequences.shape) are no sequences for this unit") }
        let (batch, tokens, hidden) = (sequences.shape[0], sequences.shape[1], stateWeights.shape[1])
        // The inputs' share of all gates at once.
        let inputs = try sequences.multiplied(byTransposed: inputWeights) + inputBias
        var state = try Tensor(repeating: 0, shape: [batch, hidden], in: sequences.workspace)
        var states = [Tensor?](repeating: nil, count: tokens)
        for token in isReversed ? Array((0..<tokens).reversed()) : Array(0..<tokens) {
            let x = try inputs.sliced(token..<token + 1, of: 1).reshaped([batch, 3 * hidden])
            let h = try state.multiplied(byTransposed: stateWeights) + stateBias
            func gate(_ index: Int, _ tensor: Tensor) throws -> Tensor { try tensor.sliced(index * hidden..<(index + 1) * hidden, of: 1) }
            let reset = try (gate(0, x) + gate(0, h)).sigmoid()
            let update = try (gate(1, x) + gate(1, h)).sigmoid()
            let next = try (gate(2, x) + reset * gate(2, h)).tanh()
            var new = try next + update * (state - next)
            if let mask { new = try state + mask.sliced(token..<token + 1, of: 1) * (new - state) }
            state = new
            states[token] = try state.reshaped([batch, 1, hidden])
        }
        return try Tensor.joined(states.compactMap { $0 }, along: 1)
    }
}
