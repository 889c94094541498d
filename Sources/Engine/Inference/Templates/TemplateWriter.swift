/// Writes values as Python's `str`, `repr` and `json.dumps` do.
struct TemplateWriter {
    struct JSONStyle {
        /// What a level is indented by; nil for one line.
        var indent: [UInt8]?
        var itemSeparator = Array(", ".utf8)
        var keySeparator = Array(": ".utf8)
        var isASCII = false
        var hasSortedKeys = false
    }

    private(set) var out: [UInt8] = []
    private let evaluator: TemplateEvaluator
    private var level = 0

    init(_ evaluator: TemplateEvaluator) { self.evaluator = evaluator }

    private mutating func add(_ bytes: some Collection<UInt8>) throws {
        try evaluator.checkText(bytes.count)
        guard out.count + bytes.count <= evaluator.bounds.textByteCount else { return try evaluator.checkText(.max) }
        out.append(contentsOf: bytes)
    }

    private mutating func add(_ text: String) throws { try add(text.utf8) }

    private mutating func nested(_ body: (inout TemplateWriter) throws -> Void) throws {
        level += 1
        try evaluator.checkDepth(level)
        try evaluator.countNode()
        try body(&self)
        level -= 1
    }

    // MARK: - Python

    mutating func representation(_ value: TemplateValue) throws {
        switch value {
        case .undefined: try add("Undefined")
        case .none: try add("None")
        case .bool(let value): try add(value ? "True" : "False")
        case .int(let value): try add(String(value))
        case .float(let value): try add(Self.decimal(value))
        case .text(let bytes):
            try evaluator.charge(bytes.count)
            try add(Self.quoted(bytes))
        case .list(let list): try sequence("[", list.items, "]")
        case .tuple(let list): try sequence("(", list.items, list.items.count == 1 ? ",)" : ")")
        case .dictionary(let dictionary): try pairs(dictionary)
        case .namespace(let namespace):
            try add("<Namespace ")
            try pairs(namespace.members)
            try add(">")
        case .loop(let loop): try add("<LoopContext \(loop.index + 1)/\(loop.items.count)>")
        case .macro(let macro): try add("<Macro '\(macro.syntax.name)'>")
        case .function(let function): try add("<function \(function.rawValue)>")
        case .method(let method): try add("<method \(method.name.rawValue)>")
        }
    }

    private mutating func sequence(_ open: String, _ items: [TemplateValue], _ close: String) throws {
        try nested { writer in
            try writer.add(open)
            for (index, item) in items.enumerated() {
                if index > 0 { try writer.add(", ") }
                try writer.representation(item)
            }
            try writer.add(close)
        }
    }

    private mutating func pairs(_ dictionary: TemplateDictionary) throws {
        try nested { writer in
            try writer.add("{")
            for (index, name) in dictionary.names.enumerated() {
                if index > 0 { try writer.add(", ") }
                try writer.representation(name)
                try writer.add(": ")
                try writer.representation(dictionary.values[index])
            }
            try writer.add("}")
        }
    }

    /// `repr` of a decimal: the shortest digits that give it back, with an exponent below -4 and from 16 on.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        let sign = value.sign == .minus ? "-" : ""
        guard value != 0 else { return sign + "0.0" }
        let parts = "\(value.magnitude)".split(separator: "e")
        let whole = parts[0].prefix { $0 != "." }
        var digits = parts[0].filter { $0 != "." }
        var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == "0" {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == "0", digits.count > 1 { digits.removeLast() }
        switch point {
        case -3...0: return sign + "0." + String(repeating: "0", count: -point) + digits
        case 1...16 where digits.count <= point: return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
        case 1...16: return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        default:
            let exponent = point - 1
            let mantissa = digits.count > 1 ? digits.prefix(1) + "." + digits.dropFirst() : digits
            return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
        }
    }

