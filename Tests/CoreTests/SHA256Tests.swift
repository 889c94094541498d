import Core
import Testing

@Suite struct SHA256Tests {
    /// FIPS 180-4 examples, and the two-block message of NIST's example values.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func matchesThePublishedVectors(text: String, digest: String) { #expect(SHA256.hex(Array(text.utf8)) == digest) }

    @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 127, 128, 200])
    func piecesGiveTheDigestOfTheWhole(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for cut in stride(from: 0, through: count, by: 7) {
            var hash = SHA256()
            hash.update(Array(bytes[..<cut]))
            hash.update(Array(bytes[cut...]))
            #expect(hash.finalize() == SHA256.digest(bytes))
        }
    }

    /// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
    @Test func authenticatesLikeRFC4231() {
        #expect(
            hexText(SHA256.authenticate(Array("Hi There".utf8), key: [UInt8](repeating: 0x0b, count: 20)))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            hexText(SHA256.authenticate(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            hexText(SHA256.authenticate(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8), key: [UInt8](repeating: 0xaa, count: 131)))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }
}

@Suite struct RedactedTests {
    @Test func neverShowsTheValue() {
        let redacted = Redacted("13800138000", kind: "mobile", key: [1, 2, 3])
        var dumped = ""
        dump(redacted, to: &dumped)
        for shown in ["\(redacted)", String(reflecting: redacted), dumped] {
            #expect(!shown.contains("138001"))
            #expect(shown.contains("11 characters"))
        }
    }

    @Test func fingerprintsOfOneKeyMatchAndOfTwoKeysDoNot() {
        let one = Redacted("a", kind: "k", key: [1]).fingerprint
        #expect(one == Redacted("a", kind: "k", key: [1]).fingerprint)
        #expect(one != Redacted("a", kind: "k", key: [2]).fingerprint)
        #expect(one != Redacted("b", kind: "k", key: [1]).fingerprint)
    }
}
