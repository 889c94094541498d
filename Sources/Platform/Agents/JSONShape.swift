import Core

/// A part of JSON Schema that is checked in full: what it cannot check it refuses to be made of.
///
/// `type`, `properties`, `required`, `additionalProperties` (true or false), `items`, `enum`, `const`, `minimum`, `maximum`, `minLength`, `maxLength`, `minItems`, `maxItems`; `title`, `description` and `default` are for readers.
/// Findings name the path and what is expected, never the value: a model's arguments may quote anything.
public struct JSONShape: Sendable, Hashable {
    /// The schema as it was given.
    public let json: JSONValue
    private let root: Node

    /// Objects and arrays inside one another.
    public static let depthMax = 8
    /// Schemas inside one schema.
    public static let nodeCountMax = 200
    /// Findings about one value; more help nobody.
    public static let findingCountMax = 20
    /// Elements of one array and members of one object that are looked at; longer ones are refused.
    public static let elementCountMax = 10_000

    /// - Throws: `agents.schema` for a keyword that is not checked, a malformed one, or a schema over the bounds.
    public init(_ json: JSONValue) throws {
        self.json = json
        var count = 0
        root = try Node(json, "schema", depth: 0, count: &count)
    }

    /// What is wrong with a value; empty when it fits.
    public func findings(in value: JSONValue) -> [String] {
        var findings: [String] = []
        root.check(value, "arguments", &findings)
        return findings
    }

    /// One schema.
    private indirect enum Items: Sendable, Hashable { case any, each(Node) }

    private struct Node: Sendable, Hashable {
        var types: Set<String> = []
        var properties: [String: Node] = [:]
        var required: [String] = []
        var isOpen = true
        var items = Items.any
        var allowed: [JSONValue] = []
        var least: Double?, most: Double?
        var length = 0...Int.max
        var count = 0...Int.max

        private static let keywords: Set<String> = [
            "type", "properties", "required", "additionalProperties", "items", "enum", "const", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "title", "description", "default",
        ]
        private static let names: Set<String> = ["object", "array", "string", "number", "integer", "boolean", "null"]

        init(_ json: JSONValue, _ path: String, depth: Int, count total: inout Int) throws {
            func wrong(_ what: String) -> Fault { Fault(.agentSchema, "\(path): \(what)", remedy: "use only what JSONShape checks") }
            total += 1
            guard depth <= JSONShape.depthMax, total <= JSONShape.nodeCountMax else { throw wrong("the schema is deeper than \(JSONShape.depthMax) or has more than \(JSONShape.nodeCountMax) parts") }
            guard let members = json.object else { throw wrong("a schema is an object") }
            if let odd = members.keys.sorted().first(where: { !Self.keywords.contains($0) }) { throw wrong("the keyword \(odd) is not checked") }
            if let type = json["type"] {
                types = Set(type.string.map { [$0] } ?? (type.array ?? []).compactMap(\.string))
                guard !types.isEmpty, types.isSubset(of: Self.names) else { throw wrong("type must be one of \(Self.names.sorted().joined(separator: ", "))") }
            }
            if let list = json["properties"] {
                guard let named = list.object else { throw wrong("properties must be an object") }
                for (name, schema) in named.sorted(by: { $0.key < $1.key }) { properties[name] = try Node(schema, "\(path).\(name)", depth: depth + 1, count: &total) }
            }
            if let list = json["required"] {
                required = (list.array ?? []).compactMap(\.string)
                guard required.count == list.array?.count else { throw wrong("required must be an array of names") }
            }
            if let open = json["additionalProperties"] {
                guard let flag = open.bool else { throw wrong("additionalProperties must be true or false") }
                isOpen = flag
            }
            if let each = json["items"] { items = .each(try Node(each, "\(path)[]", depth: depth + 1, count: &total)) }
            if let list = json["enum"] {
                guard let values = list.array, !values.isEmpty else { throw wrong("enum must be a list of values") }
                allowed = values
            }
            if let value = json["const"] { allowed = [value] }
            (least, most) = (json["minimum"]?.double, json["maximum"]?.double)
            func bounds(_ least: String, _ most: String) throws -> ClosedRange<Int> {
                let (low, high) = (json[least]?.int ?? 0, json[most]?.int ?? Int.max)
                guard low >= 0, low <= high else { throw wrong("\(least) and \(most) must be whole numbers in order") }
                return low...high
            }
            length = try bounds("minLength", "maxLength")
            count = try bounds("minItems", "maxItems")
        }

        func check(_ value: JSONValue, _ path: String, _ findings: inout [String]) {
            guard findings.count < JSONShape.findingCountMax else { return }
            guard types.isEmpty || types.contains(where: { Self.matches(value, $0) }) else {
                return findings.append("\(path) must be of type \(types.sorted().joined(separator: " or "))")
            }
            if !allowed.isEmpty, !allowed.contains(value) { findings.append("\(path) must be one of the \(allowed.count) listed values") }
            if let number = value.double, (least.map { number < $0 } ?? false) || (most.map { number > $0 } ?? false) {
                findings.append("\(path) must be \(least.map { "at least \($0)" } ?? "")\(least != nil && most != nil ? " and " : "")\(most.map { "at most \($0)" } ?? "")")
            }
            switch value {
            case .string(let text) where !length.contains(text.unicodeScalars.count):
                findings.append("\(path) must have \(length.lowerBound)\(length.upperBound == Int.max ? " or more" : " to \(length.upperBound)") characters")
            case .array(let elements):
                guard count.contains(elements.count), elements.count <= JSONShape.elementCountMax else {
                    return findings.append("\(path) must have \(count.lowerBound) to \(min(count.upperBound, JSONShape.elementCountMax)) elements")
                }
                guard case .each(let node) = items else { return }
                for (index, element) in elements.enumerated() { node.check(element, "\(path)[\(index)]", &findings) }
            case .object(let members):
                for name in required where members[name] == nil { findings.append("\(path).\(name) is missing") }
                let odd = members.keys.count { properties[$0] == nil }
                if !isOpen, odd > 0 { findings.append("\(path) has \(odd) members that it may not have; it may have \(properties.keys.sorted().joined(separator: ", "))") }
                for (name, node) in properties.sorted(by: { $0.key < $1.key }) { if let member = members[name] { node.check(member, "\(path).\(name)", &findings) } }
            default: break
            }
        }

        private static func matches(_ value: JSONValue, _ type: String) -> Bool {
            switch (type, value) {
            case ("object", .object), ("array", .array), ("string", .string), ("number", .int), ("number", .double), ("boolean", .bool), ("null", .null): true
            case ("integer", _): value.int != nil
            default: false
            }
        }
    }
}
