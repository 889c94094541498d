import Core
import Foundation

/// A mail in plain text.
public struct MailMessage: Sendable, Hashable {
    public let from: String
    public let to: [String]
    public let subject: String
    public let text: String
    /// The same for the same matter: `Message-ID` is made of it, so that a mail that is sent twice can be told.
    public let id: String
    /// Seconds since 1970.
    public let at: Double

    /// People that one mail goes to.
    public static let recipientCountMax = 50
    /// Bytes of a text.
    static let textByteCountMax = 64 << 10

    /// - Throws: `transport.mail` when an address is none, or would end its line.
    public init(from: String, to: [String], subject: String, text: String, id: String, at: Double) throws {
        guard !to.isEmpty, to.count <= Self.recipientCountMax, text.utf8.count <= Self.textByteCountMax else {
            throw Fault(.mail, "a mail needs 1 to \(Self.recipientCountMax) recipients and at most \(Self.textByteCountMax) bytes of text", remedy: "send several")
        }
        for address in [from] + to { try Self.check(address) }
        (self.from, self.to, self.subject, self.text, self.id, self.at) = (from, to, subject, text, id, at)
    }

    /// `name@host` of printable ASCII: no blank, no angle bracket, no end of line, so an address can say nothing but itself to a server.
    public static func check(_ address: String) throws {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254, address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }) else {
            throw Fault(.mail, "a mail address is malformed", remedy: "write it as name@host, in ASCII")
        }
    }

    /// Headers and body with their line ends. What people wrote stands in Base64: no line of it can be a header or the end.
    var lines: [String] {
        let date = DateFormatter()
        (date.locale, date.timeZone, date.dateFormat) = (Locale(identifier: "en_US_POSIX"), TimeZone(identifier: "UTC"), "EEE, dd MMM yyyy HH:mm:ss +0000")
        return [
            "From: <\(from)>", "To: \(to.map { "<\($0)>" }.joined(separator: ",\r\n "))", "Subject: \(Self.words(subject).joined(separator: "\r\n "))", "Date: \(date.string(from: Date(timeIntervalSince1970: at)))",
            "Message-ID: <\(SHA256.hex(Array(id.utf8)).prefix(32))@banyan.invalid>", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        ] + Self.pieces(Data(text.utf8).base64EncodedString(), of: 76)
    }

    /// A header's text in encoded words (RFC 2047), none longer than a line.
    private static func words(_ text: String) -> [String] {
        var words: [String] = [], word: [UInt8] = []
        for character in text.prefix(300) {
            if word.count + character.utf8.count > 39, !word.isEmpty {
                words.append("=?utf-8?B?\(Data(word).base64EncodedString())?=")
                word = []
            }
            word += Array(character.utf8.prefix(39))
        }
        return words + ["=?utf-8?B?\(Data(word).base64EncodedString())?="]
    }

    private static func pieces(_ text: String, of count: Int) -> [String] {
        stride(from: 0, to: text.utf8.count, by: count).map { String(decoding: Array(text.utf8)[$0..<min($0 + count, text.utf8.count)], as: UTF8.self) }
    }
}

extension Fault.Code {
    /// A mail cannot be sent as it is, or the relay does not take it.
    public static let mail = Fault.Code("transport.mail", .io)
}
