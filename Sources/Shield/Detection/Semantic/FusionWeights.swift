/// What `Benchmarks/detection/calibrate --write --data DIR` printed; not to be edited by hand.
enum FusionWeights {
    static let bias = 1.034
    static let tier = 3.001
    static let check = -0.764
    static let decoded = -0.203
    static let context: [Evidence.Context: Double] = [.silent: 0, .label: 0.418, .head: 3.884, .raises: 4.631, .lowers: -5.527]
    static let gain = 12.568
    static let taggedBias = -1.158
    static let tagged = 0.907
    static let quickBias = -0.613
    static let quick = 1.024
}
