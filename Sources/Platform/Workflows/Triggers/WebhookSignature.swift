import Core

/// A signature of a request, in one of the two forms that hooks take.
struct WebhookSignature: Sendable {
    let mac: [UInt8]
    /// Seconds since 1970 that were signed with it; nil in GitHub's form, which signs the body alone.
    let at: Double?
    let isGitHub: Bool
    let delivery: String?
    private let signed: [UInt8]

    /// Nil for a request that is not signed in either form.
    init?(_ request: WebhookRequest) {
        if let text = request.header("Banyan-Signature"), text.hasPrefix("v1="), let stamp = request.header("Banyan-Timestamp"), let seconds = Int(stamp), stamp.utf8.count <= 12, let mac = Self.bytes(text.dropFirst(3)) {
            (self.mac, at, isGitHub, delivery, signed) = (mac, Double(seconds), false, request.header("Banyan-Delivery"), Array("\(stamp).".utf8))
        } else if let text = request.header("X-Hub-Signature-256"), text.hasPrefix("sha256="), let mac = Self.bytes(text.dropFirst(7)) {
            (self.mac, at, isGitHub, delivery, signed) = (mac, nil, true, request.header("X-GitHub-Delivery"), [])
        } else {
            return nil
        }
    }

    /// Whether the secret gives it, compared without a word on where it differs.
    func isBy(_ secret: [UInt8], body: [UInt8]) -> Bool {
        let expected = SHA256.authenticate(signed + body, key: secret)
        guard mac.count == expected.count else { return false }
        return zip(mac, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// 64 hexadecimal digits.
    private static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = text.utf8.compactMap { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") ? $0 - 48 : UInt8(ascii: "a") <= $0 && $0 <= UInt8(ascii: "f") ? $0 - 87 : nil }
        guard digits.count == 64, text.utf8.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// How many requests may come: so many at once, and so many a minute after that.
struct RequestRate: Sendable {
    private let burst: Double
    private let perMinute: Double
    private var left: Double
    private var at: Double

    init(burst: Double, perMinute: Double, now: Double) { (self.burst, self.perMinute, left, at) = (burst, perMinute, burst, now) }

    /// Whether one more may come now. A clock that jumps back gives nothing.
    mutating func take(now: Double) -> Bool {
        left = min(burst, left + max(0, now - at) / 60 * perMinute)
        at = now
        guard left >= 1 else { return false }
        left -= 1
        return true
    }
}
