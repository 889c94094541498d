import Foundation

/// Losses over the steps of a run, drawn for people.
public struct LossCurve: Sendable {
    /// A line: its name and its values, each at a step.
    public struct Line: Sendable {
        public var name: String
        public var values: [(step: Int, value: Double)]

        public init(_ name: String, _ values: [(step: Int, value: Double)]) { (self.name, self.values) = (name, values) }
    }

    public let lines: [Line]
    public init(_ lines: [Line]) { self.lines = lines }

    private var known: [(step: Int, value: Double)] { lines.flatMap(\.values).filter { $0.value.isFinite } }

    /// The first line as a row of blocks for a terminal, at most `width` of them; empty without values.
    public func text(width: Int = 60) -> String {
        guard let values = lines.first?.values.map(\.value).filter(\.isFinite), let most = values.max(), let least = values.min(), width > 0 else { return "" }
        let blocks = Array("▁▂▃▄▅▆▇█")
        let count = min(width, values.count)
        return String(
            (0..<count).map { place in
                let part = values[place * values.count / count..<max(place * values.count / count + 1, (place + 1) * values.count / count)]
                let mean = part.reduce(0, +) / Double(part.count)
                return blocks[most > least ? Int(((mean - least) / (most - least) * Double(blocks.count - 1)).rounded()) : 0]
            })
    }

    /// A picture with axes, a legend and a line each.
    ///
    /// - Parameter title: a text; what XML reserves is escaped.
    public func svg(title: String) -> String {
        let (width, height, left, top, bottom) = (720.0, 360.0, 64.0, 44.0, 40.0)
        let points = known
        let lastStep = Double(max(1, points.map(\.step).max() ?? 1)), most = max(points.map(\.value).max() ?? 1, 1e-9)
        func x(_ step: Int) -> Double { left + Double(step) / lastStep * (width - left - 24) }
        func y(_ value: Double) -> Double { height - bottom - value / most * (height - top - bottom) }
        func number(_ value: Double) -> String { String(format: "%.1f", value) }
        let colors = ["#2f6f4f", "#b3541e", "#3b5b92"]
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" font-family="system-ui, 'Noto Sans CJK SC', sans-serif" font-size="13" fill="#333">
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="\(left)" y="24" font-size="16">\(SVGText.escaped(title))</text>

            """
        for share in [0, 0.25, 0.5, 0.75, 1.0] {
            let line = y(share * most)
            out += "<line x1=\"\(left)\" x2=\"\(width - 24)\" y1=\"\(number(line))\" y2=\"\(number(line))\" stroke=\"#e3e3e3\"/>"
            out += "<text x=\"\(left - 8)\" y=\"\(number(line + 4))\" text-anchor=\"end\">\(String(format: "%.3g", share * most))</text>\n"
        }
        for share in [0, 0.5, 1.0] {
            let step = Int(lastStep * share)
            out += "<text x=\"\(number(x(step)))\" y=\"\(height - bottom + 20)\" text-anchor=\"\(share == 1 ? "end" : "middle")\">\(step)</text>\n"
        }
        for (index, line) in lines.enumerated() {
            let color = colors[index % colors.count]
            let path = line.values.filter { $0.value.isFinite }.map { "\(number(x($0.step))),\(number(y($0.value)))" }.joined(separator: " ")
            out += "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.8\"/>\n"
            let place = width - 210
            out += "<line x1=\"\(place)\" x2=\"\(place + 22)\" y1=\"\(20 + index * 18)\" y2=\"\(20 + index * 18)\" stroke=\"\(color)\" stroke-width=\"2.5\"/>"
            out += "<text x=\"\(place + 28)\" y=\"\(24 + index * 18)\">\(SVGText.escaped(line.name))</text>\n"
        }
        return out + "</svg>\n"
    }
}

/// Text in a picture.
enum SVGText {
    /// With what XML reserves written out.
    static func escaped(_ text: String) -> String { text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;") }
}
