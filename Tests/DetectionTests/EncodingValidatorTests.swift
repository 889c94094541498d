import Testing

@testable import Detection

/// Checks of addresses and tokens: printed examples, each beside itself with one character changed.
@Suite struct EncodingValidatorTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// The first is the address of the first block's reward.
    @Test(arguments: [("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", true), ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", false),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a", false)])
    func addressesInBase58(text: String, isRight: Bool) { #expect((Base58.checked(bytes(text)[...]) != nil) == isRight) }

    /// The examples of BIP 173 and BIP 350.
    @Test(arguments: [("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", true), ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", false)])
    func addressesInBech32(text: String, isRight: Bool) { #expect(Bech32.isValid(bytes(text)[...]) == isRight) }

    /// The examples of EIP-55.
    @Test(arguments: [
        ("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", true), ("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", false),
        ("fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", true),
    ])
    func addressesInMixedCase(text: String, isRight: Bool) { #expect(Keccak256.isMixedCaseAddress(bytes(text)) == isRight) }

    /// The check value of CRC-32 in every catalog.
    @Test func cyclicCheck() { #expect(TokenCheck.crc32(bytes("123456789")[...]) == 0xCBF4_3926) }

    @Test func emptyTextOfKeccak() {
        let expected = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        let digest = Keccak256.digest([]) ?? []
        let hex = digest.map { let text = String($0, radix: 16); return text.count == 1 ? "0" + text : text }.joined()
        #expect(hex == expected)
    }

    @Test func entropyOfEqualAndOfDifferentCharacters() {
        #expect(Entropy.bits(bytes("aaaaaaaa")) == 0)
        #expect(abs(Entropy.bits(bytes("abcdefgh")) - 3) < 0.01)
    }
}
