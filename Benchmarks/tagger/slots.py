"""Names, places, organizations, positions and medical terms by chance, from words/ and from what permissively licensed packages list."""
import pathlib
import random
import re

HERE = pathlib.Path(__file__).resolve().parent
DIGITS = "零一二三四五六七八九"


def read_lists(path):
    """Reads a file of lists: "@name" or "@name*" opens a list, its entries are split by spaces; a list marked * has its frequent entries first."""
    lists, ranked, name = {}, set(), None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("@"):
            name = line.strip("@*")
            lists.setdefault(name, [])
            if line.endswith("*"):
                ranked.add(name)
        elif name and not line.startswith("#"):
            lists[name] += line.split()
    return lists, ranked


class Words:
    """Draws entries of lists; ranked lists by Zipf's law with an offset, so that the last entries still come up."""

    def __init__(self, chance):
        self.chance = chance
        self.lists, self.weights = {}, {}
        for path in sorted((HERE / "words").iterdir()):
            lists, ranked = read_lists(path)
            for name, entries in lists.items():
                self.lists[name] = entries
                if name in ranked:
                    total, self.weights[name] = 0, []
                    for index in range(len(entries)):
                        total += 1 / (index + 8)
                        self.weights[name].append(total)

    def pick(self, name):
        if name in self.weights:
            return self.chance.choices(self.lists[name], cum_weights=self.weights[name])[0]
        return self.chance.choice(self.lists[name])


