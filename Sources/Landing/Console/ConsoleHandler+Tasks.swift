import Core
import Labels
import Protection
import Store
import Workflows

extension ConsoleHandler {
    /// Takes a person's answer from a task's page. What does not fit comes back with the page and all that was filled in.
    func answer(task id: String, form: FormData, session: SessionTable.Session, frame: Frame) async throws -> ConsoleResponse {
        let task = try await services.engine.task(id)
        guard session.user.clearance.permits(task.label) else {
            throw Fault(.workflowLabel, "the task is \(task.label); your clearance is \(session.user.clearance)", remedy: "ask a person with higher clearance")
        }
        var submission = TaskSubmission(form, of: task.form)
        do {
            let attachments = try submission.keepFiles(of: form, for: task.form, in: services.store.blobs)
            let comment = form.fields["comment"].flatMap { $0.isEmpty ? nil : $0 }
            let answer = TaskAnswer(
                choice: form.fields["choice"] ?? "", comment: comment, by: session.user.name, at: services.clock.now, attachments: attachments, values: submission.values)
            try await services.engine.answer(id, answer)
            try await services.audit.record(
                .init(
                    actor: session.user.name, action: "answer", subject: id,
                    detail: ["run": .string(task.runID), "choice": .string(answer.choice), "attachments": .int(answer.files.count)], label: task.label))
        } catch let fault as Fault where fault.code == .taskAnswer {
            return try await TaskPage(services: services, frame: frame, id: id, entered: submission.values, comment: form.fields["comment"], fault: fault).response(status: 400)
        }
        _ = try await services.engine.advance(task.runID)
        return .redirect(to: "/tasks/\(id)")
    }

    /// Files below a task: `media/FIELD` is what is shown, `voices/N/FIELD/I` what a person sent, `attachments/I` what came with the answer.
    func file(task id: String, _ parts: [String], frame: Frame) async throws -> ConsoleResponse {
        let task = try await services.engine.task(id)
        guard frame.clearance.permits(task.label) else { throw Fault(.workflowLabel, "the file is \(task.label)", remedy: "ask a person with higher clearance") }
        switch parts.first {
        case "media" where parts.count == 2: return try file(task.form[parts[1]]?.media, plays: true)
        case "voices" where parts.count == 4:
            guard let number = Int(parts[1]), task.voices.indices.contains(number), let index = Int(parts[3]) else { break }
            let value = task.voices[number].values[parts[2]]
            return try file((value?.array?.indices.contains(index) == true ? value?[index] : value).flatMap(TaskAnswer.Attachment.init(json:)), plays: true)
        case "attachments" where parts.count == 2:
            guard let files = task.answer?.attachments, let index = Int(parts[1]), files.indices.contains(index) else { break }
            return try file(files[index], plays: false)
        default: break
        }
        return try file(nil, plays: false)
    }

    /// A file to be shown, when its bytes are a picture or a sound that browsers know; else a download of unknown type: nothing uploaded is ever run under this origin.
    private func file(_ file: TaskAnswer.Attachment?, plays: Bool) throws -> ConsoleResponse {
        guard let file else { throw Fault(.consolePage, "there is no such file", remedy: "go back to the task") }
        let bytes = try services.store.blobs.get(file.blob)
        let type = MediaType.of(bytes), isShown = plays && (MediaType.isImage(type) || MediaType.isAudio(type))
        return ConsoleResponse(
            contentType: isShown ? type ?? "application/octet-stream" : "application/octet-stream",
            headers: [("Content-Disposition", "\(isShown ? "inline" : "attachment"); filename=\"\(file.blob.prefix(12))\""), ("Content-Security-Policy", "default-src 'none'; sandbox")], body: bytes)
    }
}
