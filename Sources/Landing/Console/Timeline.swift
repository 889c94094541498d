import Core
import Workflows

/// When the steps of a run worked and waited, as rows of bars on one scale: what the timeline of a run's page draws.
struct Timeline: Sendable {
    /// What a bar shows.
    enum Tone: String, Sendable, CaseIterable { case done, failed, abandoned, running, person, time, event }

    struct Bar: Sendable {
        let start: Double
        let end: Double
        let tone: Tone
    }

    /// A step, or one body of a step of several with all that worked in it.
    struct Row: Sendable {
        let name: String
        let depth: Int
        let start: Double
        let end: Double
        var bars: [Bar]
    }

    /// Rows of one timeline, and of the bodies of one step.
    static let (rowCountMax, bodyCountMax, barCountMax) = (400, 20, 200)

    private(set) var rows: [Row] = []
    /// Rows that are not drawn.
    private(set) var hiddenCount = 0
    private(set) var tones: Set<Tone> = []
    /// When anything worked, drawn or not.
    private var worked: [(start: Double, end: Double)] = []
    private let now: Double

    init(_ trace: RunTrace, now: Double) {
        self.now = now
        var children: [String: [TraceSpan]] = [:]
        for span in trace.spans { children[span.parent ?? "", default: []].append(span) }
        for key in children.keys { children[key]?.sort { ($0.start, $0.path, $0.attempt) < ($1.start, $1.path, $1.attempt) } }
        guard let root = children[""]?.first else { return }
        worked = trace.spans.filter { $0.role == .attempt || $0.role == .undo }.map { ($0.start, max($0.start, $0.end ?? now)) }.sorted { $0 < $1 }
        for span in children[root.id] ?? [] { add(span, depth: 0, children) }
    }

    var scale: Scale { Scale(worked: worked, start: rows.map(\.start).min() ?? 0, end: rows.map(\.end).max() ?? 0) }

    private mutating func add(_ span: TraceSpan, depth: Int, _ children: [String: [TraceSpan]]) {
        guard rows.count < Self.rowCountMax else { return hiddenCount += 1 }
        let inner = children[span.id] ?? [], bodies = inner.filter { $0.role == .body }
        var row = Row(name: span.role == .undo ? "\(span.path) ↩" : span.path, depth: depth, start: span.start, end: span.end ?? now, bars: [])
        if span.role == .undo { bars(of: span, nil).forEach { row.bars.append($0) } }
        for attempt in inner where attempt.role == .attempt { row.bars += bars(of: attempt, span) }
        note(row)
        for body in bodies.prefix(Self.bodyCountMax) {
            guard rows.count < Self.rowCountMax else { return hiddenCount += 1 }
            var all = Row(name: body.path, depth: depth + 1, start: body.start, end: body.end ?? now, bars: [])
            var waiting = children[body.id] ?? []
            while let step = waiting.popLast(), all.bars.count < Self.barCountMax {
                for child in children[step.id] ?? [] { if child.role == .attempt { all.bars += bars(of: child, step) } else { waiting += children[child.id] ?? [] } }
            }
            note(all)
        }
        hiddenCount += max(0, bodies.count - Self.bodyCountMax)
    }

    private mutating func note(_ row: Row) {
        rows.append(row)
        tones.formUnion(row.bars.map(\.tone))
    }

    /// An attempt, and the wait that it ended in.
    private func bars(of attempt: TraceSpan, _ step: TraceSpan?) -> [Bar] {
        let result = attempt.attributes["banyan.attempt.result"]?.string
        let tone: Tone = attempt.end == nil ? .running : attempt.status == .failed ? .failed : attempt.status == .done ? .done : .abandoned
        var bars = [Bar(start: attempt.start, end: attempt.end ?? now, tone: tone)]
        if result == "waits", let step, let wait = step.events.first(where: { $0.at == attempt.end }) {
            bars.append(Bar(start: wait.at, end: step.end ?? now, tone: Tone(rawValue: wait.attributes["banyan.wait"]?.string ?? "") ?? .time))
        }
        return bars
    }

    /// A scale on which hours in which nothing worked do not hide the seconds in which something did: such gaps are cut to a fixed width.
    struct Scale: Sendable {
        struct Gap: Sendable { let start: Double, end: Double }
        private var points: [(time: Double, place: Double)] = []
        /// Gaps that are cut.
        private(set) var gaps: [Gap] = []

