/// Methods of texts, lists, dictionaries and loops.
enum TemplateMethodName: String, Sendable {
    case strip, lstrip, rstrip, split, rsplit, splitlines, startswith, endswith, upper, lower, replace, title, capitalize, find, rfind, index, count, join, format
    case isdigit, isalpha, isalnum, isspace, islower, isupper, removeprefix, removesuffix, partition, rpartition, zfill, ljust, rjust
    case append, extend, insert, pop
    case keys, values, items, get, update, setdefault, copy
    case cycle, changed

    static let ofTexts: Set<TemplateMethodName> = [
        .strip, .lstrip, .rstrip, .split, .rsplit, .splitlines, .startswith, .endswith, .upper, .lower, .replace, .title, .capitalize, .find, .rfind, .index,
        .count, .join, .format, .isdigit, .isalpha, .isalnum, .isspace, .islower, .isupper, .removeprefix, .removesuffix, .partition, .rpartition, .zfill,
        .ljust, .rjust,
    ]
    static let ofLists: Set<TemplateMethodName> = [.append, .extend, .insert, .pop, .index, .count, .copy]
    static let ofDictionaries: Set<TemplateMethodName> = [.keys, .values, .items, .get, .pop, .update, .setdefault, .copy]
}

extension TemplateEvaluator {
    static func has(_ name: TemplateMethodName, _ value: TemplateValue) -> Bool {
        switch value {
        case .text: TemplateMethodName.ofTexts.contains(name)
        case .list: TemplateMethodName.ofLists.contains(name)
        case .tuple: name == .index || name == .count
        case .dictionary: TemplateMethodName.ofDictionaries.contains(name)
        case .loop: name == .cycle || name == .changed
        default: false
        }
    }

    func call(_ name: TemplateMethodName, of receiver: TemplateValue, _ arguments: TemplateArguments) throws -> TemplateValue {
        switch receiver {
        case .text(let bytes): return try call(name, of: bytes, arguments)
        case .list(let list): return try call(name, of: list, arguments)
        case .tuple(let list): return try search(name, list.items, arguments)
        case .dictionary(let dictionary): return try call(name, of: dictionary, arguments)
        case .loop(let loop): return try call(name, of: loop, arguments)
        default: throw TemplateProblem("\(receiver.typeName) has no method '\(name.rawValue)'")
        }
    }

    // MARK: - Lists

    private func search(_ name: TemplateMethodName, _ items: [TemplateValue], _ arguments: TemplateArguments) throws -> TemplateValue {
        let value = try arguments.all(["value"], of: "'\(name.rawValue)'")[0]
        if name == .count { return .int(try items.filter { try areEqual($0, value) }.count) }
        guard let index = try items.firstIndex(where: { try areEqual($0, value) }) else { throw TemplateProblem("a list does not hold the value whose index is asked for") }
        return .int(index)
    }

    private func call(_ name: TemplateMethodName, of list: TemplateList, _ arguments: TemplateArguments) throws -> TemplateValue {
        switch name {
        case .append:
            try add(arguments.all(["value"], of: "'append'"), to: list, at: list.items.count)
            return .none
        case .extend:
            try add(elements(of: arguments.all(["values"], of: "'extend'")[0]), to: list, at: list.items.count)
            return .none
        case .insert:
            let given = try arguments.all(["index", "value"], of: "'insert'")
            let index = try integer(given[0], 0, "an index")
            try chargeElements(list.items.count)
            try add([given[1]], to: list, at: max(0, min(index < 0 ? index + list.items.count : index, list.items.count)))
            return .none
        case .pop:
            let index = try integer(arguments.bound(to: ["index"], of: "'pop'")[0], -1, "an index")
            let place = index < 0 ? index + list.items.count : index
            guard list.items.indices.contains(place) else { throw TemplateProblem("'pop' takes an element that is not there") }
            try chargeElements(list.items.count - place)
            return list.items.remove(at: place)
        case .copy: return try self.list(list.items)
        default: return try search(name, list.items, arguments)
        }
    }

    /// A list that grows may come to hold itself, so it is remembered.
    private func add(_ values: [TemplateValue], to list: TemplateList, at place: Int) throws {
        try chargeElements(values.count)
        let depth = values.reduce(list.depth) { max($0, $1.depth + 1) }
        try checkDepth(depth)
        list.depth = depth
        keep(list)
        list.items.insert(contentsOf: values, at: place)
    }

    // MARK: - Dictionaries

    private func call(_ name: TemplateMethodName, of dictionary: TemplateDictionary, _ arguments: TemplateArguments) throws -> TemplateValue {
        switch name {
        case .keys: return try list(dictionary.names)
        case .values: return try list(dictionary.values)
        case .items: return try items(of: dictionary)
        case .get:
            let given = try arguments.bound(to: ["key", "default"], of: "'get'")
            return try dictionary.value(key(given[0] ?? .none)) ?? given[1] ?? .none
        case .pop:
            let given = try arguments.bound(to: ["key", "default"], of: "'pop'")
            guard let place = try dictionary.place(of: key(given[0] ?? .none)) else {
                guard let standard = given[1] else { throw TemplateProblem("'pop' takes a key that is not there") }
                return standard
            }
            try chargeElements(dictionary.count * 4)
            return dictionary.remove(at: place)
        case .update:
            keep(dictionary)
            for value in arguments.positional { try update(dictionary, with: value) }
            for (name, value) in arguments.named { try set(.text(name), to: value, in: dictionary) }
            return .none
        case .setdefault:
            let given = try arguments.bound(to: ["key", "default"], of: "'setdefault'")
            if let found = try dictionary.value(key(given[0] ?? .none)) { return found }
            keep(dictionary)
            try set(given[0] ?? .none, to: given[1] ?? .none, in: dictionary)
            return given[1] ?? .none
        default:
            let copy = TemplateDictionary()
            try update(copy, with: .dictionary(dictionary))
            return .dictionary(copy)
        }
    }

    // MARK: - Loops

    private func call(_ name: TemplateMethodName, of loop: TemplateLoop, _ arguments: TemplateArguments) throws -> TemplateValue {
        if name == .cycle {
            guard !arguments.positional.isEmpty else { throw TemplateProblem("'cycle' needs a value") }
            return arguments.positional[loop.index % arguments.positional.count]
        }
        let values = arguments.positional
        let isSame = try loop.lastChecked.map { last in try last.count == values.count && zip(last, values).allSatisfy { try areEqual($0, $1) } } ?? false
        loop.lastChecked = values
        return .bool(!isSame)
    }
}
