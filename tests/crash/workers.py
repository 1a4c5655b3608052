"""Workers on one home, killed at random while dossiers flow: each flow is accepted once and archived
once, counted on the side of the services. In a database the home has two machines, which share the
workers; in files it has one.

Usage: workers.py PES TEST_DATA [--store {postgresql,files}] [--dossiers N] [--workers N] [--seed N]
"""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import postgresql  # noqa: E402

SCHEMA = "home"
AT_ONCE = 25  # flows of one `pes deposit`
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC",
               "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}


class Broken(Exception):
    pass


class Machine:
    """A home of its own; with an address, on the common store."""

    def __init__(self, pes, home, url=None):
        self.pes_tool, self.home = pes, home
        self.run_or_fail("init", home, "--sandbox", "--user", "adminMegalis",
                         *(["--store", url] if url else []))

    def start(self, *words, **streams):
        where = [] if words[0] == "init" else ["--home", self.home]
        return subprocess.Popen([self.pes_tool, *where, *map(str, words)],
                                env={**ENVIRONMENT, "HOME": str(self.home.parent)}, **streams)

    def pes(self, *words):
        process = self.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        out, err = process.communicate()
        return process.returncode, out, err

    def run_or_fail(self, *words):
        status, out, err = self.pes(*words)
        if status != 0:
            raise Broken(f"{words}: {status}\n{out}\n{err}")
        return out

    def use(self, urls, identities):
        """The partners that the other machine serves."""
        access = (f'ca = "{identities}/ca.pem"\ncertificate = "{identities}/client.pem"\n'
                  f'key = "{identities}/client.key"\n')
        path = self.home / "pes.toml"
        text = path.read_text()
        text = text.replace('[tdt]\n', f'[tdt]\nlogin = "agent-test"\n{access}'
                            f'password = "file:{identities}/tdt.password"\n'
                            'archivist_login = "archiviste-test"\n'
                            f'archivist_password = "file:{identities}/tdt-archiviste.password"\n')
        text = text.replace('[sae]\n', f'[sae]\nlogin = "versant-test"\n{access}'
                            f'password = "file:{identities}/sae.password"\n')
        for service in ("tdt_url", "sae_url"):
            text = text.replace('url = "sandbox:"', f'url = "{urls[service]}"', 1)
        path.write_text(text)


def hurry_files(home):
    """Makes all next tries due now instead of waiting for their date."""
    for state in home.glob("dossiers/*/*/dossier.json"):
        text = state.read_text()
        state.write_text(re.sub(r'("next_try": ?)"[^"]*"', r'\1"2000-01-01T00:00:00Z"', text))
    shutil.rmtree(home / "index", ignore_errors=True)


class Requests:
    """How many requests the partners were sent until now: one a line of their output."""

    def __init__(self, output):
        self.count = 0
        self._reader = threading.Thread(target=self._read, args=(output,), daemon=True)
        self._reader.start()

    def _read(self, output):
        for _ in output:
            self.count += 1


