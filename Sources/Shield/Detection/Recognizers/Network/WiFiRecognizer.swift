/// Names and passwords of wireless networks, after their name, and the text of the codes that phones scan (WIFI:T:…).
struct WiFiRecognizer: Recognizer {
    let card = TypeCard("wifi", zh: "无线网络凭证", en: "Wi-Fi credentials", .credential)
    let rules: [Rule] = [
        .literal(["WIFI:"], "WIFI:(?:[TSPH]:[^;\\r\\n]{1,64};){1,4};?", 0.95, "a code of a wireless network", isBounded: false),
        .label("[A-Za-z0-9!@#$%^&*.?~]" + Spelling.secret + "{7,62}", 0.9), .label("[^ \\t\\r\\n\"',;:=<_][^ \\t\\r\\n\"',;<>]{5,31}", 0.7,
            isBounded: false) { .when($0.digits.count > 0, 0.7,
            "text after the name of a network", otherwise: "a word") },
    ]
    let labels = ["wifi密码", "wi-fi密码", "无线密码", "无线网密码", "wlan密码", "无线网络密码", "wifi名称", "wifi ssid", "ssid", "无线网名称", "wifi password", "wi-fi password",
        "wlan password", "wlan key", "wpa key", "wpa passphrase", "wpa psk", "psk", "wifimm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("WiFi密码：home2023pw!", "home2023pw!"), ("扫码 WIFI:T:WPA;S:Home5G;P:abc12345;;",
        "WIFI:T:WPA;S:Home5G;P:abc12345;;")], negative: ["WiFi密码错误", "wifi 信号差", "ssid hidden"])
}
