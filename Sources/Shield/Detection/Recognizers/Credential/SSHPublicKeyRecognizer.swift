/// Public keys of SSH (RFC 4253): they name their owner and the hosts that trust them.
struct SSHPublicKeyRecognizer: Recognizer {
    let card = TypeCard("ssh-public-key", zh: "SSH 公钥", en: "SSH public key", .credential)
    let rules: [Rule] = [.literal(["ssh-rsa AAAA", "ssh-ed25519 AAAA", "ssh-dss AAAA", "ecdsa-sha2-nistp"],
        "(?:ssh-rsa|ssh-ed25519|ssh-dss|ecdsa-sha2-nistp[0-9]{3}) AAAA[A-Za-z0-9+/]{60,}={0,2}", 0.9)]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI5ncjG8Ms49sQLvDJihL4atATd0E9bTso3ZKk54QU5Pr a@b",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI5ncjG8Ms49sQLvDJihL4atATd0E9bTso3ZKk54QU5Pr"),
        ("ssh-rsa AAAAB3NzaC1yc2EDj5UgabJeuMpSauqJGVHN4Yk92heysONTp68YnXB3h417WIxnD76gR4005FfAo1pZRWoxln4UKlLaHsBcNJSwKgtyYaRVzYuy3VLZiVRxzYkBxshGCJ3"
        + "bPUA7Z9nZZvjv8nEZJhhDhBeMIHO7M3JVteiyec0Q7aVhlP8o19okQyardiW5OKcOu05JZznR6nkC29Y45Ns==",
        "ssh-rsa AAAAB3NzaC1yc2EDj5UgabJeuMpSauqJGVHN4Yk92heysONTp68YnXB3h417WIxnD76gR4005FfAo1pZRWoxln4UKlLaHsBcNJSwKgtyYaRVzYuy3VLZiVRxzYkBxshGCJ3b"
        + "PUA7Z9nZZvjv8nEZJhhDhBeMIHO7M3JVteiyec0Q7aVhlP8o19okQyardiW5OKcOu05JZznR6nkC29Y45Ns==")], negative: ["ssh-rsa key", "ssh-ed25519 AAAA"])
}
