import Core
import Models

/// An error in OpenAI's form.
struct APIError: Error {
    var status: Int
    var type: String
    var code: String?
    var parameter: String?
    var message: String
    /// Seconds until another try makes sense.
    var retryAfter: String?

    static func invalid(_ message: String, parameter: String? = nil) -> APIError {
        APIError(status: 400, type: "invalid_request_error", code: nil, parameter: parameter, message: message)
    }

    init(status: Int, type: String, code: String?, parameter: String?, message: String) {
        (self.status, self.type, self.code, self.parameter, self.message) = (status, type, code, parameter, message)
    }

    /// How faults of the rooms below appear to a client.
    init(_ fault: Fault) {
        (status, type) = Self.status(of: fault.code)
        code = fault.code.name
        parameter = nil
        message = fault.description
        switch fault.code.name {
        case "models.unknown": code = "model_not_found"
        case "inference.context-full": code = "context_length_exceeded"
        case "models.fine-tune-unknown": (code, parameter) = ("fine_tune_not_found", "fine_tune_id")
        case "models.file-unknown": (code, parameter) = (nil, "id")
        // Where the key lies is not the client's business.
        case Fault.Code.remoteKey.name: message = "this server's key for the remote model cannot be read"
        default: break
        }
    }

    private static func status(of code: Fault.Code) -> (Int, String) {
        switch code {
        case .transportTimeout: return (504, "server_error")
        case .fileBound: return (413, "invalid_request_error")
        case .fineTuneFull: return (429, "rate_limit_error")
        case .remote, .remoteKey, .transportBroken, .transportBound, .transportUnreachable: return (502, "server_error")
        default: break
        }
        switch code.kind {
        case .usage, .input: return (400, "invalid_request_error")
        case .notFound: return (404, "invalid_request_error")
        case .refused: return (403, "permission_error")
        // A longer context does not come by waiting; a place in the queue does.
        case .full: return code.name == "inference.context-full" ? (400, "invalid_request_error") : (503, "server_error")
        default: return (500, "server_error")
        }
    }

    /// How a remote's error appears to a client: what it did wrong keeps its status, what is between this server and the remote becomes 502.
    init(_ refusal: RemoteRefusal) {
        switch refusal.status {
        case 400, 404, 409, 413, 422, 429:
            self.init(
                status: refusal.status, type: refusal.type ?? (refusal.status == 429 ? "rate_limit_error" : "invalid_request_error"), code: refusal.code, parameter: refusal.parameter,
                message: refusal.message ?? refusal.fault.message)
            retryAfter = refusal.retryAfter
        case 401, 403:
            self.init(status: 502, type: "server_error", code: "remote_unauthorized", parameter: nil, message: "the remote of \(refusal.model) does not accept this server's key")
        default: self.init(status: 502, type: "server_error", code: "remote_error", parameter: nil, message: refusal.message ?? refusal.fault.message)
        }
    }

    /// The error's JSON.
    var json: JSONValue {
        ["error": ["message": .string(message), "type": .string(type), "param": parameter.map { .string($0) } ?? .null, "code": code.map { .string($0) } ?? .null]]
    }

    var answer: GatewayAnswer {
        var answer = GatewayAnswer.json(json, status: status)
        if let retryAfter { answer.headers.append(("Retry-After", retryAfter)) }
        return answer
    }
}
