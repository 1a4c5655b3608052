"""A home whose partners are another process, so that what they received is what counts; and what
must be true of it whatever happened."""

import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

LONGEST = 120  # seconds a command may last before the test gives up
MOST = 100_000  # dossiers of a home
IMPORT = "/modules/helios/api/helios_importer_fichier.php"
DEPOSIT = "/restservices/sedaMessages"
ACKNOWLEDGEMENT = "/restservices/sedaMessages/*Acknowledgement*"
AGENCY = "TEST-VERSEUR"  # that transfers, in the template of a home


class Broken(Exception):
    """What must never happen."""


def require(condition, what, done=None):
    if condition:
        return
    detail = f"\nstatus {done.returncode}\n{done.stdout}\n{done.stderr}" if done else ""
    raise Broken(what + detail)


def environment(home, **more):
    """Nothing of the caller's settings, save where programs are."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
            **{name: str(value) for name, value in more.items()}}


def new_home(pes, *orders):
    """A home with the sandbox within, in which these orders were obeyed."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pes-crash."))
    home = folder / "home"
    for words in (["init", home, "--sandbox", "--user", "adminMegalis"], *orders):
        where = [] if words[0] == "init" else ["--home", home]
        done = subprocess.run([pes, *where, *words], env=environment(folder), capture_output=True,
                              text=True, check=False)
        require(done.returncode == 0, f"{words[0]} does not succeed", done)
    return home


class Place:
    """A copy of a home, with partners of its own."""

    def __init__(self, pes, template, clock, partners_clock=None):
        self.pes_tool, self.clock = pes, clock
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pes-crash."))
        self.home = self.folder / "home"
        self.sandbox = self.home / "sandbox"
        self.shelf = self.folder / "shelf"
        self.shelf.mkdir()
        shutil.copytree(template, self.home)
        self.requests = self.folder / "requests"  # one a line, after the addresses
        with self.requests.open("w") as requests:
            self.server = subprocess.Popen(
                [pes, "--home", self.home, "sandbox", "--port", "0", "--json"],
                stdout=requests, stderr=subprocess.DEVNULL,
                env=environment(self.folder, **(partners_clock or {})))
        self._name_services(*self._addresses())

    def _addresses(self):
        end = time.monotonic() + LONGEST
        while not self.requests.read_text().endswith("\n"):
            require(self.server.poll() is None and time.monotonic() < end, "the sandbox does not start")
            time.sleep(0.01)
        listening = json.loads(self.requests.read_text().splitlines()[0])
        return listening["tdt_url"], listening["sae_url"]

    def _name_services(self, tdt, sae):
        identities = self.sandbox / "identities"
        access = (f'ca = "{identities}/ca.pem"\ncertificate = "{identities}/client.pem"\n'
                  f'key = "{identities}/client.key"\n')
        self.set_up("[tdt]", f'login = "agent-test"\n{access}'
                             f'password = "file:{identities}/tdt.password"\n'
                             'archivist_login = "archiviste-test"\n'
                             f'archivist_password = "file:{identities}/tdt-archiviste.password"\n')
        self.set_up("[sae]", f'login = "versant-test"\n{access}'
                             f'password = "file:{identities}/sae.password"\n')
        settings = self.home / "pes.toml"
        parts = settings.read_text().split('url = "sandbox:"')
        require(len(parts) == 3, "the template of a home has changed")
        settings.write_text(f'{parts[0]}url = "{tdt}"{parts[1]}url = "{sae}"{parts[2]}')

    def set_up(self, table, lines):
        settings = self.home / "pes.toml"
        text = settings.read_text()
        require(f"{table}\n" in text, f"the template of a home has no {table}")
        settings.write_text(text.replace(f"{table}\n", f"{table}\n{lines}"))

    def spoil(self, *faults):
        """Requests that will fail: path and kind of each."""
        (self.sandbox / "faults.json").write_text(
            json.dumps([{"path": path, "kind": kind, "nth": 1} for path, kind in faults]))

    def pes(self, *words, **more):
        return subprocess.run([self.pes_tool, "--home", self.home, *map(str, words)],
                              env=environment(self.folder, **self.clock, **more),
                              capture_output=True, text=True, timeout=LONGEST, check=False)

    def done(self, *words):
        done = self.pes(*words)
        require(done.returncode == 0, f"{words[0]} does not succeed", done)
        return done

    def dossiers(self):
        """Rows of the list, which comes from the index."""
        told = self.done("list", "--all", "--limit", MOST, "--json").stdout
        return json.loads(told)["dossiers"]

    def status(self, dossier):
        """What a person sees of it; nothing when there is none."""
        done = self.pes("status", dossier, "--json")
        if done.returncode == 10:
            return None
        require(done.returncode == 0, "the dossier cannot be read", done)
        return json.loads(done.stdout.splitlines()[0])["dossier"]

    def advice(self, dossier):
        """The words of the command that `status` tells a person to give; nothing when none."""
        told = self.done("status", dossier).stderr
        command = re.search(rf"^hint: .*?\bpes (\w+ {dossier}(?: --resend \S+)?)$", told,
                            re.MULTILINE)
        return command.group(1).split() if command else None

    def verify_journal(self):
        done = self.pes("journal", "--verify")
        require(done.returncode == 0, "the journal does not verify", done)

    def count(self):
        return json.loads(self.done("sandbox", "count", "--json").stdout)

    def close(self):
        self.server.terminate()
        self.server.wait()
        shutil.rmtree(self.folder)


