/// Filters on lists and dictionaries.
extension TemplateEvaluator {
    func sequential(_ value: TemplateValue, _ filter: TemplateFilter, _ given: [TemplateValue?]) throws -> TemplateValue {
        switch filter {
        case .length: return .int(try count(of: value))
        case .first: return try elements(of: value).first ?? .undefined(-1)
        case .last: return try elements(of: value).last ?? .undefined(-1)
        case .list: return try list(elements(of: value))
        case .reverse:
            if case .text(let bytes) = value {
                try chargeElements(bytes.count)
                return try text(TemplateText.bytes(TemplateText.scalars(bytes).reversed()))
            }
            return try list(elements(of: value).reversed())
        case .join: return .text(try joined(members(elements(of: value), given[1]), with: string(given[0] ?? .text([]))))
        case .items:
            if value.isUndefined { return try list([]) }
            guard case .dictionary(let dictionary) = value else { throw TemplateProblem("\(value.typeName) has no items") }
            return try items(of: dictionary)
        case .unique: return try unique(elements(of: value), isCaseSensitive: given[0]?.isTrue == true, attribute: given[1])
        case .sort: return try sorted(elements(of: value), isReversed: given[0]?.isTrue == true, isCaseSensitive: given[1]?.isTrue == true, attribute: given[2])
        case .dictsort: return try dictionarySorted(value, given)
        case .min, .max:
            let all = try elements(of: value)
            let keys = try keys(of: all, isCaseSensitive: given[0]?.isTrue == true, attribute: given[1])
            guard var best = keys.indices.first else { return .undefined(-1) }
            for index in keys.indices.dropFirst() where try filter == .min ? isLess(keys[index], keys[best]) : isLess(keys[best], keys[index]) { best = index }
            return all[best]
        case .sum:
            var total = given[1] ?? .int(0)
            for item in try members(elements(of: value), given[0]) { total = try calculate(total, .plus, item) }
            return total
        case .batch: return try batched(elements(of: value), integer(given[0], 0, "the length of a batch"), given[1])
        default: return try cut(elements(of: value), integer(given[0], 0, "the count of slices"), given[1])
        }
    }

    private func count(of value: TemplateValue) throws -> Int {
        switch value {
        case .undefined: return 0
        case .text(let bytes):
            try charge(bytes.count)
            return TemplateText.count(bytes)
        case .list(let list), .tuple(let list): return list.items.count
        case .dictionary(let dictionary): return dictionary.count
        case .loop(let loop): return loop.items.count
        default: throw TemplateProblem("\(value.typeName) has no length")
        }
    }

    func joined(_ values: [TemplateValue], with separator: [UInt8]) throws -> [UInt8] {
        var out: [UInt8] = []
        for (index, value) in values.enumerated() {
            let bytes = try string(value)
            // Counted before it is made; what is charged is only what is new.
            guard out.count + bytes.count + separator.count <= bounds.textByteCount else {
                try checkText(.max)
                return out
            }
            try charge(bytes.count + separator.count)
            if index > 0 { out += separator }
            out += bytes
        }
        return out
    }

    func items(of dictionary: TemplateDictionary) throws -> TemplateValue {
        try list(zip(dictionary.names, dictionary.values).map { try tuple([$0, $1]) })
    }

    // MARK: - Attributes

    /// The parts of `a.b.0`.
    private func path(_ attribute: TemplateValue) throws -> [TemplateValue] {
        guard let bytes = attribute.bytes else { return [attribute] }
        try charge(bytes.count)
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { part in
            if !part.isEmpty, part.allSatisfy({ $0 &- 48 < 10 }), let index = Int(String(decoding: part, as: UTF8.self)) { return .int(index) }
            return .text(Array(part))
        }
    }

    private func member(_ item: TemplateValue, _ path: [TemplateValue], standard: TemplateValue? = nil) throws -> TemplateValue {
        var value = item
        for part in path {
            try countNode()
            value = try subscripted(value, part)
            if let standard, value.isUndefined { value = standard }
        }
        return value
    }

    private func members(_ items: [TemplateValue], _ attribute: TemplateValue?) throws -> [TemplateValue] {
        guard let attribute, !Self.isNone(attribute) else { return items }
        let path = try path(attribute)
        try chargeElements(items.count)
        return try items.map { try member($0, path) }
    }

    private static func isNone(_ value: TemplateValue) -> Bool { if case .none = value { true } else { false } }

    /// What items are compared by: the item or its attribute, in small letters unless case matters.
    private func keys(of items: [TemplateValue], isCaseSensitive: Bool, attribute: TemplateValue?) throws -> [TemplateValue] {
        let members = try members(items, attribute)
        return try isCaseSensitive ? members : members.map(ignoringCase)
    }

    private func ignoringCase(_ value: TemplateValue) throws -> TemplateValue {
        guard let bytes = value.bytes else { return value }
        try charge(bytes.count)
        return .text(TemplateText.lower(bytes))
    }

    // MARK: - Choice

