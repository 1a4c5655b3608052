"""Kills the tool after every system call that leaves a trace, or makes that call fail, while a
dossier is created, signed, sent and archived; then checks what must never happen.

After each fault: `pes status` reads the dossier (or it was never created), the journal
verifies, going on brings the dossier to its end, and the TdT has accepted the flow once and
the SAE the archive once, counted on their side.

Usage: crash_matrix.py PES FAULT_LIBRARY TEST_DATA {kill|enospc|eio} [--every N]
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PES, LIBRARY, DATA, FAULT = sys.argv[1:5]
EVERY = int(sys.argv[sys.argv.index("--every") + 1]) if "--every" in sys.argv else 1
ID = "O5uC72H"
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
}


class Broken(Exception):
    pass


class Home:
    """A copy of a home in a given state, with partners of its own."""

    def __init__(self, template):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pes-crash."))
        self.home = self.folder / "home"
        shutil.copytree(template, self.home)
        self.server = subprocess.Popen(
            [PES, "--home", self.home, "sandbox", "--port", "0", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment(), text=True)
        urls = json.loads(self.server.stdout.readline())
        # A server outside of the process that dies: what it received is what counts.
        text = (self.home / "pes.toml").read_text()
        identities = self.home / "sandbox" / "identities"
        access = (f'ca = "{identities}/ca.pem"\ncertificate = "{identities}/client.pem"\n'
                  f'key = "{identities}/client.key"\n')
        text = text.replace('[tdt]\n', f'[tdt]\nlogin = "agent-test"\n{access}'
                            f'password = "file:{identities}/tdt.password"\n'
                            'archivist_login = "archiviste-test"\n'
                            f'archivist_password = "file:{identities}/tdt-archiviste.password"\n')
        text = text.replace('[sae]\n', f'[sae]\nlogin = "versant-test"\n{access}'
                            f'password = "file:{identities}/sae.password"\n')
        parts = text.split('url = "sandbox:"')
        if len(parts) != 3:
            raise Broken("the home template has changed: " + text)
        (self.home / "pes.toml").write_text(
            f'{parts[0]}url = "{urls["tdt_url"]}"{parts[1]}url = "{urls["sae_url"]}"{parts[2]}')

    def environment(self, **more):
        return {**ENVIRONMENT, "HOME": str(self.folder), **more}

    def pes(self, *words, **more):
        return subprocess.run([PES, "--home", self.home, *words], env=self.environment(**more),
                              capture_output=True, text=True, timeout=60, check=False)

    def close(self):
        self.server.terminate()
        self.server.wait()
        shutil.rmtree(self.folder)


def template(steps):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pes-crash."))
    home = folder / "home"
    environment = {**ENVIRONMENT, "HOME": str(folder)}
    for words in [["init", home, "--sandbox", "--user", "adminMegalis"], *steps]:
        before = [] if words[0] == "init" else ["--home", home]
        done = subprocess.run([PES, *before, *words], env=environment, capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            raise Broken(f"{words}: {done.returncode} {done.stderr}")
    return home


CREATE = ["create", f"{DATA}/pes/test-032022.xml", "--objet", "TEST-PES-0322", "--id", ID]
SIGN = ["sign", ID]
SEND = ["send", ID, "--yes"]
RUN = ["run"]
STORY = [CREATE, SIGN, SEND]


def require(condition, what, done=None):
    if not condition:
        detail = f"\nstatus {done.returncode}\n{done.stdout}\n{done.stderr}" if done else ""
        raise Broken(what + detail)


def state_of(home):
    done = home.pes("status", ID, "--json")
    if done.returncode == 10:
        return None
    require(done.returncode == 0, "the dossier cannot be read", done)
    return json.loads(done.stdout.splitlines()[0])["dossier"]


def go_on(home):
    """After a crash: the same commands again, then `pes run` alone decides; a person only presses
    « Verser au SAE » where the SAE's answer was an error."""
    for words in STORY:
        done = home.pes(*words)
        require(done.returncode in (0, 32), f"going on with {words[0]} fails", done)
    for _ in range(30):
        done = home.pes(*RUN)
        state = state_of(home)
        require("last_action" in (state or {}), f"no state: {state}", done)
        if state["last_action"] == "termine":
            return
        if state["last_action"] == "erreur-envoie-sae":
            home.pes("archive", ID, "--yes")
        elif state.get("job"):
            hurry(home)
    raise Broken(f"the dossier does not reach its end: {state['last_action']}, job {state['job']}, attempt {state['attempt']}")


