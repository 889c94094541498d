import Core
import Labels
import Workflows

/// What waits for a person: the most pressing first, narrowed to one's own or to what is overdue.
struct TasksPage {
    let services: ConsoleServices
    let frame: Frame
    let request: ConsoleRequest

    func html() async throws -> HTML {
        let status = request.query["status"].flatMap(HumanTask.Status.init(rawValue:))
        var filter = TaskFilter(status: status ?? .open)
        if request.query["mine"] == "1" { filter.person = frame.session.user.name }
        filter.isOverdue = request.query["overdue"] == "1"
        let found = try await services.engine.tasks(filter, limit: 200)
        // The first view also shows what was decided lately.
        let answered = request.query.isEmpty ? try await services.engine.tasks(status: .answered, limit: 50) : []
        let title = filter.status == .open ? frame.say(.openTasks) : Phrase.status(filter.status.rawValue, frame.language)
        return frame.page(
            frame.say(.tasks),
            """
            <nav class="row tabs">\(tabs(filter))</nav>\
            <div class="card"><h2>\(title) (\(found.count))</h2>\(found.isEmpty ? "<p class=\"note\">\(frame.say(.noTasks))</p>" : table(found))</div>\
            \(answered.isEmpty ? "" : "<div class=\"card\"><h2>\(frame.say(.answered))</h2>\(table(answered))</div>")
            """)
    }

    private func tabs(_ filter: TaskFilter) -> [HTML] {
        let isPlain = filter.person == nil && !filter.isOverdue
        let choices: [(query: String, title: String, isHere: Bool)] = [
            ("", frame.say(.all), isPlain && filter.status == .open), ("?mine=1", frame.say(.mine), filter.person != nil), ("?overdue=1", frame.say(.overdue), filter.isOverdue),
            ("?status=answered", Phrase.status("answered", frame.language), isPlain && filter.status == .answered),
            ("?status=cancelled", Phrase.status("cancelled", frame.language), isPlain && filter.status == .cancelled),
        ]
        return choices.map { choice in "<a href=\"/tasks\(choice.query)\"\(choice.isHere ? " class=\"here\"" as HTML : "")>\(choice.title)</a>" }
    }

    private func table(_ tasks: [HumanTask]) -> HTML {
        frame.table(
            [.title, .run, .label, .priority, .due, .forPeople, .status, .started],
            tasks.map { task in
                [
                    "<a class=\"task\" href=\"/tasks/\(task.id)\">\(task.title)</a>", "<a class=\"mono\" href=\"/runs/\(task.runID)\">\(task.runID)</a>", frame.badge(task.label),
                    frame.priority(task), frame.due(task, now: services.clock.now), "\(task.people.joined(separator: ", "))",
                    frame.status(task.status.rawValue), "<span class=\"mono\">\(frame.time(task.createdAt))</span>",
                ]
            })
    }
}

extension Frame {
    func priority(_ task: HumanTask) -> HTML { task.priority == .normal ? "" : badge(Phrase.priority(task.priority, language), task.priority == .low ? "" : "L4") }

    /// When a task is due, and whether that has passed.
    func due(_ task: HumanTask, now: Double) -> HTML {
        guard let due = task.dueAt else { return "" }
        let late: HTML = task.isOverdue(at: now) ? " <span class=\"bad\">\(say(task.escalatedAt == nil ? .overdue : .escalated))</span>" : ""
        return "<span class=\"mono\">\(time(due))</span>\(late)"
    }
}

/// One task: what it is about, what others said, and the decision.
struct TaskPage {
    let services: ConsoleServices
    let frame: Frame
    let id: String
    /// What the person had filled in, when the answer did not fit.
    var entered: [String: JSONValue] = [:]
    var comment: String?
    var fault: Fault?

    /// The page's script, a file of its own in the binary.
    static let script = String(decoding: PackageResources.task_js, as: UTF8.self)

