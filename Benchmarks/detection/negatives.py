"""Texts that hold nothing sensitive and look as if they did: numbers of orders and parcels, hashes, versions, times, measurements, and words that look like names."""
import base64
import hashlib

import checks
from values import DIGITS, HEX, LOWER, UPPER, WORDS, Maker


def failing(body, check):
    """body with a last digit that is not its check digit."""
    return body + DIGITS[(int(check) + 3) % 10]


def wrong_resident(m):
    """18 digits of an order with a date in the middle, as shops number their orders; the last digit is not the check digit of a resident id."""
    while True:
        text = m.pick("110105", "350203", "440305", "201011", "661032") + m.compact_date(2015, 2024) + m.of(DIGITS, 4)
        if checks.resident(text[:17]) != text[17]:
            return text


def wrong_card(m, length):
    body = m.pick("62", "80", "43", "10", "20", "95") + m.of(DIGITS, length - 3)
    return failing(body, checks.luhn(body))


def ean(m, prefix=None):
    body = (prefix or m.pick("690", "692", "697", "471", "880")) + m.of(DIGITS, 9)
    return body + str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)


def isbn(m):
    text = ean(m, "978")
    return m.pick(text, f"978-7-{text[4:7]}-{text[7:12]}-{text[12]}", f"{text[:3]}-{text[3:]}")


def digest(m, name):
    return hashlib.new(name, m.chance.randbytes(16)).hexdigest()


def base64_digest(m):
    return m.pick("sha256-", "sha384-", "sha512-", "SHA256:", "") + base64.b64encode(m.chance.randbytes(m.pick(32, 48, 20, 16))).decode()


def clock(m):
    return f"{m.chance.randint(0, 23):02}:{m.chance.randint(0, 59):02}:{m.chance.randint(0, 59):02}"


def iso(m):
    date = "%04d-%02d-%02d" % m.date(2018, 2025)
    return m.pick(date, f"{date}T{clock(m)}Z", f"{date} {clock(m)}", f"{date}T{clock(m)}.{m.of(DIGITS, 3)}+08:00", date.replace("-", "/"), date.replace("-", ""), date.replace("-", "") + clock(m).replace(":", ""))


def amount(m):
    whole = f"{m.chance.randint(1, 99999999):,}"
    return m.pick(whole + f".{m.of(DIGITS, 2)}", whole.replace(",", "") + ".00", f"¥{whole}", f"${whole}.{m.of(DIGITS, 2)}", f"{m.chance.randint(2, 9999)}万元", f"RMB {whole}", f"{m.chance.uniform(1, 99):.2f}亿元")


def version(m):
    part = lambda top: str(m.chance.randint(0, top))
    return m.pick(f"v{part(20)}.{part(9)}.{part(30)}", f"{part(9)}.{part(9)}.{part(9)}.{part(9)}.{part(9)}", f"v10.{part(9)}.{part(9)}.{part(9)}", f"{part(12)}.{part(20)}.{part(99)}-rc.{part(9)}", f"{part(9)}.{part(9)}.{part(9)}+build.{m.digits(5)}",
                  f"{m.pick('21', '22', '23', '24')}.{part(12)}.{part(99)}", f"{m.chance.randint(90, 130)}.0.{m.chance.randint(3000, 6800)}.{m.chance.randint(300, 999)}.{part(9)}", f"build {m.digits(8)}", f"OS Build {m.chance.randint(19041, 26100)}.{m.digits(4)}")


