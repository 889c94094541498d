import Core
import Labels
import Store

/// A number that a step measured: how good a model is, how many rows hold, how much was found.
public struct Reading: Sendable, Codable, Hashable {
    /// What was measured, e.g. `f1`.
    public var metric: String
    /// Of what, e.g. the name of a model.
    public var subject: String
    public var value: Double
    /// Seconds since 1970.
    public var at: Double
    /// What the value tells of the data that it was measured on.
    public var label: Label
    public var run: String
    /// 1, 2, 3 … for the readings of one name, in the order in which they were committed: a clock may jump.
    public var sequence: Int

    /// `f1 of models/color`: what a watch names.
    public var name: String { Readings.name(metric, of: subject) }

    /// The reading as an input of a workflow.
    var json: JSONValue {
        ["metric": .string(metric), "subject": .string(subject), "value": .double(value), "at": .string(timestampText(at)), "run": .string(run), "sequence": .int(sequence)]
    }
}

/// Readings of a store, a bounded history for each name, and the watches over them.
///
/// A reading is written in the transaction that ends its step; each watch of its name takes a step in the same transaction, and if it fires, that is written there too. So a reading counts once, and a crossing starts one run.
public struct Readings: Sendable {
    /// Readings of one name that are kept, and names.
    public static let countMax = 1_000, nameCountMax = 10_000
    /// Firings of one watch that wait for a scheduler. More than these are not written: somebody has not looked for a long time.
    static let firingCountMax = 100
    static let watchCountMax = 1_000

    private let store: Store
    static let history = RecordCollection<Reading>("readings")
    static let heads = RecordCollection<Reading>("reading-heads")
    static let watches = RecordCollection<WatchState>("watch-states")
    static let firings = RecordCollection<Firing>("watch-firings")

    /// A watch that fired, until its run is started.
    struct Firing: Sendable, Codable, Hashable {
        let trigger: String
        let reading: Reading
    }

    public init(store: Store) { self.store = store }

    /// The name of readings.
    public static func name(_ metric: String, of subject: String) -> String { "\(metric) of \(subject)" }

    /// What stands before every order of a name: names hold anything.
    static func mark(_ name: String) -> String { String(SHA256.hex(Array(name.utf8)).prefix(16)) + "|" }

    private static func digits(_ sequence: Int) -> String {
        let text = String(sequence)
        return String(repeating: "0", count: max(0, 12 - text.count)) + text
    }

    /// Takes a reading in, with what the watches over its name make of it.
    /// - Throws: `workflows.reading` for a value that is no number and a name that is none; `workflows.readings-full`.
    public static func record(_ metric: String, of subject: String, value: Double, label: Label, at: Double, run: String, in transaction: Transaction) throws {
        guard value.isFinite, !metric.isEmpty, !metric.contains(" "), !subject.isEmpty, (metric + subject).utf8.count <= 400, (metric + subject).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Fault(.reading, "a reading needs a finite value and names of at most 400 bytes", remedy: "name what is measured")
        }
        let name = name(metric, of: subject), mark = mark(name)
        let last = try transaction.get(name, in: heads)?.sequence ?? 0
        guard try last > 0 || transaction.count(heads) < nameCountMax else { throw Fault(.readingsFull, "there are readings of \(nameCountMax) names already", remedy: "measure under fewer names") }
        let reading = Reading(metric: metric, subject: subject, value: value, at: at, label: label, run: run, sequence: last + 1)
        try transaction.put(reading, as: name, sort: name, in: heads)
        try transaction.put(reading, as: mark + digits(reading.sequence), sort: mark + digits(reading.sequence), in: history)
        if reading.sequence > countMax { try transaction.remove(mark + digits(reading.sequence - countMax), in: history) }
        for (trigger, state) in try transaction.list(watches, sortPrefix: mark, limit: watchCountMax) {
            var state = state
            let fires = state.take(value)
            try transaction.put(state, as: trigger, sort: mark, in: watches)
            guard fires, try transaction.count(firings, sortPrefix: trigger + "|") < firingCountMax else { continue }
            try transaction.put(Firing(trigger: trigger, reading: reading), as: "\(trigger)|\(mark)\(digits(reading.sequence))", sort: "\(trigger)|\(digits(reading.sequence))", in: firings)
        }
    }

    /// The newest reading of each name, by name.
    public func newest(limit: Int = 1_000) async throws -> [Reading] { try await store.read { try $0.list(Self.heads, limit: limit).map(\.value) } }

    /// Readings of a name, the oldest first.
    public func history(of name: String) async throws -> [Reading] { try await store.read { try $0.list(Self.history, sortPrefix: Self.mark(name), limit: Self.countMax).map(\.value) } }
}

extension Fault.Code {
    /// A reading or a watch is malformed.
    public static let reading = Fault.Code("workflows.reading", .input)
    /// There are as many names of readings as may be.
    public static let readingsFull = Fault.Code("workflows.readings-full", .full)
}
