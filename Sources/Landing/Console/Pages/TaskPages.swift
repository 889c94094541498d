import Core
import Labels
import Workflows

/// What waits for a person.
struct TasksPage {
    let services: ConsoleServices
    let frame: Frame

    func html() async throws -> HTML {
        let open = try await services.engine.tasks(status: .open, limit: 200)
        let answered = try await services.engine.tasks(status: .answered, limit: 50)
        return frame.page(
            frame.say(.tasks),
            """
            <div class="card"><h2>\(frame.say(.openTasks)) (\(open.count))</h2>\(open.isEmpty ? "<p class=\"note\">\(frame.say(.noTasks))</p>" : table(open))</div>\
            \(answered.isEmpty ? "" : "<div class=\"card\"><h2>\(frame.say(.answered))</h2>\(table(answered))</div>")
            """)
    }

    private func table(_ tasks: [HumanTask]) -> HTML {
        frame.table(
            [.title, .run, .label, .status, .started],
            tasks.map { task in
                [
                    "<a class=\"task\" href=\"/tasks/\(task.id)\">\(task.title)</a>", "<a class=\"mono\" href=\"/runs/\(task.runID)\">\(task.runID)</a>", frame.badge(task.label),
                    frame.status(task.status.rawValue), "<span class=\"mono\">\(frame.time(task.createdAt))</span>",
                ]
            })
    }
}

/// One task: what it is about, and the decision.
struct TaskPage {
    let services: ConsoleServices
    let frame: Frame
    let id: String

    func html() async throws -> HTML {
        let task = try await services.engine.task(id)
        guard frame.clearance.permits(task.label) else {
            return frame.page(task.title, "<div class=\"card\">\(frame.badge(task.label)) <span class=\"soft\">\(frame.say(.hidden))</span></div>")
        }
        let members = fields(of: task.body).map { title, value -> HTML in "<dt>\(title)</dt><dd>\(value)</dd>" }
        return frame.page(
            task.title,
            """
            <div class="card"><div class="row">\(frame.badge(task.label)) <a class="mono" href="/runs/\(task.runID)">\(task.runID)</a></div></div>\
            <div class="card"><dl>\(members)</dl></div>\(task.answer.map(answer) ?? form(task))
            """)
    }

    /// What the person is shown: `[{"zh", "en", "value"}, …]` in that order, or the members of an object by name.
    private func fields(of body: JSONValue) -> [(title: String, value: String)] {
        guard let titled = body.array else { return (body.object ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, Self.plain($0.value)) } }
        return titled.map { field in (field[frame.language.rawValue]?.string ?? "", Self.plain(field["value"] ?? .null)) }
    }

    private static func plain(_ value: JSONValue) -> String {
        if let texts = value.array?.map(\.string), !texts.contains(nil) { return texts.compactMap { $0 }.joined(separator: ", ") }
        return value.string ?? value.prettyText
    }

    private func form(_ task: HumanTask) -> HTML {
        let buttons = task.choices.enumerated().map { index, choice -> HTML in
            "<button name=\"choice\" value=\"\(choice)\"\(index == 0 ? " class=\"main\"" as HTML : "")>\(name(of: choice))</button>"
        }
        return """
            <div class="card"><h2>\(frame.say(.choose))</h2><form method="post" action="/tasks/\(task.id)" enctype="multipart/form-data">\
            <input type="hidden" name="form" value="\(frame.session.formToken)">\
            <label for="comment">\(frame.say(.comment))</label><textarea id="comment" name="comment" rows="3"></textarea>\
            <label for="files">\(frame.say(.attach))</label><input type="file" id="files" name="files" multiple>\
            <p class="row">\(buttons)</p></form></div>
            """
    }

    /// The two choices that most tasks have, in the reader's language; others as they are.
    private func name(of choice: String) -> String {
        guard frame.language == .zh else { return choice }
        return ["approve": "同意", "return": "退回", "refuse": "拒绝"][choice] ?? choice
    }

    private func answer(_ answer: TaskAnswer) -> HTML {
        let files = answer.attachments.enumerated().map { index, file -> HTML in
            "<dd><a href=\"/tasks/\(id)/attachments/\(index)\">\(file.name)</a> <span class=\"soft\">\(file.byteCount) B</span></dd>"
        }
        let attachments: HTML = files.isEmpty ? "" : "<dt>\(frame.say(.attachments))</dt>\(files)"
        return """
            <div class="card"><h2>\(frame.say(.answered))</h2><dl><dt>\(frame.say(.choose))</dt><dd class="ok">\(name(of: answer.choice))</dd>\
            <dt>\(frame.say(.answeredBy))</dt><dd>\(answer.by) · \(frame.time(answer.at))</dd><dt>\(frame.say(.comment))</dt><dd>\(answer.comment ?? "")</dd>\(attachments)</dl></div>
            """
    }
}
