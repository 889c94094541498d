import Core

/// Which models are in memory and which are on their way, within a budget: the decisions of a host, without loading anything.
struct ModelShelf<Model: Sendable>: Sendable {
    /// How far a model is.
    enum Place: Sendable {
        /// Everybody who wants the model meanwhile waits for the same task.
        case loading(Task<Model, any Error>)
        case ready(Model)
    }
    private struct Entry: Sendable {
        var place: Place
        var byteCount: Int
        var lastUse: Int
    }

    let byteCountMax: Int
    private var entries: [String: Entry] = [:]
    private var time = 0

    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    /// Models in memory, by name.
    var ready: [String: Model] {
        entries.compactMapValues { entry in if case .ready(let model) = entry.place { model } else { nil } }
    }

    /// Where a model is, noting that it is used; nil when it is neither here nor on its way.
    mutating func use(_ name: String) -> Place? {
        time += 1
        entries[name]?.lastUse = time
        return entries[name]?.place
    }

    /// Puts aside what was unused for longest until the model fits. Models on their way are counted and never put aside.
    ///
    /// - Parameter isIdle: whether a model may go.
    /// - Throws: `models.too-large` when it cannot fit, or not now.
    mutating func makeRoom(for name: String, byteCount: Int, isIdle: (Model) -> Bool) throws {
        guard byteCount <= byteCountMax else {
            throw Fault(.modelTooLarge, "\(name) needs \(byteCount >> 20) MiB; the budget is \(byteCountMax >> 20) MiB", remedy: "raise --memory, or quantize the model further")
        }
        while entries.values.reduce(byteCount, { $0 + $1.byteCount }) > byteCountMax {
            let idle = entries.filter { entry in if case .ready(let model) = entry.value.place { isIdle(model) } else { false } }
            guard let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
                throw Fault(.modelTooLarge, "all loaded models are busy and \(name) needs their memory", remedy: "try again later, or raise --memory")
            }
            entries[oldest.key] = nil
        }
    }

    /// A load has begun.
    mutating func begin(_ name: String, byteCount: Int, task: Task<Model, any Error>) {
        entries[name] = Entry(place: .loading(task), byteCount: byteCount, lastUse: time)
    }

    /// A load has ended, with a model or without: then the next request tries again.
    mutating func end(_ name: String, _ model: Model?) {
        if let model { entries[name]?.place = .ready(model) } else { entries[name] = nil }
    }
}
