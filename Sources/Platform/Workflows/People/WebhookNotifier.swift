import Core
import Labels

/// Brings notices to an address as signed requests.
///
/// A request is a POST of JSON with three headers: `Banyan-Delivery`, the notice's id, the same in every delivery; `Banyan-Timestamp`, seconds since 1970; and
/// `Banyan-Signature`, `v1=` and the HMAC-SHA-256 in hexadecimal of the timestamp, a dot and the body under the shared secret. Who receives it refuses old timestamps and ids that it has seen.
/// Any answer of 200 to 299 is a delivery.
public struct WebhookNotifier: TaskNotifier {
    public let channel = "webhook"
    private let address: HTTPAddress
    private let secret: [UInt8]
    /// What may leave here.
    public let clearance: Clearance
    private let transport: any HTTPTransport
    private let clock: any WallClock

    /// The fewest bytes of a secret.
    public static let secretByteCountMin = 16

    /// - Parameter clearance: titles of tasks that it does not permit are left out.
    /// - Throws: `workflows.notice` for a secret that is too short.
    public init(address: HTTPAddress, secret: [UInt8], clearance: Clearance, transport: any HTTPTransport, clock: any WallClock) throws {
        guard secret.count >= Self.secretByteCountMin else {
            throw Fault(.taskNotice, "the webhook's secret has fewer than \(Self.secretByteCountMin) bytes", remedy: "write a longer one into its file")
        }
        (self.address, self.secret, self.clearance, self.transport, self.clock) = (address, secret, clearance, transport, clock)
    }

    /// Sends one signed request.
    /// - Throws: `workflows.notice` for an answer that is no success; what the transport throws.
    public func deliver(_ notice: TaskNotice) async throws { try await post(notice.json(for: clearance), id: notice.id) }

    /// Sends any JSON as a signed request.
    /// - Parameter id: the same in every delivery of the same matter.
    public func post(_ json: JSONValue, id: String) async throws {
        let body = Array(json.text.utf8), timestamp = "\(Int(clock.now))"
        var request = OutgoingRequest(method: "POST", address: address, headers: [
            ("Content-Type", "application/json"), ("Banyan-Delivery", id), ("Banyan-Timestamp", timestamp),
            ("Banyan-Signature", Self.signature(timestamp: timestamp, body: body, secret: secret)),
        ], body: body)
        request.limits.headSeconds = 10
        request.limits.bodyByteCountMax = 64 << 10
        let answer = try await transport.send(request)
        guard (200...299).contains(answer.status) else {
            throw Fault(.taskNotice, "the webhook answered with status \(answer.status)", remedy: "look at the log of the server that receives it")
        }
    }

    /// What `Banyan-Signature` holds.
    public static func signature(timestamp: String, body: [UInt8], secret: [UInt8]) -> String {
        "v1=" + hexText(SHA256.authenticate(Array("\(timestamp).".utf8) + body, key: secret))
    }
}

extension Fault.Code {
    /// A notice could not be delivered.
    public static let taskNotice = Fault.Code("workflows.notice", .io)
}
