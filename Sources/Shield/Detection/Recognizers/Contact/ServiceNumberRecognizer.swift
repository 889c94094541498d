/// Numbers of hotlines: 400 and 800 numbers of ten digits, and short ones (95…, 10…, 12…) after their name.
struct ServiceNumberRecognizer: Recognizer {
    let card = TypeCard("service-number", zh: "客服电话", en: "Service number", .contact)
    let rules: [Rule] = [
        .word("[48]00[ -][0-9]{3,4}[ -][0-9]{3,4}", 0.86) { .when($0.digits.count == 10 && !$0.isInsideNumber, 0.86, "400 or 800 number in groups",
            otherwise: "wrong length") },
        .word("[48]00[0-9]{7}", 0.3, "400 or 800 and seven digits"),
            .label("(?:95[0-9]{3}|10[0-9]{3}|12[0-9]{3}|95[0-9]{4,6}|1[12][0-9]{1}|[48]00[0-9]{7})", 0.85), .label("[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}", 0.88),
        .word("[48]00-[0-9]{7}", 0.7, "400 or 800 number"),
        .spread(10...10, letters: []) { ($0[0] == 4 || $0[0] == 8) && $0[1] == 0 && $0[2] == 0 },
    ]
    let labels = [
        "免费电话", "免费热线", "免费咨询电话", "客服号码", "客服专线", "销售热线", "订购热线", "预约电话", "监督电话", "服务专线", "总机", "service tel", "service phone", "service line",
        "service no", "free phone", "tollfree", "customer hotline", "support line", "kfrx", "mfdh",
        "客服电话", "客服热线", "服务热线", "热线电话", "服务电话", "投诉电话", "举报电话", "咨询电话", "报修电话", "全国统一热线", "热线", "客服", "hotline", "service hotline",
        "customer service", "toll free", "kfdh", "fwrx"]
    let context = ["拨打", "致电", "电话", "call"]
    let fixtures = RecognizerFixtures(
        positive: [("客服电话400-123-4567", "400-123-4567"), ("服务热线：95588", "95588"), ("请致电 4008123456", "4008123456")],
            negative: ["4008123456", "订单 800 123", "编号95588"])
}
