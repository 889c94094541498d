import Foundation

/// How soon a request must be answered.
public enum Urgency: String, Sendable, CaseIterable {
    /// Danger to life or immediate harm.
    case urgent
    case normal
    /// A question or suggestion without a deadline.
    case low

    /// By words: danger first, then plain questions; everything else is normal.
    public init(of text: String) {
        let dangers = [
            "着火", "起火", "火灾", "冒烟", "煤气", "燃气泄漏", "漏气", "触电", "漏电", "电线掉", "坍塌", "倒塌", "塌陷", "坠落", "昏迷", "晕倒", "休克", "抢救",
            "轻生", "自杀", "跳楼", "殴打", "打人", "持刀", "拐", "走失", "失踪", "中毒", "爆炸", "救命", "危及", "生命危险", "井盖", "被困", "立即", "马上来",
        ]
        if dangers.contains(where: text.contains) {
            self = .urgent
            return
        }
        let troubles = ["投诉", "举报", "拖欠", "不给", "扰民", "没人管", "至今", "漏水", "停水", "停电", "堵", "坏了", "被骗", "尽快", "督促", "逾期", "催"]
        let questions = ["请问", "咨询", "想问", "怎么办理", "需要什么材料", "需要哪些", "建议", "想了解", "能不能", "可以吗", "吗？", "是多少", "怎么"]
        self = questions.contains(where: text.contains) && !troubles.contains(where: text.contains) ? .low : .normal
    }
}

extension Double {
    /// The natural logarithm.
    var logarithm: Double { log(self) }
}
