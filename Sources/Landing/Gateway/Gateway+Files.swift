import Core
import Models

/// OpenAI's files.
extension Gateway {
    /// Answers requests below `/v1/files`.
    func files(_ request: GatewayRequest, _ parts: ArraySlice<String>, _ queue: FineTuneQueue) async throws -> GatewayAnswer {
        switch (request.method, parts.count) {
        case ("POST", 0): return try await upload(request, queue)
        case ("GET", 0): return try await list(QueryReader(request.query), queue)
        case ("GET", 1): return .json(Self.json(try await queue.files.file(parts[parts.startIndex])))
        case ("DELETE", 1):
            let id = parts[parts.startIndex]
            try await queue.removeFile(id)
            return .json(["id": .string(id), "object": "file", "deleted": true])
        case ("GET", 2) where parts.last == "content":
            let bytes = try queue.files.bytes(of: try await queue.files.file(parts[parts.startIndex]))
            return GatewayAnswer(status: 200, contentType: "application/octet-stream", body: .whole(bytes))
        default: throw Self.unknown(request)
        }
    }

    private func upload(_ request: GatewayRequest, _ queue: FineTuneQueue) async throws -> GatewayAnswer {
        let form = try MultipartForm(contentType: request.contentType, body: request.body)
        guard form.fields["purpose"] == StoredFile.Purpose.fineTune.rawValue else { throw APIError.invalid("purpose must be fine-tune: this server keeps files for nothing else", parameter: "purpose") }
        guard let file = form.files.first(where: { $0.field == "file" }), form.files.count == 1 else { throw APIError.invalid("send one file, as the member file", parameter: "file") }
        if form.fields.keys.contains(where: { $0.hasPrefix("expires_after") }) {
            throw APIError(status: 400, type: "invalid_request_error", code: "unsupported_parameter", parameter: "expires_after", message: "expires_after: this server keeps files until they are deleted")
        }
        return .json(Self.json(try await queue.files.add(file.bytes, name: file.name, purpose: .fineTune)))
    }

    private func list(_ query: QueryReader, _ queue: FineTuneQueue) async throws -> GatewayAnswer {
        let limit = try query.integer("limit", 1...10_000, default: 10_000)
        var all = try await queue.files.all()
        guard ["asc", "desc"].contains(query["order"] ?? "desc") else { throw APIError.invalid("order must be asc or desc", parameter: "order") }
        if query["order"] == "asc" { all.reverse() }
        if let purpose = query["purpose"] { all.removeAll { $0.purpose.rawValue != purpose } }
        if let after = query["after"] {
            guard let place = all.firstIndex(where: { $0.id == after }) else { throw APIError.invalid("after names no file of the list", parameter: "after") }
            all.removeFirst(place + 1)
        }
        let page = all.prefix(limit)
        return .json([
            "object": "list", "data": .array(page.map(Self.json)), "has_more": .bool(all.count > page.count), "first_id": page.first.map { .string($0.id) } ?? .null,
            "last_id": page.last.map { .string($0.id) } ?? .null,
        ])
    }

    private static func json(_ file: StoredFile) -> JSONValue {
        [
            "id": .string(file.id), "object": "file", "bytes": .int(file.byteCount), "created_at": .int(Int(file.createdAt)), "filename": .string(file.name), "purpose": .string(file.purpose.rawValue),
            "status": "processed", "status_details": .null, "expires_at": .null,
        ]
    }
}
