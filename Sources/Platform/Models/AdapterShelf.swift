import Inference

/// Which adapters are in memory: the few that were used last. They are small beside their models, and reading one again takes milliseconds.
struct AdapterShelf: Sendable {
    /// Adapters in memory at most.
    static let countMax = 16
    /// Bytes of them together at most, but for one.
    static let byteCountMax = 512 << 20

    private struct Entry: Sendable {
        var record: AdapterRecord
        var adapter: LoadedAdapter
        var lastUse: Int
    }
    private var entries: [String: Entry] = [:]
    private var time = 0
    private var identities: UInt64 = 0

    /// The adapter of a record, if it is here and still the same.
    mutating func use(_ record: AdapterRecord) -> LoadedAdapter? {
        guard let entry = entries[record.name], entry.record == record else { return nil }
        time += 1
        entries[record.name]?.lastUse = time
        return entry.adapter
    }

    /// A number that no adapter had before.
    mutating func nextIdentity() -> UInt64 {
        identities += 1
        return identities
    }

    /// Keeps an adapter; the one unused for longest makes room.
    mutating func add(_ adapter: LoadedAdapter, _ record: AdapterRecord) {
        time += 1
        entries[record.name] = Entry(record: record, adapter: adapter, lastUse: time)
        while entries.count > Self.countMax || (entries.count > 1 && entries.values.reduce(0, { $0 + $1.adapter.byteCount }) > Self.byteCountMax), let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) { entries[oldest.key] = nil }
    }
}
