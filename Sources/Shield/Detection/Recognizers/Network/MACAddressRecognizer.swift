/// Hardware addresses, IEEE 802: six pairs of hexadecimal digits with colons or hyphens, or three groups of four with points.
struct MACAddressRecognizer: Recognizer {
    let card = TypeCard("mac-address", zh: "MAC 地址", en: "MAC address", .network)
    private static let pairs = "(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5})"
    private static func verdict(_ match: Match, _ confidence: Double) -> Verdict {
        let bytes = match.compact
        let next = match.byte(after: 0)
        let isMark = { (byte: UInt8?) in byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") }
        let isHex = { (byte: UInt8?) in byte.flatMap(Checksums.alphanumericValue).map { $0 < 16 } ?? false }
        let isLonger = isMark(next) && (match.byte(after: 1).map { Checksums.alphanumericValue($0) != nil } ?? false)
        let isPairBefore = isHex(match.byte(before: 1)) && isHex(match.byte(before: 2)) && match.byte(before: 3).flatMap(Checksums.alphanumericValue) == nil
        let isTail = isMark(match.byte(before: 0)) && isPairBefore
        guard bytes.count == 12, !isLonger, !isTail, Set(bytes).count > 1 else { return .drop("not six pairs") }
        return .keep(bytes.contains(where: Checksums.isLetter) ? confidence : 0.4, "six pairs of a hardware address")
    }
    let rules: [Rule] = [
        .word(MACAddressRecognizer.pairs, 0.4) { MACAddressRecognizer.verdict($0, 0.85) }, .label(MACAddressRecognizer.pairs, 0.92),
        .word("[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}", 0.3) { MACAddressRecognizer.verdict($0, 0.6) }, .label("[0-9A-Fa-f]{12}", 0.88),
            .label("[0-9A-Fa-f]{4}[.:-][0-9A-Fa-f]{4}[.:-][0-9A-Fa-f]{4}", 0.9),
        .literal(MACAddressRecognizer.hexadecimalHeads, MACAddressRecognizer.pairs,
            0.4) { MACAddressRecognizer.verdict($0, 0.85) },
    ]
    /// Addresses that begin with a pair of two letters: the pair alone is a word without a digit.
    private static let hexadecimalHeads = ["ABCDEF", "abcdef"].flatMap { set in
        set.flatMap { first in set.flatMap { second in [":", "-"].flatMap { mark in (set + "0123456789").map { "\(first)\(second)\(mark)\($0)" } } } }
    }
    let labels = ["mac地址", "mac address", "mac addr", "mac", "物理地址", "硬件地址", "网卡地址", "蓝牙地址", "wifi mac", "bssid", "hwaddr", "ether", "hardware address",
        "bluetooth address", "bt mac", "macdz"]
    let negativeContext = ["指纹", "fingerprint", "sha1", "sha256", "md5", "证书", "颜色", "color", "version", "版本"]
    let fixtures = RecognizerFixtures(
        positive: [("MAC地址：00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D:5E"), ("hwaddr 3c-22-fb-12-34-9a up", "3c-22-fb-12-34-9a"),
            ("mac=001A2B3C4D5E", "001A2B3C4D5E"), ("dev ac:de:48:00:11:22", "ac:de:48:00:11:22")],
        negative: ["00:1A:2B:3C:4D:5E:6F", "fingerprint 00:1A:2B:3C:4D:5E", "12-34-56", "001A2B3C4D5E"])
}
