"""The features of Sources/Shield/Detection/Semantic/DocumentFeatures.swift, byte for byte the same."""
import functools
import math
import re
from collections import Counter

HASHED, FIXED, TYPE_START = 7936, 256, 144
FRONT, PIECE, PIECES = 65536, 2048, 8
MASK = 0xFFFFFFFF
IDEOGRAPH = rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]"
TOKEN = re.compile(rb"((?:" + IDEOGRAPH + rb")+)|([A-Za-z]+)|([0-9]+)|([\x80-\xff][\x80-\xbf]{0,3}|[^\t\r 0-9A-Za-z\x80-\xff])")
CLASSES = bytes(97 if chr(b).isascii() and chr(b).isalpha() else 57 if 48 <= b <= 57 else 32 if b in (9, 13, 32) else 99 if b >= 128 else b for b in range(256))
RUNS = re.compile(rb"(.)\1+", re.S)


def mixed(h):
    h &= MASK
    h = (h ^ (h >> 16)) * 0x85EBCA6B & MASK
    h = (h ^ (h >> 13)) * 0xC2B2AE35 & MASK
    return h ^ (h >> 16)


@functools.lru_cache(maxsize=2_000_000)
def hashed(data, kind):
    h = 2166136261 ^ kind
    for byte in data:
        h = (h ^ byte) * 16777619 & MASK
    return mixed(h)


@functools.lru_cache(maxsize=2_000_000)
def pair(previous, token):
    return mixed((previous * 31 & MASK) ^ token)


def place(h, count=HASHED):
    return h * count >> 32


def pieces(text):
    yield text[:FRONT]
    rest = len(text) - FRONT
    if rest > 0:
        size = min(rest, PIECE)
        for number in range(PIECES):
            start = FRONT + (rest - size) * number // (PIECES - 1)
            yield text[start:start + size]


def features(text, types):
    """Places and values of a text's features; `types` names the type of each finding."""
    counts, letters = Counter(), Counter()
    ideographs = high = total = lines = empty = indented = assigned = tabular = long = 0
    for piece in pieces(text):
        total += len(piece)
        parts = piece.split(b"\n")
        if parts[-1] == b"":
            parts.pop()
        for line in parts:
            kinds = line.translate(CLASSES)
            shape = RUNS.sub(rb"\1", kinds)[:12]
            counts[hashed(shape, 5)] += 1
            lines += 1
            letters.update(line.lower())
            assigned += b":" in line or b"=" in line
            tabular += line.count(b",") + line.count(b"\t") + line.count(b"|") >= 3
            long += len(line) > 200
            empty += not shape
            indented += shape[:1] == b" "
            previous = 1
            for found in TOKEN.finditer(line):
                which = found.lastindex
                data = found.group()
                if which == 1:
                    ideographs += len(data) // 3
                    last = hashed(data[:6], 2)
                    counts[pair(previous, last)] += 1
                    for start in range(0, len(data) - 5, 3):
                        last = hashed(data[start:start + 6], 2)
                        counts[last] += 1
                        if start + 9 <= len(data):
                            counts[hashed(data[start:start + 9], 3)] += 1
                    previous = last
                    continue
                if which == 2:
                    token = hashed(data[:24].lower(), 1)
                elif which == 3:
                    token = mixed(0x100 + min(len(data), 20))
                else:
                    token = hashed(data, 1)
                counts[token] += 1
                counts[pair(previous, token)] += 1
                previous = token
    buckets = Counter()
    for h, count in counts.items():
        buckets[place(h)] += count
    values = {bucket: math.log1p(count) for bucket, count in buckets.items()}
    scale = 1 / math.sqrt(sum(value * value for value in values.values())) if values else 0
    values = {bucket: value * scale for bucket, value in values.items()}
    size = max(1, total)
    rows = max(1, lines)
    for byte, count in letters.items():
        if byte < 128:
            values[HASHED + byte] = math.sqrt(count / size)
        else:
            high += count
    shares = [ideographs * 3 / size, (high - min(high, ideographs * 3)) / size, min(1, size / rows / 200), empty / rows, indented / rows, assigned / rows, tabular / rows, long / rows, min(1, math.log(1 + size) / 12)]
    for number, share in enumerate(shares):
        values[HASHED + 128 + number] = share
    found = Counter(place(hashed(name.encode(), 7), FIXED - TYPE_START) for name in types)
    for number, count in found.items():
        values[HASHED + TYPE_START + number] = min(1, math.log1p(count) / 6)
    return values
