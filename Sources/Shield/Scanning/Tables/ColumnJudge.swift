import Core

/// What a column of a table holds.
public struct ColumnReport: Sendable, Hashable, Codable {
    /// The file, with archive members.
    public var source: String
    public var table: String?
    public var column: String
    /// Values that are not empty.
    public var values: Int
    /// What it holds; nil when neither name nor values say.
    public var type: String?
    /// The share of values that are of that type.
    public var share: Double
    /// 0…1.
    public var confidence: Double
    /// Why, without values.
    public var reasons: [String]
}

/// Judges the columns of one table: what a column is called and what most of its values are raises or lowers each of its findings.
struct ColumnJudge {
    /// Of these values on a share says something.
    static let valueCountMin = 5
    /// From this share on a column is of the type.
    static let shareHigh = 0.8
    /// Below this share of many values a finding is an accident.
    static let shareLow = 0.02
    static let valueCountMany = 50
    static let gain = 0.15
    static let loss = 0.25

    private struct Column {
        var name: String
        var kind: ColumnNames.Kind?
        var values = 0
        /// Values that one finding covers, by type.
        var whole: [String: Int] = [:]
        /// Values that hold a finding, by type.
        var touched: [String: Int] = [:]
        var byteCount = 0
    }

    private var columns: [Column] = []
    /// Columns of a table.
    static let columnCountMax = 4096

    mutating func name(_ column: Int, _ name: String) {
        guard (0..<Self.columnCountMax).contains(column) else { return }
        while columns.count <= column { columns.append(Column(name: "\(columns.count + 1)")) }
        columns[column].name = String(name.prefix(128))
        columns[column].kind = ColumnNames.kind(of: name)
    }

    mutating func count(_ column: Int, byteCount: Int) {
        guard (0..<Self.columnCountMax).contains(column) else { return }
        while columns.count <= column { columns.append(Column(name: "\(columns.count + 1)")) }
        columns[column].values += 1
        columns[column].byteCount += byteCount
    }

    mutating func found(_ type: String, in column: Int, isWhole: Bool) {
        guard columns.indices.contains(column) else { return }
        columns[column].touched[type, default: 0] += 1
        if isWhole { columns[column].whole[type, default: 0] += 1 }
    }

    func name(of column: Int) -> String { columns.indices.contains(column) ? columns[column].name : "\(column + 1)" }

    /// What is put before a value of the column.
    func label(of column: Int) -> String {
        guard columns.indices.contains(column) else { return "" }
        return columns[column].kind?.label ?? columns[column].name
    }

    /// How much a finding of `type` in `column` gains (or loses), and why; nil for no change.
    func change(_ type: String, _ column: Int) -> (gain: Double, reason: String)? {
        guard columns.indices.contains(column) else { return nil }
        let entry = columns[column]
        let share = Double(entry.touched[type] ?? 0) / Double(max(1, entry.values))
        if let kind = entry.kind, kind.types.contains(type) { return (Self.gain, "the column is called so") }
        if entry.values >= Self.valueCountMin, share >= Self.shareHigh { return (Self.gain, "most values of the column are of this type") }
        // Values that are sentences hold now and then a number; short ones of a column are all alike.
        if entry.values >= Self.valueCountMany, share < Self.shareLow, entry.byteCount / entry.values < 40 { return (-Self.loss, "hardly a value of the column is of this type") }
        if let kind = entry.kind, !kind.types.isEmpty, share < 0.5, type != "person", entry.byteCount / max(1, entry.values) < 40 { return (-Self.loss / 2, "the column is called otherwise") }
        return nil
    }

    /// Columns that hold something, by name or by values.
    func reports(source: String, table: String?) -> [ColumnReport] {
        columns.compactMap { entry in
            guard entry.values > 0 else { return nil }
            let best = entry.touched.max { ($0.value, $1.key) < ($1.value, $0.key) }
            let bestShare = best.map { Double($0.value) / Double(entry.values) } ?? 0
            let named = entry.kind.flatMap { kind in kind.types.max { (entry.touched[$0] ?? 0, $1) < (entry.touched[$1] ?? 0, $0) } }
            guard let type = bestShare >= 0.5 ? best?.key : named ?? best?.key else { return nil }
            let share = Double(entry.touched[type] ?? 0) / Double(entry.values)
            let isNamed = entry.kind?.types.contains(type) == true
            // Laplace's estimate of the share, and the name as so many values more.
            let weight = isNamed ? 4.0 : 0
            let confidence = (Double(entry.touched[type] ?? 0) + weight + 0.5) / (Double(entry.values) + weight + 1)
            var reasons: [String] = []
            if isNamed { reasons.append("name") }
            if share > 0 { reasons.append("values") }
            return ColumnReport(
                source: source, table: table, column: entry.name, values: entry.values, type: type, share: rounded(share), confidence: rounded(confidence), reasons: reasons)
        }
    }

    private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
