import Core

/// Simplified characters in their traditional form, and back.
struct TraditionalForms: Perturbation {
    let id = "traditional"
    private let table = Perturbations.table(
        """
        电電 话話 号號 红紅 蓝藍 绿綠 机機 证證 码碼 银銀 行行 账賬 户戶 员員 邮郵 件件 历歷 医醫 药藥 费費 诉訴 灯燈 阀閥 报報 维維 请請 区區 路路 东東 车車 长長 门門 问問 间間 开開 关關 见見 说說 语語 读讀 书書 学學 国國 图圖 园園 圆圓 业業 务務 动動 劳勞 发發 变變 边邊 对對 难難 风風 飞飛 马馬 鱼魚 鸟鳥 龙龍 龟龜 体體 万萬 与與 义義 为為
        个個 们們 价價 优優 会會 传傳 伤傷 亲親 亿億 众眾 专專 两兩 严嚴 丰豐 临臨 丽麗 举舉 乡鄉 买買 卖賣 乱亂 争爭 产產 亚亞 压壓 厂廠 厅廳 县縣 双雙 叶葉 听聽 启啟 员員 响響 团團 场場 坏壞 块塊 坚堅 处處 备備 声聲 头頭 夹夾 夺奪 奋奮 妇婦 妈媽 孙孫 宝寶 实實 审審 宽寬 将將 尔爾 尘塵 层層 岁歲 岛島 币幣 师師 带帶 帮幫 广廣 庆慶 应應 张張 归歸 录錄
        """)

    func change(_ character: Character, using random: inout SeededRandom) -> String? { table[character]?.first.map(String.init) }
}
