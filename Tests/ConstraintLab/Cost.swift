import Foundation

/// What a piece of work of one thread costs on a machine that others use, too.
enum Cost {
    /// The smaller of the time that passed and the process's time on the processor, which counts whole microseconds and so only from ``passedMax`` on.
    static func microseconds(_ body: () throws -> Void) rethrows -> Double {
        let watch = ContinuousClock(), before = clock()
        let (seconds, attoseconds) = (try watch.measure(body)).components
        let passed = Double(seconds) * 1e6 + Double(attoseconds) / 1e12
        return passed < passedMax ? passed : min(passed, Double(clock() - before) * 1e6 / Double(CLOCKS_PER_SEC))
    }

    /// Microseconds up to which the time that passed is taken.
    static let passedMax = 20.0
}
