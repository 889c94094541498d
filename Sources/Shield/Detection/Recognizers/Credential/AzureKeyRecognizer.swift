/// Keys of Azure: AccountKey= and SharedAccessKey= in connection strings, shared access signatures, clients' secrets.
struct AzureKeyRecognizer: Recognizer {
    let card = TypeCard("azure-key", zh: "Azure 密钥", en: "Azure key", .credential)
    let rules: [Rule] = [
        .literal(["AccountKey=", "SharedAccessKey="], "(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,100}={0,2}", 0.96, isBounded: false),
            .literal(["sig=", "sv=20"], "sv=20[0-9]{2}-[0-9]{2}-[0-9]{2}&[^ \\r\\n\"']{10,300}sig=[A-Za-z0-9%+/=]{40,80}", 0.94, isBounded: false),
        .literal(["DefaultEndpointsProtocol="],
            "DefaultEndpointsProtocol=https?;AccountName=[a-z0-9]{3,24};AccountKey=[A-Za-z0-9+/]{40,100}={0,2}(?:;EndpointSuffix=[a-z.]{3,40})?", 0.98,
            isBounded: false), .label("[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}", 0.95),
    ]
    let labels = ["azure", "client secret", "azure client secret"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("DefaultEndpointsProtocol=https;AccountName=myacct;AccountKey=H3ukWUsyNQ2w8ApQrBzMSe02YOS0F4AAUEeHV"
        + "nVQ7s2vdvOy5aPgvuNY89PXgXjBH5KBoiRpagjRc1C0DfkXUT==", "DefaultEndpointsProtocol=https;AccountName=myacct;AccountKey=H3ukWUsyNQ2w8ApQrBzMSe"
        + "02YOS0F4AAUEeHVnVQ7s2vdvOy5aPgvuNY89PXgXjBH5KBoiRpagjRc1C0DfkXUT=="), ("SharedAccessKey=dsuDTWjUxjXNkTk1sx2wAMl8Gul3A3NESCE88MWmfsK=;",
        "SharedAccessKey=dsuDTWjUxjXNkTk1sx2wAMl8Gul3A3NESCE88MWmfsK=")], negative: ["AccountKey=<key>", "SharedAccessKey=short"])
}
