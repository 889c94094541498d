import Core

/// How well each task of a stream was answered after each of them was learned, and what that says (Lopez-Paz and Ranzato 2017; forgetting as in Chaudhry et al. 2018).
public struct TransferMatrix: Sendable, Hashable {
    public let tasks: [String]
    /// The share of right answers to each task before anything was learned.
    public let untrained: [Double]
    /// `rows[t][i]` is the share of right answers to task i after task t was learned.
    public private(set) var rows: [[Double]] = []

    public init(tasks: [String], untrained: [Double]) { (self.tasks, self.untrained) = (tasks, untrained) }

    /// Adds what was measured after the next task.
    public mutating func add(_ row: [Double]) { if row.count == tasks.count { rows.append(row) } }

    /// The mean over all tasks at the end; 0 before.
    public var averageAccuracy: Double { rows.last.map(Self.mean) ?? 0 }

    /// How much later tasks changed the answers to earlier ones: the mean of (at the end - when it was learned). Below zero is forgetting; 0 with one row.
    public var backwardTransfer: Double {
        guard let last = rows.last, rows.count > 1 else { return 0 }
        return Self.mean((0..<rows.count - 1).map { last[$0] - rows[$0][$0] })
    }

    /// How much earlier tasks helped those that were not yet learned: the mean of (just before it was learned - untrained).
    public var forwardTransfer: Double {
        guard rows.count > 1 else { return 0 }
        return Self.mean((1..<rows.count).map { rows[$0 - 1][$0] - untrained[$0] })
    }

    /// The mean of (the best at any time before the end - at the end), over all tasks but the last.
    public var forgetting: Double {
        guard let last = rows.last, rows.count > 1 else { return 0 }
        return Self.mean((0..<rows.count - 1).map { task in (rows.dropLast().map { $0[task] }.max() ?? 0) - last[task] })
    }

    /// Forgetting for each megabyte (10^6 bytes) that a method keeps beside the network; nil if it keeps nothing.
    public func forgettingPerMegabyte(_ byteCount: Int) -> Double? { byteCount > 0 ? forgetting / (Double(byteCount) / 1e6) : nil }

    private static func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

    /// Names, rows and figures.
    public var json: JSONValue {
        func list(_ values: [Double]) -> JSONValue { .array(values.map { .double($0) }) }
        return [
            "tasks": .array(tasks.map { .string($0) }), "untrained": list(untrained), "accuracies": .array(rows.map(list)), "average_accuracy": .double(averageAccuracy),
            "backward_transfer": .double(backwardTransfer), "forward_transfer": .double(forwardTransfer), "forgetting": .double(forgetting),
        ]
    }

    /// The matrix as a picture: a row after each task, darker where more answers are right.
    ///
    /// - Parameter title: a text; what XML reserves is escaped.
    public func svg(title: String) -> String {
        let (left, top, wide, high) = (150, 84, 96, 34)
        let (width, height) = (left + wide * tasks.count + 24, top + high * rows.count + 24)
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="system-ui, 'Noto Sans CJK SC', sans-serif" font-size="13" fill="#333">
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="24" y="30" font-size="16">\(SVGText.escaped(title))</text>

            """
        for (column, task) in tasks.enumerated() { out += "<text x=\"\(left + wide * column + wide / 2)\" y=\"\(top - 12)\" text-anchor=\"middle\">\(SVGText.escaped(task))</text>\n" }
        for (row, values) in rows.enumerated() {
            let y = top + high * row
            out += "<text x=\"\(left - 10)\" y=\"\(y + high / 2 + 5)\" text-anchor=\"end\">\(SVGText.escaped(row < tasks.count && rows.count == tasks.count ? tasks[row] : ""))</text>\n"
            for (column, value) in values.enumerated() {
                let share = min(1, max(0, value)), text = "\((share * 1_000).rounded() / 10)"
                out += "<rect x=\"\(left + wide * column)\" y=\"\(y)\" width=\"\(wide - 2)\" height=\"\(high - 2)\" fill=\"#2f6f4f\" fill-opacity=\"\((share * 80).rounded() / 100)\"/>"
                out += "<text x=\"\(left + wide * column + wide / 2)\" y=\"\(y + high / 2 + 5)\" text-anchor=\"middle\" fill=\"\(share > 0.6 ? "#fff" : "#333")\">\(text)</text>\n"
            }
        }
        return out + "</svg>\n"
    }
}