def seconds(date):
    return datetime.datetime.fromisoformat(date.replace("Z", "+00:00")).timestamp()


def state_file(place, dossier):
    return place.home / "dossiers" / dossier[:2] / dossier / "dossier.json"


def require_all_kept(place, dossier):
    """Every file is there, nothing else is, and what the services gave is what they gave."""
    state_path = state_file(place, dossier)
    state = json.loads(state_path.read_text())
    files = {field: (state_path.parent / file["path"], file) for field, file in state["files"].items()}
    for field, (path, file) in files.items():
        require(path.is_file(), f"{dossier} has lost its file {field}")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        require(digest == file["sha256"], f"{dossier}: file {field} was altered")
    named = {path.name for path, _ in files.values()} | {"dossier.json", "lock"}
    others = {path.name for path in state_path.parent.iterdir()} - named
    require(not others, f"{dossier}: files that nobody names: {others}")
    transaction = place.sandbox / "tdt" / "transactions" / state["data"]["pes_tedetis_transaction_id"]
    transfer = place.sandbox / "sae" / "transfers" / transfer_key(state)
    for field, given in (("fichier_pes", transaction / "pes.xml"),
                         ("pes_acquit", transaction / "acquit.xml"),
                         ("sae_bordereau", transfer / "bordereau.xml"),
                         ("sae_archive", transfer / "archive"),
                         ("ar_sae", transfer / "ar.xml"), ("reply_sae", transfer / "reply.xml")):
        require(given.is_file(), f"{dossier}: the service has no {given}")
        require(files[field][0].read_bytes() == given.read_bytes(),
                f"{dossier}: {field} is not what the service has, {given}")


def require_answers_kept(place, dossier, rejections):
    """What the SAE answered to the archives of the only dossier that it rejected is kept beside."""
    path = state_file(place, dossier)
    state = json.loads(path.read_text())
    given = [folder for folder in (place.sandbox / "sae" / "transfers").iterdir()
             if folder.name != transfer_key(state)]
    require(len(given) == rejections, f"{dossier}: {len(given)} other transfers")
    for field, name in (("ar_sae", "ar.xml"), ("reply_sae", "reply.xml")):
        kept = {(path.parent / state["files"][f"{field}_{rank}"]["path"]).read_bytes()
                for rank in range(1, rejections + 1)}
        require(kept == {(folder / name).read_bytes() for folder in given},
                f"{dossier}: what the SAE answered before is not under {field}_1…")


def transfer_key(state):
    """The sandbox's name of a transfer: digest of the agency, which the bordereau gives, and of the
    identifier."""
    return hashlib.sha256(f'{AGENCY}\n{state["data"]["sae_transfert_id"]}'.encode()).hexdigest()
