/// Community strings of SNMP (RFC 3584), in configurations and after their name.
struct SNMPCommunityRecognizer: Recognizer {
    let card = TypeCard("snmp-community", zh: "SNMP 团体名", en: "SNMP community", .network)
    let rules: [Rule] = [
        .label("(?:read |write |cipher |simple |string )?[A-Za-z0-9@#!_.$-]{4,32}", 0.85), .literal(["snmp-server community ", "snmp-agent community "],
            "snmp-(?:server|agent) community (?:read |write |cipher |simple )?[A-Za-z0-9@#!_.$%^&*-]{3,64}", 0.93, isBounded: false),
    ]
    let labels = ["snmp community", "snmp团体名", "snmp团体字", "团体名", "团体字", "community string", "rocommunity", "rwcommunity", "read community", "write community"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("snmp-server community Netw0rkRO ro", "snmp-server community Netw0rkRO"),
        ("SNMP团体名：fz_core2023", "fz_core2023")], negative: ["community 活动", "snmp enabled", "社区 community 3"])
}
