"""What workflow-crash and workflow-speed share: the disk that fails, the lab process, and kills at random moments."""
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LAB = ROOT / ".build/release/workflow-lab"
# A child that takes so long hangs.
SECONDS_MAX = 120
COUNTS = ("lost", "wrong", "repeated", "outside_repeats")


def claim(text, value, holds, peer=None, ratio=None):
    print(json.dumps({"claim": text, "value": value, "peer": peer, "ratio": ratio, "holds": bool(holds)}, ensure_ascii=False), flush=True)


def say(text):
    print(text, file=sys.stderr, flush=True)


def working_folder(parent):
    """In memory where there is such a folder: kills and simulated failures ask nothing of the real disk."""
    memory = pathlib.Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=parent or (memory if os.access(memory, os.W_OK) else None), prefix="workflow-")


def build_disk(folder):
    library = folder / "disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(library), str(HERE / "disk.c"), "-ldl", "-lpthread"], check=True)
    return library


class Lab:
    """Runs of one workflow, each in a directory of its own, beside what an undisturbed one left."""

    def __init__(self, binary, folder, workflow):
        self.binary, self.folder, self.workflow = str(binary), folder, workflow
        self.disk = build_disk(folder)
        self.reference = folder / "reference.json"
        whole = folder / "whole"
        started = time.perf_counter()
        done = self.run(whole, reference=False)
        self.seconds = time.perf_counter() - started
        if done.returncode:
            raise SystemExit(f"an undisturbed run failed: {done.stderr}")
        self.reference.write_text(done.stdout)
        self.left = json.loads(done.stdout)
        shutil.rmtree(whole)

    def command(self, place, reference=True):
        return [self.binary, "run", str(place), "--outside", f"{place}.outside", *self.workflow, *(["--reference", str(self.reference)] if reference else [])]

    def run(self, place, reference=True, environment=None):
        return subprocess.run(self.command(place, reference), capture_output=True, text=True, timeout=SECONDS_MAX, env={**os.environ, **(environment or {})})

    def start(self, place):
        return subprocess.Popen(self.command(place), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def disturbed(self, place, **settings):
        place.mkdir(parents=True)
        variables = {f"DISK_{name.upper()}": str(value) for name, value in settings.items()}
        return self.run(place, environment={"LD_PRELOAD": str(self.disk), "DISK_ROOT": str(place), **variables})

    def remove(self, place):
        shutil.rmtree(place, ignore_errors=True)
        pathlib.Path(f"{place}.outside").unlink(missing_ok=True)

    def operations(self):
        """How many operations of the disk an undisturbed run takes."""
        place, count = self.folder / "counted", self.folder / "count"
        done = self.disturbed(place, count=count)
        self.remove(place)
        if done.returncode:
            raise SystemExit(f"a counted run failed: {done.stderr}")
        return int(count.read_text())

    def fails(self, number, mode, seed):
        """One failure of the disk, then what is left when the run has gone on without it."""
        place = self.folder / f"{mode}-{number}"
        try:
            first = self.disturbed(place, fail_at=number, mode=mode, seed=seed)
            # A disk that starts to fail after the last step may go unnoticed; other modes end the process.
            if first.returncode not in ((0, 3) if mode == "error" else (0, 137)):
                return {"trouble": f"{mode} at {number}: status {first.returncode}: {first.stderr[-300:]}"}
            if mode == "crash":
                for stale in place.glob("*-shm"):
                    stale.unlink()
            second = self.run(place)
            if second.returncode:
                return {"trouble": f"{mode} at {number}: going on ended with {second.returncode}: {second.stderr[-300:]}"}
            return json.loads(second.stdout)
        except subprocess.TimeoutExpired:
            return {"trouble": f"{mode} at {number}: no end after {SECONDS_MAX} s"}
        finally:
            self.remove(place)


def total(results):
    """Counts over many runs, what went wrong otherwise, and the most repeats outside after one failure."""
    counts = {name: sum(result.get(name, 0) for result in results) for name in COUNTS}
    return counts, [result["trouble"] for result in results if "trouble" in result], max((result.get("outside_repeats", 0) for result in results), default=0)


def in_parallel(work, items, workers, name):
    """Results in the order of `items`; tells how far it is twenty times."""
    done, guard, started = 0, threading.Lock(), time.perf_counter()

    def one(item):
        nonlocal done
        result = work(item)
        with guard:
            done += 1
            if done % max(1, len(items) // 20) == 0:
                say(f"{name}: {done} of {len(items)}, {time.perf_counter() - started:.0f} s")
        return result

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, items))


def kill_at_random(lab, kills, seed, number):
    """Starts runs and kills them until there were so many kills; each run is then carried to its end and looked at."""
    chance, results, killed, runs = random.Random(seed * 1000 + number), [], 0, 0
    while killed < kills:
        place, here, runs = lab.folder / f"killed-{number}-{runs}", 0, runs + 1
        while True:
            process = lab.start(place)
            try:
                out, err = process.communicate(timeout=chance.uniform(0, lab.seconds * 0.9) if killed < kills else SECONDS_MAX)
            except subprocess.TimeoutExpired:
                if killed == kills:
                    results.append({"trouble": f"run {runs} of {number}: no end after {SECONDS_MAX} s"})
                process.send_signal(signal.SIGKILL)
                process.communicate()
                if killed == kills:
                    break
                killed, here = killed + 1, here + 1
                continue
            results.append({**json.loads(out), "kills": here} if process.returncode == 0 else {"trouble": f"run {runs} of {number}: {err[-300:]}"})
            break
        lab.remove(place)
    return results
