import Core

extension DetectionFeedback {
    /// The longest file.
    public static let byteCountMax = 16 << 20
    private static let version = 1

    /// Reads what ``json`` holds.
    /// - Throws: `detection.feedback` for what is damaged or out of bounds.
    public init(json: JSONValue) throws {
        guard json["version"]?.int == Self.version else { throw Self.fault("no feedback of version \(Self.version)") }
        guard let types = json["types"]?.object, types.count <= Self.typeCountMax, let changes = json["history"]?.array, changes.count <= Self.historyCountMax else {
            throw Self.fault("incomplete, or longer than it may be")
        }
        for (id, value) in types {
            guard Self.isName(id) else { throw Self.fault("damaged: a type has no identifier") }
            records[id] = try Self.record(value)
        }
        for change in changes {
            guard let id = change["type"]?.string, Self.isName(id), let before = change["before"] else { throw Self.fault("damaged: a change has no type") }
            history.append(Change(type: id, before: before == .null ? nil : try Self.record(before)))
        }
    }

    /// Reads the text of a file.
    /// - Throws: `core.json`, `detection.feedback`.
    public init(text: String) throws {
        guard text.utf8.count <= Self.byteCountMax else { throw Self.fault("longer than \(Self.byteCountMax) bytes") }
        try self.init(json: JSONValue(parsing: text, depthMax: 8))
    }

    /// All of it, with what can be undone.
    public var json: JSONValue {
        [
            "version": .int(Self.version), "types": .object(records.mapValues(Self.json)),
            "history": .array(history.map { ["type": .string($0.type), "before": $0.before.map(Self.json) ?? .null] }),
        ]
    }

    private static func json(_ record: Record) -> JSONValue {
        let pair = { (counts: Counts) -> JSONValue in [.int(counts.confirmed), .int(counts.rejected)] }
        return ["shift": .int(record.shift), "bands": .array(record.bands.map(pair)), "words": .object(record.words.mapValues(pair))]
    }

    private static func record(_ json: JSONValue) throws -> Record {
        var record = Record()
        guard let shift = json["shift"]?.int, shifts.contains(shift), let bands = json["bands"]?.array, bands.count == bandCount, let words = json["words"]?.object, words.count <= wordCountMax else {
            throw fault("damaged: a type is incomplete or out of bounds")
        }
        record.shift = shift
        record.bands = try bands.map(counts)
        for (word, value) in words {
            guard isWord(word), word == lowered(word) else { throw fault("damaged: a word is none") }
            record.words[word] = try counts(value)
        }
        return record
    }

    private static func counts(_ json: JSONValue) throws -> Counts {
        guard let pair = json.array, pair.count == 2, let confirmed = pair[0].int, let rejected = pair[1].int, (0...verdictCountMax).contains(confirmed), (0...verdictCountMax).contains(rejected) else {
            throw fault("damaged: counts are out of bounds")
        }
        return Counts(confirmed: confirmed, rejected: rejected)
    }

    private static func fault(_ what: String) -> Fault { Fault(.feedback, "the feedback is \(what)", remedy: "restore the file, or begin a new one") }
}

extension DetectionFeedback: Codable {
    public init(from decoder: any Decoder) throws { try self.init(json: JSONValue(from: decoder)) }

    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
