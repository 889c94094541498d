import Core
import Labels
import Workflows

/// One run: its steps as a graph and on a timeline, what they took, gave and cost, as far as the reader may see. While the run goes on, a script of a few lines keeps the page as it is now; without it the page is the same.
struct RunPage {
    let services: ConsoleServices
    let frame: Frame
    let request: ConsoleRequest
    let id: String
    /// Steps of one page.
    static let stepCount = 300

    /// The page's script, a file of its own in the binary.
    static let script = String(decoding: PackageResources.run_js, as: UTF8.self)

    /// The page, with the policy that its script needs: it asks this console and nobody else.
    func response() async throws -> ConsoleResponse {
        let body = try await live()
        var response = ConsoleResponse.html(frame.page(id, body.html, scriptPath: body.isFinal ? nil : "/run.js"))
        // A run that has ended is a page like others.
        if !body.isFinal {
            response.headers = [("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")]
        }
        return response
    }

    /// What the script puts in place; nothing when the reader has it.
    func fragment() async throws -> ConsoleResponse {
        let after = request.query["after"] ?? ""
        if services.engine.signs(of: id).isEmpty, try await services.engine.lastSequence(of: id) == Int(after) { return ConsoleResponse(status: 204, contentType: "text/html; charset=utf-8") }
        return .html(try await live().html)
    }

    private func live() async throws -> (html: HTML, isFinal: Bool) {
        let view = try await services.engine.view(id), run = view.detail, now = services.clock.now, isFinal = run.summary.status.isFinal
        let page = max(0, min(100_000, Int(request.query["page"] ?? "") ?? 0)), source = "/runs/\(id)/live" + (page > 0 ? "?page=\(page)" : "")
        let prices = try await ModelPrices.read(from: services.store), signs = Dictionary(view.signs.map { ($0.step, $0) }) { $1 }
        let failure: HTML = run.summary.failure.map { "<p class=\"bad\">\($0)</p>" } ?? ""
        let fork: HTML = run.summary.forkedFrom.map { " · <a class=\"mono\" href=\"/runs/\($0)\">⑂ \($0)</a>" } ?? ""
        let timeline = Timeline(view.trace, now: isFinal ? run.summary.endedAt ?? now : now)
        let more: HTML = timeline.hiddenCount > 0 ? "<p class=\"note\">\(frame.say(.moreRows).replacing("%", with: "\(timeline.hiddenCount)"))</p>" : ""
        let chart: HTML = timeline.rows.isEmpty ? "" : Chart.timeline(timeline, title: frame.say(.timeline), names: toneNames, duration: duration)
        let refresh: HTML = isFinal ? "" : "<noscript><a class=\"button\" href=\"/runs/\(id)\">\(frame.say(.refresh))</a></noscript>"
        let took = duration((run.summary.endedAt ?? now) - run.summary.startedAt)
        return (
            """
            <div id="live" data-source="\(source)" data-version="\(run.lastSequence)" data-final="\(isFinal ? "1" : "0")">\
            <div class="card"><div class="row">\(frame.status(run.summary.status.rawValue)) \(frame.badge(run.summary.label)) <span class="soft">\(run.summary.workflow) · \(frame.time(run.summary.startedAt)) · \(took)</span>\(fork) \(refresh)</div>\(failure)\(usage(of: run, prices))</div>\
            <div class="card scroll graph">\(HTML(escaped: WorkflowGraph(run.definition, steps: run.steps, tallies: run.tallies).svg { Phrase.status($0, frame.language) }))</div>\
            <div class="card scroll graph"><h2>\(frame.say(.timeline))</h2>\(chart)\(more)</div>\
            <div class="card">\(table(of: view, page: page, prices: prices, signs: signs))</div>\(given(by: run))</div>
            """, isFinal
        )
    }

    /// What models read and wrote for the whole run.
    private func usage(of run: RunDetail, _ prices: ModelPrices) -> HTML {
        guard !run.usages.isEmpty else { return "" }
        let models = run.usages.map { usage -> HTML in
            let cost = prices.costs(of: [usage]).map(\.text).joined(separator: " ")
            return "<dt>\(usage.model)</dt><dd>\(tokens(usage)) · \(duration(usage.milliseconds / 1000))\(cost.isEmpty ? "" : " · \(cost)" as HTML)</dd>"
        }
        return "<dl class=\"usage\">\(models)</dl>"
    }

    private func tokens(_ usage: StepUsage) -> String { frame.say(.tokens).replacing("%r", with: "\(usage.tokensRead)").replacing("%w", with: "\(usage.tokensWritten)") }

