"""Strikes the tool at every system call that leaves a trace (on the disk or on the network) while a
dossier is deposited, created, signed, sent, settled and archived; then goes on as a person and cron
would, and checks what must never happen.

After each fault: `pes status` reads the dossier (or it was never created), the journal verifies,
going on brings the dossier to its end by the automatic actions alone or by the command that
`pes status` tells, the TdT has accepted the flow once and the SAE the archive once, counted on
their side, and every file of theirs is kept as they gave it.

Faults (fault_at.cpp says what each does): kill, enospc, eio, full, cut, delay, power, power-bytes,
power-names.

Usage: crash_matrix.py PES FAULT_LIBRARY TEST_DATA FAULT... [--every N] [--stage NAME] [--jobs N]
"""

import argparse
import collections
import concurrent.futures
import pathlib
import shutil
import sys
import time

import place as places
from place import ACKNOWLEDGEMENT, DEPOSIT, IMPORT, Broken, require

ID = "O5uC72H"
HOUR = 3600
FAULTS = {  # the calls that each can strike
    "kill": ("file", "removal", "network"),
    "enospc": ("file",),
    "eio": ("file", "removal"),
    "full": ("file",),
    "cut": ("network",),
    "delay": ("file", "removal", "network"),
    "power": ("file", "removal", "network"),
    "power-bytes": ("file", "removal", "network"),
    "power-names": ("file", "removal", "network"),
}
DEADLY = ("kill", "power", "power-bytes", "power-names")
MONTH = "720h"
TOLD = (0, 1, 4, 5, 30, 31, 32)  # where the dossier stands, or what prevents it for now
ROUNDS = 10  # of going on before the test gives up


class Crash(places.Place):
    """A place in which pauses take no time, and time passes when the test says so."""

    def __init__(self, tool, template):
        super().__init__(tool.pes, template, {"LD_PRELOAD": tool.library, "PES_CLOCK_SLEEPLESS": 1,
                                              "PES_CLOCK_AHEAD": 0})
        self.calls = self.folder / "calls"

    def pass_time(self, duration):
        self.clock["PES_CLOCK_AHEAD"] += duration

    def pass_time_until(self, date):
        late = places.seconds(date) - time.time() - self.clock["PES_CLOCK_AHEAD"]
        if late > -1:
            self.pass_time(int(late) + 2)

    def strike(self, words, rank, fault):
        """The tool, struck; and the calls that it made as far as they count."""
        self.calls.unlink(missing_ok=True)
        done = self.pes(*words, PES_FAULT_AT=rank, PES_FAULT=fault, PES_FAULT_CALLS=self.calls,
                        **({"PES_POWER_SHELF": self.shelf} if fault.startswith("power") else {}))
        if fault == "delay":
            self.pass_time(HOUR)
        calls = self.calls.read_text().splitlines() if self.calls.exists() else []
        return done, calls

    def the_dossier(self):
        """Its identifier; nothing when there is none."""
        rows = self.dossiers()
        require(len(rows) <= 1, f"one flow became {len(rows)} dossiers")
        if rows and not self.status(rows[0]["id_d"]):
            raise Broken("the list knows a dossier that is not there")
        return rows[0]["id_d"] if rows else None


