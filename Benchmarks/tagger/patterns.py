"""Patterns: `<a|b>` is one of these, `{slot}` a value; slots of entities are labeled. Texts come out as (text, [(start, end, type)])."""
import pathlib
import re

LABELS = {
    "thinker": "person", "historic": "person", "leader": "person", "p": "person", "p1": "person", "pf": "person", "pn": "person", "ps": "person", "ep": "person", "es": "person", "l": "address", "lc": "address", "lct": "address", "ad": "address", "el": "address", "ea": "address",
    "o": "organization", "oc": "organization", "os": "organization", "oh": "organization", "om": "organization", "ot": "organization", "eo": "organization", "t": "position", "et": "position",
    "m": "medical", "mm": "medical", "ma": "medical", "ms": "medical", "mx": "medical", "em": "medical"}


def parse(text, position=0, inside=False):
    """A pattern as a list of parts: a string, ("slot", name) or ("any", [patterns])."""
    parts, options, run = [], [], ""
    while position < len(text):
        letter = text[position]
        if letter == "<":
            if run:
                parts.append(run)
            inner, position = parse(text, position + 1, True)
            parts.append(("any", inner))
            run = ""
            continue
        if inside and letter in "|>":
            if run:
                parts.append(run)
            options.append(parts)
            parts, run = [], ""
            position += 1
            if letter == ">":
                return options, position
            continue
        if letter == "{":
            end = text.index("}", position)
            if run:
                parts.append(run)
            parts.append(("slot", text[position + 1:end]))
            run, position = "", end + 1
            continue
        run += letter
        position += 1
    if inside:
        raise ValueError("a pattern has an open <: " + text)
    if run:
        parts.append(run)
    return parts, position


def read_patterns(folder):
    files = {path.stem: [parse(line)[0] for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("# ")] for path in sorted(folder.glob("*.txt")) if path.stem != "clauses"}
    clauses, name = {}, None
    for line in (folder / "clauses.txt").read_text(encoding="utf-8").split("\n"):
        if re.fullmatch(r"@[a-z]+[0-9]?", line):
            name = line[1:]
            clauses[name] = []
        elif name and not line.startswith("# "):
            if line:
                clauses[name].append(parse(line)[0])
    return files, clauses


# Words that are positions and too often something else.
NOT_POSITIONS = {"代表", "编辑", "翻译", "助理", "顾问", "主管", "会计", "裁判", "工人", "领队"}


def position_words(lists):
    """Positions that are known wherever they stand, the longest first."""
    return sorted({word for name in ("official", "business", "work") for word in lists[name] if len(word) > 1 and word not in NOT_POSITIONS}, key=lambda word: (-len(word), word))


