/// Sessions and cookies, after their name.
struct SessionCookieRecognizer: Recognizer {
    let card = TypeCard("session-cookie", zh: "会话标识", en: "Session cookie", .network)
    let rules: [Rule] = [.label("[A-Za-z0-9+/%.][A-Za-z0-9+/=_%.:-]{15,}", 0.85) { match in
        .when(Entropy.bits(match.bytes) > (match.digits.count >= 2 ? 3 : 3.6), 0.85, "random text after the name of a session", otherwise: "not random")
    }, .label("[A-Za-z0-9_.-]{1,40}=[^ ;\\r\\n]{8,}(?:; ?[A-Za-z0-9_.-]{1,40}=[^ ;\\r\\n]{1,}){0,30}", 0.82)]
    let labels = ["jsessionid", "phpsessid", "asp.net sessionid", "sessionid", "session id", "session key", "session token", "sess id", "connect.sid",
        "sid", "csrftoken", "csrf token", "xsrf token", "cookie", "set-cookie", "laravel session", "remember me", "会话标识", "会话id", "会话密钥"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("JSESSIONID=7BC4612476C0EFECF6C2F708DFC3832C; Path=/", "7BC4612476C0EFECF6C2F708DFC3832C"),
        ("sessionid: tnh8b0lwt5lz2oasraaf378w4o6ideq5", "tnh8b0lwt5lz2oasraaf378w4o6ideq5")],
        negative: ["sessionid=null", "cookie consent accepted", "session id: aaaaaaaaaaaaaaaaaaaa"])
}