    private func table(of view: RunView, page: Int, prices: ModelPrices, signs: [String: StepSign]) -> HTML {
        let steps = view.detail.steps
        let shown = steps.dropFirst(page * Self.stepCount).prefix(Self.stepCount)
        let rows = shown.map { step -> [HTML] in
            let seconds = step.endedAt.map { $0 - step.startedAt }
            let cost = step.usage.map { usage -> HTML in "<br><span class=\"note\">\(usage.model): \(tokens(usage)) \(prices.costs(of: [usage]).map(\.text).joined(separator: " "))</span>" } ?? ""
            return [
                "<b>\(step.id)</b>", "\(step.kind)", frame.status(step.status) + progress(signs[step.id]), "\(step.attempts)", "\(step.status == "pending" ? "" : seconds.map(duration) ?? "")\(cost)", step.label.map(frame.badge) ?? "",
                values(view.inputs[step.id], key: "in \(step.id)"), output(of: step),
            ]
        }
        let newer: HTML = page > 0 ? "<a class=\"button\" href=\"/runs/\(id)?page=\(page - 1)\">\(frame.say(.before))</a>" : ""
        let older: HTML = steps.count > (page + 1) * Self.stepCount ? "<a class=\"button\" href=\"/runs/\(id)?page=\(page + 1)\">\(frame.say(.after))</a>" : ""
        return frame.table([.step, .kind, .status, .attempts, .time, .label, .input, .output], rows) + "<div class=\"row\">\(newer)\(older)</div>"
    }

    /// How far an attempt at work says that it is.
    private func progress(_ sign: StepSign?) -> HTML {
        guard let sign, let done = sign.done else { return "" }
        let of = sign.total.map { " / \($0)" } ?? "", percent = sign.fraction.map { Int($0 * 100) }
        return "<br><progress max=\"100\" value=\"\(percent ?? 0)\"></progress> <span class=\"note\">\(done)\(of) \(sign.note)</span>"
    }

    private func output(of step: StepRecord) -> HTML {
        if let failure = step.failure { return "<span class=\"bad\">\(failure)</span>" }
        // A missing label counts as the highest.
        return values(step.output.map { Labeled($0, step.label ?? Label(.core)) }, key: "out \(step.id)")
    }

    /// What the run gives.
    private func given(by run: RunDetail) -> HTML {
        guard let result = run.result, !result.value.isEmpty else { return "" }
        return "<div class=\"card\"><h2>\(frame.say(.result)) \(frame.badge(result.label))</h2>\(values(result, key: "result"))</div>"
    }

    /// Values as far as the reader's clearance goes; of others their names, types and sizes.
    private func values(_ values: Labeled<[String: JSONValue]>?, key: String) -> HTML {
        guard let values, !values.value.isEmpty else { return "" }
        let names = values.value.keys.sorted()
        guard frame.clearance.permits(values.label) else {
            let kinds = names.map { name -> HTML in "<br>\(name): \(Self.size(values.value[name] ?? .null, frame.language))" }
            return "<span class=\"soft note\">\(frame.say(.hidden)) \(frame.badge(values.label))\(kinds)</span>"
        }
        return "<details data-key=\"\(key)\"><summary>\(names.joined(separator: ", "))</summary><pre>\(Self.shortened(JSONValue.object(values.value).prettyText))</pre></details>"
    }

    /// Characters of one value on a page.
    static let textCountMax = 20_000
    private static func shortened(_ text: String) -> String { text.utf8.count <= textCountMax ? text : text.prefix(textCountMax) + " …" }

    /// The type of a value and how large it is.
    static func size(_ value: JSONValue, _ language: Language) -> String {
        let zh = language == .zh
        return switch value {
        case .null: zh ? "空" : "nothing"
        case .bool: zh ? "真假值" : "boolean"
        case .int, .double: zh ? "数" : "number"
        case .string(let text): zh ? "文本，\(text.utf8.count) 字节" : "text, \(text.utf8.count) bytes"
        case .array(let items): zh ? "列表，\(items.count) 项" : "list of \(items.count)"
        case .object(let members): zh ? "对象，\(members.count) 个字段" : "object of \(members.count) fields"
        }
    }

    private var toneNames: [Timeline.Tone: String] {
        let phrases: [Timeline.Tone: Phrase] = [.done: .attemptDone, .failed: .attemptFailed, .abandoned: .attemptAbandoned, .running: .attemptRunning, .person: .waitsPerson, .time: .waitsTime, .event: .waitsEvent]
        return phrases.mapValues(frame.say)
    }

    private func duration(_ seconds: Double) -> String { Self.duration(seconds, frame.language) }

    /// 12 ms, 3.4 s, 5 min 2 s, 3 h 10 min, 2 d 4 h.
    static func duration(_ seconds: Double, _ language: Language) -> String {
        let zh = language == .zh, whole = Int(min(max(0, seconds), 1e12).rounded())
        func pair(_ first: Int, _ one: (String, String), _ second: Int, _ two: (String, String)) -> String {
            "\(first) \(zh ? one.0 : one.1)" + (second == 0 ? "" : " \(second) \(zh ? two.0 : two.1)")
        }
        if seconds < 1 { return "\(Int((max(0, seconds) * 1000).rounded())) \(zh ? "毫秒" : "ms")" }
        if seconds < 60 { return "\((seconds * 10).rounded() / 10) \(zh ? "秒" : "s")" }
        if whole < 3_600 { return pair(whole / 60, ("分", "min"), whole % 60, ("秒", "s")) }
        if whole < 86_400 { return pair(whole / 3_600, ("小时", "h"), whole % 3_600 / 60, ("分", "min")) }
        return pair(whole / 86_400, ("天", "d"), whole % 86_400 / 3_600, ("小时", "h"))
    }
}
