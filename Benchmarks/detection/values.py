"""Values of identifiers by chance, with the check digits of their standards. No value belongs to anybody but by chance."""
import base64
import calendar
import json
import string

import checks

AREAS = ("110105 120103 130102 140105 150102 210202 220104 230103 310115 320106 330106 340104 350203 360102 370202 410105 420106 430104 440305 450103 460105 500112 510107 520103 530102 540102 "
         "610113 620102 630104 640104 650102 350582 330782 441900").split()
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
UPPER, LOWER, DIGITS, HEX = string.ascii_uppercase, string.ascii_lowercase, string.digits, "0123456789abcdef"
WORDS = UPPER + LOWER + DIGITS
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文辉晓红志永宏俊海燕雪梅欣怡梓涵浩宇轩博思远嘉琪诗雨子墨"
CITIES = ("北京市朝阳区", "上海市浦东新区", "广东省深圳市南山区", "福建省厦门市思明区", "浙江省杭州市余杭区", "四川省成都市武侯区", "湖北省武汉市洪山区", "陕西省西安市雁塔区", "江苏省南京市鼓楼区", "山东省青岛市市南区")
ROADS = ("建设路", "人民东路", "解放大道", "学府街", "环岛南路", "科技园北区三路", "望江街", "松柏路")
FIRST = ("james", "linda", "wang.lei", "zhangwei", "li_na", "chenjie", "liuyang", "sunny.zhao", "mike88", "huang.xm", "xu2019", "peter.wu")
DOMAINS = ("qq.com", "163.com", "126.com", "sina.com", "gmail.com", "foxmail.com", "139.com", "aliyun.com", "hotmail.com", "outlook.com", "xmu.edu.cn", "mail.tsinghua.edu.cn", "huayue-tech.cn", "corp.lanhai.com.cn")


