/// Identifiers of devices for advertisements (IDFA, GAID, OAID): a UUID, or 16, 32 or 64 hexadecimal digits of OAID, after their name.
struct AdvertisingIDRecognizer: Recognizer {
    let card = TypeCard("advertising-id", zh: "广告标识", en: "Advertising ID", .network)
    let rules: [Rule] = [.label("[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", 0.92), .label("[0-9A-Fa-f]{16}", 0.85),
        .label("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{64}", 0.88)]
    let labels = [
        "匿名设备标识", "匿名设备id", "苹果广告标识", "苹果广告标识符", "安卓广告标识", "开发者匿名设备标识", "应用匿名设备标识", "设备oaid", "广告追踪标识", "device oaid", "oaid no", "ios idfa",
        "idfa code", "google ad id", "google advertising id", "android advertising id", "gps adid", "rdid",
        "idfa", "idfv", "gaid", "oaid", "vaid", "aaid", "caid", "广告标识符", "广告标识", "广告id", "匿名设备标识符", "设备标识符", "设备唯一标识", "advertising id",
        "advertising identifier", "ad id", "adid"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("IDFA: 6D92078A-8246-4BA4-AE5B-76104861E7DC", "6D92078A-8246-4BA4-AE5B-76104861E7DC"),
        ("oaid=a4c123b1612dd272d1371c17149d439536b3216fdaeeb975729fae923d5a4fd1", "a4c123b1612dd272d1371c17149d439536b3216fdaeeb975729fae923d5a4fd1")],
        negative: ["6D92078A-8246-4BA4-AE5B-76104861E7DC", "idfa disabled"])
}
