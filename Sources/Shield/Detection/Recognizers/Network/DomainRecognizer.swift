/// Names of hosts and internal domains, after their name.
struct DomainRecognizer: Recognizer {
    let card = TypeCard("domain", zh: "域名", en: "Domain", .network)
    let rules: [Rule] = [.label("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\\.){1,6}[A-Za-z]{2,18}", 0.78)]
    let labels = [
        "内部域名", "内部系统地址", "内部系统域名", "内网地址", "系统域名", "业务域名", "数据库主机", "数据库地址", "数据库域名", "后台域名", "管理域名", "internal host", "internal domain",
        "internal url", "intranet", "intranet host", "intranet domain", "db host", "database host", "redis host", "mysql host",
        "server domain", "site domain", "app domain", "nwym", "zjm", "fwqym",
        "域名", "内网域名", "主机名", "服务器域名", "网站域名", "站点", "domain", "domain name", "hostname", "host name", "fqdn", "server name", "ym"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("域名：oa.intra.example.com", "oa.intra.example.com"),
        ("hostname=db01.corp.example.cn", "db01.corp.example.cn")], negative: ["域名解析", "oa.intra.example.com", "hostname: db01"])
}