def b64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Maker:
    """Makes values from one source of chance."""

    def __init__(self, chance):
        self.chance = chance

    def of(self, letters, count):
        return "".join(self.chance.choice(letters) for _ in range(count))

    def digits(self, count):
        """Digits, the first not 0."""
        return self.chance.choice(DIGITS[1:]) + self.of(DIGITS, count - 1)

    def mixed(self, count, letters=WORDS):
        """Letters of several kinds, as a random key has them: at least one digit and one letter."""
        while True:
            text = self.of(letters, count)
            if any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text):
                return text

    def pick(self, *choices):
        return self.chance.choice(choices)

    def date(self, first=1955, last=2006):
        year, month = self.chance.randint(first, last), self.chance.randint(1, 12)
        return year, month, self.chance.randint(1, calendar.monthrange(year, month)[1])

    def compact_date(self, first=1955, last=2006):
        return "%04d%02d%02d" % self.date(first, last)

    # Persons
    def resident(self, area=None, last=None):
        while True:
            body = (area or self.pick(*AREAS)) + self.compact_date() + f"{self.chance.randint(1, 989):03}"
            check = checks.resident(body)
            if last is None or check == last:
                return body + check

    def resident_15(self):
        return self.pick(*AREAS) + self.compact_date(1940, 1990)[2:] + f"{self.chance.randint(1, 989):03}"

    def resident_foreign(self):
        """The form of 2023: 9, province of issue, country, birthday, serial, check as of resident ids."""
        body = "9" + self.pick("11", "31", "44", "35", "33") + self.pick("840", "392", "410", "826", "276", "250", "124") + self.compact_date() + f"{self.chance.randint(0, 99):02}"
        body = body[:17].ljust(17, "0")
        return body + checks.resident(body)

    def hong_kong(self):
        letters, digits = self.of(UPPER, 1), self.of(DIGITS, 6)
        return f"{letters}{digits}({checks.hong_kong(letters, digits)})"

    def taiwan(self):
        letter, digits = self.of(UPPER, 1), self.pick("1", "2") + self.of(DIGITS, 7)
        return letter + digits + checks.taiwan(letter, digits)

    def taiwan_resident(self):
        letter, digits = self.of(UPPER, 1), self.pick("8", "9") + self.of(DIGITS, 7)
        return letter + digits + checks.taiwan(letter, digits)

    def name(self):
        return self.pick(*SURNAMES) + self.of(GIVEN, self.pick(1, 2, 2, 2))

    def address(self):
        return f"{self.pick(*CITIES)}{self.pick(*ROADS)}{self.chance.randint(1, 899)}号{self.chance.randint(1, 30)}栋{self.chance.randint(101, 2805)}室"

    def machine_readable(self):
        """The two lines of a passport; the second holds its number."""
        surname, given = self.pick("WANG", "ZHANG", "CHEN", "LI", "HUANG"), self.pick("XIAOMING", "WEI", "LILI", "JIANGUO")
        first = f"P{self.pick('O', '<')}CHN{surname}<<{given}".ljust(44, "<")
        number = "E" + self.of(PLATE_LETTERS + DIGITS[1:], 1) + self.of(DIGITS, 7)
        birth, until = self.compact_date()[2:], self.compact_date(2027, 2034)[2:]
        number, birth, until, rest = (part + checks.mrz(part) for part in (number, birth, until, "<" * 14))
        second = f"{number}CHN{birth}{self.pick('M', 'F')}{until}{rest}"
        return first + "\n", second + checks.mrz(number + birth + until + rest)

    # Phones and accounts
    def mobile(self, prefixes=("130", "131", "132", "133", "135", "136", "137", "138", "139", "147", "150", "151", "152", "155", "157", "158", "159", "166", "173", "176", "177", "178", "180", "181", "182", "185", "186", "187", "188", "189", "191", "198", "199")):
        return self.pick(*prefixes) + self.of(DIGITS, 8)

    def email(self):
        return f"{self.pick(*FIRST)}{self.pick('', self.of(DIGITS, 2), self.of(DIGITS, 3))}@{self.pick(*DOMAINS)}"

    # Money
    def card(self, prefixes, length):
        body = self.pick(*prefixes)
        body += self.of(DIGITS, length - 1 - len(body))
        return body + checks.luhn(body)

    def union(self, length):
        return self.card(("622202", "621700", "622848", "621226", "622588", "621661", "622260", "622908", "621483", "622700", "623058"), length)

    def credit_code(self):
        body = self.pick("91", "91", "92", "11", "12", "51", "52", "93") + self.pick(*AREAS)
        code = self.pick("MA", "M0", "76", "55") + self.of("0123456789ABCDEFGHJKLMNPQRTUWXY", 2) + self.of(DIGITS, 4)
        body += code + checks.organization(code)
        return body + checks.credit_code(body)

    def iban(self, country=None):
        country = country or self.pick("DE", "GB", "FR")
        body = {"DE": self.of(DIGITS, 18), "GB": self.of(UPPER, 4) + self.of(DIGITS, 14), "FR": self.of(DIGITS, 23)}[country]
        return country + checks.mod_97(body + country) + body

    def lei(self):
        body = "3003" + "00" + self.mixed(12, UPPER + DIGITS)
        return body + checks.mod_97(body)

    # Cars
    def plate(self):
        return self.of(PROVINCES, 1) + self.of(PLATE_LETTERS[:14], 1) + self.mixed(5, PLATE_LETTERS + DIGITS * 3)

    def vin(self):
        letters = "ABCDEFGHJKLMNPRSTUVWXYZ" + DIGITS
        body = self.pick("LSV", "LFV", "LVS", "LGB", "LBV", "LJ1", "LSG") + self.of(letters, 5) + self.of("ABCDEFGHJKLMNPRST", 1) + self.of("ABCDEFGHJKLMNPRST", 1) + self.of(DIGITS, 6)
        return body[:8] + checks.vin(body) + body[8:]

    # Networks and devices
    def ipv4(self):
        return ".".join(str(part) for part in (self.pick(10, 172, 192, 58, 61, 117, 121, 218, 223), self.chance.randint(1, 254), self.chance.randint(0, 255), self.chance.randint(1, 254)))

    def ipv6(self):
        return ":".join([self.pick("2408", "2409", "240e", "2001", "fd00")] + [self.of(HEX, 4) for _ in range(7)])

    def uuid(self):
        return f"{self.of(HEX, 8)}-{self.of(HEX, 4)}-4{self.of(HEX, 3)}-{self.pick('8', '9', 'a', 'b')}{self.of(HEX, 3)}-{self.of(HEX, 12)}"

    def mac(self, separator=":"):
        return separator.join(self.of(HEX.upper(), 2) for _ in range(6))

    def imei(self):
        body = self.pick("86", "35", "99") + self.of(DIGITS, 12)
        return body + checks.luhn(body)

    def iccid(self):
        body = "8986" + self.pick("00", "01", "03", "11") + self.of(DIGITS, 13)
        return body + checks.luhn(body)

    # Secrets
    def jwt(self):
        head = b64url(json.dumps({"alg": "HS256", "typ": "JWT"}, separators=(",", ":")).encode())
        body = b64url(json.dumps({"sub": self.digits(8), "name": self.pick(*FIRST), "iat": 1700000000 + self.chance.randint(0, 9999999)}, separators=(",", ":")).encode())
        return f"{head}.{body}.{b64url(self.chance.randbytes(32))}"

    def pem(self, kind):
        data = base64.b64encode(b"\x30\x82" + self.chance.randbytes(430)).decode()
        lines = [data[place:place + 64] for place in range(0, len(data), 64)]
        return "\n".join([f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"])

    def password(self):
        return self.pick("Xm", "Tiger", "hqB", "Winter", "zK") + self.pick("@", "#", "!", "_") + self.mixed(6) + self.pick("!", "$", "9", "z")

    def mnemonic(self):
        words = ("abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual adapt add addict "
                 "address adjust admit adult advance advice aerobic affair afford afraid again age agent agree ahead aim air airport aisle alarm album alcohol").split()
        # Which twelfth words fit is found by trying: the check is four bits of SHA-256 over the indices, and these words are the first of BIP-39's list.
        from hashlib import sha256
        while True:
            indices = [self.chance.randrange(len(words)) for _ in range(12)]
            bits = "".join(f"{index:011b}" for index in indices)
            if f"{sha256(int(bits[:128], 2).to_bytes(16, 'big')).digest()[0]:08b}"[:4] == bits[128:]:
                return " ".join(words[index] for index in indices)

    def tron(self):
        return checks.base58(b"\x41" + self.chance.randbytes(20))

    # Elsewhere
    def cpf(self):
        digits = [self.chance.randint(0, 9) for _ in range(9)]
        for _ in range(2):
            value = sum(digit * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1))) * 10 % 11 % 10
            digits.append(value)
        text = "".join(map(str, digits))
        return f"{text[:3]}.{text[3:6]}.{text[6:9]}-{text[9:]}"

    def aadhaar(self):
        """Twelve digits by Verhoeff's check."""
        product = [[(x + y) % 5 if x < 5 and y < 5 else (x + y) % 5 + 5 if x < 5 else (x - y) % 5 + 5 if y < 5 else (x - y) % 5 for y in range(10)] for x in range(10)]
        spin, power = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [list(range(10))]
        for _ in range(7):
            power.append([power[-1][spin[digit]] for digit in range(10)])
        body, check = self.pick(*DIGITS[2:]) + self.of(DIGITS, 10), 0
        for place, digit in enumerate(reversed(body), 1):
            check = product[check][power[place % 8][int(digit)]]
        last = [0, 4, 3, 2, 1, 5, 6, 7, 8, 9][check]
        return body + str(last)

    def nric(self):
        digits = self.of(DIGITS, 7)
        return "S" + digits + "JZIHGFEDCBA"[sum(int(digit) * weight for digit, weight in zip(digits, (2, 7, 6, 5, 4, 3, 2))) % 11]

    def rrn(self):
        body = self.compact_date(1955, 1999)[2:] + self.pick("1", "2") + self.of(DIGITS, 5)
        check = (11 - sum(int(digit) * weight for digit, weight in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5))) % 11) % 10
        return f"{body[:6]}-{body[6:]}{check}"

    def my_number(self):
        body = self.digits(11)
        rest = sum(int(digit) * (place + 1 if place <= 6 else place - 5) for place, digit in enumerate(reversed(body), 1)) % 11
        return body + str(0 if rest <= 1 else 11 - rest)

    def dni(self):
        digits = self.of(DIGITS, 8)
        return digits + "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23]

    def insee(self):
        body = self.pick("1", "2") + self.of(DIGITS[:9], 2) + f"{self.chance.randint(1, 12):02}" + f"{self.chance.randint(1, 95):02}" + self.of(DIGITS, 6)
        return body + f"{97 - int(body) % 97:02}"

    def german_tax(self):
        while True:
            digits = self.chance.sample(DIGITS, 9)
            digits.insert(self.chance.randint(2, 9), digits[0])
            if digits[0] != "0":
                return "".join(digits) + checks.mod_11_10("".join(digits))

    def nhs(self):
        while True:
            body = self.digits(9)
            check = 11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1))) % 11
            if check != 10:
                return body + str(check % 11)

    def sin(self):
        body = self.pick("1", "2", "4", "5", "7") + self.of(DIGITS, 7)
        return body + checks.luhn(body)

    def thai(self):
        body = self.pick(*"12345678") + self.of(DIGITS, 11)
        return body + str((11 - sum(int(digit) * weight for digit, weight in zip(body, range(13, 1, -1))) % 11) % 10)

    def turkish(self):
        digits = [self.chance.randint(1, 9)] + [self.chance.randint(0, 9) for _ in range(8)]
        digits.append((7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10)
        digits.append(sum(digits) % 10)
        return "".join(map(str, digits))

    def pesel(self):
        body = self.compact_date(1955, 1999)[2:] + self.of(DIGITS, 4)
        return body + str(-sum(int(digit) * weight for digit, weight in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3))) % 10)

    def bsn(self):
        while True:
            body = self.digits(8)
            check = sum(int(digit) * weight for digit, weight in zip(body, range(9, 1, -1))) % 11
            if check < 10:
                return body + str(check)
