import Foundation

/// The discrete Fourier transform of a power of two of numbers (Cooley and Tukey 1965): halves again and again, in place after the bits of the places were reversed.
struct FourierTransform: Sendable {
    let count: Int
    private let order: [Int]
    private let cosines: [Double]
    private let sines: [Double]

    /// - Parameter count: made a power of two, at least 2 and at most 65536.
    init(count: Int) {
        var size = 2
        while size < count, size < 65_536 { size *= 2 }
        self.count = size
        let bits = size.trailingZeroBitCount
        order = (0..<size).map { place in (0..<bits).reduce(0) { $0 | (place >> $1 & 1) << (bits - 1 - $1) } }
        cosines = (0..<size / 2).map { cos(2 * .pi * Double($0) / Double(size)) }
        sines = (0..<size / 2).map { -sin(2 * .pi * Double($0) / Double(size)) }
    }

    /// |X|^2 of the first count / 2 + 1 frequencies of real numbers; missing numbers are zeros.
    func power(_ values: [Double]) -> [Double] {
        var real = order.map { $0 < values.count ? values[$0] : 0 }
        var imaginary = [Double](repeating: 0, count: count)
        var half = 1
        while half < count {
            let step = count / (2 * half)
            for start in stride(from: 0, to: count, by: 2 * half) {
                for offset in 0..<half {
                    let (c, s) = (cosines[offset * step], sines[offset * step])
                    let (a, b) = (start + offset, start + offset + half)
                    let (r, i) = (real[b] * c - imaginary[b] * s, real[b] * s + imaginary[b] * c)
                    (real[b], imaginary[b]) = (real[a] - r, imaginary[a] - i)
                    (real[a], imaginary[a]) = (real[a] + r, imaginary[a] + i)
                }
            }
            half *= 2
        }
        return (0...count / 2).map { real[$0] * real[$0] + imaginary[$0] * imaginary[$0] }
    }
}
