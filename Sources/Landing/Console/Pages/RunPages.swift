import Core
import Labels
import Workflows

/// Runs, the newest first.
struct RunsPage {
    let services: ConsoleServices
    let frame: Frame
    let request: ConsoleRequest
    static let pageCount = 50

    func html() async throws -> HTML {
        let status = request.query["status"].flatMap(RunStatus.init(rawValue:))
        let page = max(0, min(10_000, Int(request.query["page"] ?? "") ?? 0))
        let runs = try await services.engine.runs(status: status, limit: Self.pageCount + 1, offset: page * Self.pageCount)
        let tabs = ([nil] + RunStatus.allCases.map(Optional.some)).map { choice -> HTML in
            let query = choice.map { "?status=\($0.rawValue)" } ?? ""
            return "<a href=\"/runs\(query)\"\(choice == status ? " class=\"here\"" as HTML : "")>\(choice.map { Phrase.status($0.rawValue, frame.language) } ?? frame.say(.all))</a>"
        }
        let rows = runs.prefix(Self.pageCount).map { run -> [HTML] in
            [
                "<a class=\"mono\" href=\"/runs/\(run.id)\">\(run.id)</a>", "\(run.workflow)", frame.status(run.status.rawValue), "\(run.stepsDone)", frame.badge(run.label),
                "<span class=\"mono\">\(frame.time(run.startedAt))</span>",
            ]
        }
        let filter = status.map { "&status=\($0.rawValue)" } ?? ""
        let newer: HTML = page > 0 ? "<a class=\"button\" href=\"/runs?page=\(page - 1)\(filter)\">\(frame.say(.newer))</a>" : ""
        let older: HTML = runs.count > Self.pageCount ? "<a class=\"button\" href=\"/runs?page=\(page + 1)\(filter)\">\(frame.say(.older))</a>" : ""
        return frame.page(
            frame.say(.runs),
            "<div class=\"row tabs\">\(tabs)</div><div class=\"card\">\(frame.table([.run, .workflow, .status, .steps, .label, .started], rows))</div><div class=\"row\">\(newer)\(older)</div>")
    }
}

/// One run: when each step ran, and what it gave, as far as the reader may see.
struct RunPage {
    let services: ConsoleServices
    let frame: Frame
    let id: String

    func html() async throws -> HTML {
        let run = try await services.engine.detail(id)
        let reached = run.steps.filter { !["pending", "skipped", "kept"].contains($0.status) }
        let bars = reached.map { step in
            (name: step.id, start: step.startedAt, end: step.endedAt ?? step.startedAt, tone: step.status == "done" ? "tone-1" : step.status == "failed" ? "tone-4" : "tone-3")
        }
        let rows = run.steps.map { step -> [HTML] in
            [
                "<b>\(step.id)</b>", "\(step.kind)", frame.status(step.status), "\(step.attempts)", step.label.map(frame.badge) ?? "", output(of: step),
            ]
        }
        let failure: HTML = run.summary.failure.map { "<p class=\"bad\">\($0)</p>" } ?? ""
        return frame.page(
            id,
            """
            <div class="card"><div class="row">\(frame.status(run.summary.status.rawValue)) \(frame.badge(run.summary.label)) <span class="soft">\(run.summary.workflow) · \(frame.time(run.summary.startedAt))</span></div>\(failure)</div>\
            <div class="card scroll">\(HTML(escaped: WorkflowGraph(run.definition, steps: run.steps).svg { Phrase.status($0, frame.language) }))</div>\
            <div class="card"><h2>\(frame.say(.timeline))</h2>\(bars.isEmpty ? "" : Chart.timeline(bars, title: frame.say(.timeline)))</div>\
            <div class="card">\(frame.table([.step, .kind, .status, .attempts, .label, .output], rows))</div>
            """)
    }

    private func output(of step: StepRecord) -> HTML {
        if let failure = step.failure { return "<span class=\"bad\">\(failure)</span>" }
        guard let output = step.output, !output.isEmpty else { return "" }
        // Nothing is shown whose label the reader's clearance does not permit; a missing label counts as the highest.
        guard frame.clearance.permits(step.label ?? Label(.core)) else { return "<span class=\"soft\">\(frame.say(.hidden))</span>" }
        return "<details><summary>\(output.keys.sorted().joined(separator: ", "))</summary><pre>\(JSONValue.object(output).prettyText)</pre></details>"
    }
}
