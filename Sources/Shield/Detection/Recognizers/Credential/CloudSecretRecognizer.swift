/// Secrets of the Chinese clouds (Alibaba, Tencent, Huawei, Baidu, Volcengine, Qiniu, UCloud, JD, Kingsoft, QingCloud, Ctyun): 30 to 64 characters after
/// their name.
struct CloudSecretRecognizer: Recognizer {
    let card = TypeCard("cloud-secret-key", zh: "云厂商 SecretKey", en: "Chinese cloud secret key", .credential)
    let rules: [Rule] = [.label("[A-Za-z0-9][A-Za-z0-9+/=_-]{19,79}", 0.92) { .when(Entropy.bits($0.bytes) > 3.3 && $0.digits.count >= 2, 0.92,
        "random text after the name of a cloud's key", otherwise: "not random") }]
    let labels = [
        "huaweicloud sdk ak", "huaweicloud sdk sk", "huawei sdk ak", "huawei sdk sk", "huawei access key", "huawei secret key", "volcengine secret key",
        "volcengine access key", "volc secret key", "volc access key", "volc secretkey", "volc accesskey", "baidu access key", "baidu secret key",
        "bce access key id", "jdcloud access key", "jdcloud secret key", "jd access key", "ksyun access key", "ksyun secret key", "ks3 access key",
        "ks3 secret key", "qcloud secret id", "qcloud secret key", "tencentcloud secret id", "tencentcloud secret key", "aliyun access key id",
        "aliyun access key secret", "aliyun ak", "aliyun sk", "oss access key secret", "oss access key id", "cos secret id", "obs access key",
        "obs secret key", "minio access key", "minio secret key", "s3 access key", "s3 secret key", "ctyun ak", "ctyun sk", "ucloud ak",
        "ucloud sk",
        "accesskeysecret", "access key secret", "aliyun secret", "阿里云密钥", "secretkey", "secret key", "secret id", "secretid", "腾讯云密钥", "华为云ak", "华为云sk",
        "百度云ak", "百度云sk", "百度ak", "百度sk", "火山引擎ak", "火山引擎sk", "七牛ak", "七牛sk", "qiniu access key", "qiniu secret key", "ucloud public key",
        "ucloud private key", "publickey",
        "privatekey", "huawei ak", "huawei sk", "hw ak", "hw sk", "baidu ak", "baidu sk", "bce ak", "bce sk", "volc ak", "volc sk", "volcengine ak",
        "volcengine sk", "jdcloud ak", "jdcloud sk", "ksyun ak", "ksyun sk", "obs ak", "obs sk", "cos secret key", "oss secret", "access key", "accesskey",
        "ak", "sk", "云密钥",
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("accessKeySecret: 4JRxFoSIGtoZ6ltxrVBTX8woj4jNkA", "4JRxFoSIGtoZ6ltxrVBTX8woj4jNkA"),
        ("华为云SK=47nQTQHycRVdHwuDf2gBI2ASB7h6VJFPlub0PfXw", "47nQTQHycRVdHwuDf2gBI2ASB7h6VJFPlub0PfXw"),
        ("\"SecretKey\":\"lTyilqwW7cbFRUGkthLSZNAZfnno72Yk\"", "lTyilqwW7cbFRUGkthLSZNAZfnno72Yk")],
        negative: ["accessKeySecret: your_secret_key_here_please", "4JRxFoSIGtoZ6ltxrVBTX8woj4jNkA", "sk: short1"])
}
