import Core
import Foundation

/// How positions turn queries and keys: `rope_theta` with `rope_scaling`, or `rope_parameters`, which newer files have in their place.
struct RopeSettings {
    /// What stretches the waves.
    enum Scaling {
        case none
        case linear(factor: Double)
        /// Llama 3.1: short waves stay, long ones are stretched by `factor`, those between by less.
        case llama3(factor: Double, low: Double, high: Double, original: Int)
        /// LongRoPE (Ding et al. 2024): a table within the original context and one beyond.
        case long(short: [Float], long: [Float])
    }

    let base: Double?
    /// The base of layers with a window (Gemma 3).
    let localBase: Double?
    let scaling: Scaling
    /// The context before it was stretched.
    let originalContext: Int?
    /// The part of a head that is turned.
    let share: Double

    /// - Parameter headWidth: values of a head; tables have half as many entries, times the share.
    init(_ config: CheckpointConfig, headWidth: Int) throws {
        let outer = try config.settings("rope_parameters") ?? config.settings("rope_scaling")
        // Where layers differ, each kind has settings of its own.
        let settings = try outer?.settings("full_attention") ?? outer
        base = try settings?.float("rope_theta") ?? config.float("rope_theta", "rotary_emb_base")
        localBase = try outer?.settings("sliding_attention")?.float("rope_theta") ?? config.float("rope_local_base_freq")
        originalContext = try settings?.int("original_max_position_embeddings", atMost: 1 << 24) ?? config.int("original_max_position_embeddings", atMost: 1 << 24)
        share = try settings?.float("partial_rotary_factor") ?? config.float("partial_rotary_factor") ?? 1
        guard share <= 1 else { throw CheckpointConfig.damaged("says partial_rotary_factor = \(share), which is over 1") }
        scaling = try Self.scaling(settings, original: originalContext, pairs: Int(share * Double(headWidth)) / 2)
    }

    private static func scaling(_ settings: CheckpointConfig?, original: Int?, pairs: Int) throws -> Scaling {
        guard let settings, let type = try settings.string("rope_type", "type"), type != "default" else { return .none }
        let factor = try settings.float("factor")
        switch (type, factor) {
        case ("linear", let factor?): return .linear(factor: factor)
        case ("llama3", _):
            return .llama3(
                factor: factor ?? 8, low: try settings.float("low_freq_factor") ?? 1, high: try settings.float("high_freq_factor") ?? 4, original: original ?? 8192)
        case ("longrope", _), ("su", _):
            guard let short = try settings.floats("short_factor", count: pairs), let long = try settings.floats("long_factor", count: pairs) else {
                throw CheckpointConfig.damaged("has rotary scaling \"\(type)\" without short_factor and long_factor")
            }
            return .long(short: short, long: long)
        case ("linear", nil): throw CheckpointConfig.damaged("has rotary scaling \"linear\" without a factor")
        default: throw CheckpointConfig.unsupported("asks for rotary scaling \(GGUFReader.quoted(type))", supported: "default, linear, llama3 and longrope")
        }
    }

    /// Llama 3.1's divisors of the frequencies, one a pair of values. Computed in the precision in which llama.cpp's converter does, so that files are equal.
    static func llama3Factors(base: Double, headWidth: Int, factor: Double, low: Double, high: Double, original: Int) -> [Float] {
        (0..<headWidth / 2).map { pair in
            let frequency = 1 / powf(Float(base), Float(2 * pair) / Float(headWidth))
            let wavelength = Float(2 * Double.pi) / frequency
            if wavelength < Float(Double(original) / high) { return 1 }
            if wavelength > Float(Double(original) / low) { return Float(factor) }
            let smooth = (Float(original) / wavelength - Float(low)) / Float(high - low)
            return 1 / ((1 - smooth) / Float(factor) + smooth)
        }
    }
}