    func mapped(_ value: TemplateValue, _ arguments: TemplateArguments) throws -> TemplateValue {
        let items = try elements(of: value)
        try chargeElements(items.count)
        if arguments.positional.isEmpty, let attribute = arguments.named.first(where: { $0.name == "attribute" })?.value {
            let path = try path(attribute)
            let standard = arguments.named.first { $0.name == "default" }?.value
            return try list(items.map { try member($0, path, standard: standard) })
        }
        var rest = arguments
        guard let name = rest.positional.first, case let name = try String(decoding: string(name), as: UTF8.self), let filter = TemplateFilter.named(name) else {
            throw TemplateProblem("the filter 'map' needs an attribute or a filter that is known here")
        }
        rest.positional.removeFirst()
        return try list(
            items.map { item in
                try enter()
                defer { depth -= 1 }
                return try self.filter(item, filter, rest)
            })
    }

    func selected(_ value: TemplateValue, _ filter: TemplateFilter, _ arguments: TemplateArguments) throws -> TemplateValue {
        let wanted = filter == .select || filter == .selectattr
        var rest = arguments
        var path: [TemplateValue] = []
        if filter == .selectattr || filter == .rejectattr {
            guard let attribute = rest.positional.first else { throw TemplateProblem("the filter '\(filter.rawValue)' needs an attribute") }
            path = try self.path(attribute)
            rest.positional.removeFirst()
        }
        var test: TemplateTest?
        if let name = rest.positional.first {
            test = TemplateTest.named(String(decoding: try string(name), as: UTF8.self))
            guard test != nil else { throw TemplateProblem("the filter '\(filter.rawValue)' names a test that is not known here") }
            rest.positional.removeFirst()
        }
        return try list(
            elements(of: value).filter { item in
                try countNode()
                let value = try member(item, path)
                return try (test.map { try self.test(value, $0, rest) } ?? value.isTrue) == wanted
            })
    }

    private func unique(_ items: [TemplateValue], isCaseSensitive: Bool, attribute: TemplateValue?) throws -> TemplateValue {
        var seen: Set<TemplateKey> = []
        let keys = try keys(of: items, isCaseSensitive: isCaseSensitive, attribute: attribute)
        return try list(zip(items, keys).filter { try seen.insert(key($0.1)).inserted }.map(\.0))
    }

    // MARK: - Order

    private func sorted(_ items: [TemplateValue], isReversed: Bool, isCaseSensitive: Bool, attribute: TemplateValue?) throws -> TemplateValue {
        try chargeElements(items.count)
        let attributes = attribute?.bytes.map { $0.split(separator: UInt8(ascii: ",")).map { TemplateValue.text(Array($0)) } } ?? [attribute ?? .none]
        let columns = try attributes.map { try keys(of: items, isCaseSensitive: isCaseSensitive, attribute: $0) }
        return try list(order(columns, count: items.count, isReversed: isReversed).map { items[$0] })
    }

    /// Indices in the order of the columns, the first first. Equal ones stay as they were, also when reversed, as in Python.
    private func order(_ columns: [[TemplateValue]], count: Int, isReversed: Bool) throws -> [Int] {
        try (0..<count).sorted { left, right in
            for column in columns where try !areEqual(column[left], column[right]) {
                return try isReversed ? isLess(column[right], column[left]) : isLess(column[left], column[right])
            }
            return left < right
        }
    }

    private func dictionarySorted(_ value: TemplateValue, _ given: [TemplateValue?]) throws -> TemplateValue {
        guard case .dictionary(let dictionary) = value else { throw TemplateProblem("\(value.typeName) has no items") }
        let by = given[1]?.bytes.map { String(decoding: $0, as: UTF8.self) } ?? "key"
        guard by == "key" || by == "value" else { throw TemplateProblem("the filter 'dictsort' sorts by key or value") }
        let keys = try keys(of: by == "key" ? dictionary.names : dictionary.values, isCaseSensitive: given[0]?.isTrue == true, attribute: nil)
        let places = try order([keys], count: keys.count, isReversed: given[2]?.isTrue == true)
        return try list(places.map { try tuple([dictionary.names[$0], dictionary.values[$0]]) })
    }

    // MARK: - Pieces

    private func batched(_ items: [TemplateValue], _ length: Int, _ filler: TemplateValue?) throws -> TemplateValue {
        guard length > 0 else { throw TemplateProblem("the length of a batch is not positive") }
        var batches: [TemplateValue] = []
        for start in stride(from: 0, to: items.count, by: length) {
            var batch = Array(items[start..<min(items.count, start.addingReportingOverflow(length).overflow ? .max : start + length)])
            if let filler, !Self.isNone(filler), batch.count < length {
                try chargeElements(length)
                batch += Array(repeating: filler, count: length - batch.count)
            }
            batches.append(try list(batch))
        }
        return try list(batches)
    }

    private func cut(_ items: [TemplateValue], _ count: Int, _ filler: TemplateValue?) throws -> TemplateValue {
        guard count > 0 else { throw TemplateProblem("the count of slices is not positive") }
        try chargeElements(count)
        let (size, extra) = items.count.quotientAndRemainder(dividingBy: count)
        var slices: [TemplateValue] = []
        var start = 0
        for index in 0..<count {
            let end = start + size + (index < extra ? 1 : 0)
            var slice = Array(items[start..<end])
            if let filler, !Self.isNone(filler), index >= extra { slice.append(filler) }
            slices.append(try list(slice))
            start = end
        }
        return try list(slices)
    }
}