    /// `repr` of a text: single quotes unless only they occur in it.
    static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        let quote = bytes.contains(39) && !bytes.contains(34) ? UInt8(34) : 39
        var out = [quote]
        for scalar in TemplateText.scalars(bytes) {
            switch scalar.value {
            case UInt32(quote), 92: out += [92, UInt8(scalar.value)]
            case 10: out += Array("\\n".utf8)
            case 13: out += Array("\\r".utf8)
            case 9: out += Array("\\t".utf8)
            case 32..<127: out.append(UInt8(scalar.value))
            default:
                if isPrintable(scalar) { TemplateText.append(scalar, to: &out) } else { out += escape(scalar.value) }
            }
        }
        return out + [quote]
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
        default: true
        }
    }

    private static func escape(_ value: UInt32) -> [UInt8] {
        let (mark, width) = value < 0x100 ? ("\\x", 2) : value < 0x10000 ? ("\\u", 4) : ("\\U", 8)
        let digits = String(value, radix: 16)
        return Array((mark + String(repeating: "0", count: width - digits.count) + digits).utf8)
    }

    // MARK: - JSON

    mutating func json(_ value: TemplateValue, _ style: JSONStyle) throws {
        switch value {
        case .none: try add("null")
        case .bool(let value): try add(value ? "true" : "false")
        case .int(let value): try add(String(value))
        case .float(let value): try add(value.isFinite ? Self.decimal(value) : value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        case .text(let bytes): try string(bytes, style)
        case .list(let list), .tuple(let list):
            try members("[", list.items.count, "]", style) { writer, index in try writer.json(list.items[index], style) }
        case .dictionary(let dictionary):
            let names = try dictionary.names.map(key)
            let order = style.hasSortedKeys ? names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) } : Array(names.indices)
            try members("{", order.count, "}", style) { writer, index in
                try writer.string(names[order[index]], style)
                try writer.add(style.keySeparator)
                try writer.json(dictionary.values[order[index]], style)
            }
        default: throw TemplateProblem("\(value.typeName) cannot be written as JSON")
        }
    }

    private func key(_ name: TemplateValue) throws -> [UInt8] {
        switch name {
        case .text(let bytes): return bytes
        case .none: return Array("null".utf8)
        case .bool(let value): return Array((value ? "true" : "false").utf8)
        case .int(let value): return Array(String(value).utf8)
        case .float(let value): return Array(Self.decimal(value).utf8)
        default: throw TemplateProblem("\(name.typeName) cannot be a key in JSON")
        }
    }

    private mutating func members(
        _ open: String, _ count: Int, _ close: String, _ style: JSONStyle, _ body: (inout TemplateWriter, Int) throws -> Void
    ) throws {
        try nested { writer in
            try writer.add(open)
            for index in 0..<count {
                if index > 0 { try writer.add(style.itemSeparator) }
                try writer.newLine(style, writer.level)
                try body(&writer, index)
            }
            if count > 0 { try writer.newLine(style, writer.level - 1) }
            try writer.add(close)
        }
    }

    private mutating func newLine(_ style: JSONStyle, _ level: Int) throws {
        guard let indent = style.indent else { return }
        try add("\n")
        for _ in 0..<level { try add(indent) }
    }

    private mutating func string(_ bytes: [UInt8], _ style: JSONStyle) throws {
        try evaluator.charge(bytes.count)
        var text: [UInt8] = [34]
        text.reserveCapacity(bytes.count + 2)
        if style.isASCII {
            for scalar in TemplateText.scalars(bytes) {
                if scalar.isASCII { Self.quote(UInt8(scalar.value), to: &text) } else { text += String(scalar).utf16.flatMap(Self.unit) }
            }
        } else {
            for byte in bytes { Self.quote(byte, to: &text) }
        }
        try add(text + [34])
    }

    private static func unit(_ unit: UInt16) -> [UInt8] {
        let digits = String(unit, radix: 16)
        return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    }

    private static func quote(_ byte: UInt8, to out: inout [UInt8]) {
        switch byte {
        case 34, 92: out += [92, byte]
        case 10: out += Array("\\n".utf8)
        case 13: out += Array("\\r".utf8)
        case 9: out += Array("\\t".utf8)
        case 8: out += Array("\\b".utf8)
        case 12: out += Array("\\f".utf8)
        case 0..<32: out += unit(UInt16(byte))
        default: out.append(byte)
        }
    }
}

extension TemplateEvaluator {
    /// `str(value)`.
    func string(_ value: TemplateValue) throws -> [UInt8] {
        switch value {
        case .text(let bytes): return bytes
        case .undefined: return []
        default: return try representation(value)
        }
    }

    func representation(_ value: TemplateValue) throws -> [UInt8] {
        var writer = TemplateWriter(self)
        try writer.representation(value)
        return writer.out
    }
}
