#!/usr/bin/env python3
"""The same sequence of durable steps in DBOS and LangGraph, both over SQLite, for workflow-crash and workflow-speed.

    peers.py kills --kills N --steps N --seed N --workers N --folder DIR
    peers.py speed --steps N --runs N --folder DIR

Each step appends a line with its key to a file outside, and then inserts a row under the same key: with DBOS once as a step whose row is in a second SQLite file, once as a transaction of its datasource (its documentation's way to exactly-once rows); with LangGraph (durability="sync") in a second
SQLite file, for it has no transactions of the user's. One JSON line for each. Imports happen once; runs are forks, each killed once, at a random moment of its steps, and carried to its end.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TypedDict

import sqlalchemy
from dbos import DBOS, SetWorkflowID, SQLAlchemyDatasource
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph

SECONDS_MAX = 120


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def expected(steps):
    values, text = [], "lab"
    for number in range(steps):
        text = digest(f"{number}:{text}")
        values.append(text)
    return values


class Place:
    """Where one run keeps its things."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def line(self, number, value):
        descriptor = os.open(self.folder / "outside", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.write(descriptor, f"r/{number}\t{value}\n".encode())
        os.close(descriptor)

    def database(self):
        connection = sqlite3.connect(self.folder / "own.sqlite", timeout=30)
        connection.execute("CREATE TABLE IF NOT EXISTS effects (key TEXT, value TEXT)")
        connection.commit()
        return connection

    def row(self, number, value):
        connection = self.database()
        connection.execute("INSERT INTO effects VALUES (?, ?)", (f"r/{number}", value))
        connection.commit()
        connection.close()


class Peer:
    """One way of running a sequence of `steps`; `effects` says whether they have any."""

    def __init__(self, place, steps, effects=True):
        self.place, self.steps, self.effects = place, steps, effects

    def one(self, number, text):
        value = digest(f"{number}:{text}")
        if self.effects:
            self.place.line(number, value)
            self.place.row(number, value)
        return value


class WithDBOS(Peer):
    name = "DBOS, steps"

    def open(self):
        DBOS(config={"name": "peer", "system_database_url": f"sqlite:///{self.place.folder}/dbos.sqlite", "log_level": "CRITICAL", "application_version": "1"})
        step = self.step()

        @DBOS.workflow()
        def sequence(text):
            for number in range(self.steps):
                text = step(number, text)
            return text

        self.sequence = sequence
        DBOS.launch()

    def step(self):
        @DBOS.step()
        def one(number, text):
            return self.one(number, text)

        return one

    def run(self, name="r"):
        with SetWorkflowID(name):
            # A run that is recovered is asked after: often, for the kills to take no hour.
            return DBOS.start_workflow(self.sequence, "lab").get_result(polling_interval_sec=0.02)

    def many(self, runs):
        handles = []
        for number in range(runs):
            with SetWorkflowID(f"m{number}"):
                handles.append(DBOS.start_workflow(self.sequence, "lab"))
        for handle in handles:
            handle.get_result()


class WithDatasource(WithDBOS):
    name = "DBOS, transactions of its datasource"

    def step(self):
        source = SQLAlchemyDatasource.create(f"sqlite:///{self.place.folder}/own.sqlite")

        @source.transaction
        def one(number, text):
            value = digest(f"{number}:{text}")
            if self.effects:
                self.place.line(number, value)
                source.sql_session().execute(sqlalchemy.text("INSERT INTO effects VALUES (:key, :value)"), {"key": f"r/{number}", "value": value})
            return value

        return one


class State(TypedDict):
    text: str


class WithLangGraph(Peer):
    name = "LangGraph, durability=sync"

    def open(self):
        graph = StateGraph(State)
        for number in range(self.steps):
            graph.add_node(f"s{number}", lambda state, number=number: {"text": self.one(number, state["text"])})
            graph.add_edge(START if number == 0 else f"s{number - 1}", f"s{number}")
        graph.add_edge(f"s{self.steps - 1}", END)
        self.graph = graph.compile(checkpointer=SqliteSaver(sqlite3.connect(self.place.folder / "langgraph.sqlite", check_same_thread=False, timeout=30)))

    def run(self, name="r"):
        config = {"configurable": {"thread_id": name}, "recursion_limit": self.steps + 10}
        # Not by `next`: after a kill between the first two checkpoints it is empty although no step has run.
        return self.graph.invoke(None if self.graph.get_state(config).metadata else {"text": "lab"}, config, durability="sync")["text"]

    def many(self, runs):
        with ThreadPoolExecutor(runs) as pool:
            list(pool.map(self.run, [f"m{number}" for number in range(runs)]))


PEERS = [WithDBOS, WithDatasource, WithLangGraph]


def fork(work):
    """Runs `work` in a child process and gives its number."""
    child = os.fork()
    if child:
        return child
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        work()
        os._exit(0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)


def wait(child, seconds):
    """The child's status, or None if it still runs after so many seconds."""
    end = time.perf_counter() + seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        if time.perf_counter() >= end:
            return None
        time.sleep(0.0005)


def complete(kind, folder, steps):
    folder = pathlib.Path(folder)
    peer = kind(Place(folder), steps)
    peer.open()
    (folder / "open").touch()
    started = time.perf_counter()
    (folder / "result").write_text(peer.run())
    (folder / "seconds").write_text(str(time.perf_counter() - started))


def look(folder, steps):
    """What a completed run left, against what an undisturbed one leaves."""
    values = expected(steps)
    outside = folder / "outside"
    lines = [line.split("\t") for line in outside.read_text().splitlines()] if outside.exists() else []
    rows = sqlite3.connect(folder / "own.sqlite").execute("SELECT key, value FROM effects").fetchall()
    keys = [f"r/{number}" for number in range(steps)]
    wanted = dict(zip(keys, values))
    return {
        "lost": sum(key not in dict(rows) for key in keys) + sum(key not in dict(lines) for key in keys),
        "wrong": sum(wanted.get(key) != value for key, value in rows) + sum(wanted.get(key) != value for key, value in lines) + ((folder / "result").read_text() != values[-1]),
        "repeated": len(rows) - len({key for key, _ in rows}), "outside_repeats": len(lines) - len({key for key, _ in lines}),
    }


def template(kind, folder):
    """Empty databases with their tables, so that runs need not make them."""
    folder.mkdir(parents=True)
    Place(folder).database().close()

    def make():
        peer = kind(Place(folder), 1)
        peer.open()

    if wait(fork(make), SECONDS_MAX) != 0:
        raise SystemExit(f"{kind.name}: no databases")


def killed_once(kind, place, steps, delay):
    """Starts a run, kills it so long after its engine is open, and carries it to its end; None if it ended before."""
    child = fork(lambda: complete(kind, place, steps))
    end = time.perf_counter() + SECONDS_MAX
    while not (place / "open").exists() and time.perf_counter() < end:
        time.sleep(0.0003)
    early = wait(child, delay)
    if early is None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    status = wait(fork(lambda: complete(kind, place, steps)), SECONDS_MAX) if early is None else early
    if status != 0:
        return {"failed": 1}
    return look(place, steps) if early is None else None


def torment(kind, folder, kills, steps, seed, seconds):
    chance, totals, killed, number = random.Random(seed), {"lost": 0, "wrong": 0, "repeated": 0, "outside_repeats": 0, "failed": 0, "runs_that_repeated": 0, "runs_that_repeated_outside": 0}, 0, 0
    while killed < kills:
        place, number = folder / f"run-{number}", number + 1
        shutil.copytree(folder.parent / "template", place)
        left = killed_once(kind, place, steps, chance.uniform(0, seconds))
        shutil.rmtree(place, ignore_errors=True)
        if left is None:
            continue
        killed += 1
        for name, count in left.items():
            totals[name] += count
        totals["runs_that_repeated"] += left.get("repeated", 0) > 0
        totals["runs_that_repeated_outside"] += left.get("outside_repeats", 0) > 0
        if killed % max(1, kills // 4) == 0:
            print(f"{kind.name}: {killed} of {kills}", file=sys.stderr, flush=True)
    return totals


def kills(arguments, folder):
    for kind in PEERS:
        base = folder / kind.__name__
        template(kind, base / "template")
        shutil.copytree(base / "template", base / "whole")
        if wait(fork(lambda: complete(kind, base / "whole", arguments.steps)), SECONDS_MAX) != 0:
            raise SystemExit(f"{kind.name}: an undisturbed run failed")
        seconds = float((base / "whole" / "seconds").read_text())
        if any(look(base / "whole", arguments.steps).values()):
            raise SystemExit(f"{kind.name}: an undisturbed run is wrong")
        workers = []
        for number in range(arguments.workers):
            own, share = base / f"worker-{number}", arguments.kills // arguments.workers + (number < arguments.kills % arguments.workers)
            own.mkdir()
            workers.append((fork(lambda: (own / "totals").write_text(json.dumps(torment(kind, own, share, arguments.steps, arguments.seed * 1000 + number, seconds)))), own))
        totals = {"name": kind.name, "kills": arguments.kills, "seconds_of_the_steps": round(seconds, 4)}
        for child, own in workers:
            if os.waitpid(child, 0)[1]:
                raise SystemExit(f"{kind.name}: a worker failed")
            for name, count in json.loads((own / "totals").read_text()).items():
                totals[name] = totals.get(name, 0) + count
        print(json.dumps(totals), flush=True)


def measure(kind, folder, steps, runs, out):
    peer = kind(Place(folder), steps, effects=False)
    peer.open()
    peer.run("warm")
    result = {"name": kind.name}
    alone = 5
    cpu, wall = time.process_time(), time.perf_counter()
    for number in range(alone):
        peer.run(f"a{number}")
    result["one"] = {"cpu_ms_per_step": round((time.process_time() - cpu) * 1000 / alone / steps, 4), "wall_ms_per_step": round((time.perf_counter() - wall) * 1000 / alone / steps, 4)}
    cpu, wall = time.process_time(), time.perf_counter()
    peer.many(runs)
    result["many"] = {"cpu_ms_per_step": round((time.process_time() - cpu) * 1000 / runs / steps, 4), "steps_per_second": round(runs * steps / (time.perf_counter() - wall), 1)}
    out.write_text(json.dumps(result))


def speed(arguments, folder):
    for kind in PEERS:
        base = folder / kind.__name__
        template(kind, base / "template")
        if wait(fork(lambda: measure(kind, base / "template", arguments.steps, arguments.runs, base / "figures")), 600) != 0:
            raise SystemExit(f"{kind.name}: not measured")
        print((base / "figures").read_text(), flush=True)


def main():
    parser = argparse.ArgumentParser(description="DBOS and LangGraph.")
    parser.add_argument("command", choices=["kills", "speed"])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--runs", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="peers-") as folder:
        {"kills": kills, "speed": speed}[arguments.command](arguments, pathlib.Path(folder))


if __name__ == "__main__":
    main()