def hurry(home):
    """Makes the next try due now instead of waiting for its date."""
    path = home.home / "dossiers" / ID[:2] / ID / "dossier.json"
    state = json.loads(path.read_text())
    if state["job"]:
        state["job"]["next_try"] = "2000-01-01T00:00:00Z"
        path.write_text(json.dumps(state, indent=2, ensure_ascii=False) + "\n")
        # Of a state changed by hand the lists know nothing.
        shutil.rmtree(home.home / "index", ignore_errors=True)


def transactions(home):
    done = home.pes("sandbox", "transactions", "--json")
    require(done.returncode == 0, "the TdT's transactions cannot be read", done)
    return json.loads(done.stdout)["transactions"]


def archives(home):
    folder = home.home / "sandbox" / "sae" / "transfers"
    return [entry for entry in folder.iterdir()] if folder.is_dir() else []


class Stage:
    """Where the fault strikes: a command, from homes that are all in the same state."""

    def __init__(self, name, steps, words, approach=lambda home: None):
        self.name, self.words, self.approach = name, words, approach
        self.start = template(steps)

    def home(self):
        home = Home(self.start)
        self.approach(home)
        return home

    def strike(self, home, rank, fault):
        return home.pes(*self.words, LD_PRELOAD=LIBRARY, PES_FAULT_AT=str(rank), PES_FAULT=fault)

    def calls(self):
        """How many calls the command makes: none is killed beyond."""
        low, high = 0, 4096
        while high - low > 1:
            middle = (low + high) // 2
            home = self.home()
            done = self.strike(home, middle, "kill")
            home.close()
            low, high = (middle, high) if done.returncode == -9 else (low, middle)
        return low

    def case(self, rank):
        home = self.home()
        try:
            done = self.strike(home, rank, FAULT)
            if FAULT != "kill":
                require(done.returncode >= 0, "the tool crashed", done)
                failed = done.returncode not in (0, 4)
                require(not failed or done.stderr.strip(), "a failure without a word", done)
            state_of(home)
            verified = home.pes("journal", "--verify")
            require(verified.returncode == 0, "the journal does not verify", verified)
            go_on(home)
            verified = home.pes("journal", "--verify")
            require(verified.returncode == 0, "the journal does not verify at the end", verified)
            require(len(transactions(home)) == 1, "the flow was not accepted exactly once")
            require(len(archives(home)) == 1,
                    f"the SAE holds {len(archives(home))} archives instead of one")
        finally:
            home.close()


def until_transmitted(home):
    """Posted, transmitted, its acquit about to come: the next run archives."""
    for words in [*STORY, RUN]:
        home.pes(*words)
    while "(3)" not in (state_of(home)["job"] or {}).get("last_message", ""):
        hurry(home)
        home.pes(*RUN)
    hurry(home)


def main():
    total = failures = 0
    for stage in [
        Stage("create", [], CREATE),
        Stage("sign", [CREATE], SIGN),
        Stage("send", [CREATE, SIGN], SEND),
        Stage("run to the TdT", [CREATE, SIGN, SEND], RUN),
        Stage("run to the SAE", [], RUN, until_transmitted),
    ]:
        calls = stage.calls()
        for rank in range(1, calls + 1, EVERY):
            total += 1
            try:
                stage.case(rank)
            except Broken as broken:
                failures += 1
                print(f"FAILED {stage.name}, call {rank}: {broken}", flush=True)
        print(f"{stage.name}: {calls} calls", flush=True)
        shutil.rmtree(stage.start.parent)
    print(f"{total - failures} passed, {failures} failed")
    return 1 if failures or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
