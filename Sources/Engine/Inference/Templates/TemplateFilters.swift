/// Filters: `value|name`.
enum TemplateFilter: String, Sendable {
    case trim, upper, lower, title, capitalize, replace, string, safe, escape, forceescape, indent, truncate, center, wordcount, format, tojson, pprint
    case int, float, abs, round, `default`, length, first, last, list, join, map, select, reject, selectattr, rejectattr, unique, sort, reverse, items
    case dictsort, batch, slice, sum, min, max, attr

    private static let aliases: [String: TemplateFilter] = ["count": .length, "d": .default, "e": .escape]

    static func named(_ name: String) -> TemplateFilter? { aliases[name] ?? TemplateFilter(rawValue: name) }

    /// The parameters after the value, in Python's order.
    var parameters: [String] {
        switch self {
        case .trim: ["chars"]
        case .replace: ["old", "new", "count"]
        case .indent: ["width", "first", "blank"]
        case .truncate: ["length", "killwords", "end", "leeway"]
        case .center: ["width"]
        case .tojson: ["ensure_ascii", "indent", "separators", "sort_keys"]
        case .int: ["default", "base"]
        case .float: ["default"]
        case .round: ["precision", "method"]
        case .default: ["default_value", "boolean"]
        case .join: ["d", "attribute"]
        case .unique, .min, .max: ["case_sensitive", "attribute"]
        case .sort: ["reverse", "case_sensitive", "attribute"]
        case .dictsort: ["case_sensitive", "by", "reverse"]
        case .batch: ["linecount", "fill_with"]
        case .slice: ["slices", "fill_with"]
        case .sum: ["attribute", "start"]
        case .attr: ["name"]
        default: []
        }
    }
}

extension TemplateEvaluator {
    func filter(_ value: TemplateValue, _ filter: TemplateFilter, _ arguments: TemplateArguments) throws -> TemplateValue {
        switch filter {
        // Their arguments are those of another filter or test.
        case .map: return try mapped(value, arguments)
        case .select, .reject, .selectattr, .rejectattr: return try selected(value, filter, arguments)
        case .format: return try text(formatted(string(value), formatArgument(arguments)))
        default: break
        }
        let given = try arguments.bound(to: filter.parameters, of: "the filter '\(filter.rawValue)'")
        switch filter {
        case .default: return value.isUndefined || given[1]?.isTrue == true && !value.isTrue ? given[0] ?? .text([]) : value
        case .safe, .string: return try text(string(value))
        case .tojson: return try json(value, given)
        case .pprint: return try text(representation(value))
        case .int, .float, .abs, .round: return try number(value, filter, given)
        case .attr:
            let name = try string(given[0] ?? .none)
            let method = TemplateMethodName(rawValue: String(decoding: name, as: UTF8.self))
            // The members of a dictionary are items, not attributes.
            if case .dictionary = value, method.map({ Self.has($0, value) }) != true { return .undefined(-1) }
            return try attribute(name, id: -1, method, of: value)
        case .trim, .upper, .lower, .title, .capitalize, .replace, .escape, .forceescape, .indent, .truncate, .center, .wordcount:
            return try textual(string(value), filter, given)
        default: return try sequential(value, filter, given)
        }
    }

    private func formatArgument(_ arguments: TemplateArguments) throws -> TemplateValue {
        guard !arguments.named.isEmpty else { return try tuple(arguments.positional) }
        guard arguments.positional.isEmpty else { throw TemplateProblem("the filter 'format' takes values by place or by name, not both") }
        return .dictionary(try dictionary(from: arguments))
    }

    func integer(_ value: TemplateValue?, _ standard: Int, _ what: String) throws -> Int {
        guard let value else { return standard }
        guard let number = value.integer else { throw TemplateProblem("\(what) is \(value.typeName), not an integer") }
        return number
    }

    // MARK: - Texts

