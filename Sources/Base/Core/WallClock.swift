import Foundation
import Synchronization

/// The time of day, as a parameter. Durations are measured with `ContinuousClock`; this is for dates that people read.
public protocol WallClock: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    var now: Double { get }
}

/// The machine's clock.
public struct SystemWallClock: WallClock {
    public init() {}
    public var now: Double { Date().timeIntervalSince1970 }
}

/// A clock that stands still until it is told to move.
public final class ManualWallClock: WallClock {
    private let seconds: Mutex<Double>

    public init(now: Double = 1_700_000_000) { seconds = Mutex(now) }
    public var now: Double { seconds.withLock { $0 } }
    /// Moves the clock by `delta` seconds.
    public func advance(by delta: Double) { seconds.withLock { $0 += delta } }
}

/// Writes seconds since 1970 as `2026-11-23T08:00:00.000Z`.
public func timestampText(_ seconds: Double) -> String {
    // By hand: every change of a run's status writes several.
    guard seconds.magnitude < 253_402_300_800 else { return seconds < 0 ? "0000-01-01T00:00:00.000Z" : "9999-12-31T23:59:59.999Z" }
    let total = Int((seconds * 1000).rounded(.down)), day = (total - (total % 86_400_000 + 86_400_000) % 86_400_000) / 86_400_000, milliseconds = total - day * 86_400_000
    let date = calendarDate(day: day)
    func digits(_ value: Int, _ count: Int) -> String { String(String(repeating: "0", count: count) + String(value)).suffix(count).description }
    return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))T\(digits(milliseconds / 3_600_000, 2)):\(digits(milliseconds / 60_000 % 60, 2)):\(digits(milliseconds / 1000 % 60, 2)).\(digits(milliseconds % 1000, 3))Z"
}

/// The date of a day since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
public func calendarDate(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468, era = (shifted - (shifted % 146_097 + 146_097) % 146_097) / 146_097, dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365, dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153, month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}
