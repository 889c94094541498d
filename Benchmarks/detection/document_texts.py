"""Writes documents from document-templates.txt with the word lists and patterns of Benchmarks/tagger; the same seed gives the same texts."""
import pathlib
import random
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tagger"))
from patterns import Writer, parse
from slots import Maker

ESCAPES = str.maketrans("«»¦⟨⟩", "<>|{}")
ZH_CLAUSES = """<甲方|乙方><应当|应|须|有权><按照本合同约定|按时|在{k}日内><支付价款|交付货物|提供服务|完成验收|出具发票|承担相关费用>，<逾期的|如有违约>，<每日|>按<合同总额|未付金额>的{k}%<向对方支付违约金|承担违约责任>。
<双方|甲乙双方>应<对本合同内容保密|遵守国家法律法规|本着诚实信用的原则履行本合同>。
因不可抗力致使本合同<不能履行的|部分不能履行的>，<双方互不承担责任|遭受方应在{k}日内书面通知对方>。
<因履行本合同发生的争议|争议解决：本合同项下争议>，由双方协商解决；协商不成的，<任何一方可向{l}人民法院提起诉讼|提交仲裁>。
<未经对方书面同意|未经甲方同意>，<任何一方不得转让本合同项下的权利义务|乙方不得转租、转借>。
<付款方式|结算方式>：<合同签订后{k}日内支付{k}%预付款|验收合格后支付余款|银行转账>。
<质量标准|交货地点|验收|运输方式>：<按国家标准执行|需方指定地点|由乙方负责，费用由供方承担|货到后{k}日内验收>。
<本合同|本协议>自<双方签字盖章之日|{date}>起<生效|施行>，有效期<{k}年|至{date}止>。
<乙方有下列情形之一的|甲方违反本合同的>，<甲方有权解除合同|乙方可以单方解除合同，并要求赔偿损失>。
甲方依法为乙方缴纳社会保险，乙方<享受带薪年休假|应遵守甲方的规章制度>。""".split("\n")
EN_CLAUSES = """<Either party|The Company|Client|Tenant|The Receiving Party> <may terminate this Agreement upon {k} days' written notice|shall indemnify and hold harmless the other party from any claims|shall not assign this Agreement without prior written consent>.
This Agreement shall be governed by and construed in accordance with the laws of {el}.
<Confidential Information|Confidentiality>: <the Employee|the Receiving Party|each party> shall <hold in strict confidence|not disclose> any proprietary information <for a period of {k} years|except as required by law>.
This Agreement constitutes the entire agreement between the parties and supersedes all prior negotiations and understandings.
If any provision of this Agreement is held invalid, the remaining provisions shall remain in full force and effect.
<Landlord|Seller|Provider|Contractor> shall <maintain the premises in good repair|deliver the goods within {k} days|perform the services in a professional manner|warrant that title is free of liens>.
<Late payments|Any overdue amount> shall bear interest at {k}% per <month|annum>.
No amendment of this Agreement shall be effective unless in writing and signed by both parties.
<Neither party shall be liable for|In no event shall either party be liable for> indirect, incidental or consequential damages.
The term of this <Agreement|Lease> shall commence on {date} and continue until {date} unless terminated earlier as provided herein.
Any dispute arising out of this Agreement shall be <settled by arbitration in {el}|submitted to the exclusive jurisdiction of the courts of {el}>.
<Employee|Contractor> agrees <not to compete with|not to solicit employees of> the Company for {k} months following termination.""".split("\n")
EN_MEDICAL = """<The patient|Pt|She|He> <denies|reports|complains of> <fever, chills|nausea and vomiting|{em}|dyspnea on exertion|headache>.
<Labs|Labs were notable for|CBC> <WBC {dec}|Hgb {dec}, Plt {k}|creatinine {dec}|troponin negative>.
<He|She> was <started on|given|treated with> {drug} <{k} mg|IV|for {em}> with <good effect|improvement in symptoms>.
<CT|MRI|Echocardiogram|Chest x-ray> <showed|revealed|demonstrated> <no acute process|{em}|a small pleural effusion|EF of {k}%>.
<The patient|She|He> underwent <laparoscopic cholecystectomy|cardiac catheterization|right hip replacement|biopsy> without complications.
<Physical exam|On exam> <abdomen soft|regular rate and rhythm, no murmurs|bilateral crackles|tender in the right lower quadrant>.
Past medical history is significant for {em}, {em} and {em}.
Diagnosis: {em}. Plan: <follow-up with PCP|continue {drug}|repeat labs in am|discharge home>.""".split("\n")
ESSAYS = """<春天|秋天|那年夏天|今天早上>，<我和朋友|我们全家|一个人>来到{l}，<风景很美|街上很热闹|吃了当地的小吃>，<让人难忘|回来写了这篇文章>。
<历史上|据史书记载>，{l}是<重要的城市|商业中心>，<建于{year}年|曾是都城>，<现存古迹{k}处|人口约{k}万>。
<量子|数学|生物|地理|语言>学<研究|是一门研究><物质|数量|生命|地表>的<学问|学科>，<起源于古希腊|在二十世纪得到发展>。
{p}是<中国|美国|日本>的<演员|歌手|足球运动员|作家>，<代表作有《{w}》|出生于{l}|获得过多个奖项>。
<该剧|这部小说|这款游戏|这首歌>讲述了<一个少年的成长|两家人的恩怨|战争年代的爱情>，<由{p}执导|于{year}年发行|深受欢迎>。
<如何做红烧肉|怎样养花|学英语的方法>：<首先|第一步><准备材料|打开开关|洗净>，<然后|接着><加水|慢慢搅拌|多练习>，<最后|>完成。""".split("\n")


