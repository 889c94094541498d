#!/usr/bin/env python3
"""Scans made-up rows with Banyan in one process and under PySpark's pipe, and compares the findings row by row."""
import argparse
import json
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

FILLERS = ["今天天气不错", "订单已发货", "the quick brown fox", "会议改到下午三点", "nothing to report", "请尽快处理", "version 1.20.3"]


def identity(rng):
    digits = "110105" + "%04d%02d%02d" % (rng.randint(1950, 2005), rng.randint(1, 12), rng.randint(1, 28)) + "%03d" % rng.randint(0, 999)
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def rows(count, seed):
    rng = random.Random(seed)
    for number in range(count):
        text = rng.choice(FILLERS)
        kind = rng.randint(0, 5)
        if kind == 0:
            text += "，电话 13%09d" % rng.randint(0, 10**9 - 1)
        elif kind == 1:
            text += "，身份证 " + identity(rng)
        elif kind == 2:
            text += " mail user%d@example.com" % rng.randint(1, 10**6)
        yield json.dumps({"id": number, "text": text}, ensure_ascii=rng.random() < 0.2)


def skip(reason):
    print("skipped: " + reason)
    sys.exit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banyan", default=".build/release/banyan")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--scan", default="--no-tagger", help="further arguments of banyan scan")
    options = parser.parse_args()
    banyan = os.path.abspath(options.banyan)
    if not os.access(banyan, os.X_OK):
        sys.exit("no program at %s; build it with `make build`" % options.banyan)
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        skip("Java is not installed")
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError:
        skip("PySpark is not installed (pip install pyspark)")

    command = [banyan, "scan", "-", "--jsonl"] + shlex.split(options.scan)
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "rows.jsonl")
        with open(source, "w", encoding="utf-8") as file:
            for row in rows(options.rows, options.seed):
                file.write(row + "\n")
        start = time.monotonic()
        with open(source, "rb") as file:
            alone = subprocess.run(command, stdin=file, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
        seconds = time.monotonic() - start
        print("one process: %d rows, %.1f s, %.0f rows/s" % (len(alone), seconds, len(alone) / seconds))

        conf = SparkConf().setMaster("local[2]").setAppName("banyan").set("spark.ui.enabled", "false").set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")
        conf.set("spark.local.dir", folder)
        context = SparkContext(conf=conf)
        context.setLogLevel("ERROR")
        start = time.monotonic()
        piped = context.textFile(source, minPartitions=options.partitions).pipe(" ".join(map(shlex.quote, command)), checkCode=True).collect()
        seconds = time.monotonic() - start
        context.stop()
        print("PySpark pipe: %d rows, %.1f s, %.0f rows/s" % (len(piped), seconds, len(piped) / seconds))

    found = sum(len(json.loads(line)["findings"]) for line in alone)
    if len(alone) != options.rows:
        sys.exit("%d rows went in, %d came out" % (options.rows, len(alone)))
    if alone != piped:
        place = next((i for i, (a, b) in enumerate(zip(alone, piped)) if a != b), min(len(alone), len(piped)))
        sys.exit("the findings differ first at row %d" % place)
    print("the same findings: %d in %d rows" % (found, options.rows))


if __name__ == "__main__":
    main()
