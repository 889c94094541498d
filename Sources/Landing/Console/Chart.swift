/// Charts as SVG: text with pictures, readable by screen readers, printable.
enum Chart {
    /// Horizontal bars with their names and counts.
    static func bars(_ rows: [(name: String, count: Int, tone: String)], title: String) -> HTML {
        let most = max(1, rows.map(\.count).max() ?? 1)
        let height = rows.count * 30 + 6
        let bars = rows.enumerated().map { index, row -> HTML in
            let width = max(2, row.count * 300 / most)
            let y = index * 30
            return """
                <text x="0" y="\(y + 19)" class="name">\(row.name)</text>\
                <rect x="150" y="\(y + 5)" width="\(width)" height="18" rx="4" class="\(row.tone)"></rect>\
                <text x="\(156 + width)" y="\(y + 19)" class="count">\(row.count)</text>
                """
        }
        return "<svg class=\"chart\" viewBox=\"0 0 520 \(height)\" role=\"img\" aria-label=\"\(title)\"><title>\(title)</title>\(bars)</svg>"
    }

    /// Shares of a whole as bars of percent, with their counts.
    static func percents(_ rows: [(name: String, right: Int, of: Int)], title: String) -> HTML {
        let bars = rows.enumerated().map { index, row -> HTML in
            let y = index * 34
            let permille = row.of == 0 ? 0 : row.right * 1000 / row.of
            return """
                <text x="0" y="\(y + 19)" class="name">\(row.name)</text><rect x="150" y="\(y + 5)" width="230" height="18" rx="4" class="track"></rect>\
                <rect x="150" y="\(y + 5)" width="\(230 * permille / 1000)" height="18" rx="4" class="tone-1"></rect>\
                <text x="392" y="\(y + 19)" class="count">\(permille / 10).\(permille % 10) % (\(row.right)/\(row.of))</text>
                """
        }
        return "<svg class=\"chart\" viewBox=\"0 0 520 \(rows.count * 34 + 4)\" role=\"img\" aria-label=\"\(title)\"><title>\(title)</title>\(bars)</svg>"
    }

    /// One bar cut into shares, with a legend.
    static func shares(_ rows: [(name: String, count: Int, tone: String)], title: String) -> HTML {
        let total = max(1, rows.reduce(0) { $0 + $1.count })
        var x = 0
        let parts = rows.map { row -> HTML in
            let width = row.count * 520 / total
            defer { x += width }
            return "<rect x=\"\(x)\" y=\"0\" width=\"\(width)\" height=\"26\" class=\"\(row.tone)\"><title>\(row.name): \(row.count)</title></rect>"
        }
        let legend = rows.map { row -> HTML in "<span class=\"key\"><i class=\"dot \(row.tone)\"></i>\(row.name) <b>\(row.count)</b></span>" }
        return """
            <svg class="chart" viewBox="0 0 520 26" role="img" aria-label="\(title)"><title>\(title)</title>\(parts)</svg><div class="legend">\(legend)</div>
            """
    }

    /// Values over time as columns.
    static func columns(_ values: [Int], title: String) -> HTML {
        let most = max(1, values.max() ?? 1)
        let step = max(4, 520 / max(1, values.count))
        let columns = values.enumerated().map { index, value -> HTML in
            let height = max(1, value * 180 / most)
            return "<rect x=\"\(index * step)\" y=\"\(190 - height)\" width=\"\(max(2, step - 2))\" height=\"\(height)\" rx=\"2\" class=\"tone-1\"><title>\(value) ms</title></rect>"
        }
        return """
            <svg class="chart" viewBox="0 0 520 212" role="img" aria-label="\(title)"><title>\(title)</title>\(columns)\
            <line x1="0" y1="191" x2="520" y2="191" class="axis"></line><text x="0" y="208" class="count">0 – \(most) ms</text></svg>
            """
    }
}
