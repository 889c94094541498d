import Core
import Workflows

/// The fields of a task's form as markup, to fill in or to read. Everything can be filled in without script: tables and boxes as lines of text.
struct TaskFields {
    let frame: Frame
    let task: HumanTask
    let values: [String: JSONValue]

    private func title(_ text: TaskText) -> String { frame.language == .zh ? text.zh : text.en }

    /// A field to fill in.
    func field(_ field: TaskField) -> HTML {
        let value = values[field.id] ?? .null, name = "v.\(field.id)", needed: HTML = field.isRequired ? " required" : ""
        let label: HTML = "<label for=\"\(name)\">\(title(field.title))\(field.isRequired ? " *" as HTML : "")</label>"
        switch field.kind {
        case .text: return "\(label)<input type=\"text\" id=\"\(name)\" name=\"\(name)\" value=\"\(text(value))\" maxlength=\"\(Int(field.most ?? Double(TaskForm.characterCountMax)))\"\(needed)>"
        case .longText:
            return "\(label)<textarea id=\"\(name)\" name=\"\(name)\" rows=\"8\" maxlength=\"\(Int(field.most ?? Double(TaskForm.longCharacterCountMax)))\"\(needed)>\n\(text(value))</textarea>"
        case .number:
            let bounds: [HTML] = [field.least.map { " min=\"\(Self.number($0))\"" }, field.most.map { " max=\"\(Self.number($0))\"" }].compactMap { $0 }
            return "\(label)<input type=\"number\" step=\"any\" id=\"\(name)\" name=\"\(name)\" value=\"\(text(value))\"\(bounds)\(needed)>"
        case .choice: return choice(field, value, label: label, name: name, needed: needed)
        case .table: return table(field, value, label: label, name: name)
        case .image: return image(field, value, label: label, name: name)
        case .audio: return "<p class=\"label\">\(title(field.title))</p><audio controls preload=\"metadata\" src=\"/tasks/\(task.id)/media/\(field.id)\"></audio>"
        case .recording, .files: return files(field, value, label: label, needed: needed)
        case .document: return document(field)
        }
    }

    /// A field as somebody filled it in.
    func shown(_ field: TaskField, voice: Int) -> HTML {
        let value = values[field.id] ?? .null
        func files(_ files: [JSONValue]) -> [HTML] {
            files.compactMap(TaskAnswer.Attachment.init(json:)).enumerated().map { index, file -> HTML in
                let address = "/tasks/\(task.id)/voices/\(voice)/\(field.id)/\(index)"
                let player: HTML = MediaType.isAudio(file.mediaType) ? "<audio controls preload=\"metadata\" src=\"\(address)\"></audio> " : ""
                return "<p>\(player)<a href=\"\(address)\">\(file.name)</a> <span class=\"soft\">\(file.byteCount) B</span></p>"
            }
        }
        let heading: HTML = "<p class=\"label\">\(title(field.title))</p>"
        switch field.kind {
        case .audio, .document: return self.field(field)
        case .image: return "\(heading)\(picture(field, value))"
        case .table:
            let rows = (value.array ?? []).map { row -> HTML in "<tr>\(field.columns.map { column -> HTML in "<td>\(text(row[column.id] ?? .null))</td>" })</tr>" }
            return "\(heading)<table><thead><tr>\(field.columns.map { column -> HTML in "<th>\(title(column.title))</th>" })</tr></thead><tbody>\(rows)</tbody></table>"
        case .recording: return "\(heading)\(files([value]))"
        case .files: return "\(heading)\(files(value.array ?? []))"
        default: return "\(heading)<p class=\"text\">\(TaskPage.plain(value == .null ? "" : value))</p>"
        }
    }

    private func choice(_ field: TaskField, _ value: JSONValue, label: HTML, name: String, needed: HTML) -> HTML {
        if field.allowsMany {
            let chosen = value.array ?? []
            let boxes = field.options.enumerated().map { index, option -> HTML in
                "<label class=\"check\"><input type=\"checkbox\" name=\"\(name).\(index)\" value=\"1\"\(chosen.contains(.string(option)) ? " checked" as HTML : "")> \(option)</label>"
            }
            return "<fieldset><legend>\(title(field.title))\(field.isRequired ? " *" as HTML : "")</legend><input type=\"hidden\" name=\"\(name)\" value=\"\">\(boxes)</fieldset>"
        }
        let options = field.options.map { option -> HTML in "<option value=\"\(option)\"\(value == .string(option) ? " selected" as HTML : "")>\(option)</option>" }
        return "\(label)<select id=\"\(name)\" name=\"\(name)\"\(needed)><option value=\"\"></option>\(options)</select>"
    }

