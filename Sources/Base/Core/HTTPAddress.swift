/// Where another server is: `http://host:port/path`. Names and passwords, queries and fragments have no place in it.
public struct HTTPAddress: Sendable, Hashable, Codable {
    public let host: String
    public let port: Int
    /// Begins with "/" and does not end with it, or is empty.
    public let path: String

    /// Reads an address.
    /// - Throws: `transport.address` with the remedy, for `https` that of a proxy on this machine.
    public init(parsing text: String) throws {
        func refusal(_ why: String) -> Fault { Fault(.transportAddress, why, remedy: "give an address like http://10.0.0.5:8000/v1") }
        let lowered = text.lowercased()
        if lowered.hasPrefix("https://") {
            throw Fault(
                .transportAddress, "https is not spoken here: this program has no TLS of its own",
                remedy: "run a TLS proxy on this machine (nginx, stunnel) that leads to the server, and give the proxy's http address")
        }
        guard lowered.hasPrefix("http://") else { throw refusal("the address does not begin with http://") }
        // Bytes that would end a line or a word of the request's head never get into it.
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains(where: { "?#\\\"<>".contains($0) }) else {
            throw refusal("the address holds characters that have no place in one, or a query")
        }
        let rest = text.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw refusal("the address holds a name or a password; give a key with --key-file") }
        (host, port) = try Self.split(authority, refusal)
        path = String(rest.dropFirst(authority.count).reversed().drop { $0 == "/" }.reversed())
    }

    private static func split(_ authority: Substring, _ refusal: (String) -> Fault) throws -> (String, Int) {
        var name = authority
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw refusal("the address has an open bracket") }
            name = authority[authority.index(after: authority.startIndex)..<end]
            let tail = authority[authority.index(after: end)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { throw refusal("the address goes on after its bracket") }
            digits = tail.isEmpty ? nil : tail.dropFirst()
            guard !name.isEmpty, name.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { throw refusal("the address has no number of IPv6 in its brackets") }
        } else if let colon = authority.firstIndex(of: ":") {
            name = authority[..<colon]
            digits = authority[authority.index(after: colon)...]
        }
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || ".-_:".contains($0) }) else { throw refusal("the address has no host") }
        let port = digits.map { Int($0) ?? 0 } ?? 80
        guard (1...65535).contains(port) else { throw refusal("the address's port is not 1 to 65535") }
        return (String(name), port)
    }

    /// The address with more path behind it.
    public func appending(_ more: String) -> HTTPAddress { HTTPAddress(host: host, port: port, path: path + more) }

    private init(host: String, port: Int, path: String) {
        self.host = host
        self.port = port
        self.path = path
    }

    /// What the `Host` header says.
    public var authority: String { (host.contains(":") ? "[\(host)]" : host) + (port == 80 ? "" : ":\(port)") }

    /// The address as text.
    public var text: String { "http://\(authority)\(path)" }
}