    /// The page with the policy it needs: its own script, sounds, and the microphone where it records.
    func response(status: Int = 200) async throws -> ConsoleResponse {
        let task = try await services.engine.task(id)
        guard frame.clearance.permits(task.label) else {
            return .html(frame.page(task.title, "<div class=\"card\">\(frame.badge(task.label)) <span class=\"soft\">\(frame.say(.hidden))</span></div>"), status: status)
        }
        var response = ConsoleResponse.html(html(task), status: status)
        let records = task.status == .open && task.form.fields.contains { $0.kind == .recording }
        response.headers = [
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ), ("Permissions-Policy", "camera=(), microphone=\(records ? "(self)" : "()"), geolocation=()"),
        ]
        return response
    }

    private func html(_ task: HumanTask) -> HTML {
        let members = members(of: task.body).map { title, value -> HTML in "<dt>\(title)</dt><dd>\(value)</dd>" }
        let people: HTML = task.people.isEmpty ? "" : "<span class=\"soft\">\(frame.say(.forPeople)): \(task.people.joined(separator: ", "))</span>"
        let due: HTML = task.dueAt == nil ? "" : "<span class=\"soft\">\(frame.say(.due)):</span> \(frame.due(task, now: services.clock.now))"
        let two: HTML = task.approvals < 2 ? "" : "<span class=\"badge L4\">\(frame.say(.peopleNeeded).replacing("%", with: "\(task.approvals)"))</span>"
        let body: HTML = members.isEmpty ? "" : "<div class=\"card\"><dl>\(members)</dl></div>"
        return frame.page(
            task.title,
            """
            <div class="card"><div class="row">\(frame.badge(task.label)) \(frame.status(task.status.rawValue)) \(frame.priority(task)) \(two) \
            <a class="mono" href="/runs/\(task.runID)">\(task.runID)</a> \(people) \(due)</div></div>\
            \(body)\(voices(of: task))\(task.status == .open ? form(task) : "")
            """, script: task.status == .open && !task.form.fields.isEmpty)
    }

    /// What the person is shown: `[{"zh", "en", "value"}, …]` in that order, or the members of an object by name, or a text.
    private func members(of body: JSONValue) -> [(title: String, value: String)] {
        if let text = body.string { return [(frame.say(.title), text)] }
        guard let titled = body.array else { return (body.object ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, Self.plain($0.value)) } }
        return titled.map { field in (field[frame.language.rawValue]?.string ?? "", Self.plain(field["value"] ?? .null)) }
    }

    static func plain(_ value: JSONValue) -> String {
        if let texts = value.array?.map(\.string), !texts.contains(nil) { return texts.compactMap { $0 }.joined(separator: ", ") }
        return value.string ?? value.prettyText
    }

    private func form(_ task: HumanTask) -> HTML {
        guard task.mayAnswer(frame.session.user.name) else { return "<div class=\"card\"><p class=\"note\">\(frame.say(.notForYou))</p></div>" }
        let buttons = task.choices.enumerated().map { index, choice -> HTML in
            "<button name=\"choice\" value=\"\(choice)\"\(index == 0 ? " class=\"main\"" as HTML : "")\(task.isDecidedAlone(choice) ? " formnovalidate" as HTML : "")>\(name(of: choice))</button>"
        }
        let fields = TaskFields(frame: frame, task: task, values: task.proposed.merging(entered) { $1 })
        let problem: HTML = fault.map { "<p class=\"bad\" role=\"alert\">\($0.message)</p><p class=\"note\">\(frame.say(.correctIt))</p>" } ?? ""
        return """
            <div class="card"><h2>\(frame.say(.choose))</h2>\(problem)<form method="post" action="/tasks/\(task.id)" enctype="multipart/form-data" data-words="\(words)">\
            <input type="hidden" name="form" value="\(frame.session.formToken)">\(task.form.fields.map(fields.field))\
            <label for="comment">\(frame.say(.comment))</label><textarea id="comment" name="comment" rows="3">\(comment ?? "")</textarea>\
            <label for="files">\(frame.say(.attach))</label><input type="file" id="files" name="files" multiple>\
            <p class="row">\(buttons)</p></form></div>
            """
    }

    /// What the script says.
    private var words: String {
        let phrases: [(String, Phrase)] = [
            ("label", .boxLabel), ("width", .boxWidth), ("height", .boxHeight), ("addBox", .addBox), ("boxHint", .boxHint), ("remove", .remove), ("addRow", .addRow), ("record", .record),
            ("recordAgain", .recordAgain), ("stop", .stop), ("stopFirst", .stopFirst), ("noMicrophone", .noMicrophone), ("tooLarge", .tooLarge),
        ]
        return JSONValue.object(Dictionary(phrases.map { ($0, .string(frame.say($1))) }) { first, _ in first }).text
    }

    /// The two choices that most tasks have, in the reader's language; others as they are.
    private func name(of choice: String) -> String {
        guard frame.language == .zh else { return choice }
        return ["approve": "同意", "return": "退回", "refuse": "拒绝", "reject": "驳回"][choice] ?? choice
    }

    /// What people have said: the answer of one that is closed, proposals while it is open.
    private func voices(of task: HumanTask) -> [HTML] {
        let voices = task.voices.isEmpty ? task.answer.map { [$0] } ?? [] : task.voices
        return voices.enumerated().map { number, voice -> HTML in
            let fields = TaskFields(frame: frame, task: task, values: voice.values)
            // Only the answer's own attachments have an address.
            let files = (voice == voices.last ? task.answer?.attachments ?? [] : []).enumerated().map { index, file -> HTML in
                "<dd><a href=\"/tasks/\(id)/attachments/\(index)\">\(file.name)</a> <span class=\"soft\">\(file.byteCount) B</span></dd>"
            }
            let attachments: HTML = files.isEmpty ? "" : "<dt>\(frame.say(.attachments))</dt>\(files)"
            return """
                <div class="card"><h2>\(frame.say(task.status == .open ? .proposed : .answered))</h2><dl><dt>\(frame.say(.choose))</dt><dd class="ok">\(name(of: voice.choice))</dd>\
                <dt>\(frame.say(.answeredBy))</dt><dd>\(voice.by) · \(frame.time(voice.at))</dd><dt>\(frame.say(.comment))</dt><dd>\(voice.comment ?? "")</dd>\(attachments)</dl>\
                \(task.status == .open ? [] : task.form.fields.map { fields.shown($0, voice: number) })</div>
                """
        }
    }
}