class Stage:
    """Where the fault strikes: a command, from homes that are all in the same state."""

    def __init__(self, name, before, words, approach=lambda place: None, again=(), rejections=0):
        self.name, self.before, self.words, self.approach = name, before, words, approach
        self.again = again or [*before, words]  # what a person does who does not know how far it went
        self.rejections = rejections  # by the SAE, before the fault

    def prepare(self, tool):
        self.tool = tool
        self.template = places.new_home(tool.pes, *(self.filled(words) for words in self.before))

    def filled(self, words, folder=None):
        return [str(word).format(data=self.tool.data, place=folder) for word in words]

    def place(self):
        place = Crash(self.tool, self.template)
        for folder in ("depot", "faits"):
            (place.folder / folder).mkdir()
        shutil.copy(self.tool.flow, place.folder / "depot")
        try:
            self.approach(place)
        except BaseException:
            place.close()
            raise
        return place

    def calls(self):
        place = self.place()
        try:
            done, calls = place.strike(self.filled(self.words, place.folder), 0, "kill")
            require(done.returncode == 0, f"{self.name} does not succeed without any fault", done)
            return calls
        finally:
            place.close()

    def case(self, rank, fault):
        """How it ended."""
        place = self.place()
        try:
            done, calls = place.strike(self.filled(self.words, place.folder), rank, fault)
            call = calls[rank - 1].split()[0] if len(calls) >= rank else "none"
            if fault in DEADLY:
                require(done.returncode == -9 or call == "none", "it did not die", done)
            else:
                require(done.returncode >= 0 and done.returncode != 70, "the tool crashed", done)
                failed = done.returncode not in (0, 4)
                require(not failed or done.stderr.strip(), "a failure without a word", done)
            place.the_dossier()
            place.verify_journal()
            orders = self.go_on(place)
            self.check_the_end(place)
            return call, done.returncode, orders
        finally:
            place.close()

    def go_on(self, place):
        """The same commands again, then cron; a person gives only the commands that `pes status`
        tells. Returns these."""
        for words in self.again:
            done = place.pes(*self.filled(words, place.folder))
            require(done.returncode in TOLD, f"going on with {words[0]} fails", done)
        dossier = place.the_dossier()
        require(dossier, "there is no dossier")
        orders = []
        for _ in range(ROUNDS):
            place.pes("run")
            # What waits for its date alone is done at that date, in no time.
            done = place.pes("status", dossier, "--wait", "--timeout", MONTH, "--json")
            require(done.returncode in TOLD, "following it fails", done)
            if done.returncode == 0:
                return orders
            advice = place.advice(dossier)
            require(advice or done.returncode in (4, 30, 32), "a person is not told what to do", done)
            if advice:
                orders.append(advice[0])
                place.pes(*advice, "--yes")
            else:
                place.pass_time_until(place.status(dossier)["job"]["next_try"])
        raise Broken(f"the dossier does not reach its end: {done.stdout}{done.stderr}")

    def check_the_end(self, place):
        place.verify_journal()
        row, = place.dossiers()
        require(row["last_action"] == "termine", f"the list does not know the end: {row}")
        count = place.count()
        flow, = count["flows"]
        require(len(flow["transactions"]) == 1, f"accepted more than once: {flow}")
        require(flow["archived"] == 1, f"not archived exactly once: {flow}")
        require(flow["deposited"] == 1 + self.rejections, f"deposited more often: {flow}")
        require(count["other_transfers"] == 0, f"other transfers: {count}")
        places.require_all_kept(place, row["id_d"])
        places.require_answers_kept(place, row["id_d"], self.rejections)


CREATE = ["create", "{data}/pes/test-032022.xml", "--objet", "TEST-PES-0322", "--id", ID]
SIGN = ["sign", ID]
SEND = ["send", ID, "--yes"]
RUN = ["run"]
DEPOSITING = ["deposit", "{place}/depot", "--done", "{place}/faits", "--stable", "0", "--yes"]


def until_transmitted(place):
    """Posted, transmitted, its acquit about to come: the next run archives."""
    place.pes(*RUN)
    while "(3)" not in (place.status(ID)["job"]["last_message"] or ""):
        place.pass_time_until(place.status(ID)["job"]["next_try"])
        place.pes(*RUN)
    place.pass_time_until(place.status(ID)["job"]["next_try"])


def until_transmitted_in_pieces(place):
    place.set_up("[sae]", 'chunk_size = "4KiB"\n')
    until_transmitted(place)


def with_lost_answer_of_the_tdt(place):
    """The flow arrived, has its acquit even, and nobody knows: the next run asks."""
    place.spoil((IMPORT, "cut-before-answer"))
    place.pes(*RUN)
    for _ in range(3):
        place.done("sandbox", "tick")
    place.pass_time_until(place.status(ID)["job"]["next_try"])


def with_lost_answer_of_the_sae(place):
    """The archive arrived, and the SAE could not be asked for it."""
    until_transmitted(place)
    place.spoil((DEPOSIT, "cut-before-answer"), *[(ACKNOWLEDGEMENT, "status-503")] * 3)
    place.pes(*RUN)
    require(place.status(ID)["attempt"], "the answer of the SAE was not lost")
    place.pass_time_until(place.status(ID)["job"]["next_try"])


def until_state(place, state):
    while place.status(ID)["last_action"] != state:
        place.pass_time_until(place.status(ID)["job"]["next_try"])
        place.pes(*RUN)