    private func textual(_ bytes: [UInt8], _ filter: TemplateFilter, _ given: [TemplateValue?]) throws -> TemplateValue {
        try charge(bytes.count)
        switch filter {
        case .trim:
            let characters = given[0].flatMap(\.bytes)
            try charge(characters?.count ?? 0)
            return try text(TemplateText.stripped(bytes, of: characters))
        case .upper: return try text(TemplateText.upper(bytes))
        case .lower: return try text(TemplateText.lower(bytes))
        case .title: return try text(TemplateText.titledWords(bytes))
        case .capitalize: return try text(TemplateText.capitalized(bytes))
        case .replace:
            guard let old = given[0], let new = given[1] else { throw TemplateProblem("the filter 'replace' needs two texts") }
            var countMax = -1
            if let count = given[2], case .int(let number) = count { countMax = number }
            return .text(try replaced(bytes, string(old), string(new), countMax: countMax))
        case .escape, .forceescape: return try text(TemplateText.escaped(bytes))
        case .indent: return try indented(bytes, given)
        case .truncate: return try truncated(bytes, given)
        case .center:
            let room = try integer(given[0], 80, "a width") - TemplateText.count(bytes)
            return try padded(bytes, left: room / 2 + (room & 1) * ((room + TemplateText.count(bytes)) & 1), total: room)
        default:
            var isInWord = false
            var count = 0
            for scalar in TemplateText.scalars(bytes) {
                let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
                if isWord, !isInWord { count += 1 }
                isInWord = isWord
            }
            return .int(count)
        }
    }

    /// Blanks on both sides: `total` of them, `left` before the text.
    func padded(_ bytes: [UInt8], left: Int, total: Int, with blank: UInt8 = 32) throws -> TemplateValue {
        guard total > 0 else { return try text(bytes) }
        try checkText(min(total, .max - bytes.count) + bytes.count)
        return .text(Array(repeating: blank, count: left) + bytes + Array(repeating: blank, count: total - left))
    }

