"""How long lists and questions about one dossier take, as a home grows, in files and in PostgreSQL.

Each command is a whole process. One dossier is taken to its end; the others are made by copying its
state and its events: what is measured reads them, and does not ask where they come from. Nothing is
written outside of --place, save a PostgreSQL server in the folder of temporary files.
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "support"))
import postgresql  # noqa: E402

FLOW = TESTS / "data" / "pes" / "test-032022.xml"
SCHEMA = "scale"
SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def identifier(rank):
    """The seven symbols of a rank, spread over all shelves."""
    number = rank * 2_654_435_761 % len(SYMBOLS) ** 7
    text = ""
    while len(text) < 7:
        number, digit = divmod(number, len(SYMBOLS))
        text += SYMBOLS[digit]
    return text


def dumped(document):
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


class Copies:
    """Dossiers like the first one of a home, and the journal that tells of them."""

    def __init__(self, state, lines):
        self.state = json.loads(state)
        events = [json.loads(line) for line in lines]
        self.events = [event for event in events if event["id_d"] == self.state["id_d"]]
        self.last = events[-1]["id_j"]
        self.sha256 = hashlib.sha256(lines[-1].encode()).hexdigest()

    def copy(self, rank):
        """A state, and the lines that follow those of the copy before."""
        dossier, titre = identifier(rank), f"Mandats du lot {rank}"
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_640_000_000 + 60 * rank))
        lines = []
        for event in self.events:
            self.last += 1
            event |= {"id_j": self.last, "id_d": dossier, "titre": titre, "date": moment,
                      "previous": self.sha256}
            lines.append(dumped(event))
            self.sha256 = hashlib.sha256(lines[-1].encode()).hexdigest()
        self.state |= {"id_d": dossier, "id_j": self.last, "id_j_sha256": self.sha256}
        self.state["data"]["objet"] = titre
        self.state["etats"][-1] |= {"date": moment, "id_j": self.last}
        return self.state, lines


class Home:
    """In files."""

    def __init__(self, place, pes, count):
        self.path, self.pes = place / str(count), pes
        shutil.rmtree(self.path, ignore_errors=True)
        self.run("init", self.path, "--sandbox", "--user", "bench", *self.where(), cwd=place)
        some = identifier(0)
        for words in (["create", FLOW, "--objet", "Mandats", "--id", some], ["sign", some],
                      ["send", some, "--yes", "--wait"]):
            self.run(*words)
        self.fill(count)

    def where(self):
        return []

    def state(self, dossier):
        return self.path / "dossiers" / dossier[:2] / dossier / "dossier.json"

    def fill(self, count):
        journal = self.path / "journal" / "journal.jsonl"
        copies = Copies(self.state(identifier(0)).read_text(), journal.read_text().splitlines())
        with journal.open("a") as stream:
            for rank in range(1, count):
                state, lines = copies.copy(rank)
                stream.writelines(line + "\n" for line in lines)
                place = self.state(state["id_d"])
                place.parent.mkdir(parents=True)
                place.write_text(json.dumps(state))

    def rows(self, runs, count):
        shutil.rmtree(self.path / "index", ignore_errors=True)
        yield "the index made anew, then `pes list`", self.run("list")
        yield from self.questions(runs, count)

    def questions(self, runs, count):
        some = identifier(count // 2)
        for words in (["list"], ["list", "--search", "lot 7", "--sort", "titre"],
                      ["list", "--page", "50"], ["status", some], ["status"], ["run"],
                      ["__complete", "status", ""], ["__complete", "status", some[:2]]):
            name = " ".join(word or "''" for word in words)
            yield f"`pes {name}`", self.median(runs, *words)
        yield "`pes journal --verify`", self.run("journal", "--verify")
        self.run("create", "--objet", "Un de plus")
        yield "`pes list` after one more", self.run("list")

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


class HomeInDatabase(Home):

    def __init__(self, place, pes, count, server):
        self.server = server
        server.sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        self.url = server.place(SCHEMA)
        super().__init__(place, pes, count)

    def where(self):
        return ["--store", self.url]

    def sql(self, *statements):
        return self.server.sql(f"SET search_path = {SCHEMA}; " + "; ".join(statements))

    def fill(self, count):
        lines = self.sql("SELECT line FROM pes_journal ORDER BY id_j").splitlines()
        copies = Copies(self.sql("SELECT document FROM pes_state"), lines)
        ends = sum(len(line.encode()) + 1 for line in lines)
        # Tabs and line feeds stand in no document that is dumped; backslashes are doubled.
        self.sql("CREATE TABLE copied (id_d text, titre text, date bigint, document json)")
        with (self.table("copied") as states, self.table("pes_journal") as journal):
            for rank in range(1, count):
                state, lines = copies.copy(rank)
                self.row(states, state["id_d"], state["data"]["objet"], 1_640_000_000 + 60 * rank,
                         dumped(state))
                for number, line in enumerate(lines, copies.last - len(lines) + 1):
                    ends += len(line.encode()) + 1
                    self.row(journal, number, ends, line, state["id_d"])
        self.sql("INSERT INTO pes_dossier SELECT copied.id_d, id_e, type, state, copied.titre, "
                 "copied.date, creation, dte_str, cod_bud, pes_etat_ack, next_try, is_lock, "
                 "transaction_id, nom_fic FROM copied, pes_dossier",
                 "INSERT INTO pes_state SELECT id_d, document FROM copied", "DROP TABLE copied",
                 f"UPDATE pes_home SET id_j = {copies.last}, ends = {ends}, "
                 f"sha256 = '{copies.sha256}'", "ANALYZE")

    @contextlib.contextmanager
    def table(self, name):
        """A file of rows, which the table takes in the end."""
        file = self.path / f"{name}.tsv"
        with file.open("w") as stream:
            yield stream
        self.server.sql(f"\\copy {SCHEMA}.{name} from '{file}'")
        file.unlink()

    @staticmethod
    def row(stream, *values):
        stream.write("\t".join(str(value).replace("\\", "\\\\") for value in values) + "\n")

    def rows(self, runs, count):
        yield from self.questions(runs, count)


@contextlib.contextmanager
def homes_in(store):
    """How a home of so many dossiers is made there."""
    if store == "files":
        yield Home
        return
    server = postgresql.Server()
    if not server.is_there:
        sys.exit(server.reason)
    try:
        yield lambda *words: HomeInDatabase(*words, server)
    finally:
        server.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pes", type=pathlib.Path, required=True)
    parser.add_argument("--place", type=pathlib.Path, required=True)
    parser.add_argument("--stores", choices=("files", "postgresql"), nargs="+",
                        default=["files", "postgresql"])
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    options.place.mkdir(parents=True, exist_ok=True)

    print("| store | dossiers | what | s | MiB |\n| --- | ---: | --- | ---: | ---: |")
    for store in options.stores:
        with homes_in(store) as make:
            for count in options.counts:
                home = make(options.place.resolve(), options.pes.resolve(), count)
                for name, (seconds, memory) in home.rows(options.runs, count):
                    print(f"| {store} | {count} | {name} | {seconds:.3f} | {memory / 1024:.0f} |",
                          flush=True)
                shutil.rmtree(home.path)


if __name__ == "__main__":
    main()
