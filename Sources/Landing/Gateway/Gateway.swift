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
    public var authorization: String?
    public var body: [UInt8]

    public init(method: String, path: String, authorization: String? = nil, body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.authorization = authorization
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

/// An error in OpenAI's form.
struct APIError: Error {
    var status: Int
    var type: String
    var code: String?
    var parameter: String?
    var message: String

    static func invalid(_ message: String, parameter: String? = nil) -> APIError {
        APIError(status: 400, type: "invalid_request_error", code: nil, parameter: parameter, message: message)
    }

    /// How faults of the rooms below appear to a client.
    init(_ fault: Fault) {
        parameter = nil
        code = fault.code.name
        message = fault.description
        switch fault.code.kind {
        case .usage, .input: (status, type) = (400, "invalid_request_error")
        case .notFound: (status, type, code) = (404, "invalid_request_error", "model_not_found")
        case .refused: (status, type) = (403, "permission_error")
        case .full: (status, type) = (fault.code.name == "inference.context-full" ? 400 : 503, fault.code.name == "inference.context-full" ? "invalid_request_error" : "server_error")
        default: (status, type) = (500, "server_error")
        }
    }

    init(status: Int, type: String, code: String?, parameter: String?, message: String) {
        (self.status, self.type, self.code, self.parameter, self.message) = (status, type, code, parameter, message)
    }

    var answer: GatewayAnswer {
        .json(
            ["error": ["message": .string(message), "type": .string(type), "param": parameter.map { .string($0) } ?? .null, "code": code.map { .string($0) } ?? .null]],
            status: status)
    }
}