class Workers:
    """Processes that deposit what was dropped and do what is due, and who kills them."""

    def __init__(self, folder, machines, requests, given):
        self.machines, self.requests, self.given = machines, requests, given
        self.draw = random.Random(given.seed)
        self.drop, self.filed, self.refused = (folder / name for name in ("depot", "faits", "refus"))
        for place in (self.drop, self.filed, self.refused):
            place.mkdir()
        flow = (given.data / "pes" / "test-032022.xml").read_bytes()
        for number in range(given.dossiers):
            (self.drop / f"flux-{number:05}.xml").write_bytes(
                flow.replace(b"220302_001", b"220302_%05d" % number))
        self.alone = threading.Lock()
        self.running = {}  # worker: its process
        self.kills = 0

    def round(self):
        """Each works until nothing is left that it could do now; whoever dies begins again."""
        workers = [threading.Thread(target=self.work, args=(worker,))
                   for worker in range(self.given.workers)]
        for worker in workers:
            worker.start()
        self.kill_while(workers)
        for worker in workers:
            worker.join()

    def work(self, worker):
        machine = self.machines[worker % len(self.machines)]
        while any(self.drop.iterdir()):
            self.command(worker, machine, "deposit", self.drop, "--done", self.filed, "--error",
                         self.refused, "--stable", 0, "--max", AT_ONCE, "--yes")
        while self.command(worker, machine, "run", "--quiet") == -signal.SIGKILL:
            pass

    def command(self, worker, machine, *words):
        with self.alone:
            process = machine.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.running[worker] = process
        process.wait()
        with self.alone:
            del self.running[worker]
        return process.returncode

    def kill_while(self, workers):
        """In the middle of some exchange: SIGKILL, which nothing can prepare for."""
        while any(worker.is_alive() for worker in workers):
            enough = self.requests.count + self.draw.randrange(1, 4 * self.given.workers)
            while self.requests.count < enough and any(worker.is_alive() for worker in workers):
                time.sleep(0.002)
            with self.alone:
                if self.running:
                    self.draw.choice(list(self.running.values())).kill()
                    self.kills += 1


def states(machine):
    listed = json.loads(machine.run_or_fail("list", "--all", "--limit", "1000000", "--json"))
    return {dossier["id_d"]: dossier["last_action"] for dossier in listed["dossiers"]}


def press_retry(machine):
    """What a person does where the automaton waits for one."""
    for dossier, state in states(machine).items():
        if state == "erreur-envoie-sae":
            machine.pes("archive", dossier, "--yes")


def work(workers, hurry):
    """Until all is finished; a person looks from time to time."""
    machine = workers.machines[0]
    for number in range(1, 201):
        workers.round()
        press_retry(machine)
        reached = list(states(machine).values())
        print(f"round {number}: finished: {reached.count('termine')}, killed: {workers.kills}",
              flush=True)
        if reached == ["termine"] * workers.given.dossiers:
            return
        hurry()
    raise Broken(f"the dossiers do not reach their end: {states(machine)}")


def check(machine, dossiers):
    machine.run_or_fail("journal", "--verify")
    count = json.loads(machine.run_or_fail("sandbox", "count", "--json"))
    wanted = {"accepted": dossiers, "accepted_twice": 0, "archived_once": dossiers,
              "archived_twice": 0}
    found = {key: count[key] for key in wanted}
    if found != wanted:
        raise Broken(f"{found} instead of {wanted}")


def tell(machines, hurry, folder, given):
    partners = machines[0].start("sandbox", "--port", "0", "--json", stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True)
    try:
        urls = json.loads(partners.stdout.readline())
        for machine in machines:
            machine.use(urls, machines[0].home / "sandbox" / "identities")
        workers = Workers(folder, machines, Requests(partners.stdout), given)
        work(workers, hurry)
        check(machines[0], given.dossiers)
        print(f"{given.dossiers} dossiers, each accepted and archived once; {given.workers} "
              f"workers, killed {workers.kills} times")
    finally:
        partners.terminate()
        partners.wait()


def tell_in_files(folder, given):
    machine = Machine(given.pes, folder / "one")
    tell([machine], lambda: hurry_files(machine.home), folder, given)


def tell_in_database(server, folder, given):
    url = server.place(SCHEMA)
    machines = [Machine(given.pes, folder / name, url) for name in ("one", "two")]
    tell(machines, lambda: server.hurry(SCHEMA), folder, given)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pes", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--store", choices=("postgresql", "files"), default="postgresql")
    parser.add_argument("--dossiers", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pes-workers."))
    try:
        if given.store == "files":
            tell_in_files(folder, given)
            return 0
        server = postgresql.Server()
        if not server.is_there:
            print(server.reason)
            return postgresql.ABSENT
        try:
            tell_in_database(server, folder, given)
        finally:
            server.close()
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
