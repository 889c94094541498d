/// JSON Web Tokens, RFC 7519 with RFC 7515: three parts of base64url, the first a JSON object with an algorithm.
struct JSONWebTokenRecognizer: Recognizer {
    let card = TypeCard("jwt", zh: "JWT 令牌", en: "JSON Web Token", .credential)
    let rules: [Rule] = [
        .literal(["eyJ", "eyA", "ewo"].flatMap { Spelling.extended($0) },
            "e[yw][JAo][A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{4,}\\.(?:[A-Za-z0-9_-]{10,})?(?:\\.[A-Za-z0-9_-]{4,}){0,2}", 0.9) { match in
            let head = match.bytes.prefix { $0 != UInt8(ascii: ".") }
            guard let bytes = Base64Text.decode(head) else { return .drop("no base64") }
            let text = String(decoding: bytes, as: UTF8.self)
            return .when(text.contains("\"alg\""), 0.96, "a header that names an algorithm", otherwise: "no header of a token")
        }
    ]
    let labels = ["jwt", "bearer", "id token", "access token", "authorization"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.9bFlIkpYt5HfavHYMD5hzcS"
        + "7hsPRxCcQPDRMQYnrLx4", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.9bFlIkpYt5HfavHYMD5hzcS7hsPRxCcQPDRMQYnrLx4"),
        ("token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIyIn0.c6m-9Jm79Nx70qTyyK9b2Z8meg7TGXIX3Su6FTdDblw;",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIyIn0.c6m-9Jm79Nx70qTyyK9b2Z8meg7TGXIX3Su6FTdDblw")],
        negative: ["eyJhbGciOiJIUzI1NiJ9", "eyJub25lIjoiYWJjIn0abcdef.eyJzdWIiOiIxIn0.abcdefghijkl"])
}
