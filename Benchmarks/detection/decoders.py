"""Rewrites texts of the battery as somebody would who wants a value to pass unseen. Each rewriting says which values it applies to and where the value lies afterwards."""
import base64
import re
import urllib.parse

from values import DIGITS

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
CYRILLIC = dict(zip("ABCEHIJKMOPSTXYaceijopsxy", "АВСЕНІЈКМОРЅТХУасеіјорѕху"))
GREEK = dict(zip("ABEZHIKMNOPTYXo", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"))
ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
SEPARATORS = ("-", ".", "_", "·", "/", "—", "*", ",", "~", "|", "、", "－")
SECRET = ("credential", "wallet")

is_line = lambda form, value: "\n" not in value
is_number = lambda form, value: form.group not in SECRET and re.fullmatch(r"[0-9]{6,}[Xx]?", value)
is_serial = lambda form, value: form.group not in SECRET and re.fullmatch(r"[A-Z]{0,2}[0-9]{6,}[Xx]?", value)
has_ascii = lambda form, value: form.group not in SECRET and "\n" not in value and re.search(r"[0-9A-Za-z]", value)
is_long = lambda form, value: is_line(form, value) and len(value) >= 6 and " " not in value


def within(change):
    """A rewriting of the value, the text around it left alone."""
    def rewrite(text, start, end, form, chance):
        value = change(text[start:end], chance)
        return text[:start] + value + text[end:], start, start + len(value)
    return rewrite


def pieces(change):
    """A rewriting of all of the text, or of the value alone, character by character."""
    def rewrite(text, start, end, form, chance):
        if chance.random() < 0.5:
            return within(lambda value, _: change(value))(text, start, end, form, chance)
        head, value, tail = change(text[:start]), change(text[start:end]), change(text[end:])
        return head + value + tail, len(head), len(head) + len(value)
    return rewrite


WRAPPINGS = ("{}", "data={}", "payload: {}", "{{\"body\":\"{}\"}}", "2024-03-05 10:22:31 DEBUG recv {} ok", "内容：{}")


def encoded(encode, unit, per):
    """A rewriting of the whole text, or of the value alone where that is enough to know it: each `unit` bytes become `per` characters."""
    def rewrite(text, start, end, form, chance):
        if form.bare and chance.random() < 0.5 and len(text[start:end].encode()) >= 12:
            text, start, end = text[start:end], 0, end - start
        first, last = len(text[:start].encode()), len(text[:end].encode())
        head, tail = chance.choice(WRAPPINGS).split("{}")
        head, tail = head.replace("{{", "{"), tail.replace("}}", "}")
        body = encode(text.encode(), chance)
        place = lambda count: count * per // unit
        return head + body + tail, len(head) + place(first), min(len(head) + place(last) + 1, len(head) + len(body))
    return rewrite


def spaced(value, chance):
    size = chance.choice((1, 1, 2, 3, 4))
    return chance.choice((" ", " ", "  ", "\u00a0", "\u3000")).join(value[place:place + size] for place in range(0, len(value), size))


def separated(value, chance):
    size = chance.choice((1, 2, 3, 4))
    return chance.choice(SEPARATORS).join(value[place:place + size] for place in range(0, len(value), size))


def invisible(value, chance):
    size = chance.choice((1, 2, 3))
    return "".join(letter + (chance.choice(ZERO_WIDTH) if (place + 1) % size == 0 and place + 1 < len(value) else "") for place, letter in enumerate(value))


def look_alike(table):
    return lambda value, chance: "".join(table.get(letter, letter) for letter in value)


def spelled(digits):
    def change(value, chance):
        return "".join(digits[int(letter)] if letter in DIGITS else letter for letter in value)
    return change


def utf16_escape(text):
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[place] << 8 | units[place + 1]:04x}" for place in range(0, len(units), 2))


# name -> (applies to, in words, rewriting)
DECODERS = {
    "full-width": (has_ascii, "values with ASCII letters or digits, no keys", within(lambda value, _: value.translate(FULL_WIDTH))),
    "Chinese digits": (is_number, "numbers of six digits and more", within(lambda value, chance: spelled(chance.choice(("零一二三四五六七八九", "〇一二三四五六七八九", "○一二三四五六七八九")))(value, chance))),
    "Chinese capital digits": (is_number, "numbers of six digits and more", within(spelled("零壹贰叁肆伍陆柒捌玖"))),
    "zero-width": (is_long, "values of six characters and more in one line, without spaces", within(invisible)),
    "homoglyphs, Cyrillic": (lambda form, value: is_line(form, value) and any(letter in CYRILLIC for letter in value), "values in one line with letters that have a twin", within(look_alike(CYRILLIC))),
    "homoglyphs, Greek": (lambda form, value: is_line(form, value) and any(letter in GREEK for letter in value), "values in one line with letters that have a twin", within(look_alike(GREEK))),
    "inserted spaces": (is_serial, "up to two letters and six digits or more", within(spaced)),
    "inserted separators": (is_serial, "up to two letters and six digits or more", within(separated)),
    "base64": (lambda form, value: True, "all", encoded(lambda data, chance: chance.choice((base64.b64encode, base64.urlsafe_b64encode))(data).decode(), 3, 4)),
    "hex": (lambda form, value: True, "all", encoded(lambda data, chance: chance.choice((data.hex(), data.hex().upper())), 1, 2)),
    "URL": (is_line, "values in one line", pieces(lambda text: "".join(f"%{byte:02X}" for byte in text.encode()))),
    "URL, reserved only": (lambda form, value: is_line(form, value) and urllib.parse.quote(value, safe="") != value, "values in one line with something to quote", pieces(lambda text: urllib.parse.quote(text, safe=""))),
    "HTML decimal": (is_line, "values in one line", pieces(lambda text: "".join(f"&#{ord(letter)};" for letter in text))),
    "HTML hexadecimal": (is_line, "values in one line", pieces(lambda text: "".join(f"&#x{ord(letter):X};" for letter in text))),
    "\\uXXXX": (is_line, "values in one line", pieces(utf16_escape)),
    "\\xXX": (is_line, "values in one line", pieces(lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()))),
}
# name -> (codec, byte order mark); the first shows what standing beside each other costs
FILES = {"UTF-8 file": ("utf-8", b""), "UTF-16LE file": ("utf-16-le", b"\xff\xfe"), "UTF-16BE file": ("utf-16-be", b"\xfe\xff"), "UTF-16LE file without mark": ("utf-16-le", b""), "UTF-16BE file without mark": ("utf-16-be", b""), "GB18030 file": ("gb18030", b"")}
