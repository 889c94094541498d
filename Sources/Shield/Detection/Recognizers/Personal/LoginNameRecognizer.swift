/// Names of accounts and users, after their name.
struct LoginNameRecognizer: Recognizer {
    let card = TypeCard("login-name", zh: "账户登录名", en: "Login name", .personal)
    let rules: [Rule] = [.label("[A-Za-z][A-Za-z0-9._-]{2,30}[A-Za-z0-9]", 0.74) { match in
        let isName = match.bytes.contains { Checksums.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        let next = match.byte(after: 0)
        return .when(isName && next != UInt8(ascii: "(") && next != UInt8(ascii: "["), 0.74, "an account after its name", otherwise: "a word, not an account")
    }]
    let labels = ["用户名", "登录名", "登录账号", "用户账号", "账户名", "登陆名", "会员账号", "会员名", "昵称", "user name", "username", "login name", "login id", "login",
        "account name", "nickname", "screen name", "yhm", "dlm", "dlzh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("用户名：zhang_wei88", "zhang_wei88"), ("username=li.na", "li.na")],
        negative: ["用户名不存在", "username required", "zhang_wei88"])
}
