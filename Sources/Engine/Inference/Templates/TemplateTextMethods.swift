/// Methods of texts.
extension TemplateEvaluator {
    func call(_ name: TemplateMethodName, of bytes: [UInt8], _ arguments: TemplateArguments) throws -> TemplateValue {
        try charge(bytes.count)
        switch name {
        case .strip, .lstrip, .rstrip:
            let characters = try arguments.bound(to: ["chars"], of: "'\(name.rawValue)'")[0]?.bytes
            try charge(characters?.count ?? 0)
            return try text(TemplateText.stripped(bytes, of: characters, left: name != .rstrip, right: name != .lstrip))
        case .upper: return try text(TemplateText.upper(bytes))
        case .lower: return try text(TemplateText.lower(bytes))
        case .title: return try text(TemplateText.titled(bytes))
        case .capitalize: return try text(TemplateText.capitalized(bytes))
        case .startswith, .endswith: return .bool(try hasEnd(name, bytes, arguments))
        case .removeprefix, .removesuffix:
            let end = try operand(arguments, name)
            guard try hasEnd(name == .removeprefix ? .startswith : .endswith, bytes, arguments) else { return .text(bytes) }
            return try text(Array(name == .removeprefix ? bytes.dropFirst(end.count) : bytes.dropLast(end.count)))
        case .replace:
            let given = try arguments.bound(to: ["old", "new", "count"], of: "'replace'")
            guard let old = given[0]?.bytes, let new = given[1]?.bytes else { throw TemplateProblem("'replace' needs two texts") }
            return .text(try replaced(bytes, old, new, countMax: integer(given[2], -1, "a count")))
        case .join:
            let values = try elements(of: arguments.all(["values"], of: "'join'")[0])
            guard values.allSatisfy({ $0.bytes != nil }) else { throw TemplateProblem("'join' takes texts only") }
            return .text(try joined(values, with: bytes))
        case .format: return try text(braced(bytes, arguments))
        case .zfill, .ljust, .rjust: return try justified(bytes, name, arguments)
        case .isdigit, .isalpha, .isalnum, .isspace, .islower, .isupper: return .bool(Self.isKind(bytes, name))
        case .find, .rfind, .index, .count: return try search(name, bytes, arguments)
        default: return try pieces(name, bytes, arguments)
        }
    }

    private func operand(_ arguments: TemplateArguments, _ name: TemplateMethodName) throws -> [UInt8] {
        guard let first = arguments.positional.first?.bytes, arguments.named.isEmpty else { throw TemplateProblem("'\(name.rawValue)' needs a text") }
        try charge(first.count)
        return first
    }

    /// `startswith` and `endswith` take a text, or a tuple of texts one of which is enough.
    private func hasEnd(_ name: TemplateMethodName, _ bytes: [UInt8], _ arguments: TemplateArguments) throws -> Bool {
        var ends: [TemplateValue] = arguments.positional
        if ends.count == 1, case .tuple(let list) = ends[0] { ends = list.items } else if ends.count != 1 { throw TemplateProblem("'\(name.rawValue)' takes one text") }
        for end in ends {
            guard let end = end.bytes else { throw TemplateProblem("'\(name.rawValue)' takes a text or a tuple of texts") }
            try charge(end.count)
            if TemplateText.matches(end, bytes, at: name == .startswith ? 0 : bytes.count - end.count) { return true }
        }
        return false
    }

