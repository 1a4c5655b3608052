"""Many dossiers through a TdT and a SAE that fail in every way, by several workers that are killed
every few seconds; then counts, on the partners' side, that each flow was accepted exactly once and
archived exactly once.

Workers deposit what was dropped in a folder (created, signed, sent) and do what is due, as cron
would in several terminals at once: `pes deposit`, `pes run`. A person looks now and then at what
waits for one, and gives the command that `pes status` tells, nothing else. Requests suffer each kind
of fault of the sandbox at the rate given; commands, at the same rate each, a disk that is full, a
disk that fails or a connection that is cut at some call. The clock of all is fast: patience that
takes hours passes in minutes, and is the product's own.

Usage: soak.py PES FAULT_LIBRARY TEST_DATA [--dossiers N] [--workers N] [--kill-every SECONDS]
               [--fault-rate SHARE] [--clock-rate N] [--seed N] [--give-up SECONDS]
"""

import argparse
import collections
import json
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import place as places
from place import Broken, require

KINDS = ("cut-inside-request", "cut-before-work", "cut-before-answer", "cut-inside-answer",
         "half-answer", "status-429", "status-500", "status-503", "html", "redirect", "ko",
         "acquit-hidden", "late")
LATE, GAP = 200, 100  # milliseconds
LOCAL_FAULTS = ("enospc", "eio", "cut")
LATEST_CALL = 3000  # of a command, that a local fault may strike
AT_ONCE = 25  # flows of one `pes deposit`


def look_every(given):
    """Seconds between two looks at all dossiers, which cost the more the more there are."""
    return 2 + given.dossiers / 100


class Workers:
    """Commands that run side by side, and who kills them."""

    def __init__(self, place, given):
        self.place, self.given = place, given
        self.dice = random.Random(given.seed)
        self.alone = threading.Lock()
        self.running = {}  # worker: its process
        self.is_over = threading.Event()
        self.statuses = collections.Counter()
        self.faults = collections.Counter()
        self.orders = collections.Counter()
        self.kills = 0
        self.crash = None

    def threads(self):
        work = [threading.Thread(target=self.guarded, args=(self.work, worker))
                for worker in range(self.given.workers)]
        return [*work, threading.Thread(target=self.guarded, args=(self.kill,)),
                threading.Thread(target=self.guarded, args=(self.be_the_person,))]

    def guarded(self, task, *arguments):
        try:
            task(*arguments)
        except BaseException as crash:  # told by who waits for the threads
            self.crash = crash
            self.is_over.set()

    def work(self, worker):
        while not self.is_over.is_set():
            if any(self.place.drop.iterdir()):
                self.command(worker, *self.place.depositing())
            self.command(worker, "run")
            self.is_over.wait(0.1)

    def local_fault(self):
        """Drawn for one command; nothing most often."""
        draw = self.dice.random()
        for rank, fault in enumerate(LOCAL_FAULTS):
            if draw < (rank + 1) * self.given.fault_rate:
                self.faults[fault] += 1
                return {"PES_FAULT": fault, "PES_FAULT_AT": self.dice.randrange(1, LATEST_CALL)}
        return {}

    def command(self, worker, *words):
        with self.alone:
            process = subprocess.Popen(
                [self.place.pes_tool, "--home", self.place.home, *map(str, words)],
                env=places.environment(self.place.folder, **self.place.clock, **self.local_fault()),
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            self.running[worker] = process
        _, told = process.communicate()
        with self.alone:
            del self.running[worker]
            self.statuses[f"{words[0]} {process.returncode}"] += 1
        require(process.returncode in (-signal.SIGKILL, *range(70)),
                f"{words[0]} crashed: status {process.returncode}\n{told}")

    def kill(self):
        """SIGKILL, which nothing can prepare for."""
        while not self.is_over.wait(self.given.kill_every * self.dice.uniform(0.5, 1.5)):
            with self.alone:
                if not self.running:
                    continue
                self.dice.choice(list(self.running.values())).kill()
                self.kills += 1

    def be_the_person(self):
        while not self.is_over.wait(look_every(self.given)):
            for dossier in self.place.waiting_for_a_person():
                advice = self.place.advice(dossier)
                if advice is None:
                    continue  # somebody works on it now
                self.orders[" ".join(advice[:1])] += 1
                self.place.pes(*advice, "--yes")


class Soak(places.Place):

    def __init__(self, given):
        template = places.new_home(given.pes)
        clock = {"LD_PRELOAD": given.library, "PES_CLOCK_SINCE": time.time(),
                 "PES_CLOCK_RATE": given.clock_rate}
        super().__init__(given.pes, template, clock, partners_clock=clock)
        self.template = template
        self.drop, self.filed, self.refused = (self.folder / name
                                               for name in ("depot", "faits", "refus"))
        for folder in (self.drop, self.filed, self.refused):
            folder.mkdir()
        flow = (given.data / "pes" / "test-032022.xml").read_bytes()
        require(b"220302_001" in flow, "the test flow has changed")
        for rank in range(given.dossiers):
            (self.drop / f"flux-{rank:05}.xml").write_bytes(
                flow.replace(b"220302_001", b"220302_%05d" % rank))
        # Without it a second sending that is too early would do no harm, and show nothing.
        (self.sandbox / "tdt" / "platform.json").write_text(json.dumps({"import_gap_ms": GAP}))
        (self.sandbox / "faults.json").write_text(json.dumps(
            [{"path": "*", "kind": kind, "rate": given.fault_rate, "seed": given.seed + rank,
              **({"delay_ms": LATE} if kind == "late" else {})}
             for rank, kind in enumerate(KINDS)]))

    def depositing(self):
        return ("deposit", self.drop, "--done", self.filed, "--error", self.refused, "--max", AT_ONCE,
                "--yes")

    def standing(self):
        """How many dossiers are in each state."""
        return collections.Counter(row["last_action"] for row in self.dossiers())

    def waiting_for_a_person(self):
        told = self.pes("status", "--json").stdout.splitlines()
        lines = [json.loads(line) for line in told if '"dossier"' in line]
        dossiers = [line["dossier"] for line in lines if line.get("dossier")]
        return [dossier["id_d"] for dossier in dossiers
                if not dossier["job"] or dossier["job"]["is_lock"]]

    def close(self):
        super().close()
        shutil.rmtree(self.template.parent)


def wait_for_the_end(place, workers, given):
    """Until each flow has come to its end; told now and then."""
    last, changed = None, time.monotonic()
    while not workers.is_over.wait(look_every(given)):
        standing = place.standing()
        left = len(list(place.drop.iterdir()))
        if standing["termine"] == given.dossiers and left == 0:
            return
        if standing != last:
            last, changed = standing, time.monotonic()
            print(f"{time.strftime('%H:%M:%S')} dropped {left}, {dict(standing)}, "
                  f"kills {workers.kills}", flush=True)
        require(time.monotonic() - changed < given.give_up, "nothing moves any more")


def check_the_end(place, given):
    place.verify_journal()
    count = place.count()
    for key, expected in (("accepted", given.dossiers), ("accepted_twice", 0),
                          ("archived_once", given.dossiers), ("archived_twice", 0),
                          ("other_transfers", 0)):
        require(count[key] == expected, f"{key} is {count[key]}, not {expected}")
    require(all(flow["deposited"] == 1 for flow in count["flows"]), "deposited more than once")
    require(not list(place.refused.iterdir()), "flows were refused")
    require(len(list(place.filed.iterdir())) == given.dossiers, "flows were not filed")
    rows = place.dossiers()
    require(len(rows) == given.dossiers, f"{len(rows)} dossiers")
    for row in rows:
        places.require_all_kept(place, row["id_d"])
    return count


def listed(counter):
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items())) or "none"


