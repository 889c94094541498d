import Foundation

/// Sound as an image: how loud each band of frequencies is at each time, as a logarithm. Bands follow hearing: evenly spread below 1 kHz and by ratio above.
///
/// Frames are windows of `window` samples every `hop` (Hann, periodic), without padding at the ends; a sound shorter than a window is one frame. A band is a triangle over frequencies of the scale of Slaney's Auditory Toolbox
/// (1998), divided by its width in Hz, as librosa and Whisper have them (not HTK's scale, whose bands are closer together below). The result is ln(max(power, 1e-10)).
public struct LogMel: Sendable {
    public let rate: Int
    public let window: Int
    public let hop: Int
    public let bands: Int
    private let transform: FourierTransform
    private let taper: [Double]
    /// For each band the first frequency that counts, and the weights from there on.
    private let filters: [(first: Int, weights: [Double])]

    /// - Parameters:
    ///   - rate: samples of a second.
    ///   - window: samples of a frame; nil for 25 ms.
    ///   - hop: samples between frames; nil for 10 ms.
    ///   - bands: up to half the rate.
    public init(rate: Int, window: Int? = nil, hop: Int? = nil, bands: Int = 40) {
        let window = min(65_536, max(2, window ?? rate / 40))
        (self.rate, self.window, self.hop, self.bands) = (rate, window, max(1, hop ?? rate / 100), max(1, bands))
        transform = FourierTransform(count: window)
        taper = (0..<window).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(window)) }
        filters = Self.filters(rate: rate, size: transform.count, bands: max(1, bands))
    }

    /// Frames that so many samples give; 0 for none.
    public func frameCount(samples: Int) -> Int { samples == 0 ? 0 : 1 + max(0, samples - window) / hop }

    /// Frames one after another, `bands` numbers each, lowest first.
    public func callAsFunction(_ samples: [Float]) -> [Float] {
        (0..<frameCount(samples: samples.count)).flatMap { frame in
            let start = frame * hop
            let part = (0..<min(window, samples.count - start)).map { Double(samples[start + $0]) * taper[$0] }
            let power = transform.power(part)
            return filters.map { filter in
                let sum = filter.weights.enumerated().reduce(0.0) { $0 + $1.element * power[filter.first + $1.offset] }
                return Float(log(max(1e-10, sum)))
            }
        }
    }

    private static func mel(_ frequency: Double) -> Double { frequency < 1_000 ? frequency * 3 / 200 : 15 + log(frequency / 1_000) * 27 / log(6.4) }
    private static func frequency(_ mel: Double) -> Double { mel < 15 ? mel * 200 / 3 : 1_000 * exp((mel - 15) * log(6.4) / 27) }

    private static func filters(rate: Int, size: Int, bands: Int) -> [(first: Int, weights: [Double])] {
        let highest = mel(Double(rate) / 2)
        let corners = (0..<bands + 2).map { frequency(highest * Double($0) / Double(bands + 1)) }
        let step = Double(rate) / Double(size)
        return (0..<bands).map { band in
            let (low, middle, high) = (corners[band], corners[band + 1], corners[band + 2])
            let weights = (0...size / 2).map { place in
                let frequency = Double(place) * step
                return max(0, min((frequency - low) / (middle - low), (high - frequency) / (high - middle))) * 2 / (high - low)
            }
            let first = weights.firstIndex { $0 > 0 } ?? 0, last = weights.lastIndex { $0 > 0 } ?? 0
            return (first, Array(weights[first...max(first, last)]))
        }
    }
}
