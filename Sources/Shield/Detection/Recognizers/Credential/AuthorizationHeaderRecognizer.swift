/// Credentials in the headers of HTTP, RFC 7617 and RFC 6750: Basic with user and password in base64, Bearer with a token.
struct AuthorizationHeaderRecognizer: Recognizer {
    let card = TypeCard("authorization-header", zh: "认证头", en: "Authorization header", .credential)
    let rules: [Rule] = [
        .literal(["Basic ", "basic "], "[Bb]asic [A-Za-z0-9+/]{8,200}={0,2}", 0.9, isBounded: false) { match in
            guard let bytes = Base64Text.decode(match.bytes.dropFirst(6)),
                let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return .drop("no user and password in base64") }
            return .when(colon > 0 && colon < bytes.count - 1 && bytes.allSatisfy { (32...126).contains($0) }, 0.95, "user and password in base64",
                otherwise: "no user and password in base64")
        },
        .literal(["Bearer ", "bearer "], "[Bb]earer [A-Za-z0-9._~+/-]{16,}={0,2}", 0.85, isBounded: false) { match in
            .when(Entropy.bits(match.bytes.dropFirst(7)) > 3 && match.digits.count >= 2, 0.9, "random text after Bearer", otherwise: "not random")
        },
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("Authorization: Basic YWRtaW46UGFzc3cwcmQ=", "Basic YWRtaW46UGFzc3cwcmQ="),
        ("authorization: bearer 5bBzhhAPyTsolSTTqGFCcrNpVDzoDOm5nr5phSiY", "bearer 5bBzhhAPyTsolSTTqGFCcrNpVDzoDOm5nr5phSiY")],
        negative: ["Basic authentication required", "Bearer tokens are used"])
}
