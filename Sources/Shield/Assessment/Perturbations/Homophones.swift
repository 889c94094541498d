import Core

/// Chinese characters for others that sound the same, as people write who type by sound.
struct Homophones: Perturbation {
    let id = "homophones"
    private let table = Perturbations.table(
        """
        的地得 在再载 是事市式试 他她它 做作坐座 有友又右 会汇惠 以已亿义 到道倒 电店点典 话画化 水睡 号好浩 红洪宏 色涩 蓝兰拦 绿律率 机鸡基 身申深 份分粉 证正政 码马妈 姓性幸 名明鸣 住注驻 址纸止 路录陆 区曲取
        公工功 司思斯 银引 行形型 卡咖 账帐丈 户护互 人任仁 员圆元 年念 月越阅 日入 手首守 箱香 邮由油 件建健 民敏 族足 病并 历力立 院愿怨 医一衣 药要耀 费废非 投头透 诉素速 漏露 修休 灯等登 泵崩 阀发 表标 坏怀 请清情 报抱 维围
        """)

    func change(_ character: Character, using random: inout SeededRandom) -> String? { table[character]?.randomElement(using: &random).map(String.init) }
}
