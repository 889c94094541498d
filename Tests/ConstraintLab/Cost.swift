import Foundation

/// What a piece of work costs on a machine that others use, too.
enum Cost {
    /// The smaller of the time that passed and the processor's time: neither others' turns nor the processor clock's own cost count.
    static func microseconds(_ body: () throws -> Void) rethrows -> Double {
        let processor = now(CLOCK_THREAD_CPUTIME_ID), passed = now(CLOCK_MONOTONIC)
        try body()
        let passedAfter = now(CLOCK_MONOTONIC), processorAfter = now(CLOCK_THREAD_CPUTIME_ID)
        return min(passedAfter - passed, processorAfter - processor)
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
