/// How often what could not be delivered is tried again, for notices of people's tasks and of steps alike.
public enum DeliveryPace {
    /// Deliveries before a notice is given up: about a day.
    public static let failureCountMax = 30
    /// Seconds between two deliveries at most; the first pause is ten, each further one twice the one before.
    static let pauseMax = 3_600.0
    /// Notices of one round.
    public static let roundCountMax = 200

    /// When a notice is due.
    /// - Parameters:
    ///   - at: when it was written.
    ///   - failures: deliveries that failed, the last at `triedAt`.
    public static func dueTime(at: Double, failures: Int, triedAt: Double) -> Double {
        guard failures > 0 else { return at }
        var pause = 10.0
        for _ in 1..<failures where pause < pauseMax { pause *= 2 }
        return triedAt + min(pause, pauseMax)
    }
}
