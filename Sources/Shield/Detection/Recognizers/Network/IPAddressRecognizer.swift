/// IP addresses, RFC 791 and RFC 4291: four decimal numbers to 255, and IPv6. Versions have the same shape: those near a word for them, after a v, or
/// of four small numbers need a context word.
struct IPAddressRecognizer: Recognizer {
    let card = TypeCard("ip-address", zh: "IP 地址", en: "IP address", .network)
    let rules: [Rule] = [
        .word("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}", 0.4) { match in
            let (parts, hasZeros) = match.numbers
            guard parts.count == 4, parts.allSatisfy({ $0 <= 255 }), !hasZeros, !match.isPartOfDotted else { return .drop("not four numbers to 255") }
            if match.byte(before: 0) == UInt8(ascii: "/"), match.byte(before: 1) != UInt8(ascii: "/") { return .keep(0.2,
                "after a slash, as in a product's version") }
            if parts.allSatisfy({ $0 < 32 }) || match.isPreceded(by: ["=="], within: 2) { return .keep(0.3, "four small numbers, as in a version") }
            if parts[0] == 0 || parts[0] >= 224 { return .keep(0.35, "four numbers to 255, not of a host") }
            if !Self.isPrivate(parts), parts.allSatisfy({ $0 < 100 }) { return .keep(0.42, "four numbers under 100, as in a version") }
            return .keep(Self.isPrivate(parts) ? 0.8 : 0.7, "four numbers to 255")
        },
        .word("[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7}", 0.85) { match in
            guard !match.touchesColon else { return .drop("more groups than an address has") }
            // Eight pairs are a fingerprint or a color table more often than an address.
            let isWide = match.text.split(separator: ":").contains { $0.count > 2 }
            return .keep(isWide ? 0.85 : 0.4, "eight groups of an IPv6 address")
        },
        .word("[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6}::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?(?::(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?", 0.4) { match in
            let groups = match.text.split(separator: ":")
            let digits = match.digits.count
            guard !match.touchesColon, groups.count <= 7, digits >= 2 else { return .drop("not the groups of an IPv6 address") }
            return .keep(groups.count >= 3 ? 0.8 : 0.45, "groups of an IPv6 address with a gap")
        },
        .literal(["fe80::", "FE80::", "::ffff:", "fd00::", "ff02::"],
            "(?:[A-Fa-f0-9]{4})?::(?:[fF]{4}:(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})", 0.85,
            "prefix of an IPv6 address"),
    ]
    let labels = [
        "ip地址", "ip", "ip addr", "ip address", "ipv4", "ipv6", "ipv6地址", "主机地址", "服务器地址", "客户端地址", "客户端ip", "来源ip", "源地址", "目的地址", "登录ip", "内网ip", "公网ip",
        "网关", "默认网关", "子网掩码", "client ip", "remote ip", "remote addr", "src ip", "dst ip", "source ip", "destination ip", "server ip", "host ip", "host",
        "gateway", "dns", "bind", "listen", "ipdz",
    ]
    let context = ["服务器", "主机", "地址", "来自", "访问", "攻击", "ping", "ssh", "server", "from", "connect", "addr", "router", "login", "登录"]
    let negativeContext = ["版本", "版本号", "升级", "更新", "固件", "驱动", "补丁", "内核", "章节", "第", "节", "条", "version", "ver", "v", "release", "build", "firmware",
        "driver", "sdk", "upgrade", "upgraded", "patch", "chrome", "firefox", "nginx", "assembly", "package", "编号", "oid"]
    let fixtures = RecognizerFixtures(
        positive: [("IP为192.168.1.20", "192.168.1.20"), ("来自 2001:db8::8a2e:370:7334 的访问", "2001:db8::8a2e:370:7334"), ("remote_addr=8.8.4.4", "8.8.4.4"),
            ("dial 203.0.113.77:8080 refused", "203.0.113.77")],
        negative: ["版本 1.2.3.4", "256.1.1.1", "12:30:45", "第3.2.1.5.7节", "chrome/120.0.99.109", "1.2.3.4"])

    /// Networks of private use, RFC 1918 and RFC 6598, and loopback.
    private static func isPrivate(_ parts: [Int]) -> Bool {
        switch (parts[0], parts[1]) {
        case (10, _), (127, _), (192, 168), (172, 16...31), (100, 64...127): true
        default: false
        }
    }
}

extension Match {
    /// The numbers between points, and whether one of them begins with a zero that adds nothing.
    fileprivate var numbers: (parts: [Int], hasZeros: Bool) {
        var parts = [0]
        var (count, hasZeros) = (0, false)
        for byte in view[range] {
            if byte == UInt8(ascii: ".") {
                parts.append(0)
                count = 0
                continue
            }
            if count == 1, parts[parts.count - 1] == 0 { hasZeros = true }
            parts[parts.count - 1] = parts[parts.count - 1] * 10 + Int(byte & 15)
            count += 1
        }
        return (parts, hasZeros)
    }

    /// Whether a point and a digit stand right before or after: the match is a part of a longer dotted number.
    fileprivate var isPartOfDotted: Bool {
        if byte(before: 0) == UInt8(ascii: "."), let digit = byte(before: 1), Checksums.isDigit(digit) { return true }
        return byte(after: 0) == UInt8(ascii: ".") && (byte(after: 1).map { Checksums.isDigit($0) || Checksums.isLetter($0) } ?? false)
    }

    /// Whether a colon with a digit stands right before or after, or two colons.
    fileprivate var touchesColon: Bool {
        let colon = UInt8(ascii: ":")
        if byte(before: 0) == colon {
            // "IPv6:2001:…" names an address; only a group of at most four hexadecimal digits is a part of one.
            let values = (1...5).map { byte(before: $0).flatMap(Checksums.alphanumericValue) }
            let group = values.prefix { $0 != nil }.compactMap { $0 }
            if byte(before: 1) == colon || (1...4).contains(group.count) && group.allSatisfy({ $0 < 16 }) { return true }
        }
        return byte(after: 0) == colon && (byte(after: 1).map(Checksums.isDigit) ?? false)
    }
}
