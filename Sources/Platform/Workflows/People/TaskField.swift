import Core

/// A text in both languages of the interface.
public struct TaskText: Sendable, Codable, Hashable {
    public var zh: String
    public var en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// One text for both, or `{zh: …, en: …}`; nil for anything else, and for more than 500 bytes.
    init?(json: JSONValue?) {
        guard let zh = json?.string ?? json?["zh"]?.string ?? json?["en"]?.string, let en = json?.string ?? json?["en"]?.string ?? json?["zh"]?.string else { return nil }
        guard zh.utf8.count <= 500, en.utf8.count <= 500 else { return nil }
        self.init(zh: zh, en: en)
    }
}

/// One field of a ``TaskForm``: something to fill in, to correct, or to look at.
public struct TaskField: Sendable, Codable, Hashable {
    /// What a field is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// One line.
        case text
        case longText = "long-text"
        case number
        /// One of `options`, or several.
        case choice
        /// Rows of `columns` that can be edited.
        case table
        /// A picture with boxes to be corrected: `[{label, x, y, w, h}]` in pixels.
        case image
        /// Something to listen to.
        case audio
        /// A sound that the person records.
        case recording
        case files
        /// Something to read.
        case document

        /// Whether it only shows something and takes no answer.
        public var isShownOnly: Bool { self == .audio || self == .document }
        /// Whether its answer is files.
        public var takesFiles: Bool { self == .recording || self == .files }
    }

    /// A column of a table.
    public struct Column: Sendable, Codable, Hashable {
        public var id: String
        public var title: TaskText
        /// `text`, `number` or `choice`.
        public var kind: Kind
        public var options: [String]
    }

    public var id: String
    public var kind: Kind
    public var title: TaskText
    public var isRequired = false
    /// What stands there before the person changes it.
    public var value = JSONValue.null
    /// Of a choice; of an image the labels that a box may have, any when there are none.
    public var options: [String] = []
    /// Whether several options may be chosen.
    public var allowsMany = false
    /// The least number.
    public var least: Double?
    /// The greatest number; of texts the most characters, of files the most files, of a recording the most seconds.
    public var most: Double?
    public var columns: [Column] = []
    /// What is shown or played.
    public var media: TaskAnswer.Attachment?
    /// Pixels of an image.
    public var width: Int?
    public var height: Int?
    /// What a document says, when it has no file.
    public var text: String?

    public init(id: String, kind: Kind, title: TaskText) {
        self.id = id
        self.kind = kind
        self.title = title
    }
}

/// What a person fills in, corrects and looks at.
///
/// ```yaml
/// form:
///   - {id: boxes, type: image, media: "${scan.page}", labels: [stamp, signature], value: "${find.boxes}", title: {zh: 更正方框, en: Correct the boxes}}
///   - {id: rows, type: table, columns: [{id: item}, {id: amount, type: number}], value: "${read.rows}"}
///   - {id: spoken, type: recording, most: 60, required: true}
/// ```
public struct TaskForm: Sendable, Codable, Hashable {
    public var fields: [TaskField]

    public init(fields: [TaskField] = []) { self.fields = fields }

    /// Bounds of a form and of its answers.
    public static let (fieldCountMax, optionCountMax, columnCountMax, rowCountMax, boxCountMax, fileCountMax) = (40, 200, 30, 500, 500, 5)
    /// Characters of a text, and of a long one, where the field names no fewer.
    public static let (characterCountMax, longCharacterCountMax) = (1_000, 50_000)
    /// Bytes of one file.
    public static let fileByteCountMax = 10 << 20
    /// Seconds of a recording.
    public static let secondsMax = 600.0

    /// What stands in the fields before the person changes it.
    public var values: [String: JSONValue] { fields.reduce(into: [:]) { if $1.value != .null { $0[$1.id] = $1.value } } }

    public subscript(id: String) -> TaskField? { fields.first { $0.id == id } }

    /// Reads a form out of a definition.
    /// - Parameter media: finds the file that a value names: see ``HumanStep``.
    /// - Throws: `workflows.definition` naming the field; values that do not fit their field too.
    init(json: JSONValue, media: (JSONValue) throws -> (file: TaskAnswer.Attachment, bytes: [UInt8])) throws {
        guard let list = json.array, list.count <= Self.fieldCountMax else { throw Self.malformed("the form is not a list of at most \(Self.fieldCountMax) fields") }
        fields = try list.map { try Self.field($0, media: media) }
        guard Set(fields.map(\.id)).count == fields.count else { throw Self.malformed("two fields of the form have one id") }
        for field in fields where field.value != .null && !field.kind.isShownOnly { _ = try field.checked(field.value) }
    }

