import Core

/// `config.json` with checked types and ranges. What a `text_config` inside it says wins: a network that also sees images keeps its language part there.
struct CheckpointConfig {
    private let members: [String: JSONValue]

    init(_ json: JSONValue) throws {
        guard let root = json.object else { throw Self.damaged("holds no object") }
        if let inner = root["text_config"], inner != .null {
            guard let text = inner.object else { throw Self.damaged("has a text_config that is no object") }
            members = root.merging(text) { $1 }
            return
        }
        members = root
    }

    /// Settings inside a setting, e.g. of the rope.
    private init(members: [String: JSONValue]) { self.members = members }

    static func damaged(_ what: String) -> Fault { Fault(.modelDamaged, "config.json \(what)", remedy: "get the model's folder again") }
    static func unsupported(_ what: String, supported: String) -> Fault { Fault(.modelUnsupported, "config.json \(what)", remedy: "supported is \(supported)") }

    /// A value that is there and not null.
    func value(_ key: String) -> JSONValue? {
        guard let value = members[key], value != .null else { return nil }
        return value
    }

    /// The first of `keys` that is there.
    private func first(_ keys: [String]) -> (key: String, value: JSONValue)? {
        for key in keys { if let value = value(key) { return (key, value) } }
        return nil
    }

    /// A whole number in 1...`limit`, or 0 if `allowsZero`; nil when it is not there.
    func int(_ keys: String..., atMost limit: Int, allowsZero: Bool = false) throws -> Int? { try int(keys, atMost: limit, allowsZero: allowsZero) }

    private func int(_ keys: [String], atMost limit: Int, allowsZero: Bool) throws -> Int? {
        guard let found = first(keys) else { return nil }
        let least = allowsZero ? 0 : 1
        guard let number = found.value.int, (least...limit).contains(number) else {
            throw Self.damaged("says \(found.key) = \(Self.shown(found.value)); a whole number of \(least) to \(limit) is possible")
        }
        return number
    }

    /// A whole number in 1...`limit` that must be there.
    func required(_ keys: String..., atMost limit: Int) throws -> Int {
        guard let number = try int(keys, atMost: limit, allowsZero: false) else { throw Self.damaged("has no \(keys[0])") }
        return number
    }

    /// A positive, finite number; nil when it is not there.
    func float(_ keys: String...) throws -> Double? {
        guard let found = first(keys) else { return nil }
        guard let number = found.value.double, number > 0, number <= 1e30 else { throw Self.damaged("says \(found.key) = \(Self.shown(found.value)); a positive number is possible") }
        return number
    }

    func bool(_ key: String) throws -> Bool? {
        guard let value = value(key) else { return nil }
        guard let isTrue = value.bool else { throw Self.damaged("says \(key) = \(Self.shown(value)); true and false are possible") }
        return isTrue
    }

    func string(_ keys: String...) throws -> String? {
        guard let found = first(keys) else { return nil }
        guard let text = found.value.string else { throw Self.damaged("says \(found.key) = \(Self.shown(found.value)); text is possible") }
        return text
    }

    /// Positive numbers; nil when they are not there.
    func floats(_ key: String, count: Int) throws -> [Float]? {
        guard let value = value(key) else { return nil }
        let numbers = (value.array ?? []).compactMap(\.double).filter { $0 > 0 && $0 <= 1e30 }
        guard numbers.count == count, value.array?.count == count else { throw Self.damaged("says \(key) = \(Self.shown(value)); a list of \(count) positive numbers is expected") }
        return numbers.map { Float($0) }
    }

    /// The settings under a key; nil when they are not there.
    func settings(_ key: String) throws -> CheckpointConfig? {
        guard let value = value(key) else { return nil }
        guard let members = value.object else { throw Self.damaged("says \(key) = \(Self.shown(value)); an object is possible") }
        return CheckpointConfig(members: members)
    }

    /// Refuses a setting whose value changes the network into one that is not here.
    func require(_ key: String, among allowed: [JSONValue]) throws {
        guard let value = value(key), !allowed.contains(value) else { return }
        throw Self.unsupported("says \(key) = \(Self.shown(value))", supported: "\(key) = \(allowed.map(\.text).joined(separator: " or "))")
    }

    private static func shown(_ value: JSONValue) -> String { GGUFReader.quoted(value.text) }
}
