/// URLs with a user and a password (RFC 3986, 3.2.1), or with a token, key or signature in the query.
struct CredentialURLRecognizer: Recognizer {
    let card = TypeCard("credential-url", zh: "含凭证的网址", en: "URL with credentials", .credential)
    let rules: [Rule] = [
        .literal(["http://", "https://", "ftp://", "sftp://", "ssh://", "smb://", "ftps://", "HTTP://", "HTTPS://", "git+https://", "ldap://", "ldaps://",
            "rtsp://", "smtp://", "imap://"],
            "[A-Za-z+]{2,10}://[^ \\t\\r\\n\"'<>/:@?#,]{1,64}:[^ \\t\\r\\n\"'<>/@?#]{1,128}@[A-Za-z0-9.-]{1,128}(?::[0-9]{1,5})?(?:/[^ \\t\\r\\n\"'<>"
            + "]{0,256})?", 0.92, isBounded: false) { match in
            .when(!["${", "{{", "<", "****", "xxx:xxx", "user:pass", "username:password"].contains { match.text.contains($0) }, 0.97,
                "user and password in a URL", otherwise: "a placeholder")
        },
        .literal(["http://", "https://"],
            "https?://[A-Za-z0-9.-]{3,128}(?::[0-9]{1,5})?/?[^ \\t\\r\\n\"'<>?]{0,256}\\?[^ \\t\\r\\n\"'<>]{0,512}(?:access_token|token|api_key|apike"
            + "y|secret|password|passwd|pwd|sign|signature|sig|key|auth|ticket)=[A-Za-z0-9%._~+/=-]{8,512}[^ \\t\\r\\n\"'<>]{0,512}", 0.8,
            isBounded: false) { match in
            .when(Entropy.bits(match.bytes.suffix(64)) > 3.2, 0.9, "a token in the query of a URL", otherwise: "not random")
        },
    ]
    let labels: [String] = []
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("git clone https://zhangsan:S3cr3tPw@git.example.com/a.git", "https://zhangsan:S3cr3tPw@git.example.com/a.git"),
            ("GET http://api.example.com/v1?access_token=a2RUa0DTqVqHfpA2XVK4Fyyl 200", "http://api.example.com/v1?access_token=a2RUa0DTqVqHfpA2XVK4Fyyl")],
        negative: ["https://example.com/a?b=c", "http://example.com:8080/a@b", "https://user@example.com"])
}
