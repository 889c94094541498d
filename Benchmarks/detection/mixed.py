"""Mixed text for measuring speed: a third Chinese prose, a third English prose, a third logs of several kinds, with identifiers about as often as real texts have them. Made from words by a seed."""
import random

from values import DIGITS, HEX, Maker

SUBJECTS = "公司 市政府 研究团队 用户 医院 学校 工程师 银行 法院 供应商 平台 项目组 委员会 记者 消费者 居民 企业 部门 实验室 运营商 专家 村民 出版社 车间 客服 媒体 监管机构 合作社 志愿者 代表团 行业协会 基金会 图书馆 港口 航空公司 电网 博物馆 交易所".split()
VERBS = "发布了 讨论了 完成了 推迟了 审查了 改进了 公布了 终止了 启动了 评估了 接管了 整理了 记录了 采购了 取消了 支持 反对 关注 申请 建设 修复 检验 延长 调整 参观 维护 分析 更新 清理 推广".split()
OBJECTS = "新的方案 年度预算 安全标准 交通线路 数据平台 医疗设备 学术报告 生产计划 环境指标 合同条款 旧的系统 天气预警 考试安排 产品目录 网络设备 投诉记录 农业补贴 桥梁工程 电子发票 能源项目 会议纪要 贸易协定 文化活动 水库大坝 客户名单 存储集群 接口文档 训练数据 物流仓库 污水处理厂 抽样结果 招标文件".split()
TIMES = "昨天上午 本月初 上周五 今年以来 会议结束后 春节期间 第三季度 两年前 夜里十点 雨季来临之前 最近几天 正式上线那天 通知发出以后 去年冬天 下一阶段".split()
LINKS = "，同时 ，因此 ，但是 ，据了解 ，另外 ，随后 ，不过 ，与此同时 ，为此 ，其中 ，从而 ，尽管如此".split()
QUALIFIERS = "进一步 认真地 按照规定 在多方努力下 由于成本较高 经过反复论证 为了方便群众 结合当地情况 在技术人员的帮助下 不得不 如期 首次 再次 全面 逐步".split()
ENDINGS = "。 。 。 。 ！ ？ ；".split()
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
    "由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
    "图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目"
    "至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精"
    "值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)

WORDS = ("the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so "
         "said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through years where much "
         "your way well down should because each just those people how too little state good very make world still own see men work long get here between both life being under never day same another know while last might "
         "us great old year off come since against go came right used take three system report market river engine council library weather garden winter station journey window letter paper history science music bridge "
         "forest morning evening harbor village teacher student doctor farmer driver captain table number method result example problem answer question reason change growth price value demand supply energy water power "
         "signal network server protocol memory storage release feature failure backup restore cluster request response latency budget contract agreement shipment warehouse invoice customer account manager department "
         "quarter revenue forecast analysis summary chapter section figure appendix committee chairman minister policy region border coast valley mountain desert island climate storm harvest market factory worker union "
         "strike election campaign debate reform court judge lawyer witness evidence verdict appeal hospital patient nurse treatment vaccine trial theory experiment particle galaxy telescope planet orbit satellite rocket").split()


def extra(chance, *parts):
    """The first part whose limit is above a draw from 0 to 1, made only then; nothing above the last."""
    roll = chance.random()
    return next((make() for limit, make in parts if roll < limit), "")


def chinese(maker, chance):
    clauses = []
    for _ in range(chance.randint(1, 4)):
        clause = chance.choice(TIMES) if chance.random() < 0.4 else ""
        clause += chance.choice(SUBJECTS) + (chance.choice(QUALIFIERS) if chance.random() < 0.4 else "") + chance.choice(VERBS) + chance.choice(OBJECTS)
        if chance.random() < 0.35:
            clause += "".join(chance.choice(CHARACTERS) for _ in range(chance.randint(4, 12)))
        clauses.append(clause)
    text = clauses[0] + "".join(chance.choice(LINKS) + clause for clause in clauses[1:])
    text = extra(chance, (0.02, lambda: f"{text}，联系人{maker.name()}，电话{maker.mobile()}"), (0.03, lambda: f"{text}，地址：{maker.address()}"), (0.035, lambda: f"{text}，身份证号{maker.resident()}"),
                  (0.1, lambda: f"{text}，共计{chance.randint(2, 99999)}{chance.choice('台件吨次人')}"), (0.13, lambda: f"“{text}，”{maker.name()}说")) or text
    return text + chance.choice(ENDINGS) + ("\n" if chance.random() < 0.2 else "")


