import Core

extension Tensor {
    /// The label that rows have which do not count.
    public static let ignoredLabel: Int32 = -100

    /// The mean over all rows of -ln p(label), for scores [..., classes]. Rows whose label is ``ignoredLabel`` do not count; without others the loss is 0.
    ///
    /// - Parameter smoothing: the share of the target that is spread over all classes (Szegedy et al. 2016).
    public func crossEntropy(_ labels: [Int32], smoothing: Float = 0) throws -> Tensor {
        guard let classes = shape.last, classes > 0, labels.count == count / classes else { throw Fault.shape("\(labels.count) labels do not fit scores of the shape \(shape)") }
        let logs = try reshaped([labels.count, classes]).logSoftmax()
        let counted = Float(labels.count { $0 != Self.ignoredLabel })
        let weights = try Tensor(labels.map { $0 == Self.ignoredLabel || counted == 0 ? 0 : 1 / counted }, shape: [labels.count], in: workspace)
        let hit = try (logs.picked(labels.map { $0 == Self.ignoredLabel ? 0 : $0 }) * weights).sum()
        guard smoothing > 0 else { return try -hit }
        let spread = try (logs.mean(over: -1).reshaped([labels.count]) * weights).sum()
        return try -(hit * (1 - smoothing) + spread * smoothing)
    }

    /// The mean over all rows of the divergence of these scores' distribution from that of `target`: sum p_target (ln p_target - ln p), both [..., classes] (Kullback and Leibler 1951).
    public func divergence(from target: Tensor) throws -> Tensor {
        guard shape == target.shape, let classes = shape.last, classes > 0 else { throw Fault.shape("\(shape) and \(target.shape) are no two sets of scores") }
        let (mine, others) = (try logSoftmax(), try target.logSoftmax())
        return try (others.exponential() * (others - mine)).sum() * (Float(classes) / Float(max(1, count)))
    }

    /// The mean of max(0, margin - (better - worse)): `self` should be larger than `worse` by the margin.
    public func marginLoss(over worse: Tensor, margin: Float) throws -> Tensor { try (worse - self + margin).relu().mean() }

    /// The mean squared difference.
    public func squaredLoss(_ target: Tensor) throws -> Tensor { try (self - target).squared().mean() }
}
