import Detection
import Knowledge
import Labels
import Protection
import Workflows

/// The platform at a glance.
struct OverviewPage {
    let services: ConsoleServices
    let frame: Frame

    func html() async throws -> HTML {
        let statistics = try await services.engine.statistics()
        let grades = try await services.register.countsByGrade()
        let types = try await services.register.countsByType()
        let recent = try await services.engine.runs(status: .completed, limit: 60, offset: 0)
        let openTasks = try await services.engine.tasks(status: .open, limit: 1000).count
        let documents = try await services.knowledge.documents().count
        let newest = try await services.audit.newest(1).first?.sequence ?? 0
        let numbers = [
            card(.completed, statistics.runs[.completed] ?? 0), card(.openTasks, openTasks, isAlert: openTasks > 0),
            card(.failed, statistics.runs[.failed] ?? 0, isAlert: (statistics.runs[.failed] ?? 0) > 0), card(.gradedSubjects, grades.values.reduce(0, +)),
            card(.documents, documents), card(.auditRows, newest),
        ]
        let statusRows = RunStatus.allCases.compactMap { status in
            (statistics.runs[status] ?? 0) > 0 ? (name: Phrase.status(status.rawValue, frame.language), count: statistics.runs[status] ?? 0, tone: Self.tone(status)) : nil
        }
        let gradeRows = Grade.allCases.compactMap { grade in grades[grade].map { (name: grade.description, count: $0, tone: Self.tone(grade)) } }
        let typeRows = types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12).map { id, count in
            let title = SensitiveType(id: id).title
            return (name: frame.language == .zh ? title.zh : title.en, count: count, tone: "tone-2")
        }
        let times = recent.reversed().compactMap { run in run.endedAt.map { Int((($0 - run.startedAt) * 1000).rounded()) } }
        return frame.page(
            frame.say(.overview),
            """
            <div class="cards">\(numbers)</div><div class="grid">\
            \(panel(.subjectsByGrade, gradeRows.isEmpty ? nil : Chart.shares(gradeRows, title: frame.say(.subjectsByGrade))))\
            \(panel(.runsByStatus, statusRows.isEmpty ? nil : Chart.bars(statusRows, title: frame.say(.runsByStatus))))\
            \(panel(.findingsByType, typeRows.isEmpty ? nil : Chart.bars(Array(typeRows), title: frame.say(.findingsByType))))\
            \(panel(.stepTime, times.isEmpty ? nil : Chart.columns(times, title: frame.say(.stepTime))))</div>
            """)
    }

    private func card(_ phrase: Phrase, _ number: Int, isAlert: Bool = false) -> HTML {
        "<div class=\"card\"><div class=\"number\(isAlert ? " alert" : "")\">\(number)</div><div class=\"soft\">\(frame.say(phrase))</div></div>"
    }

    private func panel(_ phrase: Phrase, _ chart: HTML?) -> HTML {
        "<section class=\"card\"><h2>\(frame.say(phrase))</h2>\(chart ?? "<p class=\"note\">\(frame.say(.noData))</p>")</section>"
    }

    static func tone(_ status: RunStatus) -> String {
        switch status {
        case .completed: "tone-1"
        case .running: "tone-2"
        case .waiting, .sleeping, .paused: "tone-3"
        case .failed: "tone-4"
        case .cancelled: "tone-0"
        }
    }

    static func tone(_ grade: Grade) -> String {
        switch grade {
        case .level1: "tone-1"
        case .level2: "tone-2"
        case .level3: "tone-3"
        case .level4: "tone-4"
        case .important, .core: "tone-5"
        }
    }
}