    private func table(_ field: TaskField, _ value: JSONValue, label: HTML, name: String) -> HTML {
        let rows = value.array ?? [], lines = rows.map { row in TaskSubmission.line(field.columns.map { text(row[$0.id] ?? .null) }) }
        let columns = field.columns.map { column -> JSONValue in
            ["id": .string(column.id), "title": .string(title(column.title)), "kind": .string(column.kind.rawValue), "options": .array(column.options.map { .string($0) })]
        }
        return """
            \(label)<div class="editor" data-rows="\(JSONValue.array(rows).text)" data-columns="\(JSONValue.array(columns).text)" data-count="\(TaskForm.rowCountMax)">\
            <p class="note plain">\(frame.say(.tableHint)) \(field.columns.map { title($0.title) }.joined(separator: " | "))</p>\
            <textarea id="\(name)" name="\(name)" class="mono" rows="\(min(20, rows.count + 3))">\n\(lines.joined(separator: "\n"))</textarea></div>
            """
    }

    private func image(_ field: TaskField, _ value: JSONValue, label: HTML, name: String) -> HTML {
        let boxes = value.array ?? []
        let lines = boxes.map { box in TaskSubmission.line([box["label"]?.string ?? ""] + ["x", "y", "w", "h"].map { text(box[$0] ?? 0) }) }
        return """
            \(label)<div class="editor" data-boxes="\(JSONValue.array(boxes).text)" data-width="\(field.width ?? 1)" data-height="\(field.height ?? 1)" data-count="\(TaskForm.boxCountMax)" \
            data-labels="\(JSONValue.array(field.options.map { .string($0) }).text)">\(picture(field, value))\
            <p class="note plain">\(frame.say(.tableHint)) \(frame.say(.boxLabel)) | x | y | \(frame.say(.boxWidth)) | \(frame.say(.boxHeight))</p>\
            <textarea id="\(name)" name="\(name)" class="mono" rows="\(min(20, boxes.count + 3))">\n\(lines.joined(separator: "\n"))</textarea></div>
            """
    }

    /// The picture with its boxes.
    private func picture(_ field: TaskField, _ value: JSONValue) -> HTML {
        let (width, height) = (field.width ?? 1, field.height ?? 1)
        let boxes = (value.array ?? []).map { box -> HTML in
            let numbers = ["x", "y", "w", "h"].map { Self.number(box[$0]?.double ?? 0) }
            return "<rect class=\"box\" x=\"\(numbers[0])\" y=\"\(numbers[1])\" width=\"\(numbers[2])\" height=\"\(numbers[3])\"></rect><text class=\"box-name\" x=\"\(numbers[0])\" y=\"\(Self.number(max((box["y"]?.double ?? 0) - 4, Double(width) / 60)))\" font-size=\"\(Self.number((Double(width) / 60).rounded(.up)))\">\(box["label"]?.string ?? "")</text>"
        }
        return """
            <svg class="picture" viewBox="0 0 \(width) \(height)" role="group" aria-label="\(title(field.title))">\
            <image href="/tasks/\(task.id)/media/\(field.id)" width="\(width)" height="\(height)"></image>\(boxes)</svg>
            """
    }

    private func files(_ field: TaskField, _ value: JSONValue, label: HTML, needed: HTML) -> HTML {
        let kept = ([value] + (value.array ?? [])).compactMap(TaskAnswer.Attachment.init(json:))
        // What an earlier voice brought stays unless another takes its place.
        let names = kept.enumerated().map { index, file -> HTML in
            let address = "/tasks/\(task.id)/voices/\(task.voices.count - 1)/\(field.id)/\(index)"
            return MediaType.isAudio(file.mediaType) ? "<audio controls preload=\"metadata\" src=\"\(address)\"></audio>" : "<p><a href=\"\(address)\">\(file.name)</a></p>"
        }
        let name = "f.\(field.id)", isNeeded: HTML = kept.isEmpty ? needed : ""
        let title: HTML = "<label for=\"\(name)\">\(self.title(field.title))\(field.isRequired ? " *" as HTML : "")</label>"
        if field.kind == .files { return "\(title)\(names)<input type=\"file\" id=\"\(name)\" name=\"\(name)\" multiple\(isNeeded)>" }
        return "\(title)\(names)<div class=\"editor\" data-seconds=\"\(Self.number(min(field.most ?? 120, TaskForm.secondsMax)))\"><input type=\"file\" id=\"\(name)\" name=\"\(name)\" accept=\"audio/*\"\(isNeeded)></div>"
    }

    private func document(_ field: TaskField) -> HTML {
        let body: HTML = field.text.map { "<pre>\($0)</pre>" } ?? ""
        let link: HTML = field.media.map { "<p><a href=\"/tasks/\(task.id)/media/\(field.id)\">\($0.name)</a> <span class=\"soft\">\($0.byteCount) B</span></p>" } ?? ""
        return "<p class=\"label\">\(title(field.title))</p>\(body)\(link)"
    }

    private func text(_ value: JSONValue) -> String { value == .null ? "" : value.string ?? value.text }
    private static func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
}
