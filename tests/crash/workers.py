"""Workers of two machines on one home in a database, killed at random while dossiers flow: each
flow is accepted once and archived once, counted on the side of the services.

Usage: workers.py PES TEST_DATA [--dossiers N] [--seed N]
"""

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

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import postgresql  # noqa: E402

PES, DATA = sys.argv[1:3]


def option(name, standard):
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else standard


DOSSIERS = option("--dossiers", 8)
SEED = option("--seed", 1)
SCHEMA = "home"
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC",
               "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}


class Broken(Exception):
    pass


class Machine:
    """A home of its own, on the common store."""

    def __init__(self, folder, name, url):
        self.home = folder / name
        self.run_or_fail("init", self.home, "--sandbox", "--user", "adminMegalis", "--store", url)

    def environment(self):
        return {**ENVIRONMENT, "HOME": str(self.home.parent)}

    def start(self, *words, **streams):
        return subprocess.Popen([PES, "--home", self.home, *words], env=self.environment(),
                                **streams)

    def pes(self, *words):
        return subprocess.run([PES, "--home", self.home, *words], env=self.environment(),
                              capture_output=True, text=True, timeout=60, check=False)

    def run_or_fail(self, *words):
        done = subprocess.run([PES, *([] if words[0] == "init" else ["--home", self.home]), *words],
                              env=self.environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Broken(f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

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


def make_dossiers(machine, folder):
    flow = (pathlib.Path(DATA) / "pes" / "test-032022.xml").read_bytes()
    for number in range(DOSSIERS):
        path = folder / f"flux-{number}.xml"
        path.write_bytes(flow.replace(b"220302_001", b"220302_%03d" % number))
        name = f"dossi{number:02d}"
        machine.run_or_fail("create", path, "--objet", f"Dossier {number}", "--id", name)
        machine.run_or_fail("sign", name)
        machine.run_or_fail("send", name, "--yes")


def states(machine):
    listed = json.loads(machine.run_or_fail("list", "--limit", "1000", "--json"))
    return {dossier["id_d"]: dossier["last_action"] for dossier in listed["dossiers"]}


def press_retry(machine):
    """What a person does where the automaton waits for one."""
    for dossier, state in states(machine).items():
        if state == "erreur-envoie-sae":
            machine.pes("archive", dossier, "--yes")


class Requests:
    """How many requests the partners were sent until now: one a line of their output."""

    def __init__(self, output):
        self.count = 0
        self._reader = threading.Thread(target=self._read, args=(output,), daemon=True)
        self._reader.start()

    def _read(self, output):
        for _ in output:
            self.count += 1


def work_round(machines, requests, draw):
    """A worker on each machine; one of them dies in the middle of some exchange. True when it did
    before it was over."""
    workers = [machine.start("run", "--quiet", stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL) for machine in machines]
    victim = draw.choice(workers)
    enough = requests.count + draw.randrange(1, 9)
    while any(worker.poll() is None for worker in workers):
        if requests.count >= enough:
            victim.kill()
        time.sleep(0.002)
    return victim.returncode == -signal.SIGKILL


def work(machines, server, requests, draw):
    """Until all is finished; a person looks from time to time."""
    kills = 0
    for _ in range(200):
        kills += work_round(machines, requests, draw)
        press_retry(machines[0])
        if set(states(machines[0]).values()) == {"termine"}:
            return kills
        server.hurry(SCHEMA)
    raise Broken(f"the dossiers do not reach their end: {states(machines[0])}")


def check(machine):
    machine.run_or_fail("journal", "--verify")
    count = json.loads(machine.run_or_fail("sandbox", "count", "--json"))
    wanted = {"accepted": DOSSIERS, "accepted_twice": 0, "archived_once": DOSSIERS,
              "archived_twice": 0}
    found = {key: count[key] for key in wanted}
    if found != wanted:
        raise Broken(f"{found} instead of {wanted}")


def tell(server, draw, folder):
    url = server.place(SCHEMA)
    machines = [Machine(folder, name, url) for name in ("one", "two")]
    partners = machines[0].start("sandbox", "--port", "0", "--json", stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True)
    try:
        urls = json.loads(partners.stdout.readline())
        for machine in machines:
            machine.use(urls, machines[0].home / "sandbox" / "identities")
        make_dossiers(machines[0], folder)
        kills = work(machines, server, Requests(partners.stdout), draw)
        check(machines[0])
        print(f"{DOSSIERS} dossiers, each accepted and archived once; {kills} workers killed")
    finally:
        partners.terminate()
        partners.wait()


def main():
    server = postgresql.Server()
    if not server.is_there:
        print(server.reason)
        return postgresql.ABSENT
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pes-workers."))
    try:
        tell(server, random.Random(SEED), folder)
    finally:
        server.close()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
