/// Writes metrics in Prometheus' text form, version 0.0.4.
public struct PrometheusText: Sendable {
    /// What kind of metric a family is.
    public enum Kind: String, Sendable { case counter, gauge, histogram }

    public private(set) var text = ""
    private var family = ""

    public init() {}

    /// Begins a family; its samples follow.
    public mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        family = name
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// One sample of the family.
    public mutating func sample(_ labels: [String: String], _ value: Double) { line(family, labels, value) }

    /// The samples of a histogram.
    /// - Parameter counts: by bound, each without those below it; the last is of what is above all bounds.
    public mutating func histogram(_ labels: [String: String], bounds: [Double], counts: [Int], sum: Double) {
        var total = 0
        for (bound, count) in zip(bounds.map(Self.number) + ["+Inf"], counts) {
            total += count
            line(family + "_bucket", labels.merging(["le": bound]) { $1 }, Double(total))
        }
        line(family + "_sum", labels, sum)
        line(family + "_count", labels, Double(total))
    }

    private mutating func line(_ name: String, _ labels: [String: String], _ value: Double) {
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(Self.escaped($0.value, quotes: true))\"" }
        text += name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " " + Self.number(value) + "\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quotes: out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