class Documents:
    def __init__(self, seed, prose, english):
        self.chance = random.Random(seed)
        self.maker = Maker(seed, {})
        self.writer = Writer(self.maker)
        self.prose, self.english = prose, english
        self.parsed = {}
        words = {word for text in prose for word in re.findall(r"[a-z]{3,10}", text)}
        self.plain = sorted(words)[:20000] or ["alpha", "beta"]
        self.style = {}

    def symbols(self, low, high, letters="abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"):
        return "".join(self.chance.choice(letters) for _ in range(self.chance.randint(low, high)))

    def new(self):
        chance = self.chance
        self.style = {"date": chance.randint(0, 5), "money": chance.randint(0, 3)}

    def slot(self, name):
        chance, maker = self.chance, self.maker
        year, month, day = chance.randint(1950, 2026), chance.randint(1, 12), chance.randint(1, 28)
        ip = f"{chance.choice([10, 172, 192, 192, 10, chance.randint(1, 220)])}.{chance.choice([16, 168, 0, chance.randint(0, 255)])}.{chance.randint(0, 255)}.{chance.randint(0, 255)}"
        makers = {
            "k": lambda: str(chance.randint(1, chance.choice([9, 99]))), "num": lambda: str(chance.randint(1000, 10 ** chance.randint(4, 9))), "age": lambda: str(chance.randint(1, 95)), "year": lambda: str(year),
            "dec": lambda: f"{chance.randint(0, 300)}.{chance.randint(0, 99)}", "t": maker.position, "bp": lambda: f"{chance.randint(90, 180)}/{chance.randint(50, 110)}",
            "date": lambda: [f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}/{month}/{day}", f"{year}.{month:02}.{day:02}", f"{day}/{month}/{year}", f"{chance.choice(['Jan', 'March', 'Oct', 'July'])} {day}, {year}"][self.style["date"]],
            "hm": lambda: f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}", "money": lambda: [f"{chance.randint(10, 30000)}", f"{chance.randint(10, 30000)}.{chance.randint(0, 99):02}", f"{chance.randint(1, 90)},{chance.randint(0, 999):03}.00", f"{chance.randint(1, 90) * 500}"][self.style["money"]],
            "id": lambda: f"{chance.randint(110000, 659000)}{year}{month:02}{day:02}{chance.randint(0, 999):03}{chance.choice('0123456789X')}", "card": lambda: "62" + str(chance.randint(10 ** 13, 10 ** 17)),
            "ssn": lambda: f"{chance.randint(100, 899)}-{chance.randint(10, 99)}-{chance.randint(1000, 9999)}", "mail": lambda: self.slot("user") + "@" + self.slot("host"), "phone": lambda: chance.choice(["1" + str(chance.randint(3000000000, 9999999999)), f"0{chance.randint(10, 999)}-{chance.randint(2000000, 89999999)}", f"({chance.randint(200, 999)}) 555-{chance.randint(1000, 9999)}"]),
            "ip": lambda: ip, "mask": lambda: chance.choice(["255.255.255.0", "255.255.0.0", "255.255.255.252", "24"]), "mac": lambda: ":".join(f"{chance.randint(0, 255):02x}" for _ in range(6)), "port": lambda: str(chance.choice([80, 443, 22, 3306, 8080, 53, chance.randint(1000, 60000)])),
            "host": lambda: chance.choice(["www.", "api.", "db.", "mail.", ""]) + self.word() + chance.choice([".com", ".cn", ".example.com", ".local", ".net", ".com.cn"]), "user": lambda: chance.choice([self.word(), maker.pick("english").lower(), "admin", "root", self.symbols(4, 8).lower()]) + chance.choice(["", "", str(chance.randint(1, 99))]),
            "secret": lambda: chance.choice([self.symbols(8, 12), self.symbols(16, 40), self.word().title() + chance.choice("@#!_") + str(chance.randint(1, 2025)), self.symbols(5, 9) + chance.choice("!@#$%^&*") + self.symbols(2, 4)]),
            "key": lambda: self.symbols(16, 20).upper(), "hex": lambda: self.symbols(32, 40, "0123456789abcdef"), "hex6": lambda: self.symbols(6, 6, "0123456789abcdef"), "b64line": lambda: self.symbols(64, 64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
            "envname": lambda: chance.choice(["DB_PASSWORD", "SECRET_KEY", "API_KEY", "REDIS_PASSWORD", "JWT_SECRET", "ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "MYSQL_ROOT_PASSWORD", "SMTP_PASS", "TOKEN", "OSS_SECRET", "db_user", "client_secret", "WECHAT_APP_SECRET", self.word().upper() + "_KEY", self.word().upper() + "_PASSWORD"]),
            "word": self.word, "ef": lambda: maker.pick("english"), "cn": lambda: chance.choice("一二三四五六七八九十"), "goods": lambda: chance.choice(maker.words.lists["industry"]) + chance.choice(["设备", "系统", "服务", "套装", "材料", "软件", "平台", "用品", "T恤", "手机"]),
            "drug": lambda: chance.choice("aspirin metformin lisinopril atorvastatin heparin vancomycin furosemide metoprolol prednisone omeprazole warfarin insulin ceftriaxone morphine albuterol amlodipine gabapentin levothyroxine".split()),
            "em": lambda: chance.choice([self.writer.value("em"), chance.choice("hypertension;type 2 diabetes mellitus;COPD;atrial fibrillation;pneumonia;acute kidney injury;congestive heart failure;breast cancer;chest pain;anemia;cellulitis;stroke;sepsis;abdominal pain;GERD;asthma;seizure;fracture of the left femur;depression;hypothyroidism".split(";"))]),
            "med": self.medical, "emed": lambda: self.fill(chance.choice(EN_MEDICAL)), "zhclause": lambda: self.fill(chance.choice(ZH_CLAUSES)), "enclause": lambda: self.fill(chance.choice(EN_CLAUSES)), "essayzh": lambda: self.fill(chance.choice(ESSAYS)),
            "career": lambda: "；".join(self.fill(chance.choice(["<曾任|历任>{o}{t}<，{o}{t}|、{t}|>", "{year}年{k}月至{year}年{k}月<任|担任>{oc}{t}", "现任{oc}{t}<，兼任{oc}{t}|>", "{year}年毕业于{os}，<获学士学位|获硕士学位|大学学历>"])) for _ in range(chance.randint(1, 5))) + "。",
            "news": lambda: self.writer.text("news")[0], "weibo": lambda: self.writer.text("weibo")[0], "engeneral": lambda: chance.choice(self.english), "proseen": lambda: chance.choice(self.prose),
        }
        if name in makers:
            return makers[name]()
        return self.writer.value(name)

    def word(self):
        return self.chance.choice(self.plain) + (self.chance.choice(["", "", "_", "-"]) and self.chance.choice("_-") + self.chance.choice(self.plain) if self.chance.random() < 0.2 else "")

    def medical(self):
        """A sentence of a record: patterns 1 to 31 of the tagger's but those that ask or tell."""
        for _ in range(20):
            text = self.writer.text("medical")[0]
            if not re.search("[？?]|先生|近日|通报|预防|防治|警惕|远离|什么", text):
                return text
        return text

    def fill(self, pattern):
        if pattern not in self.parsed:
            self.parsed[pattern] = parse(pattern)[0]
        return self.expand(self.parsed[pattern])

    def expand(self, parts):
        out = ""
        for part in parts:
            out += part if isinstance(part, str) else self.expand(self.chance.choice(part[1])) if part[0] == "any" else self.slot(part[1])
        return out

    def text(self, lines):
        """A document of a template; some lines are left out, and some documents are parts of one."""
        self.new()
        chance, out = self.chance, []
        dropped = chance.choice([0, 0, 0.1, 0.3])
        for line in lines:
            found = re.match(r"\*(\d+)-(\d+) (.*)", line, re.S)
            low, high, body = (int(found[1]), int(found[2]), found[3]) if found else (1, 1, line)
            for _ in range(chance.randint(low, high)):
                if chance.random() >= dropped:
                    out.append(self.fill(body).translate(ESCAPES).replace("¶", "\n"))
        text = chance.choice(["\n", "\n", "\n", "\n\n"]).join(out)
        if chance.random() < 0.15 and len(text) > 400:
            start = chance.randint(0, len(text) // 2)
            text = text[start:start + chance.randint(200, 2000)]
        if chance.random() < 0.1:
            text = text.replace("\n", "\r\n")
        return text or "-"


def templates():
    """Class, template and whether it is held out: every fifth of a class is."""
    name, lines, number = None, [], 0
    for line in (HERE / "document-templates.txt").read_text(encoding="utf-8").split("\n") + [""]:
        if re.fullmatch(r"@[a-z-]+", line):
            name, number = line[1:], 0
        elif line.startswith("# Documents"):
            continue
        elif line:
            lines.append(line)
        elif lines:
            yield name, lines, number % 5 == 4
            lines, number = [], number + 1