def english(maker, chance):
    words = [chance.choice(WORDS) for _ in range(chance.randint(6, 24))]
    for place in range(4, len(words) - 1, 7):
        if chance.random() < 0.4:
            words[place] += ","
    text = " ".join(words).capitalize()
    text += extra(chance, (0.01, lambda: f" (contact {maker.email()})"), (0.02, lambda: f", call +1 {chance.randint(200, 989)}-{chance.randint(200, 999)}-{maker.of(DIGITS, 4)}"),
                  (0.06, lambda: f" in {chance.randint(1900, 2025)}"), (0.1, lambda: f", or {chance.randint(2, 99999):,} in all"))
    return text + ".\n" if chance.random() < 0.2 else text + ". "


def stamp(chance):
    return f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}"


def log(maker, chance):
    day, hour = stamp(chance)
    kind = chance.randrange(5)
    if kind == 0:
        return (f'{maker.ipv4()} - - [{day[8:]}/Mar/2024:{hour} +0800] "{chance.choice(("GET", "GET", "POST"))} /{chance.choice(("api/v1/orders", "static/js/app", "login", "img/logo.png", "search"))}?page={chance.randint(1, 99)} HTTP/1.1" '
                f'{chance.choice((200, 200, 304, 404, 502))} {chance.randint(120, 90000)} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/{chance.randint(90, 125)}.0.{chance.randint(1000, 6500)}.{chance.randint(10, 200)} Safari/537.36"\n')
    if kind == 1:
        extra = chance.choice((f'"userId":{maker.digits(8)}', f'"phone":"{maker.mobile()}"', f'"orderNo":"{maker.digits(18)}"', f'"email":"{maker.email()}"', '"cache":"hit"', f'"bytes":{maker.digits(6)}', '"retry":2', f'"sql_ms":{maker.digits(2)}'))
        return f'{{"ts":"{day}T{hour}.{maker.of(DIGITS, 3)}Z","level":"{chance.choice(("INFO", "WARN", "DEBUG", "ERROR"))}","logger":"c.e.{chance.choice(("OrderService", "UserDao", "Gateway"))}","trace":"{maker.of(HEX, 32)}","msg":"{" ".join(chance.choice(WORDS) for _ in range(6))}",{extra}}}\n'
    if kind == 2:
        text = chance.choice(("Accepted publickey for deploy from {ip} port {port} ssh2", "session opened for user root by (uid=0)", "CRON[{pid}]: (root) CMD (run-parts /etc/cron.hourly)", "Out of memory: Killed process {pid} (java)", "DHCPACK on {ip} to {mac} via eth0", "Started Daily apt download activities."))
        return f"Mar {int(day[8:]):2} {hour} node-{chance.randint(1, 40)} {chance.choice(('sshd', 'systemd', 'kernel', 'dhcpd'))}[{chance.randint(300, 60000)}]: " + text.format(ip=maker.ipv4(), port=chance.randint(1024, 65535), pid=chance.randint(300, 60000), mac=maker.mac()) + "\n"
    if kind == 3:
        return f"UPDATE t_{chance.choice(('order', 'user', 'stock'))} SET status = {chance.randint(0, 5)}, updated_at = '{day} {hour}' WHERE id = {maker.digits(chance.choice((6, 10, 19)))} AND version = {chance.randint(1, 99)}; -- {chance.randint(1, 400)} ms\n"
    return f"{chance.randint(1, 9999999)},{maker.name() if chance.random() < 0.3 else chance.choice(OBJECTS)},{chance.randint(1, 9999)}.{maker.of(DIGITS, 2)},{day},{chance.choice(('done', 'open', 'failed'))},{maker.mobile() if chance.random() < 0.1 else maker.digits(9)},{maker.of(HEX, 8)}\n"


def text(size, seed=5):
    """About `size` bytes, in blocks of some 4,000 bytes of one kind."""
    chance = random.Random(seed)
    maker, parts, total = Maker(chance), [], 0
    makers, sizes = (chinese, english, log), [0, 0, 0]
    while total < size:
        kind = sizes.index(min(sizes))
        block, own = [], 0
        while own < 4000:
            piece = makers[kind](maker, chance)
            block.append(piece)
            own += len(piece.encode())
        block.append("\n")
        sizes[kind] += own
        total += own + 1
        parts += block
    return "".join(parts).encode()
