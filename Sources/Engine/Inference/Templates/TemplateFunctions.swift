/// Functions that every template finds; the context may put others in their place.
enum TemplateFunction: String, CaseIterable {
    case range, namespace, dict
    case raise = "raise_exception"
    case time = "strftime_now"
}

extension TemplateEvaluator {
    func call(_ function: TemplateFunction, _ arguments: TemplateArguments) throws -> TemplateValue {
        switch function {
        case .range: return try range(arguments)
        case .namespace:
            let members = try dictionary(from: arguments)
            keep(members)
            return .namespace(TemplateNamespace(members))
        case .dict: return .dictionary(try dictionary(from: arguments))
        case .raise: throw TemplateProblem("the template refuses the conversation")
        case .time:
            let format = try arguments.all(["format"], of: "'strftime_now'")[0]
            guard let bytes = format.bytes else { throw TemplateProblem("'strftime_now' takes a text") }
            try charge(bytes.count * 16)
            return try text(TemplateDate(now).text(bytes))
        }
    }

    private func range(_ arguments: TemplateArguments) throws -> TemplateValue {
        let numbers = try arguments.positional.map { value in
            guard let number = value.integer else { throw TemplateProblem("'range' takes integers, not \(value.typeName)") }
            return number
        }
        guard arguments.named.isEmpty, (1...3).contains(numbers.count) else { throw TemplateProblem("'range' takes one to three integers") }
        let (start, end, step) = numbers.count == 1 ? (0, numbers[0], 1) : (numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 1)
        guard step != 0 else { throw TemplateProblem("the step of 'range' is zero") }
        var items: [TemplateValue] = []
        var value = start
        while step > 0 ? value < end : value > end {
            guard items.count < ChatTemplate.rangeCountMax else { throw TemplateProblem("'range' gives more than \(ChatTemplate.rangeCountMax) numbers") }
            items.append(.int(value))
            let next = value.addingReportingOverflow(step)
            if next.overflow { break }
            value = next.partialValue
        }
        return try list(items)
    }

    /// A mapping or pairs, and named values.
    func dictionary(from arguments: TemplateArguments) throws -> TemplateDictionary {
        let made = TemplateDictionary()
        guard arguments.positional.count <= 1 else { throw TemplateProblem("a dictionary is made of one value at most") }
        if let first = arguments.positional.first { try update(made, with: first) }
        for (name, value) in arguments.named { try set(.text(name), to: value, in: made) }
        return made
    }

    func update(_ dictionary: TemplateDictionary, with value: TemplateValue) throws {
        if case .dictionary(let other) = value {
            for (name, value) in zip(other.names, other.values) { try set(name, to: value, in: dictionary) }
            return
        }
        for pair in try elements(of: value) {
            let parts = try elements(of: pair)
            guard parts.count == 2 else { throw TemplateProblem("a dictionary is made of pairs") }
            try set(parts[0], to: parts[1], in: dictionary)
        }
    }
}

/// A time in UTC, with the names of the C locale.
struct TemplateDate {
    private let year, month, day, hour, minute, second, weekday, dayOfYear: Int

    /// Years 1 to 9999; other times, and what is no number, are taken to the nearest end.
    init(_ seconds: Double) {
        let clamped = seconds.isNaN ? 0 : min(max(seconds, -62_135_596_800), 253_402_300_799)
        let whole = Int(clamped.rounded(.down))
        let days = whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400
        let rest = whole - days * 86_400
        (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        // Days from 0000-03-01, in eras of 400 years (H. Hinnant, chrono-compatible date algorithms).
        let shifted = days + 719_468
        let era = shifted / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        dayOfYear = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] + day + (isLeap && month > 2 ? 1 : 0)
    }

    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// `strftime`: `%-d` leaves the padding out; a code that is not known stays as it stands.
    func text(_ format: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var index = 0
        while index < format.count {
            guard format[index] == UInt8(ascii: "%"), index + 1 < format.count else {
                out.append(format[index])
                index += 1
                continue
            }
            let isBare = format[index + 1] == UInt8(ascii: "-") && index + 2 < format.count
            let code = format[index + (isBare ? 2 : 1)]
            let end = index + (isBare ? 3 : 2)
            if let text = field(Unicode.Scalar(code), isBare: isBare) { out += text.utf8 } else { out += format[index..<end] }
            index = end
        }
        return out
    }

    private func field(_ code: Unicode.Scalar, isBare: Bool) -> String? {
        func padded(_ value: Int, _ width: Int = 2, _ padding: String = "0") -> String {
            let text = String(value)
            return isBare ? text : String(repeating: padding, count: max(0, width - text.count)) + text
        }
        func all(_ format: String) -> String { String(decoding: text(Array(format.utf8)), as: UTF8.self) }
        switch code {
        case "Y": return String(year)
        case "y": return padded(year % 100)
        case "m": return padded(month)
        case "d": return padded(day)
        case "e": return padded(day, 2, " ")
        case "H": return padded(hour)
        case "I": return padded((hour + 11) % 12 + 1)
        case "M": return padded(minute)
        case "S": return padded(second)
        case "f": return "000000"
        case "j": return padded(dayOfYear, 3)
        case "p": return hour < 12 ? "AM" : "PM"
        case "w": return String(weekday)
        case "u": return String(weekday == 0 ? 7 : weekday)
        case "A": return Self.days[weekday]
        case "a": return String(Self.days[weekday].prefix(3))
        case "B": return Self.months[month - 1]
        case "b", "h": return String(Self.months[month - 1].prefix(3))
        case "F": return all("%Y-%m-%d")
        case "T", "X": return all("%H:%M:%S")
        case "R": return all("%H:%M")
        case "D", "x": return all("%m/%d/%y")
        case "c": return all("%a %b %e %H:%M:%S %Y")
        case "z": return "+0000"
        case "Z": return "UTC"
        case "n": return "\n"
        case "t": return "\t"
        case "%": return "%"
        default: return nil
        }
    }
}
