/// Wraps a value that must not be printed. Its description shows kind, length and a fingerprint keyed per process.
///
/// A plain hash of a phone number *is* the phone number (there are only 10^10 of them), so the fingerprint is an HMAC under a key that
/// the caller draws once per run: equal values can be recognized inside one log and nowhere else.
public struct Redacted: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public let kind: String
    public let length: Int
    public let fingerprint: String

    public init(_ value: String, kind: String, key: [UInt8]) {
        self.kind = kind
        self.length = value.unicodeScalars.count
        self.fingerprint = String(hexText(SHA256.authenticate(Array(value.utf8), key: key)).prefix(8))
    }

    public var description: String { "<\(kind), \(length) characters, #\(fingerprint)>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["redacted": description]) }
}