    private func justified(_ bytes: [UInt8], _ name: TemplateMethodName, _ arguments: TemplateArguments) throws -> TemplateValue {
        let room = try integer(arguments.positional.first, 0, "a width").subtractingReportingOverflow(TemplateText.count(bytes)).partialValue
        if name == .zfill, let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            guard case .text(let rest) = try padded(Array(bytes.dropFirst()), left: max(room, 0), total: room, with: 48) else { return .text(bytes) }
            return .text([sign] + rest)
        }
        let filler = arguments.positional.dropFirst().first?.bytes?.first ?? 32
        return try padded(bytes, left: name == .ljust ? 0 : max(room, 0), total: room, with: name == .zfill ? 48 : filler < 0x80 ? filler : 32)
    }

    private static func isKind(_ bytes: [UInt8], _ name: TemplateMethodName) -> Bool {
        switch name {
        case .isdigit: TemplateText.isAll(bytes) { $0.properties.numericType == .decimal || $0.properties.numericType == .digit }
        case .isalpha: TemplateText.isAll(bytes, isLetter)
        case .isalnum: TemplateText.isAll(bytes) { isLetter($0) || $0.properties.numericType != nil }
        case .isspace: TemplateText.isAll(bytes, TemplateText.isSpace)
        default: TemplateText.isAll(lower: name == .islower, bytes)
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// `find`, `rfind`, `index`, `count`; bounds after the text are not supported.
    private func search(_ name: TemplateMethodName, _ bytes: [UInt8], _ arguments: TemplateArguments) throws -> TemplateValue {
        let needle = try operand(arguments, name)
        guard arguments.positional.count == 1 else { throw TemplateProblem("bounds of '\(name.rawValue)' are not supported") }
        if name == .count {
            return .int(needle.isEmpty ? TemplateText.count(bytes) + 1 : TemplateText.occurrences(of: needle, in: bytes).count)
        }
        let place = name == .rfind ? TemplateText.findLast(needle, in: bytes) : TemplateText.find(needle, in: bytes)
        guard let place else {
            guard name != .index else { throw TemplateProblem("a text does not hold the one whose index is asked for") }
            return .int(-1)
        }
        return .int(TemplateText.count(Array(bytes[..<place])))
    }

    /// `split`, `rsplit`, `splitlines`, `partition`, `rpartition`.
    private func pieces(_ name: TemplateMethodName, _ bytes: [UInt8], _ arguments: TemplateArguments) throws -> TemplateValue {
        switch name {
        case .splitlines:
            let keepsEnds = try arguments.bound(to: ["keepends"], of: "'splitlines'")[0]?.isTrue == true
            try chargeElements(bytes.count)
            return try list(TemplateText.lines(bytes, keepsEnds: keepsEnds).map { .text($0) })
        case .partition, .rpartition:
            let needle = try operand(arguments, name)
            guard !needle.isEmpty else { throw TemplateProblem("'\(name.rawValue)' needs a text that is not empty") }
            guard let place = name == .partition ? TemplateText.find(needle, in: bytes) : TemplateText.findLast(needle, in: bytes) else {
                return try tuple(name == .partition ? [.text(bytes), .text([]), .text([])] : [.text([]), .text([]), .text(bytes)])
            }
            return try tuple([.text(Array(bytes[..<place])), .text(needle), .text(Array(bytes[(place + needle.count)...]))])
        default: return try split(name, bytes, arguments)
        }
    }

    private func split(_ name: TemplateMethodName, _ bytes: [UInt8], _ arguments: TemplateArguments) throws -> TemplateValue {
        let given = try arguments.bound(to: ["sep", "maxsplit"], of: "'\(name.rawValue)'")
        let bound = try integer(given[1], -1, "a count of cuts")
        let cutMax = bound < 0 ? Int.max : bound
        guard let needle = given[0]?.bytes else {
            guard given[0]?.isTrue != true else { throw TemplateProblem("'\(name.rawValue)' cuts at a text") }
            try chargeElements(bytes.count)
            if name == .rsplit, cutMax < bytes.count {
                // From the right: the words of the mirrored text, mirrored.
                let mirrored = TemplateText.words(TemplateText.bytes(TemplateText.scalars(bytes).reversed()), cutMax: cutMax)
                return try list(mirrored.reversed().map { .text(TemplateText.bytes(TemplateText.scalars($0).reversed())) })
            }
            return try list(TemplateText.words(bytes, cutMax: cutMax).map { .text($0) })
        }
        guard !needle.isEmpty else { throw TemplateProblem("'\(name.rawValue)' cuts at a text that is not empty") }
        try charge(needle.count)
        var starts: [Int]
        if name == .rsplit {
            starts = TemplateText.occurrences(of: needle.reversed(), in: bytes.reversed(), countMax: cutMax).map { bytes.count - $0 - needle.count }.reversed()
        } else {
            starts = TemplateText.occurrences(of: needle, in: bytes, countMax: cutMax)
        }
        try chargeElements(starts.count)
        try charge(bytes.count)
        return try list(TemplateText.pieces(bytes, cutAt: starts, length: needle.count).map { .text($0) })
    }
}
