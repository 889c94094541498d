"""Real English sentences with a permissive license: those that name nobody, and those whose names lists know beyond doubt, labeled by the lists."""
import ast
import csv
import json
import pathlib
import re
import sys
import sysconfig

SENTENCE = re.compile(r"[A-Z][^.!?\n]{12,170}(?:(?:\b(?:Mr|Mrs|Ms|Dr)\.|\d\.\d)[^.!?\n]{3,120})?[.!?]")
# First words that are names too: a sentence that begins with one says nothing about it.
EITHER = set("american english french german japanese chinese indian african european spanish may march april june will mark rob grant chase japan china france earth paris london mercury georgia jordan turkey bill jack pat art sue".split())
HARMLESS = set("I Monday Tuesday Wednesday Thursday Friday Saturday Sunday Internet Christmas Easter Halloween Thanksgiving January February March April June July August September October November December TV DVD CD PC".split())
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from strings(entry)


def texts(files):
    """JSON of any form, CSV with a column `prompt`; sentences of chatterbot-corpus; docstrings of Python's library."""
    for path in files:
        if path.suffix == ".csv":
            csv.field_size_limit(1 << 24)
            with path.open(encoding="utf-8", newline="") as rows:
                for row in csv.DictReader(rows):
                    yield row["prompt"]
        else:
            yield from strings(json.loads(path.read_text(encoding="utf-8")))
    try:
        import chatterbot_corpus
        for path in sorted((pathlib.Path(chatterbot_corpus.__file__).parent / "data/english").glob("*.yml")):
            for line in path.read_text(encoding="utf-8").split("\n"):
                yield re.sub(r"^[-\s]+", "", line).strip("'\" ") + "\n"
    except ImportError:
        pass
    for path in sorted(pathlib.Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)):
                yield " ".join((ast.get_docstring(node) or "").split())


class Lists:
    """What a capital word certainly is."""

    def __init__(self, english):
        pools, lists = english.pools, english.lists
        self.lower = set(pools.lower)
        self.first = {name for name in pools.given + lists["first"] + lists["firstworld"] + pools.people["en_US"][0] if name.lower() not in self.lower and len(name) > 2}
        self.last = set(pools.surnames) | set(lists["last"])
        self.nations = {word for word in lists["nationality"] + lists["nationals"] if " " not in word and word not in ("Pole", "Turk", "Finn", "Dane", "Scot", "Roma")}
        big = lists["city"] + pools.cities[:1500]
        self.towns = {name for name in big if name.lower() not in self.lower and name not in self.first and len(name) > 3}
        self.countries = set(pools.countries) | set(lists["state"]) | set(lists["alias"]) - {"US", "Georgia", "Jordan"}
        self.first -= set(big) | self.countries
        self.places = self.towns | self.countries

    def spans(self, sentence):
        """Spans of a sentence; None when a capital word or a number may be anything."""
        words = list(WORD.finditer(sentence))
        spans, index = [], 0
        if re.search(r"[<>{}\[\]|_=`*#/\\]|\b\d{5,}\b|\b(?:is|was|am|are|turns?|turned|turning|be|aged?|of) \d{1,3}[.,!?]", sentence):
            return None
        while index < len(words):
            word = words[index].group()
            start, end = words[index].span()
            plain = re.sub(r"['’]s?$", "", word)
            if not word[0].isupper() or plain in HARMLESS or re.fullmatch(r"I['’]\w+", word):
                index += 1
                continue
            if index == 0 and (plain.lower() in self.lower or re.sub(r"['’]\w+$", "", plain).lower() in self.lower):
                if plain.lower() in EITHER:
                    return None
                index += 1
                continue
            for count in (4, 3, 2, 1):
                last = index + count - 1
                if last >= len(words):
                    continue
                stop = start + len(plain) if count == 1 else words[last].end()
                phrase = re.sub(r"['’]s$", "", sentence[start:stop])
                if phrase in self.places:
                    spans.append([start, start + len(phrase), "l"])
                    break
            else:
                if plain in self.nations:
                    spans.append([start, start + len(plain), "n"])
                    count = 1
                elif plain in self.first:
                    count, stop = 1, start + len(plain)
                    if word == plain and index + 1 < len(words) and sentence[end:words[index + 1].start()] == " " and words[index + 1].group()[0].isupper():
                        following = re.sub(r"['’]s?$", "", words[index + 1].group())
                        if following not in self.last:
                            return None
                        count, stop = 2, words[index + 1].start() + len(following)
                    spans.append([start, stop, "p"])
                else:
                    return None
            index += count
        for match in re.finditer(r"\b(?:in|since|until|by|of|before|after) ((?:1[5-9]|20)\d\d)\b(?! [a-z]+s\b)", sentence):
            spans.append([*match.span(1), "d"])
        for match in re.finditer(r"\b(\d{1,3})(?:[- ]years?[- ]old)\b|\b(?:aged|age of) (\d{1,3})\b", sentence):
            spans.append([*match.span(1 if match.group(1) else 2), "g"])
        for match in re.finditer(r"\b\d{4}\b", sentence):
            if not any(start <= match.start() < end for start, end, _ in spans):
                return None
        return sorted(spans)


def sentences(files, english):
    """Sentences without names, and (sentence, spans) of those with certain ones; each once."""
    lists, seen, plain, labeled = Lists(english), set(), [], []
    for text in texts(files):
        for found in SENTENCE.finditer(text):
            sentence = found.group().strip()
            if sentence in seen or sentence.count(" ") < 3 or len(sentence) > 230:
                continue
            seen.add(sentence)
            spans = lists.spans(sentence)
            if spans:
                labeled.append((sentence, spans))
            elif spans is not None and (not re.search(r"\d", sentence) or re.search(r"\$\d|\d (?:times|minutes|hours|days|percent|dollars|pounds|miles)", sentence)):
                plain.append(sentence)
    return plain, labeled
