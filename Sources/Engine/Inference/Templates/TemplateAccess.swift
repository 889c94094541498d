/// Attributes, indices and slices.
extension TemplateEvaluator {
    /// `value.key`: the method of that name, else the member. What is not there is undefined; of an undefined value nothing can be asked.
    func attribute(_ key: [UInt8], id: Int, _ method: TemplateMethodName?, of value: TemplateValue) throws -> TemplateValue {
        if let method, Self.has(method, value) {
            try checkDepth(value.depth + 1)
            return .method(TemplateMethod(value, method))
        }
        switch value {
        case .undefined(let missing): throw undefinedProblem(missing)
        case .dictionary(let dictionary): return dictionary.value(.text(key)) ?? .undefined(id)
        case .namespace(let namespace): return namespace.members.value(.text(key)) ?? .undefined(id)
        case .loop(let loop): return loop.attribute(String(decoding: key, as: UTF8.self)) ?? .undefined(id)
        case .macro(let macro) where key == Array("name".utf8): return .text(macro.syntax.name)
        case .int, .float: return key == Array("real".utf8) ? value : .undefined(id)
        default: return .undefined(id)
        }
    }

    /// `value[index]`; what is not there is undefined.
    func subscripted(_ value: TemplateValue, _ index: TemplateValue) throws -> TemplateValue {
        switch value {
        case .undefined(let missing): throw undefinedProblem(missing)
        case .list(let list), .tuple(let list):
            if let index = index.integer {
                let place = index < 0 ? index + list.items.count : index
                return list.items.indices.contains(place) ? list.items[place] : .undefined(-1)
            }
        case .dictionary(let dictionary):
            if let key = try? TemplateKey(index) {
                try charge(key.cost)
                if let found = dictionary.value(key) { return found }
            }
        case .text(let bytes):
            if let index = index.integer { return try character(bytes, index) }
        default: break
        }
        guard let key = index.bytes else { return .undefined(-1) }
        return try attribute(key, id: -1, TemplateMethodName(rawValue: String(decoding: key, as: UTF8.self)), of: value)
    }

    private func character(_ bytes: [UInt8], _ index: Int) throws -> TemplateValue {
        try charge(bytes.count)
        if TemplateText.isASCII(bytes) {
            let place = index < 0 ? index + bytes.count : index
            return bytes.indices.contains(place) ? .text([bytes[place]]) : .undefined(-1)
        }
        let scalars = TemplateText.scalars(bytes)
        let place = index < 0 ? index + scalars.count : index
        return scalars.indices.contains(place) ? .text(TemplateText.bytes(CollectionOfOne(scalars[place]))) : .undefined(-1)
    }

    /// `value[start:end:step]`, as Python counts.
    func sliced(_ value: TemplateValue, _ bounds: [TemplateValue]) throws -> TemplateValue {
        let numbers = try bounds.map { bound -> Int? in
            if case .none = bound { return nil }
            guard let number = bound.integer else { throw TemplateProblem("a bound of a slice is \(bound.typeName)") }
            return number
        }
        switch value {
        case .undefined(let missing): throw undefinedProblem(missing)
        case .list(let list): return try self.list(places(numbers, count: list.items.count).map { list.items[$0] })
        case .tuple(let list): return try tuple(places(numbers, count: list.items.count).map { list.items[$0] })
        case .text(let bytes):
            try charge(bytes.count)
            if TemplateText.isASCII(bytes) { return try text(places(numbers, count: bytes.count).map { bytes[$0] }) }
            let scalars = TemplateText.scalars(bytes)
            return try text(TemplateText.bytes(places(numbers, count: scalars.count).map { scalars[$0] }))
        // Jinja swallows the failure of a slice of anything else.
        default: return .undefined(-1)
        }
    }

    private func places(_ bounds: [Int?], count: Int) throws -> [Int] {
        let step = max(bounds[2] ?? 1, -Int.max)
        guard step != 0 else { throw TemplateProblem("the step of a slice is zero") }
        let low = step > 0 ? 0 : -1
        let high = step > 0 ? count : count - 1
        func clamped(_ bound: Int) -> Int { bound < 0 ? max(bound + count, low) : min(bound, high) }
        let start = bounds[0].map(clamped) ?? (step > 0 ? low : high)
        let end = bounds[1].map(clamped) ?? (step > 0 ? high : low)
        let distance = step > 0 ? end - start : start - end
        guard distance > 0 else { return [] }
        let found = (distance - 1) / abs(step) + 1
        try chargeElements(found)
        return (0..<found).map { start + $0 * step }
    }
}
