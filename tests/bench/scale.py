#!/usr/bin/env python3
"""How long lists and questions about one dossier take, as a home grows.

Each command is a whole process. The dossiers are made by copying the state of one: what is
measured reads them, and does not ask where they come from. Nothing is written outside of --place.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def identifier(rank):
    """The seven symbols of a rank, spread over all shelves."""
    number = rank * 2_654_435_761 % len(SYMBOLS) ** 7
    text = ""
    while len(text) < 7:
        number, digit = divmod(number, len(SYMBOLS))
        text += SYMBOLS[digit]
    return text


class Home:
    def __init__(self, place, pes, count):
        self.path, self.pes = place / str(count), pes
        shutil.rmtree(self.path, ignore_errors=True)
        self.run("init", self.path, "--sandbox", "--user", "bench", cwd=place)
        self.run("create", "--objet", "Mandats", "--id", identifier(0))
        template = json.loads(self.state(identifier(0)).read_text())
        for rank in range(1, count):
            self.add(template, rank)

    def state(self, dossier):
        return self.path / "dossiers" / dossier[:2] / dossier / "dossier.json"

    def add(self, template, rank):
        dossier = identifier(rank)
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_640_000_000 + 60 * rank))
        template["id_d"] = dossier
        template["data"]["objet"] = f"Mandats du lot {rank}"
        template["etats"][-1]["date"] = moment
        state = self.state(dossier)
        state.parent.mkdir(parents=True)
        state.write_text(json.dumps(template))

    def run(self, *words, cwd=None):
        """Seconds, and KiB of memory at the highest."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.path.parent),
                       "LC_ALL": "C.UTF-8"}
        begin = time.perf_counter()
        process = subprocess.Popen([str(word) for word in (self.pes, *words)],
                                   cwd=cwd or self.path, env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, words))}: status {process.returncode}")
        return seconds, usage.ru_maxrss

    def median(self, runs, *words):
        measured = [self.run(*words) for _ in range(runs)]
        return (statistics.median(seconds for seconds, _ in measured),
                max(memory for _, memory in measured))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pes", type=pathlib.Path, required=True)
    parser.add_argument("--place", type=pathlib.Path, required=True)
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    options.place.mkdir(parents=True, exist_ok=True)

    print("| dossiers | what | s | MiB |\n| ---: | --- | ---: | ---: |")
    for count in options.counts:
        home = Home(options.place.resolve(), options.pes.resolve(), count)
        some = identifier(count // 2)
        shutil.rmtree(home.path / "index", ignore_errors=True)
        rows = [("the index made anew, then `pes list`", home.run("list"))]
        for words in (["list"], ["list", "--search", "lot 7", "--sort", "titre"],
                      ["list", "--page", "50"], ["status", some], ["run"],
                      ["__complete", "status", ""], ["__complete", "status", some[:2]]):
            name = " ".join(word or "''" for word in words)
            rows.append((f"`pes {name}`", home.median(options.runs, *words)))
        home.run("create", "--objet", "Un de plus")
        rows.append(("`pes list` after one more", home.run("list")))
        for name, (seconds, memory) in rows:
            print(f"| {count} | {name} | {seconds:.3f} | {memory / 1024:.0f} |", flush=True)
        shutil.rmtree(home.path)


if __name__ == "__main__":
    main()