    static func malformed(_ what: String) -> Fault { Fault(.workflowDefinition, what, remedy: "see the fields of a form in docs/rooms/workflows.md") }

    private static let keys: Set<String> = ["id", "type", "title", "required", "value", "options", "labels", "many", "least", "most", "columns", "media", "text"]

    private static func field(_ json: JSONValue, media: (JSONValue) throws -> (file: TaskAnswer.Attachment, bytes: [UInt8])) throws -> TaskField {
        guard let id = json["id"]?.string, isName(id) else { throw malformed("a field of the form needs an id of letters, digits, '-' and '_'") }
        guard Set(json.object?.keys.map { $0 } ?? []).isSubset(of: keys) else { throw malformed("field \(id) has an unknown key; known are \(keys.sorted().joined(separator: ", "))") }
        return try field(json, id: id, media: media)
    }

    private static func field(_ json: JSONValue, id: String, media: (JSONValue) throws -> (file: TaskAnswer.Attachment, bytes: [UInt8])) throws -> TaskField {
        guard let kind = TaskField.Kind(rawValue: json["type"]?.string ?? "text") else {
            throw malformed("field \(id): types are \(TaskField.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let title = json["title"].map({ TaskText(json: $0) }) ?? TaskText(zh: id, en: id) else { throw malformed("field \(id): the title is not a text") }
        var field = TaskField(id: id, kind: kind, title: title)
        field.isRequired = json["required"]?.bool ?? false
        field.value = json["value"] ?? .null
        field.options = try texts(json["options"] ?? json["labels"], of: id)
        field.allowsMany = json["many"]?.bool ?? false
        (field.least, field.most) = (json["least"]?.double, json["most"]?.double)
        field.text = json["text"].map { $0.string ?? $0.prettyText }
        if kind == .choice, field.options.isEmpty { throw malformed("field \(id): a choice needs options") }
        if kind == .table { field.columns = try columns(json["columns"], of: id) }
        if let named = json["media"], named != .null {
            let (file, bytes) = try media(named)
            field.media = file
            if kind == .image, let size = MediaType.pixelSize(bytes) { (field.width, field.height) = (size.width, size.height) }
        }
        switch kind {
        case .image where field.width == nil: throw malformed("field \(id): an image needs media that is PNG, JPEG, GIF or WebP")
        case .audio where !MediaType.isAudio(field.media?.mediaType): throw malformed("field \(id): a sound needs media that is WAV, MP3, Ogg, FLAC, WebM or MP4")
        case .document where field.media == nil && field.text == nil: throw malformed("field \(id): a document needs text or media")
        default: return field
        }
    }

    private static func columns(_ json: JSONValue?, of id: String) throws -> [TaskField.Column] {
        guard let list = json?.array, (1...columnCountMax).contains(list.count) else { throw malformed("field \(id): a table needs 1 to \(columnCountMax) columns") }
        let columns = try list.map { json -> TaskField.Column in
            let name = json.string ?? json["id"]?.string ?? ""
            guard isName(name), let kind = TaskField.Kind(rawValue: json["type"]?.string ?? "text"), [.text, .number, .choice].contains(kind) else {
                throw malformed("field \(id): a column needs an id and the type text, number or choice")
            }
            return .init(id: name, title: TaskText(json: json["title"]) ?? TaskText(zh: name, en: name), kind: kind, options: try texts(json["options"], of: id))
        }
        guard Set(columns.map(\.id)).count == columns.count else { throw malformed("field \(id): two columns have one id") }
        return columns
    }

    private static func texts(_ json: JSONValue?, of id: String) throws -> [String] {
        guard let json, json != .null else { return [] }
        let texts = (json.array ?? []).compactMap { option in option.string ?? option.double.map { _ in option.text } }
        guard let list = json.array, texts.count == list.count, texts.count <= optionCountMax, Set(texts).count == texts.count, texts.allSatisfy({ (1...200).contains($0.utf8.count) }) else {
            throw malformed("field \(id): options are at most \(optionCountMax) different texts of 1 to 200 bytes")
        }
        return texts
    }

    static func isName(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
    }
}
