import Core

/// When something is due again and again: five fields as `cron` has them (POSIX.1-2017, crontab, with steps and names of months and days).
///
/// ```
/// 0 3 * * *        every day at three        */15 8-18 * * mon-fri      every quarter of an hour in working hours
/// ```
/// Minute 0-59, hour 0-23, day 1-31, month 1-12, day of the week 0-7 (0 and 7 are Sunday). If both kinds of days are restricted, either is enough, as in POSIX. Times are those of a fixed offset from UTC, 480 minutes (China)
/// by default: rules of summer time would need the machine's tables, and China has none.
public struct CronSchedule: Sendable, Hashable {
    /// As it was written.
    public let text: String
    /// Minutes east of UTC.
    public let offset: Int
    private let minutes: Set<Int>, hours: Set<Int>, days: Set<Int>, months: Set<Int>, weekdays: Set<Int>
    private let isEitherDay: Bool

    private static let monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    /// Days looked ahead: the 29th of February comes again within eight years.
    private static let dayCountMax = 3_000

    /// - Throws: `workflows.schedule` naming the field.
    public init(_ text: String, offset: Int = 480) throws {
        let fields = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 5 else { throw Self.fault("a schedule has five fields: minute, hour, day, month, day of the week") }
        guard (-720...840).contains(offset) else { throw Self.fault("an offset is -720 to 840 minutes") }
        self.text = text
        self.offset = offset
        minutes = try Self.field(fields[0], 0...59, "minute")
        hours = try Self.field(fields[1], 0...23, "hour")
        days = try Self.field(fields[2], 1...31, "day")
        months = try Self.field(fields[3], 1...12, "month", names: Self.monthNames, first: 1)
        weekdays = Set(try Self.field(fields[4], 0...7, "day of the week", names: Self.dayNames, first: 0).map { $0 % 7 })
        isEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    }

    private static func fault(_ message: String) -> Fault { Fault(.workflowSchedule, message, remedy: "write for example \"0 3 * * *\" for every day at three") }

    private static func field(_ text: String, _ range: ClosedRange<Int>, _ name: String, names: [String] = [], first: Int = 0) throws -> Set<Int> {
        func number(_ text: Substring) throws -> Int {
            if let place = names.firstIndex(of: String(text)) { return place + first }
            guard let value = Int(text), range.contains(value) else { throw fault("the \(name) must be from \(range.lowerBound) to \(range.upperBound)") }
            return value
        }
        var found = Set<Int>()
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let steps = part.split(separator: "/", omittingEmptySubsequences: false)
            guard steps.count <= 2, let base = steps.first, !base.isEmpty else { throw fault("the \(name) is malformed") }
            let step = steps.count == 2 ? Int(steps[1]) ?? 0 : 1
            guard (1...range.upperBound + 1).contains(step) else { throw fault("the step of the \(name) must be from 1 to \(range.upperBound + 1)") }
            let ends = base.split(separator: "-", omittingEmptySubsequences: false)
            let low = base == "*" ? range.lowerBound : try number(ends[0])
            let high = base == "*" || (ends.count == 1 && steps.count == 2) ? range.upperBound : ends.count == 2 ? try number(ends[1]) : low
            guard ends.count <= 2, low <= high else { throw fault("the \(name) is malformed") }
            found.formUnion(stride(from: low, through: high, by: step))
        }
        return found
    }

    /// The first time after `seconds` since 1970; nil when there is none, as on the 31st of February.
    public func next(after seconds: Double) -> Double? {
        guard seconds.magnitude < 1e11 else { return nil }
        let local = Int((seconds / 60).rounded(.down)) + offset + 1
        var day = (local - (local % 1440 + 1440) % 1440) / 1440, minute = local - day * 1440
        for _ in 0..<Self.dayCountMax {
            if matches(day: day) {
                for hour in hours.sorted() where hour >= minute / 60 {
                    if let found = minutes.sorted().first(where: { hour * 60 + $0 >= minute }) { return Double((day * 1440 + hour * 60 + found - offset) * 60) }
                }
            }
            (day, minute) = (day + 1, 0)
        }
        return nil
    }

    private func matches(day: Int) -> Bool {
        let date = calendarDate(day: day)
        guard months.contains(date.month) else { return false }
        // The first day of 1970 was a Thursday.
        let weekday = ((day + 4) % 7 + 7) % 7
        let (isDay, isWeekday) = (days.contains(date.day), weekdays.contains(weekday))
        return isEitherDay ? isDay || isWeekday : isDay && isWeekday
    }
}

extension Fault.Code {
    /// A schedule or trigger is malformed.
    public static let workflowSchedule = Fault.Code("workflows.schedule", .usage)
}
