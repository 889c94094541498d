import Core

/// # Gateway: the models over HTTP
///
/// OpenAI's surface (`/v1/models`, `/v1/chat/completions`, `/v1/completions`, `/v1/embeddings`), so that clients that exist need only another address, and `/metrics` in Prometheus' form.
/// Requests and answers are plain values here (``GatewayRequest``, ``GatewayAnswer``); the server that carries them is the Console's, which listens on the one port of `banyan serve`.
///
/// Keys: on loopback no key is needed unless keys are configured; elsewhere every request needs one. A prompt or an answer is never logged.
///
/// Rejected: a library for the API's types. They are read and written by hand over ``JSONValue``, because clients send members that no version of a schema knows, and those must be ignored, not
/// refused.
///
/// ## Topics
/// ``Gateway``, ``GatewayRequest``, ``GatewayAnswer``, ``GatewayKeys``
public enum GatewayRoom {}

/// A request without the server's types.
public struct GatewayRequest: Sendable {
    public var method: String
    public var path: String
    /// What follows the question mark, as it was sent.
    public var query: String?
    public var authorization: String?
    public var contentType: String?
    public var body: [UInt8]

    public init(method: String, path: String, query: String? = nil, authorization: String? = nil, contentType: String? = nil, body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.authorization = authorization
        self.contentType = contentType
        self.body = body
    }
}

/// An answer, whole or in pieces as they come.
public struct GatewayAnswer: Sendable {
    /// Bytes of an answer.
    public enum Body: Sendable {
        case whole([UInt8])
        /// Ending the iteration cancels what makes the pieces.
        case stream(AsyncStream<[UInt8]>)
    }
    public var status: Int
    public var contentType: String
    public var headers: [(name: String, value: String)] = []
    public var body: Body

    static func json(_ value: JSONValue, status: Int = 200) -> GatewayAnswer {
        GatewayAnswer(status: status, contentType: "application/json", body: .whole(Array(value.text.utf8)))
    }

    static func events(_ pieces: AsyncStream<[UInt8]>) -> GatewayAnswer {
        GatewayAnswer(status: 200, contentType: "text/event-stream; charset=utf-8", headers: [("Cache-Control", "no-cache")], body: .stream(pieces))
    }

    /// The answer to a body over the bound, for whoever reads bodies.
    public static var tooLarge: GatewayAnswer {
        APIError(
            status: 413, type: "invalid_request_error", code: "request_too_large", parameter: nil, message: "the request is longer than this server reads"
        ).answer
    }
}

/// Keys that may call, as SHA-256 of each; none means that any caller may.
public struct GatewayKeys: Sendable {
    private let hashes: Set<String>

    /// - Parameter hashes: SHA-256 of the keys, in hexadecimal.
    public init(hashes: Set<String>) { self.hashes = hashes }

    /// Whether `Authorization: Bearer KEY` carries a known key. Hashes are compared, so timing tells nothing of a key.
    func permits(_ authorization: String?) -> Bool {
        guard !hashes.isEmpty else { return true }
        guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return false }
        return hashes.contains(SHA256.hex(Array(authorization.dropFirst(7).utf8)))
    }
}