def soak(place, given):
    started = time.monotonic()
    workers = Workers(place, given)
    threads = workers.threads()
    for thread in threads:
        thread.start()
    try:
        wait_for_the_end(place, workers, given)
    finally:
        workers.is_over.set()
        for thread in threads:
            thread.join()
    if workers.crash:
        raise workers.crash
    duration = time.monotonic() - started
    count = check_the_end(place, given)
    print(f"{given.dossiers} dossiers in {duration:.0f} s ({duration * given.clock_rate / 3600:.1f} h "
          f"of theirs), by {given.workers} workers, seed {given.seed}")
    print(f"kill -9: {workers.kills}")
    print(f"faults of the services: {sum(count['faults'].values())}: {listed(count['faults'])}")
    print(f"faults of disk and network: {listed(workers.faults)}")
    print(f"commands by exit status: {listed(workers.statuses)}")
    print(f"orders of the person: {listed(workers.orders)}")
    print(f"accepted {count['accepted']}, twice {count['accepted_twice']}; archived once "
          f"{count['archived_once']}, twice {count['archived_twice']}, other transfers "
          f"{count['other_transfers']}; journal verified")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("pes")
    parser.add_argument("library")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--dossiers", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kill-every", type=float, default=3)
    parser.add_argument("--fault-rate", type=float, default=0.05)
    parser.add_argument("--clock-rate", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--give-up", type=float, default=300)
    parser.add_argument("--keep", action="store_true", help="leave the home where it is")
    return parser.parse_args()


def main():
    given = arguments()
    place = Soak(given)
    try:
        soak(place, given)
        return 0
    except Broken as broken:
        print(f"FAILED: {broken}")
        return 1
    finally:
        if given.keep:
            print(f"left in {place.folder}")
            place.server.terminate()
            place.server.wait()
        else:
            place.close()


if __name__ == "__main__":
    sys.exit(main())
