import Core

/// Asks a remote model, over a transport.
public struct RemoteProvider: Sendable {
    public let model: RemoteModel
    private let transport: any HTTPTransport
    private let limits: HTTPLimits
    /// Bytes of an answer that tells an error.
    private static let errorByteCountMax = 64 << 10

    public init(model: RemoteModel, transport: any HTTPTransport, limits: HTTPLimits = .init()) {
        self.model = model
        self.transport = transport
        self.limits = limits
    }

    /// Asks and returns the whole answer. The request's model becomes the remote's own name, and the answer's becomes ours.
    ///
    /// - Parameter path: below the remote's address, e.g. `/chat/completions`.
    /// - Throws: ``RemoteRefusal``, `models.remote`, `models.remote-key`, and what the transport throws.
    public func ask(_ path: String, _ request: JSONValue) async throws -> JSONValue {
        let answer = try await send(path, RemoteRequest.translated(request, for: model, streams: false))
        let bytes = try await answer.body.collect(byteCountMax: limits.bodyByteCountMax)
        guard let text = String(validating: bytes, as: UTF8.self), var json = try? JSONValue(parsing: text), json.object != nil else {
            throw Fault(.remote, "the remote of \(model.name) answers with something that is no JSON object", remedy: "check that the address is right and ends with /v1")
        }
        json["model"] = .string(model.name)
        return json
    }

    /// Asks and returns the pieces of the answer as they come. Ending the iteration, or dropping the stream, ends the request.
    /// - Throws: as ``ask(_:_:)``.
    public func stream(_ path: String, _ request: JSONValue) async throws -> RemoteStream {
        let answer = try await send(path, RemoteRequest.translated(request, for: model, streams: true))
        guard answer.header("content-type")?.lowercased().hasPrefix("text/event-stream") == true else {
            throw Fault(.remote, "the remote of \(model.name) does not stream", remedy: "ask without streaming, or check the address")
        }
        return RemoteStream(body: answer.body)
    }

    private func send(_ path: String, _ request: JSONValue) async throws -> IncomingAnswer {
        let key = try model.key()
        var headers = [(name: "Content-Type", value: "application/json"), (name: "Accept", value: "application/json, text/event-stream")]
        if let key { headers.append((name: "Authorization", value: "Bearer \(key)")) }
        let address = try HTTPAddress(parsing: model.url).appending(path)
        let answer = try await transport.send(OutgoingRequest(method: "POST", address: address, headers: headers, body: Array(request.text.utf8), limits: limits))
        guard answer.status == 200 else {
            let body = (try? await answer.body.collect(byteCountMax: Self.errorByteCountMax)) ?? []
            throw RemoteRefusal(model: model.name, status: answer.status, body: body, retryAfter: answer.header("retry-after"), key: key)
        }
        return answer
    }
}
