/// What the jobs achieved: each job's newest report.
struct ReportsPage {
    let services: ConsoleServices
    let frame: Frame

    func html() async throws -> HTML {
        let reports = try await ConsoleReports(store: services.store).all()
        let cards = reports.map { report -> HTML in
            let sections = report.sections.map { section -> HTML in "<section class=\"card\"><h2>\(say(section.title))</h2>\(content(section))</section>" }
            return "<h2>\(say(report.title)) <span class=\"soft\">\(frame.time(report.at))</span></h2><div class=\"grid\">\(sections)</div>"
        }
        return frame.page(frame.say(.reports), cards.isEmpty ? "<div class=\"card note\">\(frame.say(.noData))</div>" : "\(cards)")
    }

    private func say(_ text: ConsoleReport.Text) -> String { frame.language == .zh ? text.zh : text.en }

    private func content(_ section: ConsoleReport.Section) -> HTML {
        switch section.content {
        case .shares(let shares): Chart.percents(shares.map { (name: say($0.name), right: $0.right, of: $0.of) }, title: say(section.title))
        case .counts(let counts): Chart.bars(counts.map { (name: say($0.name), count: $0.count, tone: "tone-2") }, title: say(section.title))
        case .table(let heads, let rows):
            """
            <table><thead><tr>\(heads.map { head -> HTML in "<th>\(say(head))</th>" })</tr></thead><tbody>\
            \(rows.map { row -> HTML in "<tr>\(row.map { cell -> HTML in "<td>\(say(cell))</td>" })</tr>" })</tbody></table>
            """
        }
    }
}
