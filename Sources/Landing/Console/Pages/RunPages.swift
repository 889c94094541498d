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
