/// Formats: `'%s' % value` and `'{}'.format(value)`, in the plain forms.
extension TemplateEvaluator {
    /// Conversions `s r d i f x X %`, with flags `-` and `0`, width and precision up to 999.
    func formatted(_ format: [UInt8], _ argument: TemplateValue) throws -> [UInt8] {
        try charge(format.count)
        var arguments: [TemplateValue] = [argument]
        if case .tuple(let list) = argument { arguments = list.items }
        var rest = arguments[...]
        var out: [UInt8] = []
        var index = 0
        while index < format.count {
            let byte = format[index]
            index += 1
            guard byte == UInt8(ascii: "%") else {
                out.append(byte)
                continue
            }
            let name = try Self.name(format, &index)
            let (flags, width, precision, conversion) = try Self.conversion(format, &index)
            if conversion == UInt8(ascii: "%") {
                out.append(conversion)
                continue
            }
            var value: TemplateValue
            if let name {
                guard case .dictionary(let dictionary) = argument, let found = dictionary.value(.text(name)) else { throw TemplateProblem("a format names a missing value") }
                value = found
                rest = []
            } else {
                guard let first = rest.popFirst() else { throw TemplateProblem("a format needs more values") }
                value = first
            }
            let bytes = try converted(value, conversion, precision)
            let padding = max(0, width - TemplateText.count(bytes))
            try checkText(out.count + bytes.count + padding)
            let isNumber = conversion != UInt8(ascii: "s") && conversion != UInt8(ascii: "r")
            if flags.contains(UInt8(ascii: "-")) {
                out += bytes + Array(repeating: 32, count: padding)
            } else if flags.contains(UInt8(ascii: "0")), isNumber {
                let sign = bytes.first == UInt8(ascii: "-") ? 1 : 0
                out += bytes.prefix(sign) + Array(repeating: 48, count: padding) + bytes.dropFirst(sign)
            } else {
                out += Array(repeating: 32, count: padding) + bytes
            }
        }
        if !rest.isEmpty, case .dictionary = argument { return out }
        guard rest.isEmpty else { throw TemplateProblem("a format does not use all values") }
        return out
    }

    private static func name(_ format: [UInt8], _ index: inout Int) throws -> [UInt8]? {
        guard index < format.count, format[index] == UInt8(ascii: "(") else { return nil }
        guard let end = format[index...].firstIndex(of: UInt8(ascii: ")")) else { throw TemplateProblem("a format is malformed") }
        defer { index = end + 1 }
        return Array(format[index + 1..<end])
    }

    private static func conversion(_ format: [UInt8], _ index: inout Int) throws -> (flags: [UInt8], width: Int, precision: Int?, UInt8) {
        func number() throws -> Int {
            var value = 0
            while index < format.count, format[index] &- 48 < 10 {
                value = value * 10 + Int(format[index] - 48)
                guard value <= 999 else { throw TemplateProblem("a width in a format is larger than 999") }
                index += 1
            }
            return value
        }
        var flags: [UInt8] = []
        while index < format.count, format[index] == UInt8(ascii: "-") || format[index] == UInt8(ascii: "0") {
            flags.append(format[index])
            index += 1
        }
        let width = try number()
        var precision: Int?
        if index < format.count, format[index] == UInt8(ascii: ".") {
            index += 1
            precision = try number()
        }
        guard index < format.count else { throw TemplateProblem("a format is malformed") }
        defer { index += 1 }
        return (flags, width, precision, format[index])
    }

    private func converted(_ value: TemplateValue, _ conversion: UInt8, _ precision: Int?) throws -> [UInt8] {
        switch conversion {
        case UInt8(ascii: "s"), UInt8(ascii: "r"):
            let bytes = conversion == UInt8(ascii: "s") ? try string(value) : try representation(value)
            try charge(bytes.count)
            return precision.map { TemplateText.bytes(TemplateText.scalars(bytes).prefix($0)) } ?? bytes
        case UInt8(ascii: "d"), UInt8(ascii: "i"):
            guard let number = value.integer ?? value.number.flatMap({ Int(exactly: $0.rounded(.towardZero)) }) else { break }
            return Array(String(number).utf8)
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            guard let number = value.integer else { break }
            return Array(String(number, radix: 16, uppercase: conversion == UInt8(ascii: "X")).utf8)
        case UInt8(ascii: "f"):
            guard let number = value.number else { break }
            return Array(try Self.fixed(number, digits: precision ?? 6).utf8)
        default: throw TemplateProblem("a format has a conversion that is not supported")
        }
        throw TemplateProblem("a format does not take \(value.typeName)")
    }

    /// A decimal with that many digits after the point. Exact where the scaled value is below 2⁵³, which is where formats are used.
    static func fixed(_ value: Double, digits: Int) throws -> String {
        guard digits <= 15, value.magnitude < 1e15 else { throw TemplateProblem("a decimal is too large or too precise for a format") }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = TemplateText.nearest(value.magnitude, times: scale)
        guard let number = Int(exactly: scaled) else { throw TemplateProblem("a decimal is too large or too precise for a format") }
        var text = String(number)
        if text.count <= digits { text = String(repeating: "0", count: digits + 1 - text.count) + text }
        let sign = value.sign == .minus ? "-" : ""
        return digits == 0 ? sign + text : sign + text.dropLast(digits) + "." + text.suffix(digits)
    }

    /// `{}`, `{0}`, `{name}`, `{{`, `}}`.
    func braced(_ format: [UInt8], _ arguments: TemplateArguments) throws -> [UInt8] {
        try charge(format.count)
        var out: [UInt8] = []
        var index = 0
        var automatic = 0
        while index < format.count {
            let byte = format[index]
            index += 1
            guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
                out.append(byte)
                continue
            }
            if index < format.count, format[index] == byte {
                out.append(byte)
                index += 1
                continue
            }
            guard byte == UInt8(ascii: "{"), let end = format[index...].firstIndex(of: UInt8(ascii: "}")) else { throw TemplateProblem("a format is malformed") }
            let field = String(decoding: format[index..<end], as: UTF8.self)
            index = end + 1
            let place = field.isEmpty ? automatic : Int(field)
            if field.isEmpty { automatic += 1 }
            let value = place.map { arguments.positional.indices.contains($0) ? arguments.positional[$0] : nil } ?? arguments.named.first { $0.name == field }?.value
            guard let value else { throw TemplateProblem("a format names a missing value or has a form that is not supported") }
            let bytes = try string(value)
            try checkText(out.count + bytes.count)
            out += bytes
        }
        return out
    }
}

extension TemplateText {
    /// `value * scale` rounded to the nearest integer, halves to even. The product is exact: what its rounding to 53 bits lost decides where it looks like a half.
    static func nearest(_ value: Double, times scale: Double) -> Double {
        let product = value * scale
        let lost = (-product).addingProduct(value, scale)
        guard lost != 0, abs(product - product.rounded(.towardZero)) == 0.5 else { return product.rounded(.toNearestOrEven) }
        return lost > 0 ? product.rounded(.up) : product.rounded(.down)
    }
}
