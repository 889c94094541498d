import Core
import Store
import Workflows

/// What a person sent from a task's page: values by field, and files.
///
/// Tables and boxes come as JSON from the page's script, and without it as lines with cells between bars: `label | x | y | w | h`.
struct TaskSubmission {
    /// As far as they could be read: what could not is left as text, for the form's check to name its field.
    private(set) var values: [String: JSONValue] = [:]

    init(_ form: FormData, of task: TaskForm) {
        for field in task.fields {
            guard let text = form.fields["v.\(field.id)"] else { continue }
            values[field.id] = Self.value(text, field, form)
        }
    }

    private static func value(_ text: String, _ field: TaskField, _ form: FormData) -> JSONValue {
        switch field.kind {
        // A browser sends lines that end in two characters.
        case .text, .longText: text.isEmpty ? .null : .string(text.replacing("\r\n", with: "\n"))
        case .number: number(text)
        case .choice where field.allowsMany:
            .array(field.options.indices.compactMap { form.fields["v.\(field.id).\($0)"] == nil ? nil : .string(field.options[$0]) })
        case .choice: text.isEmpty ? .null : .string(text)
        case .table: list(text) { cells in table(cells, field.columns) }
        case .image:
            list(text) { cells in
                .object(Dictionary(zip(["label", "x", "y", "w", "h"], cells.enumerated().map { $0 == 0 ? .string($1) : number($1) })) { first, _ in first })
            }
        default: .null
        }
    }

    private static func table(_ cells: [String], _ columns: [TaskField.Column]) -> JSONValue {
        var row = Dictionary(zip(columns, cells).map { ($0.id, $0.kind == .number ? number($1) : .string($1)) }) { first, _ in first }
        row = row.filter { $0.value != "" && $0.value != .null }
        // More cells than columns would be lost without a word.
        if cells.count > columns.count { row["\(cells.count)"] = .string("") }
        return .object(row)
    }

    private static func number(_ text: String) -> JSONValue {
        let plain = text.filter { !$0.isWhitespace }
        if plain.isEmpty { return .null }
        return Int(plain).map { .int($0) } ?? Double(plain).map { .double($0) } ?? .string(text)
    }

    private static func list(_ text: String, _ row: ([String]) -> JSONValue) -> JSONValue {
        if text.hasPrefix("["), let json = try? JSONValue(parsing: text, depthMax: 8), json.array != nil { return json }
        return .array(text.split(whereSeparator: \.isNewline).prefix(TaskForm.rowCountMax + 1).filter { !$0.allSatisfy(\.isWhitespace) }.map { row(cells(of: $0)) })
    }

    /// Cells of a line: bars part them, a backslash keeps a bar, a line end or itself.
    static func cells(of line: Substring) -> [String] {
        var cells = [""], escapes = false
        for character in line {
            if escapes {
                cells[cells.count - 1].append(character == "n" ? "\n" : character)
                escapes = false
            } else if character == "\\" {
                escapes = true
            } else if character == "|" {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells.map { cell in
            let open = cell.drop { $0 == " " || $0 == "\t" }
            return String(open.prefix(open.count - open.reversed().prefix { $0 == " " || $0 == "\t" }.count))
        }
    }

    /// The line that ``cells(of:)`` reads back.
    static func line(_ cells: [String]) -> String {
        let line = cells.map { $0.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("\n", with: "\\n") }.joined(separator: " | ")
        // A line that begins as JSON would be read as it.
        return line.hasPrefix("[") ? "\\" + line : line
    }

    /// Keeps the files of a form as blobs and enters those of fields into the values.
    /// - Returns: the attachments that belong to no field.
    mutating func keepFiles(of form: FormData, for task: TaskForm, in blobs: BlobStore) throws -> [TaskAnswer.Attachment] {
        var attachments: [TaskAnswer.Attachment] = []
        for file in form.files {
            let field = task.fields.first { $0.kind.takesFiles && "f.\($0.id)" == file.field }
            let type = MediaType.of(file.bytes)
            if let field, field.kind == .recording, !MediaType.isAudio(type) {
                throw Fault(.taskAnswer, "field \(field.id) is not a recorded sound", remedy: "record it again, or choose a file that is WAV, MP3, Ogg, FLAC, WebM or MP4")
            }
            // What the bytes say they are; what they do not say is a download of unknown type.
            let kept = TaskAnswer.Attachment(name: file.name, mediaType: type ?? "application/octet-stream", blob: try blobs.put(file.bytes), byteCount: file.bytes.count)
            guard let field else {
                attachments.append(kept)
                continue
            }
            values[field.id] = field.kind == .recording ? kept.json : .array((values[field.id]?.array ?? []) + [kept.json])
        }
        return attachments
    }
}