    /// `str.replace`; a negative bound is none. An empty text is found between all characters.
    func replaced(_ bytes: [UInt8], _ old: [UInt8], _ new: [UInt8], countMax: Int = -1) throws -> [UInt8] {
        try charge(bytes.count + old.count)
        let limit = countMax < 0 ? Int.max : countMax
        if old.isEmpty {
            let pieces = TemplateText.scalars(bytes)
            try chargeElements(pieces.count)
            let places = min(limit, pieces.count + 1)
            try checkText(bytes.count + new.count * min(places, bounds.textByteCount + 1))
            var out: [UInt8] = []
            for (index, scalar) in pieces.enumerated() {
                if index < places { out += new }
                TemplateText.append(scalar, to: &out)
            }
            return pieces.count < places ? out + new : out
        }
        let starts = TemplateText.occurrences(of: old, in: bytes, countMax: limit)
        guard !starts.isEmpty else { return bytes }
        try chargeElements(starts.count)
        try checkText(bytes.count + starts.count * (new.count - old.count))
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + starts.count * (new.count - old.count))
        var position = 0
        for start in starts {
            out += bytes[position..<start]
            out += new
            position = start + old.count
        }
        return out + bytes[position...]
    }

    private func indented(_ bytes: [UInt8], _ given: [TemplateValue?]) throws -> TemplateValue {
        var indent = given[0]?.bytes ?? []
        if given[0]?.bytes == nil {
            let width = try integer(given[0], 4, "the width of an indent")
            try checkText(width)
            indent = Array(repeating: 32, count: max(0, width))
        }
        let lines = TemplateText.lines(bytes + [10])
        try chargeElements(lines.count)
        let isBlank = given[2]?.isTrue == true
        var out = given[1]?.isTrue == true ? indent : []
        for (index, line) in lines.enumerated() {
            try checkText(out.count + line.count + indent.count + 1)
            if index > 0 { out.append(10) }
            if index > 0, isBlank || !line.isEmpty { out += indent }
            out += line
        }
        return try text(out)
    }

    private func truncated(_ bytes: [UInt8], _ given: [TemplateValue?]) throws -> TemplateValue {
        let length = try integer(given[0], 255, "a length")
        let end = try TemplateText.scalars(given[2].map { try string($0) } ?? Array("...".utf8))
        let leeway = try integer(given[3], 5, "a leeway")
        guard length >= end.count, leeway >= 0 else { throw TemplateProblem("the filter 'truncate' has a length below that of its end") }
        let scalars = TemplateText.scalars(bytes)
        guard scalars.count > length.addingReportingOverflow(leeway).partialValue else { return .text(bytes) }
        var kept = scalars.prefix(length - end.count)
        if given[1]?.isTrue != true, let space = kept.lastIndex(of: " ") { kept = kept[..<space] }
        return try text(TemplateText.bytes(kept + end))
    }

    // MARK: - Numbers and JSON

    private func json(_ value: TemplateValue, _ given: [TemplateValue?]) throws -> TemplateValue {
        var style = TemplateWriter.JSONStyle()
        style.isASCII = given[0]?.isTrue == true
        style.hasSortedKeys = given[3]?.isTrue == true
        if let bytes = given[1]?.bytes {
            style.indent = bytes
        } else if let width = given[1]?.integer {
            try checkText(width)
            style.indent = Array(repeating: 32, count: max(0, width))
        }
        if style.indent != nil { style.itemSeparator = Array(",".utf8) }
        if let separators = given[2], case .tuple(let pair) = separators, pair.items.count == 2 {
            style.itemSeparator = try string(pair.items[0])
            style.keySeparator = try string(pair.items[1])
        } else if let separators = given[2], case .list(let pair) = separators, pair.items.count == 2 {
            style.itemSeparator = try string(pair.items[0])
            style.keySeparator = try string(pair.items[1])
        }
        var writer = TemplateWriter(self)
        try writer.json(value, style)
        return .text(writer.out)
    }

    private func number(_ value: TemplateValue, _ filter: TemplateFilter, _ given: [TemplateValue?]) throws -> TemplateValue {
        switch filter {
        case .int:
            try charge(value.bytes?.count ?? 0)
            return try .int(Self.integer(of: value, radix: integer(given[1], 10, "a base")) ?? integer(given[0], 0, "a default"))
        case .float:
            try charge(value.bytes?.count ?? 0)
            return value.number.map { .float($0) } ?? Self.decimal(of: value).map { .float($0) } ?? given[0] ?? .float(0)
        case .abs:
            if case .float(let number) = value { return .float(number.magnitude) }
            guard let number = value.integer else { throw TemplateProblem("\(value.typeName) has no magnitude") }
            return try number < 0 ? signed(value, isNegative: true) : .int(number)
        default: return try rounded(value, given)
        }
    }

    private static func integer(of value: TemplateValue, radix: Int) -> Int? {
        if let number = value.integer { return number }
        guard let bytes = value.bytes else { return value.number.flatMap { Int(exactly: $0.rounded(.towardZero)) } }
        let digits = String(decoding: TemplateText.stripped(bytes).filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
        if (2...36).contains(radix), let number = Int(digits, radix: radix) { return number }
        return decimal(of: value).flatMap { Int(exactly: $0.rounded(.towardZero)) }
    }

    private static func decimal(of value: TemplateValue) -> Double? {
        guard let bytes = value.bytes, !bytes.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }) else { return nil }
        return Double(String(decoding: TemplateText.stripped(bytes), as: UTF8.self))
    }

    private func rounded(_ value: TemplateValue, _ given: [TemplateValue?]) throws -> TemplateValue {
        guard let number = value.number else { throw TemplateProblem("\(value.typeName) cannot be rounded") }
        let precision = min(max(try integer(given[0], 0, "a precision"), -300), 300)
        var scale = 1.0
        for _ in 0..<abs(precision) { scale *= 10 }
        func scaled(_ rule: FloatingPointRoundingRule) -> Double {
            let large = precision < 0 ? number / scale : number * scale
            guard large.isFinite else { return number }
            if precision < 0 { return large.rounded(rule) * scale }
            return (rule == .toNearestOrEven ? TemplateText.nearest(number, times: scale) : large.rounded(rule)) / scale
        }
        switch given[1]?.bytes.map({ String(decoding: $0, as: UTF8.self) }) ?? "common" {
        case "common":
            if value.integer != nil, precision >= 0 { return .int(value.integer ?? 0) }
            if value.integer != nil { return Int(exactly: scaled(.toNearestOrEven)).map { .int($0) } ?? value }
            return .float(scaled(.toNearestOrEven))
        case "ceil": return .float(scaled(.up))
        case "floor": return .float(scaled(.down))
        default: throw TemplateProblem("the filter 'round' knows common, ceil and floor")
        }
    }
}
