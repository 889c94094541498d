/// Keys that are plain UUIDs or hexadecimal, after the name of the service: Heroku, PayPal, Cloudflare, Datadog, Bitbucket, Facebook.
struct HerokuKeyRecognizer: Recognizer {
    let card = TypeCard("service-key", zh: "服务接口密钥", en: "Service key", .credential)
    let rules: [Rule] = [.label("[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", 0.9),
        .label("[A-Za-z0-9_-]{32,100}", 0.85) { .when(Entropy.bits($0.bytes) > 3.2 && $0.digits.count >= 3, 0.86, "random text after the name of a service",
        otherwise: "not random") }]
    let labels = [
        "heroku api key", "heroku key", "heroku", "paypal client id", "paypal secret", "paypal client secret", "cloudflare api key", "cloudflare api token",
        "cloudflare token", "datadog api key", "datadog app key", "dd api key", "bitbucket client secret", "facebook app secret", "fb app secret",
        "twitter api secret", "mapbox token", "okta token", "jira token", "sonar token", "circleci token", "travis token", "algolia api key", "fastly key",
        "amap key", "高德key",
        "百度地图ak", "腾讯地图key", "x-api-key",
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("HEROKU_API_KEY=12345678-ABCD-4321-abcd-1234567890AB", "12345678-ABCD-4321-abcd-1234567890AB"),
        ("x-api-key: 2Nbc1EWKUIReruO1tlAXwcNOP6fukbhVYGqfd8a9", "2Nbc1EWKUIReruO1tlAXwcNOP6fukbhVYGqfd8a9")],
        negative: ["12345678-ABCD-4321-abcd-1234567890AB", "heroku deploy"])
}
