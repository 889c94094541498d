/// A key of a dictionary. True, 1 and 1.0 are one key, as in Python.
enum TemplateKey: Hashable {
    case none
    case int(Int)
    case float(Double)
    case text([UInt8])
    case tuple([TemplateKey])

    /// - Throws: if the value may not be a key.
    init(_ value: TemplateValue) throws {
        switch value {
        case .none: self = .none
        case .bool(let value): self = .int(value ? 1 : 0)
        case .int(let value): self = .int(value)
        case .float(let value): self = Int(exactly: value).map { .int($0) } ?? .float(value)
        case .text(let bytes): self = .text(bytes)
        // Flat tuples only: one that shares its parts may be exponentially larger than it looks.
        case .tuple(let list) where list.depth <= 1: self = .tuple(try list.items.map(TemplateKey.init))
        default: throw TemplateProblem("\(value.typeName) cannot be a key")
        }
    }

    /// Bytes that a comparison reads.
    var cost: Int {
        switch self {
        case .text(let bytes): bytes.count + 8
        case .tuple(let keys): keys.reduce(8) { $0 &+ $1.cost }
        default: 8
        }
    }
}

/// A dictionary in the order in which keys were first set.
final class TemplateDictionary {
    private(set) var names: [TemplateValue] = []
    private(set) var values: [TemplateValue] = []
    private var keys: [TemplateKey] = []
    /// Only for more keys than one looks through in the same time.
    private var places: [TemplateKey: Int] = [:]
    private static let searchMax = 8
    var depth = 1

    var count: Int { keys.count }
    var isEmpty: Bool { keys.isEmpty }

    func place(of key: TemplateKey) -> Int? { keys.count > Self.searchMax ? places[key] : keys.firstIndex(of: key) }

    func value(_ key: TemplateKey) -> TemplateValue? { place(of: key).map { values[$0] } }

    /// Sets a value; the depth is the caller's matter.
    func set(_ key: TemplateKey, _ name: TemplateValue, _ value: TemplateValue) {
        if let place = place(of: key) {
            values[place] = value
            return
        }
        keys.append(key)
        names.append(name)
        values.append(value)
        if keys.count == Self.searchMax + 1 {
            for (place, key) in keys.enumerated() { places[key] = place }
        } else if keys.count > Self.searchMax {
            places[key] = keys.count - 1
        }
    }

    func remove(at place: Int) -> TemplateValue {
        keys.remove(at: place)
        names.remove(at: place)
        places = [:]
        if keys.count > Self.searchMax {
            for (place, key) in keys.enumerated() { places[key] = place }
        }
        return values.remove(at: place)
    }

    func removeAll() {
        keys = []
        names = []
        values = []
        places = [:]
    }
}
