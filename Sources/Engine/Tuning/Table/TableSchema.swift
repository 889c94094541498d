import Core

/// What the columns of a table mean to a network, learned from the rows that it trains on: which are numbers, how they are scaled, which values names have, and what is to be predicted.
public struct TableSchema: Sendable, Hashable {
    /// A column that a network looks at.
    public enum Column: Sendable, Hashable {
        /// A number: (value - mean) / deviation, and whether it is missing.
        case number(name: String, mean: Double, deviation: Double)
        /// A name: the place of its value, one past the last for others and for missing ones.
        case names(name: String, values: [String])

        var name: String {
            switch self {
            case .number(let name, _, _): name
            case .names(let name, _): name
            }
        }
    }

    /// What is predicted.
    public enum Target: Sendable, Hashable {
        /// One of these.
        case labels([String])
        /// A number, scaled as a column's.
        case number(mean: Double, deviation: Double)
    }

    public let columns: [Column]
    public let targetName: String
    public let target: Target

    /// Values that mean there is none, in lower case.
    static let missing: Set<String> = ["", "na", "n/a", "nan", "null", "none", "?"]
    static let valuesMax = 1_024
    static let labelsMax = 4_096
    /// More different numbers than this in the target make it a number to predict, not a label.
    static let distinctMax = 20

    init(columns: [Column], targetName: String, target: Target) { (self.columns, self.targetName, self.target) = (columns, targetName, target) }

    /// - Parameters:
    ///   - rows: those to train on: scales and names come from them, labels from all rows of the table.
    ///   - isNumber: whether the target is a number; nil if it is when all its values are numbers, many of them different.
    ///   - ignoring: columns that are not looked at.
    /// - Throws: `tuning.data` naming the column or the line.
    public init(_ table: DelimitedText, rows: [DelimitedText.Row], target targetName: String, isNumber: Bool? = nil, ignoring: Set<String> = [], in file: String) throws {
        let place = try table.column(targetName, in: file)
        for name in ignoring { _ = try table.column(name, in: file) }
        self.targetName = targetName
        let looked = table.header.indices.filter { $0 != place && !ignoring.contains(table.header[$0]) }
        columns = looked.map { index in Self.column(table.header[index], rows.map { $0.fields[index] }) }
        let values = rows.map { DelimitedText.trimmed($0.fields[place]) }
        let numbers = values.compactMap { Self.number($0) }
        if isNumber ?? (numbers.count == values.count && Set(numbers).count > Self.distinctMax) {
            let (mean, deviation) = Self.spread(numbers)
            guard deviation > 0 else { throw Fault(.trainingData, "\(file): the column \(targetName) has no two different numbers", remedy: "predict another column") }
            target = .number(mean: mean, deviation: deviation)
        } else {
            let labels = Set(table.rows.map { DelimitedText.trimmed($0.fields[place]) }.filter { !Self.missing.contains($0.lowercased()) }).sorted()
            guard labels.count >= 2, labels.count <= Self.labelsMax else { throw Fault(.trainingData, "\(file): the column \(targetName) has \(labels.count) labels; 2 to \(Self.labelsMax) are possible", remedy: "predict another column") }
            target = .labels(labels)
        }
        guard !columns.isEmpty else { throw Fault(.trainingData, "\(file) has no column but \(targetName)", remedy: "give columns to predict it from") }
    }

    /// A finite number; nil for anything else.
    static func number(_ text: String) -> Double? { Double(DelimitedText.trimmed(text)).flatMap { $0.isFinite ? $0 : nil } }

    private static func spread(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
        let count = Double(max(1, numbers.count)), mean = numbers.reduce(0, +) / count
        return (mean, (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot())
    }

    /// A column is one of numbers when all values that are there are.
    private static func column(_ name: String, _ values: [String]) -> Column {
        let known = values.map { DelimitedText.trimmed($0) }.filter { !missing.contains($0.lowercased()) }
        let numbers = known.compactMap { Double($0) }.filter(\.isFinite)
        if numbers.count == known.count, !known.isEmpty {
            let (mean, deviation) = spread(numbers)
            return .number(name: name, mean: mean, deviation: deviation > 0 ? deviation : 1)
        }
        let counts = known.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        // The most frequent first, so that a bound leaves out the rarest.
        return .names(name: name, values: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(valuesMax).map(\.key))
    }

    // MARK: - Rows

    /// Numbers that a row has for a network: two of each column of numbers.
    public var numberCount: Int { columns.reduce(0) { if case .number = $1 { $0 + 2 } else { $0 } } }
    /// Places in one table that all columns of names share.
    public var valueCount: Int { columns.reduce(0) { if case .names(_, let values) = $1 { $0 + values.count + 1 } else { $0 } } }
    /// Columns of names.
    public var nameCount: Int { columns.count { if case .names = $0 { true } else { false } } }

    /// A row as numbers and places; a number that is missing is the mean.
    ///
    /// - Parameters:
    ///   - places: where each column stands in a row; nil for one that is not there.
    ///   - values: for each column where its names stand.
    private func encode(_ fields: [String], places: [Int?], values: [[String: Int]]) -> TableNetwork.Example {
        var (numbers, names, start) = ([Float](), [Int32](), 0)
        for (index, column) in columns.enumerated() {
            let text = places[index].map { DelimitedText.trimmed(fields[$0]) } ?? ""
            switch column {
            case .number(_, let mean, let deviation):
                // Far outliers must not drown everything else.
                let value = Self.number(text).map { min(8, max(-8, ($0 - mean) / deviation)) }
                numbers += [Float(value ?? 0), value == nil ? 1 : 0]
            case .names(_, let known):
                names.append(Int32(start + (values[index][text] ?? known.count)))
                start += known.count + 1
            }
        }
        return TableNetwork.Example(numbers: numbers, places: names, label: 0, value: 0)
    }

    /// Rows as examples whose target nobody looks at; columns that are not there are missing in all rows.
    public func questions(_ rows: [DelimitedText.Row], of table: DelimitedText) -> [TableNetwork.Example] {
        let places = columns.map { table.header.firstIndex(of: $0.name) }
        let values = columns.map { column in
            guard case .names(_, let values) = column else { return [String: Int]() }
            return Dictionary(values.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        }
        return rows.map { encode($0.fields, places: places, values: values) }
    }

    /// Rows as examples, when the target is known.
    ///
    /// - Throws: `tuning.data` naming the line whose target is missing or unknown.
    public func examples(_ rows: [DelimitedText.Row], of table: DelimitedText, in file: String) throws -> [TableNetwork.Example] {
        let goal = try table.column(targetName, in: file)
        let labels = if case .labels(let labels) = target { Dictionary(labels.enumerated().map { ($0.element, Int32($0.offset)) }) { first, _ in first } } else { [String: Int32]() }
        return try zip(rows, questions(rows, of: table)).map { row, question in
            var example = question
            let text = DelimitedText.trimmed(row.fields[goal])
            func wrong() -> Fault { Fault(.trainingData, "\(file) line \(row.line): the value of \(targetName) is missing or unknown", remedy: "leave the line out, or correct it") }
            switch target {
            case .labels:
                guard let label = labels[text] else { throw wrong() }
                example.label = label
            case .number(let mean, let deviation):
                guard let value = Self.number(text) else { throw wrong() }
                example.value = Float((value - mean) / deviation)
            }
            return example
        }
    }
}
