import Core
import Labels
import Workflows

/// Sends a request to a host that a person allowed. The step's idempotency key goes along, so that the other side can tell a repetition; what comes back counts as L4.
struct HTTPNode: StepKind {
    let settings: NodeSettings
    let id = "http"
    let signature = StepSignature(
        inputs: ["url": .init(.string), "method": .init(.string, isRequired: false), "body": .init(.string, isRequired: false), "contentType": .init(.string, isRequired: false),
            "authorization": .init(.string, isRequired: false, isSecret: true)],
        outputs: ["status": .number, "ok": .boolean, "body": .string], clearance: Clearance(upTo: .level1), labelRule: .raises(.level4))
    static let bodyByteCountMax = 1 << 20
    private static let methods: Set<String> = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let url = try input.text("url", byteCountMax: 8_192)
        let method = try input.optionalText("method", byteCountMax: 16)?.uppercased() ?? "GET"
        guard Self.methods.contains(method) else { throw Fault(.nodeInput, "the input method names no method", remedy: "methods are \(Self.methods.sorted().joined(separator: ", "))") }
        let body = try input.optionalText("body", byteCountMax: Self.bodyByteCountMax)
        let type = try input.optionalText("contentType", byteCountMax: 200) ?? "application/json"
        guard type.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw Fault(.nodeInput, "the input contentType holds characters that no header may have", remedy: "write it as type/subtype") }
        guard let address = try? HTTPAddress(parsing: url) else { throw Fault(.nodeInput, "the input url is no address", remedy: "write http://HOST:PORT/PATH") }
        guard settings.allowedHosts.contains(address.host) || settings.allowedHosts.contains("\(address.host):\(address.port)") else {
            throw Fault(.nodeHost, "nobody allowed this host", remedy: "allow it by name when starting Banyan")
        }
        guard let transport = settings.transport else { throw Fault(.nodeUnavailable, "no connections are configured", remedy: "start Banyan with them") }
        var headers: [(name: String, value: String)] = [("Idempotency-Key", context.idempotencyKey)]
        if let authorization = try input.optionalText("authorization", byteCountMax: 16 << 10) {
            guard authorization.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw Fault(.nodeInput, "the input authorization holds characters that no header may have", remedy: "correct the secret, e.g. Bearer …") }
            headers.append(("Authorization", authorization))
        }
        if body != nil { headers.append(("Content-Type", type)) }
        var request = OutgoingRequest(method: method, address: address, headers: headers, body: Array((body ?? "").utf8))
        request.limits.headSeconds = 60
        request.limits.bodyByteCountMax = Self.bodyByteCountMax
        let answer = try await transport.send(request)
        // The other side's trouble is worth another attempt; anything else is an answer.
        guard answer.status < 500, answer.status != 429 else { throw Fault(.nodeAnswer, "the other server answered \(answer.status)", remedy: "give the step retries") }
        let bytes = try await answer.body.collect(byteCountMax: Self.bodyByteCountMax)
        return .done(output: ["status": .int(answer.status), "ok": .bool((200..<300).contains(answer.status)), "body": .string(TextDecoder.decode(bytes).text)])
    }
}
