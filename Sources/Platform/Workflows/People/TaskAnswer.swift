import Core

/// What a person answered.
public struct TaskAnswer: Sendable, Codable, Hashable {
    /// A file that came with the answer; its bytes are a blob of the store.
    public struct Attachment: Sendable, Codable, Hashable {
        public var name: String
        public var mediaType: String
        public var blob: String
        public var byteCount: Int

        public init(name: String, mediaType: String, blob: String, byteCount: Int) {
            self.name = name
            self.mediaType = mediaType
            self.blob = blob
            self.byteCount = byteCount
        }
    }

    public var choice: String
    public var comment: String?
    public var by: String
    /// Seconds since 1970.
    public var at: Double
    public var attachments: [Attachment]
    /// By the ids of the form's fields.
    public var values: [String: JSONValue]

    public init(choice: String, comment: String?, by: String, at: Double, attachments: [Attachment], values: [String: JSONValue] = [:]) {
        self.choice = choice
        self.comment = comment
        self.by = by
        self.at = at
        self.attachments = attachments
        self.values = values
    }

    /// Answers journaled before there were forms have no values.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        choice = try members.decode(String.self, forKey: .choice)
        comment = try members.decodeIfPresent(String.self, forKey: .comment)
        by = try members.decode(String.self, forKey: .by)
        at = try members.decode(Double.self, forKey: .at)
        attachments = try members.decode([Attachment].self, forKey: .attachments)
        values = try members.decodeIfPresent([String: JSONValue].self, forKey: .values) ?? [:]
    }

    /// Every file that the answer brings, those in its fields too.
    public var files: [Attachment] {
        attachments + values.sorted { $0.key < $1.key }.flatMap { _, value in ([value] + (value.array ?? [])).compactMap(Attachment.init(json:)) }
    }
}

extension TaskAnswer.Attachment {
    /// As a value between steps and in forms.
    public var json: JSONValue { ["blob": .string(blob), "mediaType": .string(mediaType), "name": .string(name), "bytes": .int(byteCount)] }

    /// Reads what ``json`` writes; nil for anything else.
    public init?(json: JSONValue) {
        guard let blob = json["blob"]?.string, blob.utf8.count == 64, let type = json["mediaType"]?.string, let name = json["name"]?.string, let count = json["bytes"]?.int,
            count >= 0, name.utf8.count <= 500, type.utf8.count <= 100
        else { return nil }
        self.init(name: name, mediaType: type, blob: blob, byteCount: count)
    }
}
