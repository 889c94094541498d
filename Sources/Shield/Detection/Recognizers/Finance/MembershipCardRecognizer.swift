/// Numbers of members, loyalty and gift cards, with the codes that open them.
struct MembershipCardRecognizer: Recognizer {
    let card = TypeCard("membership-card", zh: "会员卡号", en: "Membership card", .finance)
    let rules: [Rule] = [.code(6...24, digits: 4, 0.85), .number([8, 10, 12, 13, 16], 0.86), .spread(8...22)]
    let labels = ["会员卡号", "会员编号", "会员号码", "会员号", "会员卡", "会员id", "贵宾卡号", "vip卡号", "vip号", "积分卡号", "积分账号", "常旅客号", "常旅客卡号", "里程卡号", "常客卡号", "俱乐部会员号",
        "储值卡号", "预付卡号", "购物卡号", "礼品卡号", "礼品卡", "充值卡号", "充值卡密", "充值卡密码", "提货卡号", "提货券号", "代金券码", "优惠券码", "兑换码", "兑奖码", "卡密", "加油卡号", "加油卡", "健身卡号",
        "一卡通号", "一卡通卡号", "一卡通", "校园卡号", "校园一卡通", "饭卡号", "门禁卡号", "门禁卡", "ic卡号", "id卡号", "借书证号", "借阅证号", "读者证号", "读者证", "读者号", "图书证号",
        "membership no", "membership number", "membership card", "member no", "member number", "member id", "member card", "loyalty no",
        "loyalty card", "loyalty number", "frequent flyer", "frequent flyer no", "ffp no", "gift card", "gift card no", "voucher code",
        "redeem code", "coupon code", "vip no", "vip card", "prepaid card", "fuel card", "library card", "campus card", "access card", "ic card",
        "ic card no", "hykh", "hyh", "hybh", "jfkh", "yktkh", "xykkh", "jyk"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("会员卡号：880012345678", "880012345678"), ("membership no: VIP00123456", "VIP00123456")],
        negative: ["会员卡号办理流程", "会员卡号待补", "880012345678"])
}
