import Core

extension TaskForm {
    /// Holds an answer's values against the form. A field that is left out keeps what stood there.
    ///
    /// - Parameter isComplete: whether required fields must be filled in; who returns a task need not.
    /// - Returns: the values as they are kept.
    /// - Throws: `workflows.task-answer` naming the field, never its value.
    public func checked(_ values: [String: JSONValue], isComplete: Bool = true) throws -> [String: JSONValue] {
        let known = Set(fields.filter { !$0.kind.isShownOnly }.map(\.id))
        guard Set(values.keys).isSubset(of: known) else {
            throw Fault(.taskAnswer, "the answer has a field that the form has not", remedy: known.isEmpty ? "this task takes no values" : "fields are \(known.sorted().joined(separator: ", "))")
        }
        return try fields.reduce(into: [:]) { kept, field in
            guard !field.kind.isShownOnly else { return }
            let value = values[field.id] ?? field.value
            guard !field.isEmpty(value) else {
                if field.isRequired, isComplete { throw field.fault("must be filled in") }
                // Emptied is not left out: what stood there must not come back.
                if values[field.id] != nil { kept[field.id] = value == .array([]) ? value : .null }
                return
            }
            kept[field.id] = try field.checked(value)
        }
    }
}

extension TaskField {
    func fault(_ what: String) -> Fault { Fault(.taskAnswer, "field \(id) \(what)", remedy: "correct it and send the answer again; the task stays open") }

    func isEmpty(_ value: JSONValue) -> Bool { value == .null || value == .array([]) || value.string?.allSatisfy(\.isWhitespace) == true && kind != .table }

    /// A value that fits the field, in its one form.
    /// - Throws: `workflows.task-answer`.
    func checked(_ value: JSONValue) throws -> JSONValue {
        switch kind {
        case .text: return try text(value, most: min(most.map { Int($0) } ?? TaskForm.characterCountMax, TaskForm.characterCountMax), lines: false)
        case .longText: return try text(value, most: min(most.map { Int($0) } ?? TaskForm.longCharacterCountMax, TaskForm.longCharacterCountMax), lines: true)
        case .number: return try number(value, "")
        case .choice: return try choice(value)
        case .table: return try table(value)
        case .image: return try boxes(value)
        case .recording:
            guard let file = TaskAnswer.Attachment(json: value), MediaType.isAudio(file.mediaType) else { throw fault("is not a recorded sound") }
            return file.json
        case .files:
            let files = value.array?.map(TaskAnswer.Attachment.init(json:)) ?? []
            let countMax = min(TaskForm.fileCountMax, most.map { Int($0) } ?? TaskForm.fileCountMax)
            guard value.array != nil, files.allSatisfy({ $0 != nil }), files.count <= countMax else { throw fault("takes at most \(countMax) files") }
            return .array(files.compactMap { $0?.json })
        case .audio, .document: throw fault("takes no answer")
        }
    }

    private func text(_ value: JSONValue, most: Int, lines: Bool) throws -> JSONValue {
        guard let text = value.string else { throw fault("is not a text") }
        guard text.unicodeScalars.count <= most else { throw fault("is longer than \(most) characters") }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F || lines && [9, 10, 13].contains($0.value) }) else { throw fault("holds characters that are no text") }
        return value
    }

    private func number(_ value: JSONValue, _ place: String) throws -> JSONValue {
        guard let number = value.double, number.isFinite else { throw fault("\(place)is not a number") }
        guard number >= least ?? -.infinity, number <= most ?? .infinity else {
            throw fault("\(place)must be \([least.map { "at least \($0)" }, most.map { "at most \($0)" }].compactMap { $0 }.joined(separator: " and "))")
        }
        return value
    }

    private func choice(_ value: JSONValue) throws -> JSONValue {
        if allowsMany, let chosen = value.array?.map(\.string) {
            guard chosen.allSatisfy({ $0.map(options.contains) ?? false }), Set(chosen).count == chosen.count else { throw fault("has an option that is not there") }
            return .array(options.filter { chosen.contains($0) }.map { .string($0) })
        }
        guard !allowsMany, let chosen = value.string, options.contains(chosen) else { throw fault("has an option that is not there") }
        return value
    }

    private func table(_ value: JSONValue) throws -> JSONValue {
        guard let rows = value.array, rows.count <= TaskForm.rowCountMax else { throw fault("is not a table of at most \(TaskForm.rowCountMax) rows") }
        return .array(
            try rows.enumerated().map { number, row in
                guard let cells = row.object, Set(cells.keys).isSubset(of: Set(columns.map(\.id))) else { throw fault("row \(number + 1): has a column that is not there") }
                return .object(
                    try columns.reduce(into: [:]) { kept, column in
                        guard let cell = cells[column.id], cell != .null, cell != "" else { return }
                        kept[column.id] = try self.cell(cell, column, "row \(number + 1), column \(column.id): ")
                    })
            })
    }

    private func cell(_ value: JSONValue, _ column: Column, _ place: String) throws -> JSONValue {
        switch column.kind {
        case .number:
            guard let number = value.double, number.isFinite else { throw fault(place + "is not a number") }
            return value
        case .choice:
            guard let text = value.string, column.options.contains(text) else { throw fault(place + "has an option that is not there") }
            return value
        default:
            guard let text = value.string, text.unicodeScalars.count <= TaskForm.characterCountMax else { throw fault(place + "is not a text of at most \(TaskForm.characterCountMax) characters") }
            return value
        }
    }

    /// Boxes lie in the picture, and their numbers keep a tenth of a pixel.
    private func boxes(_ value: JSONValue) throws -> JSONValue {
        guard let boxes = value.array, boxes.count <= TaskForm.boxCountMax else { throw fault("is not a list of at most \(TaskForm.boxCountMax) boxes") }
        return .array(
            try boxes.enumerated().map { index, box in
                let numbers = ["x", "y", "w", "h"].map { box[$0]?.double.flatMap { $0.isFinite ? ($0 * 10).rounded() / 10 : nil } }
                guard let x = numbers[0], let y = numbers[1], let w = numbers[2], let h = numbers[3], Set((box.object ?? [:]).keys).isSubset(of: ["label", "x", "y", "w", "h"]) else {
                    throw fault("box \(index + 1): needs label, x, y, w and h")
                }
                guard x >= 0, y >= 0, w > 0, h > 0, x + w <= Double(width ?? 0) + 0.05, y + h <= Double(height ?? 0) + 0.05 else { throw fault("box \(index + 1): leaves the picture") }
                let label = box["label"]?.string ?? ""
                guard label.utf8.count <= 200, options.isEmpty || options.contains(label) else { throw fault("box \(index + 1): has a label that is not there") }
                func json(_ number: Double) -> JSONValue { Int(exactly: number).map { .int($0) } ?? .double(number) }
                return ["label": .string(label), "x": json(x), "y": json(y), "w": json(w), "h": json(h)]
            })
    }
}
