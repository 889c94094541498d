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
    Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
}