class Maker:
    """Makes values of slots. `known` holds what packages list: persons, places by depth, words that are no names."""

    def __init__(self, seed, known):
        self.chance = random.Random(seed)
        self.words = Words(self.chance)
        self.known = known

    def pick(self, name):
        return self.words.pick(name)

    def one(self, *weighted):
        """Calls one of the functions given as weight, function, weight, function ..."""
        weights, makers = weighted[::2], weighted[1::2]
        return self.chance.choices(makers, weights)[0]()

    def number(self):
        chance = self.chance
        text = chance.choice([str(chance.randint(1, 9)), str(chance.randint(10, 99)), str(chance.randint(1, 9999)), f"{chance.randint(1, 99)}.{chance.randint(0, 9)}",
                              chance.choice("一两三四五六七八九十"), chance.choice("二三四五") + "十", chance.choice(["几", "数", "上百", "一百二十", "三千"])])
        return self.wide(text) if chance.random() < 0.25 else text

    def wide(self, text):
        return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)

    def date(self):
        chance = self.chance
        year, month, day = chance.randint(1895, 2024), chance.randint(1, 12), chance.randint(1, 28)
        text = chance.choice([f"{year}年{month}月{day}日", f"{month}月{day}日", f"{year}年", f"{year}年{month}月", f"{day}日", f"{year}-{month:02}-{day:02}", f"{year}.{month}.{day}",
                              "一九" + chance.choice(DIGITS[1:]) + chance.choice(DIGITS) + "年", "去年" + str(month) + "月", f"{year % 100:02}年"])
        return self.wide(text) if chance.random() < 0.3 else text

    # Persons
    def surname(self):
        return self.one(97, lambda: self.pick("surname"), 3, lambda: self.pick("compound"))

    def given(self):
        chance = self.chance
        sex = chance.choice(["male", "male", "female"])
        roll = chance.random()
        if roll < 0.3:
            return self.pick("single")
        if roll < 0.62 and self.known.get("given"):
            letters = self.known["given"]
            return chance.choice(letters[0]) + chance.choice(letters[1])
        if roll < 0.66:
            return self.pick(sex) * 2
        if roll < 0.72 and self.known.get("letters"):
            return chance.choice(self.known["letters"]) + self.pick(sex)
        return self.pick(sex) + self.pick(sex)

    def full_name(self):
        if self.known.get("persons") and self.chance.random() < 0.25:
            return self.chance.choice(self.known["persons"])
        if self.chance.random() < 0.02:
            return self.pick("surname") + self.surname()[0] + self.given()
        return self.surname() + self.given()

    def spaced_name(self):
        name = self.full_name()
        return name[0] + self.chance.choice("　 ") + name[1:] if len(name) == 2 else name

    def syllables(self, low=2, high=5):
        count = self.chance.randint(low, high)
        text = "".join(self.pick("syllable") for _ in range(count - 1))
        return text + (self.pick("foreignend") if self.chance.random() < 0.7 else self.pick("syllable"))

    def foreign(self):
        def last():
            return self.one(35, lambda: self.pick("foreignlast"), 60, self.syllables, 5, lambda: self.pick("foreignlast") + "-" + self.syllables(2, 3))

        def first():
            return self.one(6, lambda: self.pick("foreignfirst"), 4, lambda: self.syllables(2, 4))
        dot = self.chance.choice("····•．.・")
        return self.one(45, last, 12, first, 33, lambda: first() + dot + last(), 4, lambda: first() + dot + self.chance.choice("ABCDEFGHJKLMPRSTW") + dot + last(), 4, lambda: first() + dot + first() + dot + last(),
                        2, lambda: self.chance.choice("ABCDEFGHJKLMPRSTW") + dot + last())

    def asian(self):
        return self.one(55, lambda: self.pick("japaneselast") + self.pick("japanesefirst"), 10, lambda: self.pick("japaneselast"), 25, lambda: self.pick("koreanlast") + self.pick("koreanfirst"),
                        10, lambda: self.chance.choice(["阮", "黎", "陈", "范", "武", "杜"]) + self.chance.choice(["文", "氏", "春", "明", "晋", "德", "国", "玉"]) + self.given()[0])

    def minority(self):
        dot = self.chance.choice("··")
        def part():
            return self.pick("minority")
        return self.one(50, lambda: part() + part(), 15, part, 35, lambda: part() + dot + part())

    def nickname(self):
        return self.one(25, lambda: self.chance.choice("小小小老老") + self.pick("surname"), 6, lambda: "阿" + self.pick("single"), 5, lambda: "小" + self.pick("single"),
                        25, lambda: self.pick("pet"), 12, lambda: self.pick("female") * 2, 10, self.given,
                        5, lambda: self.pick("single") + "子", 4, lambda: self.surname()[0] + self.chance.choice(["大", "二", "三", "四", "老大", "半仙", "大炮", "胖子", "瞎子"]),
                        3, lambda: self.surname()[0] + self.chance.choice(["家伟", "大嘴", "公子"]),
                        5, lambda: self.pick("english"), 5, lambda: self.pick("english") + self.chance.choice(["Chen", "Wang", "Li", "Zhang", "Liu"]))

    def english_name(self):
        first, last = self.pick("english"), self.pick("englishlast")
        return self.one(60, lambda: f"{first} {last}", 8, lambda: f"{first} {self.chance.choice('ABCDEFGHJKLMRSTW')}. {last}", 12, lambda: first, 6, lambda: last, 5, lambda: f"{last}, {first}", 4, lambda: f"{first[0]}. {last}")

    def person(self, genre):
        if genre == "weibo":
            return self.one(56, self.full_name, 10, self.foreign, 4, self.asian, 1, self.minority, 24, self.nickname, 5, lambda: self.pick("english"))
        if genre == "office":
            return self.one(84, self.full_name, 4, self.foreign, 1, self.asian, 3, self.minority, 5, self.nickname, 3, lambda: self.pick("english"))
        return self.one(56, self.full_name, 6, self.spaced_name, 24, self.foreign, 5, self.asian, 4, self.minority, 5, self.nickname)

    # Places
    def place(self):
        return self.one(26, lambda: self.pick("china"), 18, lambda: self.pick("country"), 10, lambda: self.pick("worldcity"), 10, lambda: self.pick("region"), 14, self.region, 14, lambda: self.chance.choice(self.known.get("places") or self.words.lists["china"]),
                        4, lambda: self.pick("town"), 4, lambda: self.pick("village"), 4, self.road, 2, lambda: self.pick("china") + self.pick("village"), 2, lambda: self.syllables(2, 4) + self.chance.choice(["市", "州", "省", "岛", "河", "山", "港", "镇", ""]))

    def region(self):
        """A Chinese place of one to three levels, with or without what kind it is."""
        if not self.known.get("regions"):
            return self.pick("china")
        province, city, county = self.chance.choice(self.known["regions"])
        short = (lambda name: name) if self.chance.random() < 0.5 else (lambda name: re.sub("(省|市|县|区|自治区|地区|自治州|盟)$", "", name) if len(name) > 2 else name)
        return self.one(2, lambda: short(province), 4, lambda: short(city), 4, lambda: short(county), 2, lambda: short(province) + short(city), 2, lambda: short(city) + county, 1, lambda: province + city + county) or province

    def road(self):
        return self.pick("roadhead") + self.pick("roadtail")

    def address(self):
        chance = self.chance
        region = self.chance.choice(self.known["regions"]) if self.known.get("regions") else ("", self.pick("china"), "")
        parts = "".join(region[chance.choice([0, 0, 1, 2]):]) or self.pick("china")
        if chance.random() < 0.3:
            parts += self.pick("town")
        number = str(chance.randint(1, 999))
        room = chance.choice([f"{chance.randint(1, 40)}号楼{chance.randint(1, 6)}单元{chance.randint(101, 2605)}室", f"{chance.randint(1, 30)}栋{chance.randint(101, 3302)}", f"{chance.choice('ABCD')}座{chance.randint(1, 30)}层", f"{chance.randint(1, 30)}幢{chance.randint(1, 5)}单元{chance.randint(101, 1802)}", f"{chance.randint(1, 20)}-{chance.randint(1, 4)}-{chance.randint(101, 1802)}", "", ""])
        return chance.choice([
            parts + self.road() + number + "号" + self.estate() + room, parts + self.road() + number + "号" + room, parts + self.road() + number + "号", parts + self.estate() + room, parts + self.pick("village") + f"{chance.randint(1, 12)}组" + str(chance.randint(1, 90)) + "号",
            self.road() + number + "号", self.estate() + room, parts + self.road() + "与" + self.road() + "交叉口", self.road() + number + "号" + self.estate() + room, parts + self.pick("village")])

    def estate(self):
        return self.pick("estatehead") + self.pick("estate")

    # Organizations
    def company(self):
        head = self.one(4, lambda: self.pick("china"), 2, lambda: "", 1, lambda: self.region(), 1, lambda: "中国")
        brand = self.one(7, lambda: self.pick("brand") + self.pick("brand"), 2, lambda: self.pick("brand") + self.pick("brand") + self.pick("brand"), 1, lambda: self.syllables(2, 4))
        area = self.pick("industry") if self.chance.random() < 0.75 else ""
        note = self.chance.choice(["（集团）", "（中国）", "(集团)", "（上海）"]) if self.chance.random() < 0.06 else ""
        return self.one(35, lambda: self.pick("company"), 45, lambda: head + brand + area + note + self.pick("companytail"), 8, lambda: brand + area, 7, lambda: brand + self.chance.choice(["集团", "公司", "股份", "科技", "银行", "证券"]), 5, lambda: head + self.pick("industry") + self.pick("companytail"))

    def school(self):
        return self.one(45, lambda: self.pick("university"), 45, lambda: self.place_of_office() + self.pick("schooltail"), 10, lambda: self.pick("university") + self.pick("industry")[:2] + self.chance.choice(["系", "学院", "研究所", "研究中心"]))

    def place_of_office(self):
        return self.one(4, lambda: self.pick("china"), 4, self.region, 1, lambda: self.pick("town"))

    def hospital(self):
        return self.one(8, lambda: self.place_of_office() + self.pick("hospitaltail"), 2, lambda: self.pick("university") + self.pick("hospitaltail"), 1, lambda: self.chance.choice(["协和医院", "华西医院", "同仁医院", "市医院", "县医院", "省人民医院", "积水潭医院", "301医院"]))

    def government(self):
        return self.one(55, lambda: self.pick("government"), 40, lambda: self.place_of_office() + self.pick("bureau"), 5, lambda: self.pick("country") + self.chance.choice(["外交部", "政府", "国防部", "最高法院", "议会", "中央银行", "驻华大使馆"]))

    def team(self):
        return self.one(6, lambda: self.pick("team"), 4, lambda: self.place_of_office() + self.chance.choice(["队", "队", "男篮", "女排", "俱乐部"]), 1, lambda: self.syllables(2, 4) + "队")

    def organization(self):
        return self.one(30, self.company, 28, self.government, 14, self.school, 7, self.hospital, 5, self.team, 5, lambda: self.pick("media"), 11, lambda: self.place_of_office() * (self.chance.random() < 0.5) + self.pick("orghead") + self.pick("orgtail"))

    def position(self):
        return self.one(4, lambda: self.pick("official"), 3, lambda: self.pick("business"), 3, lambda: self.pick("work"))

    # Medical terms
    def organ(self):
        return self.pick("organ")

    def disease(self):
        chance = self.chance
        if chance.random() < 0.2:
            return chance.choice(["急性", "慢性", "原发性", "继发性", "左侧", "右侧", "双侧", "重症", "多发性", "化脓性", "先天性", "老年性", "小儿"]) + self.pick("disease")
        if chance.random() < 0.35:
            side = chance.choice(["", "", "", "左", "右", "左侧", "右侧", "双侧", "双"])
            return side + self.organ() + chance.choice(["", "", "低分化", "中分化", "高分化", "转移性", "多发", "浸润性"]) + self.pick("lesion") + chance.choice(["", "", "", "", "伴转移", "术后", "（T3N1M0）", "IV期", "并感染"])
        if self.known.get("diseases") and chance.random() < 0.35:
            return chance.choice(self.known["diseases"])
        return self.pick("disease")

    def anatomy(self):
        chance = self.chance
        if chance.random() < 0.5:
            return self.pick("anatomy")
        return chance.choice(["", "左", "右", "左侧", "右侧", "双侧", "双", "上", "下", "全", "中下段", "远端"]) + self.organ() + chance.choice(["", "", "", "部", "壁", "周围", "上叶", "下段", "根部", "区", "动脉", "静脉", "黏膜", "淋巴结", "组织", "腔", "旁"])

    def drug(self):
        chance = self.chance
        if self.known.get("drugs") and chance.random() < 0.3:
            return chance.choice(self.known["drugs"])
        name = self.pick("drug") if chance.random() < 0.5 else "".join(self.pick("drugsyllable") for _ in range(chance.randint(1, 3))) + self.pick("drugend")
        return name + (chance.choice(["片", "胶囊", "注射液", "缓释片", "颗粒", "口服液", "针", "粉针剂", "滴丸"]) if chance.random() < 0.2 else "")

    def surgery(self):
        chance = self.chance
        if chance.random() < 0.5:
            return self.pick("surgery")
        return chance.choice(["", "", "腹腔镜下", "腹腔镜", "经皮", "胸腔镜下", "开腹", "显微镜下", "全麻下"]) + chance.choice(["", "", "左", "右", "左侧", "右侧"]) + self.organ() + chance.choice(["", "", "肿瘤", "癌", "肿物", "部分"]) + self.pick("surgeryend")

    def exam(self):
        chance = self.chance
        if chance.random() < 0.6:
            return self.pick("exam")
        return chance.choice([self.organ, lambda: chance.choice(["头颅", "胸部", "腹部", "上腹部", "盆腔", "全腹", "心脏", "腰椎", "颈部"])])() + chance.choice(["CT", "MRI", "B超", "彩超", "增强CT", "平扫", "X线", "超声", "核磁", "CT平扫", "造影", "内镜"])
