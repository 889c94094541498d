import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Workflows

// Signed requests of other systems. They come under whatever name this machine has for them, so no host is checked: the signature is.
extension ConsoleServer {
    private static let hookPath = "/v1/hooks/"

    /// The name of the hook that a path leads to; nil for another path.
    static func hook(_ path: String) -> String? {
        guard path.hasPrefix(hookPath) else { return nil }
        return String(path.dropFirst(hookPath.count))
    }

    static func answer(_ request: Request, hook name: String, _ hooks: WebhookReceiver) async -> Response {
        guard request.method == .post else { return response(WebhookAnswer(status: 405, json: ["error": "only POST"])) }
        guard let body = try? Array(buffer: await request.body.collect(upTo: WebhookReceiver.bodyByteCountMax)) else {
            return response(WebhookAnswer(status: 413, json: ["error": "the body is too large"]))
        }
        return response(await hooks.answer(WebhookRequest(name: name, headers: request.headers.map { ($0.name.rawName, $0.value) }, body: body)))
    }

    private static func response(_ answer: WebhookAnswer) -> Response {
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        if let seconds = answer.retryAfter { headers[.retryAfter] = "\(seconds)" }
        return Response(status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: Array(answer.json.text.utf8))))
    }
}