KINDS = [
    # name, values, texts with {v}
    ("order-long", lambda m: m.digits(m.pick(16, 17, 18, 19, 20, 24)), ("订单号：{v}，已发货", "您的订单 {v} 正在配送中", "order_id={v} status=PAID", "{{\"orderNo\":\"{v}\",\"state\":2}}", "Order #{v} has shipped.", "退款单 {v} 已受理，请耐心等待", "流水号 {v} 处理成功", "[INFO] create order {v} cost 35ms")),
    ("order-date", wrong_resident, ("订单编号：{v}", "订单{v}已签收", "orderSn: {v}", "流水号 {v} 已冲正", "INSERT INTO orders (order_no) VALUES ('{v}');", "批次号 {v}，共 35 件")),
    ("order-time", lambda m: m.compact_date(2019, 2025) + clock(m).replace(":", "") + m.digits(m.pick(3, 4, 6, 8)), ("订单号 {v} 已完成", "order_no={v}", "流水号：{v}", "任务批次 {v} 导入 1200 行", "batchNo: {v}", "取货单 {v}")),
    ("courier-sf", lambda m: m.pick("SF", "SF1") + m.digits(12), ("快递单号 {v}，明天送达", "物流单号：{v}", "tracking_no={v}", "运单 {v} 已揽收", "Your parcel {v} is out for delivery.", "包裹{v}放在驿站了")),
    ("courier-other", lambda m: m.pick("YT", "JD", "JDVA", "ZTO", "JT", "DPK") + m.digits(m.pick(12, 13)), ("圆通单号 {v}", "运单号:{v} 状态:派送中", "mail_no: {v}", "快件 {v} 已到达分拨中心", "物流信息 {v} 已更新", "waybill={v}&carrier=express")),
    ("courier-digits", lambda m: m.pick("77", "78", "43", "46", "98", "31", "75") + m.of(DIGITS, m.pick(11, 12, 13)), ("快递单号：{v}", "中通 {v} 已发出", "韵达单号{v}，请查收", "express_no={v}", "tracking number {v}", "物流编号：{v}（已签收）")),
    ("mail-ems", lambda m: m.pick("EA", "EB", "RR", "CP") + m.digits(9) + "CN", ("EMS 单号 {v}", "国际包裹 {v} 已出口", "shipment {v} departed", "邮件号：{v}")),
    ("uuid", lambda m: m.uuid(), ("request_id={v}", "traceId: {v}", "任务 {v} 已完成", "{{\"uuid\":\"{v}\"}}", "volume {v} mounted", "DELETE FROM jobs WHERE uid='{v}';", "correlation-id: {v}", "文件 {v}.tmp 已清理")),
    ("hex-32", lambda m: digest(m, "md5"), ("md5: {v}", "文件 MD5 校验值 {v}", "{v}  setup.exe", "ETag: \"{v}\"", "etag={v}", "校验和：{v}", "cache entry {v} evicted")),
    ("hex-40", lambda m: digest(m, "sha1"), ("commit {v}", "git checkout {v}", "sha1={v}", "HEAD is now at {v}", "合并提交 {v} 到主干", "Merge commit {v} into main", "{v} refs/heads/main")),
    ("hex-64", lambda m: digest(m, "sha256"), ("sha256:{v}", "镜像摘要 sha256:{v}", "{v}  release.tar.gz", "docker pull nginx@sha256:{v}", "digest: sha256:{v}", "区块哈希 {v}", "文件指纹（SHA-256）：{v}")),
    ("hex-other", lambda m: digest(m, m.pick("sha384", "sha512", "sha224")), ("sha512: {v}", "摘要值 {v}", "integrity hash {v}", "checksum={v}")),
    ("base64-digest", base64_digest, ("integrity=\"{v}\"", "\"integrity\": \"{v}\"", "script-src '{v}'", "Content-Digest: {v}", "指纹 {v}", "content-md5: {v}")),
    ("commit-short", lambda m: m.mixed(m.pick(7, 8, 10, 12), HEX), ("fix in {v}", "回退到 {v} 版本", "commit {v}: 修复缓存", "git revert {v}", "index {v}..3f2a1bc 100644", "cherry-pick {v} 后重新构建")),
    ("version", version, ("升级到 {v} 后问题消失", "当前版本：{v}", "upgraded to {v}", "\"version\": \"{v}\"", "固件版本 {v}，请重启", "firmware={v} ok", "Chrome {v}", "package==1 ({v})")),
    ("seconds", lambda m: m.pick("16", "17") + m.of(DIGITS, 8), ("timestamp={v}", "ts: {v}", "{{\"created\":{v}}}", "更新时间戳 {v}", "expires_at={v}", "[{v}] worker started")),
    ("milliseconds", lambda m: m.pick("15", "16", "17") + m.of(DIGITS, 11), ("timestamp={v}", "\"ts\":{v},\"level\":\"info\"", "时间戳{v}", "lastModified: {v}", "开始时间 {v}，结束时间未知", "t={v} latency=18")),
    ("microseconds", lambda m: m.pick("16", "17") + m.of(DIGITS, m.pick(14, 17)), ("ts_ns={v}", "event_time: {v}", "纳秒时间戳 {v}", "span start {v}", "{{\"time_unix_nano\":\"{v}\"}}", "monotonic {v}")),
    ("iso-date", iso, ("更新日期：{v}", "deployed at {v}", "{v} 系统维护公告", "截止时间 {v}", "expires {v}", "\"updatedAt\":\"{v}\"", "备份于 {v} 完成", "{v} INFO cache warmed")),
    ("measurement-pair", lambda m: f"{m.chance.uniform(20, 60):.{m.pick(1, 2, 4)}f}{m.pick(', ', ' / ', '，', ' x ')}{m.chance.uniform(70, 130):.{m.pick(1, 2, 4)}f}", ("温度和湿度分别为 {v}", "mean/std: {v}", "样品测得值（{v}）", "长宽 {v} 厘米", "loss, ppl = {v}", "两次测量 {v}，误差正常")),
    ("amount", amount, ("合计金额 {v}", "total: {v}", "预算为{v}，请审批", "营业收入 {v}，同比增长 8.3%", "Invoice total {v}", "累计成交 {v}", "price={v}")),
    ("isbn", isbn, ("ISBN {v}", "教材书号：{v}", "isbn: {v}", "图书 ISBN：{v}，定价 45 元", "The book (ISBN {v}) is out of print.")),
    ("ean", ean, ("商品条码 {v}", "EAN: {v}", "barcode={v}", "条形码：{v} 库存 20", "扫码 {v} 加入购物车")),
    ("sku", lambda m: m.pick("SKU", "SPU", "P", "ITEM", "BOM") + m.pick("-", "", "_") + m.digits(m.pick(6, 8, 10)), ("货号：{v}", "sku={v} qty=3", "物料编码 {v} 缺货", "item {v} restocked", "库位 A-03 存放 {v}")),
    ("part", lambda m: m.pick("STM32F", "TPS", "LM", "XC7A", "GD32E", "MAX", "ATMEGA", "SN74HC", "CC", "BQ") + m.digits(m.pick(3, 4, 5)) + m.pick("", "RBT6", "-Q1", "CSG324", "PW"), ("采购芯片 {v} 共 500 片", "part number {v}", "主控采用 {v}", "replace {v} with a newer part", "型号：{v}")),
    ("eleven-digits", lambda m: m.pick("10", "11", "12", "20", "21", "30", "50", "66", "90") + m.of(DIGITS, 9), ("序列 {v} 已生成", "编号：{v}", "id={v}", "设备编号 {v} 上线", "job {v} finished", "工单号 {v} 已关闭", "计数器读数 {v}", "record no {v}", "记录{v}已归档")),
    ("sixteen-fail", lambda m: wrong_card(m, 16), ("编号：{v}", "序号 {v} 对应第三仓", "id: {v}", "message_id={v}", "凭证流水 {v}", "seq {v} acknowledged")),
    ("nineteen-fail", lambda m: wrong_card(m, m.pick(17, 18, 19)), ("消息编号 {v}", "msgId={v}", "流水号:{v}", "offset {v} committed", "单据 {v} 已审核", "记录编号{v}")),
    ("snowflake", lambda m: m.pick("1", "2") + m.of(DIGITS, 18), ("snowflake id {v}", "\"id\":\"{v}\"", "主键 {v} 插入成功", "tweet {v} deleted", "雪花ID：{v}", "select * from t_log where id={v}")),
    ("trace", lambda m: m.of(HEX, m.pick(16, 32)), ("trace_id={v}", "traceparent: 00-{v}-01", "X-B3-TraceId: {v}", "链路追踪号 {v}", "spanId={v} duration=3ms", "[{v}] GET /health 200")),
    ("hex-color", lambda m: "#" + m.of(HEX + "ABCDEF", 6), ("color: {v};", "主色调 {v}，辅色待定", "background={v}", "按钮颜色改为 {v}", "<fill value=\"{v}\"/>")),
    ("file", lambda m: m.pick("IMG_", "DSC", "report_", "backup-", "log-", "VID_") + m.compact_date(2018, 2025) + m.pick("_", "-") + m.of(DIGITS, 6) + m.pick(".jpg", ".zip", ".tar.gz", ".docx", ".csv", ".mp4"), ("打开 {v} 失败", "saved {v}", "附件：{v}", "rm -f {v}", "文件 {v} 大小 3.2 MB", "upload {v} done")),
    ("line", lambda m: f"{m.pick('main.swift', 'app.py', 'OrderService.java', 'index.js', 'kernel.c')}:{m.chance.randint(1, 4000)}:{m.chance.randint(1, 120)}", ("{v}: error: expected expression", "at {v}", "断点设在 {v}", "panic at {v}", "见 {v} 的注释")),
    ("port", lambda m: f"localhost:{m.chance.randint(1024, 65535)}", ("listening on {v}", "服务已启动：{v}", "connect to {v} refused", "本地端口 {v} 被占用")),
    ("ticket", lambda m: f"{m.pick('JIRA', 'BUG', 'REQ', 'OPS', 'CASE', 'INC', 'CHG')}-{m.digits(m.pick(4, 5, 7))}", ("修复 {v}", "参见 {v}", "{v} 已关闭", "Closes {v}: slow query", "工单 {v} 转二线处理")),
    ("statistics", lambda m: "\t".join(f"{m.chance.uniform(0, 1000):.{m.pick(0, 1, 3)}f}" for _ in range(m.pick(4, 5, 6))), ("均值\t{v}", "epoch 3\t{v}", "第一季度\t{v}", "p50 p90 p99\t{v}", "row 17: {v}")),
    ("chemical", lambda m: m.pick("1,2-二氯乙烷", "2,4,6-三硝基甲苯", "N,N-二甲基甲酰胺", "C6H12O6", "5-羟色胺", "聚四氟乙烯", "二甲基亚砜", "alpha-D-glucopyranose", "4-aminobenzoic acid", "Na2S2O3·5H2O", "CAS 50-00-0", "CAS 7732-18-5"), ("实验用 {v} 50 mL", "加入{v}搅拌两小时", "reagent: {v}, 99% purity", "{v}的沸点较高", "称取 {v} 若干克")),
    ("model", lambda m: m.pick("ThinkPad X1", "RTX 4090", "Core i7-13700K", "EPYC 9654", "A100-SXM4-80GB", "iPhone 15", "Mate 60", "DDR5-5600", "M.2 2280", "USB 3.2 Gen 2", "WH-1000XM5", "EOS R6") + m.pick("", " Pro", " Plus"), ("新买的 {v} 很好用", "benchmark on {v}", "配置为 {v}，预算不足", "{v} is out of stock", "推荐型号 {v}")),
    ("transport", lambda m: m.pick(f"{m.chance.randint(1, 999)}路公交车", f"地铁{m.chance.randint(1, 18)}号线", f"G{m.chance.randint(1, 9999)}次列车", f"D{m.chance.randint(100, 9999)}次动车", f"K{m.chance.randint(10, 999)}次", f"航班CA{m.chance.randint(1000, 9999)}", f"MU{m.chance.randint(1000, 9999)}航班"), ("乘坐{v}大约需要四十分钟", "{v}晚点十五分钟", "{v}今天停运", "我们改坐{v}吧", "请换乘{v}")),
    ("quantity", lambda m: f"{m.chance.randint(100, 9999999)}{m.pick('台', '件', '吨', '人次', '平方米', '千瓦时', '公里', '册', '次')}", ("全年产量达到{v}", "共计 {v}，比上月多", "目标是{v}", "累计{v}，创历史新高", "本次采购{v}")),
    ("percent", lambda m: f"{m.chance.uniform(0, 100):.2f}%", ("合格率 {v}", "CPU usage {v}", "同比增长{v}", "磁盘使用率 {v}，超过阈值", "accuracy {v} on the test split")),
    ("memory", lambda m: "0x" + m.of(HEX, m.pick(8, 12, 16)), ("segfault at {v}", "指针 {v} 无效", "base address {v}", "mov rax, {v}", "寄存器值 {v}")),
    ("thread", lambda m: f"[{m.pick('pool', 'http-nio', 'exec', 'worker')}-{m.chance.randint(1, 9)}-thread-{m.chance.randint(1, 200)}]", ("{v} INFO heartbeat ok", "{v} 线程阻塞 12 秒", "2024-03-01 10:00:00 {v} DEBUG cache hit", "{v} WARN retry 3")),
    ("oid", lambda m: "1.3.6.1." + ".".join(str(m.chance.randint(1, 30)) for _ in range(m.pick(3, 5, 7))), ("snmpget {v}", "OID {v} 无响应", "object identifier {v}", "扩展字段 {v} 未识别")),
    ("section", lambda m: ".".join(str(m.chance.randint(1, 9)) for _ in range(m.pick(3, 5))), ("见第 {v} 节", "参照条款 {v} 执行", "Section {v} describes the protocol", "目录 {v} 术语")),
    ("phone-like", lambda m: m.pick("0" + m.of(DIGITS, 12), "1" + m.of("012", 1) + m.of(DIGITS, 10), m.digits(9), m.digits(13)), ("批号 {v}", "生产批次：{v}", "lot {v}", "仓库编码 {v}", "条目编号 {v} 暂缺", "batch={v} ok")),
    ("score", lambda m: f"{m.chance.randint(60, 130)}-{m.chance.randint(60, 130)}", ("主队 {v} 获胜", "final score {v}", "上半场比分 {v}", "{v} 险胜对手")),
    ("ratio", lambda m: f"{m.chance.randint(1, 99)}:{m.chance.randint(1, 99)}", ("按 {v} 的比例混合", "画面比例 {v}", "mix at {v}", "投票结果 {v}")),
    ("resolution", lambda m: m.pick("1920x1080", "3840*2160", "2560×1440", "1280x720@60", "7680x4320") + m.pick("", "p", " 144Hz"), ("分辨率 {v}", "video {v} encoded", "屏幕支持 {v}", "缩放到 {v}")),
    ("formula", lambda m: m.pick(f"x={m.digits(6)}*{m.digits(4)}+{m.digits(3)}", f"sum(A1:A{m.digits(3)})", f"lim = {m.digits(10)}/{m.digits(3)}", f"2^{m.digits(3)} mod {m.digits(7)}", f"π≈3.{m.of(DIGITS, 15)}", f"e=2.{m.of(DIGITS, 14)}"), ("计算 {v}", "evaluate {v}", "单元格公式 {v}", "结果：{v}")),
    ("random-string", lambda m: m.mixed(m.pick(10, 12, 16), LOWER + DIGITS), ("session cache key prefix {v}:", "节点 node-{v} 已下线", "pod web-{v} restarted", "topic events-{v} created", "容器 app_{v} 重启")),
    ("pod", lambda m: f"{m.pick('order', 'gateway', 'nginx', 'redis')}-{m.mixed(10, HEX)}-{m.mixed(5, LOWER + DIGITS)}", ("pod/{v} Running", "kubectl logs {v}", "实例 {v} 内存不足", "{v} OOMKilled")),
    ("locale", lambda m: m.pick("zh_CN.UTF-8", "en_US.UTF-8", "GB18030", "UTF-16LE", "ISO-8859-1", "RFC 3339", "GB/T 22239-2019", "ISO/IEC 27001:2022", "YD/T 3813-2020", "RFC 7519"), ("编码 {v}", "依据 {v} 执行", "charset={v}", "complies with {v}", "参照标准 {v} 修订")),
    ("import", lambda m: m.pick("from collections import OrderedDict", "import java.util.concurrent.ConcurrentHashMap;", "#include <sys/epoll.h>", "func add(_ a: Int, _ b: Int) -> Int { a + b }", "SELECT COUNT(*) FROM t_order WHERE status = 3 GROUP BY day", "for i in $(seq 1 100); do echo $i; done", "const total = items.reduce((a, b) => a + b.qty, 0)", "password = getpass.getpass()", "token = os.environ[\"TOKEN\"]", "api_key = config.get('api_key')", "secret: ${SECRET}", "pwd: <your password here>", "password: ********", "密码不能为空", "请输入密码", "access_token is required", "passwd: invalid option"), ("{v}", "代码：{v}", "> {v}", "{v}  # 第三行")),
    ("name-like", lambda m: m.pick("方法很简单，按步骤做就行", "高原反应需要休息", "白天温度较高，晚上转凉", "黄金价格小幅回落", "马上开始，请大家准备", "金属加工车间正在检修", "石头下面有一条小溪", "江水上涨，注意安全", "田间管理要跟上", "程序运行正常，没有报错", "任何时候都可以联系我们", "常见问题已经整理好", "安全第一，预防为主", "温度计显示三十七度", "万一下雨就改期", "时间安排比较紧张", "项目经理说进度正常", "向日葵开得正好", "严格执行规定", "钟声响起，大家起立", "雷雨天气不要外出", "许多用户反馈良好", "何时恢复另行通知", "陆续收到回复", "顾客评价总体不错", "方便的话请尽快答复", "平安是福，健康最重要", "全部资料已经归档", "文明礼貌是基本要求", "连续三天下雨", "关于这件事还要讨论", "和平解决争端", "成功率大幅提高", "东西放在桌子上了", "国庆长假安排如下", "相关部门正在处理", "计划明年完工", "经过测试，性能有所提升", "解决办法已经找到", "车辆检测通过"), ("{v}。", "通知：{v}", "{v}，谢谢。", "备注：{v}", "今天{v}。")),
    ("english-plain", lambda m: m.pick("The summer break starts next week", "Will the hope of rain last", "May is warmer than March", "Grant access only when needed", "Mark the box and sign the form", "Bill the customer after delivery", "Rose petals covered the path", "The cliff faces the sea", "A drew won the toss after lunch", "Frank discussion helps the team", "Rich soil grows good crops", "The art of hiking is patience", "Dawn broke over the quiet hills", "Please check the brown paper bag", "The price will rise again", "Faith in numbers is not proof", "The page number is in the footer", "Our cook made a large pie", "The baker's dozen is thirteen", "The north wind was cold"), ("{v}.", "{v}, as we said.", "Note: {v}.", "{v}; see below.")),
    ("near-label", lambda m: m.pick("手机型号：Mate {2}", "手机屏幕 {1}.{1} 英寸", "手机号段共有 {2} 个", "身份证办理时间 8:30-17:{2}", "身份证复印件 {1} 份", "银行卡类型：借记卡，共 {3} 张", "银行卡限额 {5} 元", "密码长度不少于 {1} 位", "密码错误 {1} 次后锁定 {2} 分钟",
                                   "验证码有效期 {2} 分钟", "邮箱容量 {2} GB", "邮箱附件上限 {2} MB", "护照有效期 {1} 年", "车牌识别准确率 {2}.{2}%", "address bus width {2} bits", "email template {8} updated", "phone_count={6}", "card_type={2}", "id_type={1}", "password_min_length={2}",
                                   "token_count: {4}", "max_tokens={4}", "key_size={4}", "secret_version: {2}", "account_status={1}", "账号数量：{5}", "税率 {2}%", "发票数量 {3} 张", "保单数量：{4}", "病历共 {3} 页", "IP 数量 {4}", "mac_table_size {5}", "电话会议共 {2} 人参加", "传真机型号 FX-{3}",
                                   "QQ 在线人数 {7}", "微信群人数 {3}", "邮编范围共 {3} 个", "passport_count: {3}", "ssn_required=false, step {2}", "imei_check=on retries={1}").format(*[m.digits(max(1, size)) for size in range(9)]), ("{v}", "{v}。", "统计：{v}", "[INFO] {v}", "备注 {v}")),
    ("name-field", lambda m: m.pick("name: nginx-ingress", "\"name\": \"order-service\"", "文件名称：年度报告", "项目名称：智慧园区二期", "name=eth0", "表名：t_user_info", "产品名称：无线路由器", "字段名：created_at", "设备名称：交换机三号", "<name>default</name>", "任务名称：夜间备份", "name = \"main\"",
                                   "姓名按拼音排序", "联系人列表为空", "姓名不能为空", "address: required", "地址解析失败", "地址栏输入网址", "收货地址未填写", "住址变更需要三个工作日", "公司名称校验未通过", "title: Untitled", "role: viewer", "user: anonymous", "author: unknown").replace("{", "{{").replace("}", "}}"),
     ("{v}", "- {v}", "{v} # 第 2 项", "{v}；", "> {v}")),
    ("chinese-number", lambda m: m.pick("三百六十五天", "一千二百三十四亿", "第十二届", "二〇二四年度", "五十六个民族", "一九九八年", "百分之三十七", "三四十分钟", "四五百人"), ("全年{v}不间断", "{v}的统计结果", "大约{v}左右", "这是{v}的数据", "据说有{v}")),
    ("uid-log", lambda m: m.digits(m.pick(5, 6, 7)), ("pid={v} started", "进程 {v} 退出", "heap {v} KB", "processed {v} rows", "第 {v} 条记录", "耗时 {v} 毫秒", "line {v}: syntax error", "剩余 {v} 个任务")),
    ("css-selector", lambda m: f".{m.mixed(6, LOWER + DIGITS)}__{m.pick('title', 'item', 'btn')}--{m.pick('active', 'lg', 'x2')}", ("class=\"{v}\"", "样式 {v} 未生效", "{v} {{ margin: 0 }}", "选择器 {v} 重复")),
    ("public-link", lambda m: f"/static/js/{m.pick('app', 'chunk', 'vendor')}.{m.mixed(8, HEX)}.js", ("GET {v} 304", "加载 {v} 超时", "<script src=\"{v}\"></script>", "\"file\": \"{v}\"")),
    ("mask", lambda m: m.pick("138****" + m.of(DIGITS, 4), "****-****-****-" + m.of(DIGITS, 4), "6222 **** **** " + m.of(DIGITS, 4), "a***@***.com", "1101**********" + m.of(DIGITS, 4), "sk-****************", "xxxxxxxxxxxxxxxxxx"), ("已脱敏：{v}", "显示为 {v}", "masked value {v}", "打码后的结果 {v}")),
    ("election", lambda m: f"{m.chance.randint(100, 999)},{m.of(DIGITS, 3)},{m.of(DIGITS, 3)}", ("人口 {v}", "total views: {v}", "播放量{v}", "rows affected: {v}", "{v} bytes written")),
    ("catalog", lambda m: f"{m.of(UPPER, 2)}{m.digits(2)}-{m.of(UPPER, 1)}{m.digits(3)}-{m.digits(4)}", ("图纸编号 {v}", "drawing {v} rev B", "档案盒 {v} 已上架", "版面 {v}", "模具 {v} 待修")),
    ("dewey", lambda m: f"{m.pick('TP', 'I', 'K', 'F', 'O')}{m.chance.randint(100, 399)}.{m.chance.randint(1, 99)}/{m.digits(4)}", ("索书号 {v}", "馆藏位置 {v}", "call number {v}", "分类号：{v}")),
    ("doi", lambda m: f"10.{m.chance.randint(1000, 9999)}/{m.pick('j.', 's', 'tkde.')}{m.digits(4)}.{m.digits(3)}", ("doi:{v}", "论文编号 {v}", "see {v}", "arXiv and {v}")),
    ("sensor", lambda m: f"{m.chance.uniform(-40, 60):.6f}", ("sensor_value={v}", "加速度 {v} m/s²", "电压读数 {v}", "\"temperature\": {v}", "梯度范数 {v}", "weight {v}")),
]


def negatives(chance, count):
    """(id, kind, text) of at least count texts, the kinds in turn, none twice."""
    maker, seen, result, turn = Maker(chance), set(), [], 0
    while len(result) < count and turn < count * 20:
        kind, make, templates = KINDS[turn % len(KINDS)]
        turn += 1
        text = chance.choice(templates).format(v=make(maker))
        if text not in seen:
            seen.add(text)
            result.append((f"n{len(result)}", kind, text))
    return result
