/// Signed addresses of object stores (OSS, COS, OBS, S3, GCS): whoever has one may read the object.
struct SignedURLRecognizer: Recognizer {
    let card = TypeCard("signed-url", zh: "签名网址", en: "Signed URL", .credential)
    let rules: [Rule] = [
        .literal(["https://", "http://"],
            "https?://[A-Za-z0-9.-]{3,128}(?::[0-9]{1,5})?/[^ \\t\\r\\n\"'<>?]{0,256}\\?[^ \\t\\r\\n\"'<>]{0,600}(?:OSSAccessKeyId|x-oss-signature|q-"
            + "signature|X-Amz-Signature|AWSAccessKeyId|Signature|GoogleAccessId|X-Goog-Signature|x-obs-signature|AccessKeyId)=[^ \\t\\r\\n\"'<>]{8,600}",
            0.95, isBounded: false)
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("下载 https://b.oss-cn-hangzhou.aliyuncs.com/a.pdf?OSSAccessKeyId=LTAI5txx&Expires=1700000000&Signature=abcDEF123%3D 吧",
            "https://b.oss-cn-hangzhou.aliyuncs.com/a.pdf?OSSAccessKeyId=LTAI5txx&Expires=1700000000&Signature=abcDEF123%3D"),
            ("https://s3.amazonaws.com/b/k?X-Amz-Signature=fe24c11665921d4b96f7e5100ebc5afeae74d540be6e13fd46883a253d258e8a",
            "https://s3.amazonaws.com/b/k?X-Amz-Signature=fe24c11665921d4b96f7e5100ebc5afeae74d540be6e13fd46883a253d258e8a")],
        negative: ["https://b.oss-cn-hangzhou.aliyuncs.com/a.pdf", "https://example.com/a?Signature=x"])
}