class Writer:
    def __init__(self, maker, folder=pathlib.Path(__file__).resolve().parent / "patterns"):
        self.maker, self.chance = maker, maker.chance
        self.files, self.clauses = read_patterns(folder)
        self.genre = "news"
        self.positions = re.compile("|".join(position_words(maker.words.lists)))

    def text(self, genre):
        self.genre = genre
        self.out, self.spans, self.depth = [], [], 0
        self.length = 0
        self.write(self.chance.choice(self.files[genre]))
        return "".join(self.out), self.spans

    def put(self, text, label=None):
        if label and text:
            self.spans.append((self.length, self.length + len(text), label))
        self.out.append(text)
        self.length += len(text)

    def write(self, parts):
        for part in parts:
            if isinstance(part, str):
                self.literal(part)
            elif part[0] == "any":
                self.write(self.chance.choice(part[1]))
            elif part[1] in self.clauses:
                self.depth += 1
                options = self.clauses[part[1]]
                self.write(self.chance.choice(options) if self.depth < 8 else min(options, key=len))
                self.depth -= 1
            elif part[1] == "h":
                self.handle()
            else:
                self.put(self.value(part[1]), LABELS.get(part[1]))

    def literal(self, text):
        """Text of a pattern, where positions are labeled, too."""
        start = 0
        for found in self.positions.finditer(text):
            self.put(text[start:found.start()])
            self.put(found.group(), "position")
            start = found.end()
        self.put(text[start:])

    def handle(self):
        """The name of an account: a person's name (which is one) or anything (which is none)."""
        maker, chance = self.maker, self.chance
        if chance.random() < 0.35:
            self.put(maker.one(3, maker.full_name, 1, maker.nickname), "person")
            if chance.random() < 0.2:
                self.put(chance.choice(["V", "_", "的微博", "官方", "2012", "律师", "工作室"]))
            return
        other = maker.known.get("others") or ["阳光", "快乐"]
        self.put(chance.choice([
            lambda: chance.choice(other) + chance.choice(other), lambda: chance.choice(other) + chance.choice(["的", "控", "酱", "君", "Miss", "小姐", "_", "爱", "在路上", "666", "生活", "精选"]) + chance.choice(other + ["", "", ""]), lambda: chance.choice(["我", "爱", "小", "一只", "大", "不"]) + chance.choice(other),
            lambda: maker.pick("english") + chance.choice(["", "_", "-", ""]) + str(chance.randint(0, 2000)), lambda: maker.company(), lambda: maker.pick("english").lower() + chance.choice(other), lambda: maker.pick("media")])())

    def value(self, slot):
        maker, chance = self.maker, self.chance
        makers = {
            "thinker": lambda: maker.pick("thinker"), "historic": lambda: maker.pick("historic"), "leader": lambda: maker.pick("leader"), "p": lambda: maker.person(self.genre), "p1": maker.surname, "pf": maker.full_name, "pn": maker.nickname, "ps": lambda: chance.choice(maker.known["persons"]) if maker.known.get("persons") and chance.random() < 0.7 else maker.person(self.genre),
            "l": maker.place, "lc": lambda: maker.pick("country"), "lct": lambda: maker.one(3, lambda: maker.pick("china"), 1, lambda: maker.pick("worldcity")), "ad": maker.address,
            "o": maker.organization, "oc": maker.company, "os": maker.school, "oh": maker.hospital, "om": maker.government, "ot": maker.team, "t": maker.position,
            "m": maker.disease, "mm": maker.drug, "ma": maker.anatomy, "ms": maker.surgery, "mx": maker.exam,
            "n": maker.number, "d": maker.date, "w": self.work, "phone": lambda: chance.choice(["1" + str(chance.randint(3000000000, 9999999999)), f"0{chance.randint(10, 999)}-{chance.randint(2000000, 89999999)}", f"1{chance.randint(30, 99)}****{chance.randint(1000, 9999)}"]),
            "idn": lambda: str(chance.randint(110000, 659000)) + str(chance.randint(1950, 2010)) + f"{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randint(0, 9999):04}",
            "url": lambda: "http://t.cn/" + "".join(chance.choice("abcdefghzRSTUXYZ0123456789") for _ in range(chance.randint(5, 7))), "u": lambda: maker.road() + chance.choice(["", str(chance.randint(1, 200)) + "号"]),
            "neg": self.other,
            "ep": maker.english_name, "es": lambda: maker.pick("englishlast"), "el": lambda: maker.one(3, lambda: maker.pick("encity"), 2, lambda: maker.pick("encountry"), 1, lambda: maker.pick("encity") + ", " + maker.pick("encountry")),
            "ea": self.english_address, "eo": self.english_organization, "et": lambda: maker.one(3, lambda: maker.pick("enposition"), 2, lambda: maker.pick("enposition2").replace("|", " ")), "em": lambda: maker.one(3, lambda: maker.pick("enmedical"), 1, lambda: maker.pick("enmedical2").replace("|", " "))}
        return makers[slot]()

    def english_address(self):
        maker, chance = self.maker, self.chance
        text = f"{chance.randint(1, 9999)} {maker.pick('enstreet')} {maker.pick('enstreettail')}"
        if chance.random() < 0.3:
            text += chance.choice([f", Apt {chance.randint(1, 99)}", f", Suite {chance.randint(100, 999)}", f" Apt. {chance.randint(1, 99)}"])
        return text + chance.choice(["", f", {maker.pick('encity')}", f", {maker.pick('encity')}, {maker.pick('encountry')}", f", {maker.pick('encity')} {chance.randint(10000, 99999)}"])

    def english_organization(self):
        maker = self.maker
        return maker.one(3, lambda: maker.pick("enorg"), 3, lambda: maker.pick("enorghead") + " " + maker.pick("enorgtail"), 2, lambda: maker.pick("englishlast") + " " + maker.pick("enorgtail"), 1, lambda: maker.pick("englishlast") + " & " + maker.pick("englishlast"), 1, lambda: "University of " + maker.pick("encity"), 1, lambda: maker.pick("encity") + " " + maker.pick("enorgtail"))

    def other(self):
        """A word that is no name; a third begin with a letter that is a surname too."""
        known = self.maker.known
        if known.get("likenames") and self.chance.random() < 0.35:
            return self.chance.choice(known["likenames"])
        if known.get("rare") and self.chance.random() < 0.4:
            return self.chance.choice(known["rare"])
        return self.chance.choice(known.get("others") or ["时间", "朋友"])

    def work(self):
        return self.chance.choice([self.other, lambda: self.other() + self.other(), lambda: self.other() + "的" + self.other(), lambda: self.maker.pick("china") + self.other(), lambda: "我的" + self.other()])()
