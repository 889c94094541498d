/// What columns are called, in Chinese, English and the initials of pinyin that Chinese databases use.
///
/// Names are compared without case, blanks and underscores, and by the end of the name too ("khsjh" is a customer's `sjh`, "user_phone" a phone), with initials of three letters or more.
enum ColumnNames {
    /// A kind of column: how a person labels its values, the types that they have, and its names.
    struct Kind: Sendable {
        /// Put before each value when it is scanned: the detector knows it as a context word.
        let label: String
        let types: Set<String>
        let names: [String]
        /// Names that say nothing as the end of a longer one.
        var wholeNames: [String] = []
    }

    static let kinds: [Kind] = [
        Kind(label: "身份证号", types: ["resident-id"], names: ["身份证", "身份证号", "身份证号码", "公民身份号码", "证件号码", "证件号", "sfzh", "sfzhm", "gmsfhm", "zjhm", "zjh", "idcard", "idno", "idnumber", "identity", "identitycard", "residentid", "cardid", "certno", "certificateno", "shenfenzheng"], wholeNames: ["sfz"]),
        Kind(label: "姓名", types: ["person"], names: ["姓名", "名字", "联系人", "收件人", "客户姓名", "户主", "经办人", "法人", "法定代表人", "负责人", "持卡人", "患者", "员工", "fullname", "realname", "username", "customername", "contactname", "firstname", "lastname", "personname", "xingming", "khxm", "lxr", "fddbr"], wholeNames: ["xm", "name", "mz", "hz"]),
        Kind(label: "手机号", types: ["mobile", "landline"], names: ["手机", "手机号", "手机号码", "移动电话", "联系电话", "联系方式", "电话", "电话号码", "sjh", "sjhm", "lxdh", "lxfs", "yddh", "dhhm", "mobile", "mobileno", "mobilephone", "cellphone", "phone", "phoneno", "phonenumber", "telephone", "tel", "shouji", "dianhua"], wholeNames: ["dh", "sj", "cell", "msisdn"]),
        Kind(label: "固定电话", types: ["landline"], names: ["固定电话", "座机", "办公电话", "住宅电话", "传真", "gddh", "zjdh", "bgdh", "landline", "officephone", "homephone", "fax"]),
        Kind(label: "地址", types: ["address"], names: ["地址", "住址", "家庭住址", "通讯地址", "联系地址", "户籍地址", "收货地址", "居住地", "txdz", "jtzz", "jtdz", "lxdz", "hjdz", "xxdz", "address", "addr", "homeaddress", "dizhi", "street"], wholeNames: ["dz", "zz"]),
        Kind(label: "银行卡号", types: ["bank-card", "bank-account"], names: ["银行卡", "银行卡号", "卡号", "银行账号", "银行账户", "开户账号", "yhkh", "yhzh", "yhkhm", "khzh", "bankcard", "bankcardno", "cardno", "cardnumber", "bankaccount", "accountno", "accountnumber", "pan"], wholeNames: ["kh", "zh", "acct"]),
        Kind(label: "统一社会信用代码", types: ["credit-code"], names: ["统一社会信用代码", "社会信用代码", "信用代码", "纳税人识别号", "税号", "tyshxydm", "shxydm", "xydm", "nsrsbh", "uscc", "creditcode", "taxno", "taxid"]),
        Kind(label: "护照号", types: ["passport"], names: ["护照", "护照号", "护照号码", "hzhm", "hzh", "passport", "passportno"]),
        Kind(label: "通行证号", types: ["travel-permit"], names: ["通行证", "通行证号", "港澳通行证", "txzh", "txzhm", "travelpermit"]),
        Kind(label: "车牌号", types: ["plate"], names: ["车牌", "车牌号", "车牌号码", "号牌号码", "cphm", "hphm", "chepai", "plate", "plateno", "platenumber", "licenseplate"], wholeNames: ["cph", "cp"]),
        Kind(label: "车架号", types: ["vin"], names: ["车架号", "车辆识别代号", "clsbdh", "cjh", "vin", "vinno"]),
        Kind(label: "邮箱", types: ["email"], names: ["邮箱", "电子邮箱", "电子邮件", "邮件地址", "dzyx", "dzyj", "email", "mail", "emailaddress", "youxiang"], wholeNames: ["yx"]),
        Kind(label: "IP地址", types: ["ip-address", "ipv4", "ipv6"], names: ["ip地址", "ipdz", "ip", "ipaddr", "ipaddress", "clientip", "remoteip"]),
        Kind(label: "MAC地址", types: ["mac-address"], names: ["mac地址", "macdz", "mac", "macaddress"]),
        Kind(label: "出生日期", types: ["birth-date", "date-of-birth"], names: ["出生日期", "生日", "csrq", "birthday", "birthdate", "dateofbirth", "dob"], wholeNames: ["sr"]),
        Kind(label: "社保号", types: ["social-security"], names: ["社保号", "社保卡号", "医保号", "医保卡号", "sbh", "sbkh", "ybh", "ybkh", "socialsecurity", "ssn"]),
        Kind(label: "微信号", types: ["wechat"], names: ["微信", "微信号", "wxh", "wechat", "weixin", "openid"]),
        Kind(label: "QQ号", types: ["qq"], names: ["qq", "qq号", "qqh", "qqno"]),
        Kind(label: "密码", types: ["password", "secret"], names: ["密码", "口令", "mima", "password", "passwd", "pwd", "secret", "secretkey", "apikey", "accesskey", "token"], wholeNames: ["mm", "kl"]),
        Kind(label: "单位名称", types: ["organization"], names: ["单位", "单位名称", "工作单位", "公司", "公司名称", "企业名称", "gzdw", "dwmc", "gsmc", "qymc", "company", "companyname", "organization", "employer"]),
        Kind(label: "订单号", types: [], names: ["订单号", "订单编号", "ddh", "ddbh", "orderno", "orderid", "ordernumber", "运单号", "快递单号", "ydh", "kddh", "trackingno", "流水号", "交易流水号", "lsh", "jylsh", "serialno", "发票号", "fph", "invoiceno", "合同编号", "htbh"]),
    ]

    private static let whole: [String: Int] = Dictionary(kinds.enumerated().flatMap { index, kind in (kind.names + kind.wholeNames).map { ($0, index) } }) { first, _ in first }
    /// Longest first: "身份证号" ends a name before "号" does.
    private static let ends: [(name: String, kind: Int)] = kinds.enumerated().flatMap { index, kind in kind.names.map { (name: $0, kind: index) } }
        .filter { $0.name.utf8.count >= 3 }.sorted { $0.name.utf8.count > $1.name.utf8.count }

    /// The kind of a column by its name; nil when the name says nothing.
    static func kind(of name: String) -> Kind? {
        let plain = plain(name)
        guard !plain.isEmpty, plain.utf8.count <= 256 else { return nil }
        if let index = whole[plain] { return kinds[index] }
        return ends.first { plain.hasSuffix($0.name) }.map { kinds[$0.kind] }
    }

    /// Lower case, without blanks, underscores, hyphens and what is in parentheses; of a path the last component.
    private static func plain(_ name: String) -> String {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        let bare = last.prefix { $0 != "(" && $0 != "（" }
        return String(String.UnicodeScalarView(bare.lowercased().unicodeScalars.filter { !" _-\t\"'`[]:：*\u{FEFF}".unicodeScalars.contains($0) }))
    }
}
