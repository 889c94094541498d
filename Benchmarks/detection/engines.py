"""Runs Banyan and its peers over texts. Each answers {id: [(start, end, type)]}, in Unicode scalars of the text."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def binary(given):
    """The program, or an end with a remedy."""
    path = given or os.environ.get("BANYAN") or str(ROOT / ".build/release/banyan")
    if not os.access(path, os.X_OK):
        sys.exit(f"there is no program {path}\n  remedy: make build, or name it with --banyan")
    return path


class Claims:
    """Collects claims and prints them at the end, one line of JSON each."""

    def __init__(self):
        self.lines = []

    def add(self, text, value, holds, peer=None, ratio=None, digits=4):
        short = lambda number: None if number is None else round(number, digits)
        self.lines.append({"claim": text, "value": short(value), "peer": short(peer), "ratio": short(ratio), "holds": bool(holds)})

    def show(self):
        for line in self.lines:
            print(json.dumps(line, ensure_ascii=False))
        return 0 if all(line["holds"] for line in self.lines) else 1


def high_water(pid):
    """The most bytes that a process had resident so far, as the system tells while it runs. wait4 tells the most of the forked copy of this interpreter too, with all its texts."""
    try:
        if os.path.samefile(f"/proc/{pid}/exe", sys.executable):
            return 0
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def run_timed(command, timeout=600):
    """(CPU seconds, wall seconds, peak resident bytes, exit code) of a command; what it says on standard error is printed if it fails."""
    resident = 0
    with tempfile.TemporaryFile() as messages:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=messages)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() > start + timeout:
                process.kill()
                _, status, usage = os.wait4(process.pid, 0)
                break
            resident = max(resident, high_water(process.pid))
            time.sleep(0.001)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            messages.seek(0)
            print(f"{pathlib.Path(str(command[0])).name} ends with {process.returncode}: {messages.read()[-400:].decode(errors='replace').strip()}", file=sys.stderr)
    return usage.ru_utime + usage.ru_stime, wall, resident, process.returncode


def banyan(program, texts, options=()):
    """What `banyan scan - --jsonl` finds in (id, text) pairs."""
    with tempfile.TemporaryFile() as source:
        for key, text in texts:
            source.write(json.dumps({"id": key, "text": text}, ensure_ascii=False).encode() + b"\n")
        source.seek(0)
        done = subprocess.run([program, "scan", "-", "--jsonl", *options], stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    found = {}
    for line in done.stdout.decode().split("\n"):
        if line.strip():
            row = json.loads(line)
            found[str(row["id"])] = [(one["start"], one["end"], one["type"]) for one in row.get("findings", [])]
    if len(found) != len(texts):
        sys.exit(f"banyan scan - --jsonl answered {len(found)} of {len(texts)} lines and ended with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return found


def findings_of_file(program, path, options=()):
    """Findings of `banyan scan FILE --json`, wherever in the answer they stand."""
    done = subprocess.run([program, "scan", str(path), "--json", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if not done.stdout.strip():
        sys.exit(f"banyan scan {pathlib.Path(path).name} --json answers nothing and ends with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")

    def walk(value):
        if isinstance(value, dict):
            if "type" in value and "start" in value and "end" in value:
                yield value
            for entry in value.values():
                yield from walk(entry)
        elif isinstance(value, list):
            for entry in value:
                yield from walk(entry)
    return list(walk(json.loads(done.stdout)))


def argus(texts):
    """argus-redact, fast mode (its rules), Chinese and English. That somebody speaks of himself ("my") is no finding."""
    import argus_redact
    found = {}
    for key, text in texts:
        _, _, details = argus_redact.redact(text, lang=["zh", "en"], mode="fast", detailed=True)
        found[key] = [(one["start"], one["end"], one["type"]) for one in details["entities"] if one["type"] != "self_reference"]
    return found


def presidio_engine():
    """presidio-analyzer with its rules only: a blank spaCy pipeline, as its models are not on PyPI."""
    import logging

    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    logging.disable(logging.WARNING)
    # It asks the network for a list of domains otherwise.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=()).__call__
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}], ner_model_configuration=NerModelConfiguration())
    engine.nlp = {"en": spacy.blank("en")}
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def presidio(texts):
    analyzer = presidio_engine()
    return {key: [(one.start, one.end, one.entity_type) for one in analyzer.analyze(text, language="en")] for key, text in texts}


def place(text, line, value):
    """Where a value lies that a peer gives with its line only."""
    lines = text.split("\n")
    start = sum(len(one) + 1 for one in lines[:max(0, line - 1)])
    where = text.find(value, start)
    if where < 0:
        where = text.find(value)
    return None if where < 0 else (where, where + len(value))


def write_files(folder, texts):
    for index, (_, text) in enumerate(texts):
        (pathlib.Path(folder) / f"t{index}.txt").write_text(text, encoding="utf-8")


def ferret(texts):
    """ferret-scan with all its checks at every confidence, a file a text."""
    found = {key: [] for key, _ in texts}
    program = pathlib.Path(sys.executable).parent / "ferret-scan"
    with tempfile.TemporaryDirectory() as folder:
        write_files(folder, texts)
        done = subprocess.run([program, "--file", ".", "--recursive", "--format", "json", "--show-match", "--quiet", "--limit", "0"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    rows = json.loads(done.stdout[done.stdout.index(b"{"):])["results"] or []
    for row in rows:
        key, text = texts[int(pathlib.Path(row["filename"]).stem[1:])]
        span = place(text, row["line_number"], row["text"])
        # A value whose place is unknown still shows that something was found there.
        found[key].append((*(span or (0, 0)), row["type"]))
    return found


def detect_secrets(texts):
    """detect-secrets with its default plugins."""
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings
    found = {}
    with tempfile.TemporaryDirectory() as folder, default_settings():
        write_files(folder, texts)
        for index, (key, text) in enumerate(texts):
            spans = []
            for one in scan_file(f"{folder}/t{index}.txt"):
                spans.append((*(place(text, one.line_number, one.secret_value or "\0") or (0, 0)), one.type))
            found[key] = spans
    return found


PEERS = {"argus-redact": argus, "presidio-analyzer": presidio, "ferret-scan": ferret, "detect-secrets": detect_secrets}
MODULES = {"argus-redact": "argus_redact", "presidio-analyzer": "presidio_analyzer", "ferret-scan": "ferret_scan", "detect-secrets": "detect_secrets"}


def peers(wanted):
    """The peers that are installed; says which are not."""
    import importlib.util
    for name in wanted:
        if importlib.util.find_spec(MODULES[name]):
            yield name, PEERS[name]
        else:
            print(f"{name} is not installed and left out (pip install {name})")


def is_found(spans, start, end, types=None):
    """Whether one finding, of one of the types if any are given, covers 80 % of start..<end. A finding many times as long says nothing about where the value is, and does not count."""
    length = end - start
    return any((types is None or kind in types) and min(last, end) - max(first, start) >= 0.8 * length and last - first <= max(4 * length, length + 64) for first, last, kind in spans)


def set_one_core():
    """Keeps this process, and what it starts, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
