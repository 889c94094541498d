/// Keys of service accounts of Google Cloud: the identifier of the key, and the account's address.
struct GCPServiceAccountRecognizer: Recognizer {
    let card = TypeCard("gcp-service-account", zh: "谷歌云服务账号", en: "GCP service account", .credential)
    let rules: [Rule] = [.label("[0-9a-f]{40}", 0.93), .literal(["iam.gserviceaccount.com"], "iam\\.gserviceaccount\\.com", 0.3)]
    let labels = ["private key id", "private_key_id"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("\"private_key_id\": \"53ea76ff5f9e8683a57576b6f6980ac7cb88939f\"",
        "53ea76ff5f9e8683a57576b6f6980ac7cb88939f"), ("private_key_id=136cb94838da83a906263ec23d03dce95d736c64",
        "136cb94838da83a906263ec23d03dce95d736c64")], negative: ["commit 53ea76ff5f9e8683a57576b6f6980ac7cb88939f", "private_key_id missing"])
}