def with_archive_rejected(place):
    """The SAE knows no such agreement; the person corrects it."""
    settings = place.home / "pes.toml"
    right = settings.read_text()
    require('agreement = "TEST-PES"' in right, "the template of a home has changed")
    settings.write_text(right.replace('agreement = "TEST-PES"', 'agreement = "FAUX"'))
    (place.sandbox / "sae" / "agreement.json").write_text('{"agreements": ["TEST-PES"]}')
    until_state(place, "rejet-sae")
    settings.write_text(right)


def with_deposit_failed(place):
    until_transmitted(place)
    place.spoil((DEPOSIT, "status-404"))
    until_state(place, "erreur-envoie-sae")


TO_SEND = [CREATE, SIGN, SEND]
ARCHIVE = ["archive", ID, "--yes"]
STAGES = [
    Stage("deposit", [], DEPOSITING),
    Stage("create", [], CREATE, again=TO_SEND),
    Stage("sign", [CREATE], SIGN, again=TO_SEND),
    Stage("send", [CREATE, SIGN], SEND),
    Stage("to the TdT", TO_SEND, RUN),
    Stage("settling with the TdT", TO_SEND, RUN, with_lost_answer_of_the_tdt),
    Stage("to the SAE", TO_SEND, RUN, until_transmitted),
    Stage("to the SAE in pieces", TO_SEND, RUN, until_transmitted_in_pieces),
    Stage("settling with the SAE", TO_SEND, RUN, with_lost_answer_of_the_sae),
    Stage("archive after a rejection", TO_SEND, ARCHIVE, with_archive_rejected, again=[RUN],
          rejections=1),
    Stage("archive after an error", TO_SEND, ARCHIVE, with_deposit_failed, again=[RUN]),
]


class Tally:
    """What became of the cases of one kind of fault."""

    def __init__(self):
        self.cases = collections.Counter()  # by name of call
        self.ends = collections.Counter()
        self.orders = collections.Counter()

    def add(self, fault, outcome):
        call, status, orders = outcome
        self.cases[call] += 1
        if call == "none":
            self.ends["fewer calls that time"] += 1
        elif fault in DEADLY:
            self.ends["died"] += 1
        else:
            self.ends["told" if status not in (0, 4) else "got over"] += 1
        self.ends["then alone" if not orders else "then as pes status told"] += 1
        self.orders.update(orders)

    def text(self, fault):
        def listed(counter):
            return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))
        told = f"; a person gave: {listed(self.orders)}" if self.orders else ""
        return (f"{fault}: {sum(self.cases.values())} cases ({listed(self.cases)}); "
                f"{listed(self.ends)}{told}")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("pes")
    parser.add_argument("library")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("faults", nargs="+", choices=[*FAULTS, "all"])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--stage", action="append")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    given.flow = given.data / "pes" / "test-032022.xml"
    given.faults = list(FAULTS) if "all" in given.faults else given.faults
    return given


def main():
    given = arguments()
    tallies = collections.defaultdict(Tally)
    failures = 0
    for stage in STAGES:
        if given.stage and stage.name not in given.stage:
            continue
        stage.prepare(given)
        calls = stage.calls()
        # Of each kind of call every so many: a fault that strikes few kinds still strikes often.
        cases = [(rank, fault) for fault in given.faults
                 for rank in [rank for rank, call in enumerate(calls, 1)
                              if call.split()[1] in FAULTS[fault]][::given.every]]
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            futures = {pool.submit(stage.case, *case): case for case in cases}
            for future in concurrent.futures.as_completed(futures):
                rank, fault = futures[future]
                try:
                    tallies[fault].add(fault, future.result())
                except (Broken, OSError, ValueError, KeyError) as broken:
                    failures += 1
                    print(f"FAILED {stage.name}, {fault} at call {rank} ({calls[rank - 1]}): {broken!r}"
                          .replace("\\n", "\n"), flush=True)
        print(f"{stage.name}: {len(calls)} calls, {len(cases)} cases", flush=True)
        shutil.rmtree(stage.template.parent)
    passed = sum(sum(tally.cases.values()) for tally in tallies.values())
    for fault in given.faults:
        print(tallies[fault].text(fault))
    print(f"{passed} passed, {failures} failed")
    return 1 if failures or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