        /// - Parameter worked: in the order of their beginnings.
        init(worked: [(start: Double, end: Double)], start: Double, end: Double) {
            let end = max(start, end)
            var busy: [(Double, Double)] = []
            for span in worked { if let last = busy.last, span.start <= last.1 { busy[busy.count - 1].1 = max(last.1, span.end) } else { busy.append(span) } }
            let total = busy.reduce(0) { $0 + $1.1 - $1.0 }, edges = [start] + busy.flatMap { [$0.0, $0.1] } + [end]
            // What is cut is worth a seventh of all work, but never less than a second: short runs keep their true shape.
            let most = max(1, total / 7)
            var place = 0.0
            points = [(start, 0)]
            for index in stride(from: 0, to: edges.count - 1, by: 1) {
                let length = max(0, edges[index + 1] - edges[index]), isGap = index % 2 == 0
                if isGap, length > 3 * most { gaps.append(Gap(start: edges[index], end: edges[index + 1])) }
                place += isGap && length > 3 * most ? most : length
                points.append((max(points.last?.time ?? start, edges[index + 1]), place))
            }
        }

        /// 0 to 1.
        func place(_ time: Double) -> Double {
            guard let last = points.last, last.place > 0, let upper = points.firstIndex(where: { $0.time >= time }) else { return time > (points.first?.time ?? 0) ? 1 : 0 }
            guard upper > 0 else { return 0 }
            let (from, to) = (points[upper - 1], points[upper])
            let share = to.time > from.time ? (time - from.time) / (to.time - from.time) : 1
            return (from.place + share * (to.place - from.place)) / last.place
        }
    }
}

extension Chart {
    /// Bars of attempts, thinner ones of waits, a line from the beginning of each row to its end.
    static func timeline(_ timeline: Timeline, title: String, names: [Timeline.Tone: String], duration: (Double) -> String) -> HTML {
        let rows = timeline.rows, scale = timeline.scale, (left, width, height) = (190.0, 560.0, 22)
        func x(_ time: Double) -> Double { left + scale.place(time) * width }
        func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
        let cuts = scale.gaps.map { gap -> HTML in
            let middle = (x(gap.start) + x(gap.end)) / 2
            return """
                <rect x="\(number(x(gap.start)))" y="0" width="\(number(max(1, x(gap.end) - x(gap.start))))" height="\(rows.count * height)" class="cut"></rect>\
                <text x="\(number(middle))" y="\(rows.count * height + 14)" class="count middle">≈ \(duration(gap.end - gap.start))</text>
                """
        }
        let drawn = rows.enumerated().map { index, row -> HTML in
            let y = index * height
            let bars = row.bars.map { bar -> HTML in
                let isWait = [.person, .time, .event].contains(bar.tone)
                return """
                    <rect x="\(number(x(bar.start)))" y="\(y + (isWait ? 9 : 5))" width="\(number(max(2, x(bar.end) - x(bar.start))))" height="\(isWait ? 5 : 13)" rx="2" class="bar-\(bar.tone.rawValue)">\
                    <title>\(row.name): \(names[bar.tone] ?? "") \(duration(bar.end - bar.start))</title></rect>
                    """
            }
            let end = x(row.end), text = duration(row.end - row.start)
            // The figure stands on the side where there is room for it.
            let label: HTML = end > left + width - 60
                ? "<text x=\"\(number(x(row.start) - 6))\" y=\"\(y + 16)\" class=\"count end\">\(x(row.start) < left + 60 ? "" : text)</text>" : "<text x=\"\(number(end + 6))\" y=\"\(y + 16)\" class=\"count\">\(text)</text>"
            return """
                <text x="\(row.depth * 12)" y="\(y + 16)" class="name\(row.depth > 0 ? " soft" : "")">\(short(row.name, 25 - 2 * row.depth))<title>\(row.name)</title></text>\
                <line x1="\(number(x(row.start)))" y1="\(y + 11)" x2="\(number(max(end, x(row.start) + 1)))" y2="\(y + 11)" class="axis"></line>\(bars)\(label)
                """
        }
        let legend = Timeline.Tone.allCases.filter(timeline.tones.contains).map { tone -> HTML in "<span class=\"key\"><i class=\"dot dot-\(tone.rawValue)\"></i>\(names[tone] ?? "")</span>" }
        return """
            <svg class="chart wide gantt" viewBox="0 0 770 \(rows.count * height + (scale.gaps.isEmpty ? 4 : 20))" role="img" aria-label="\(title)"><title>\(title)</title>\(cuts)\(drawn)</svg><div class="legend">\(legend)</div>
            """
    }

    private static func short(_ text: String, _ count: Int) -> String { text.count <= count ? text : "…" + text.suffix(count - 1) }
}
