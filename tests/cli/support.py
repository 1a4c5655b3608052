"""What every test of the command line needs: a place of its own, the tool, and its answers."""

import contextlib
import datetime
import fcntl
import functools
import json
import os
import pathlib
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

PES = os.environ["PES"]
SHARED = pathlib.Path(os.environ.get("PES_SHARED", "/nowhere"))
FLOW = pathlib.Path(__file__).resolve().parent.parent / "data" / "pes" / "test-032022.xml"
ID = "O5uC72H"
AUTOMATON = "Action automatique"
LONG_AGO = "2022-03-02T14:48:08Z"
LONGEST = 60  # seconds a command may last before the test gives up

# The states on the way to the SAE, when nothing goes wrong.
TO_THE_TDT = [
    "Créé", "En cours de rédaction", "Passage à l'état suivant",
    "Préparation de l'extraction des informations", "Extraction des informations du PES ALLER",
    "Préparation de l'envoi au TdT", "Transmis au TdT"]
ANSWERED = TO_THE_TDT + ["Un fichier de réponse PES est disponible"]
DEPOSITED = ANSWERED + ["Préparation de l'envoi au SAE", "Versé au SAE"]
FINISHED = DEPOSITED + ["AR SAE reçu", "Archive acceptée par le SAE", "Traitement terminé"]


class Answer:
    """What a command gave back."""

    def __init__(self, status, out, err):
        self.status = status
        self.out_bytes = out
        self.err = err.decode("utf-8")

    @property
    def out(self):
        return self.out_bytes.decode("utf-8")

    @property
    def rows(self):
        """The lines of the results, cut in columns."""
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def documents(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def document(self):
        return json.loads(self.out)

    @property
    def failure(self):
        """The error of --json: the last line of the standard error."""
        return json.loads(self.err.splitlines()[-1])

    def lines_of(self, word):
        start = f"{word}: "
        return [line[len(start):] for line in self.err.splitlines() if line.startswith(start)]

    def __repr__(self):
        return f"[{self.status}]\n{self.out}\n{self.err}"


def environment(place, **more):
    """Nothing of the caller's settings, save where programs are."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(place),
            "XDG_CONFIG_HOME": f"{place}/config", "XDG_DATA_HOME": f"{place}/data",
            "XDG_STATE_HOME": f"{place}/state", "TZ": "Europe/Paris", "LC_ALL": "C.UTF-8",
            "TERM": "xterm", **{name: str(value) for name, value in more.items()}}


@functools.cache
def _workshop():
    """A folder for what the tests of this process share; it goes with the process."""
    return tempfile.TemporaryDirectory(prefix="pes-cli.")


@functools.cache
def demo():
    """A home with the sandbox, made once: its keys cost a second."""
    place = pathlib.Path(_workshop().name)
    subprocess.run([PES, "init", "demo", "--sandbox", "--user", "adminMegalis", "--quiet"],
                   cwd=place, env=environment(place), check=True, capture_output=True)
    return place / "demo"


@functools.cache
def signed_demo():
    """The same, with a dossier ready to be sent."""
    home = pathlib.Path(_workshop().name) / "signed"
    shutil.copytree(demo(), home)
    for words in (["create", FLOW, "--objet", "TEST-PES-0322", "--id", ID], ["sign", ID]):
        subprocess.run([PES, *words, "--quiet"], cwd=home, env=environment(home.parent),
                       check=True, capture_output=True)
    return home


class ToolTest(unittest.TestCase):
    """A test with a new empty folder, from which the tool is run."""

    maxDiff = None

    def setUp(self):
        place = tempfile.TemporaryDirectory(prefix="pes-cli.")
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)
        self.folder = self.place

    def start(self, *words, env=None, **streams):
        """The tool, running; the caller waits for it."""
        return subprocess.Popen([PES, *map(str, words)], cwd=self.folder,
                                env=environment(self.place, **(env or {})), **streams)

    def pes(self, *words, stdin=b"", env=None):
        """The tool, in pipes, to its end."""
        done = subprocess.run([PES, *map(str, words)], cwd=self.folder, input=stdin,
                              env=environment(self.place, **(env or {})),
                              capture_output=True, timeout=LONGEST, check=False)
        return Answer(done.returncode, done.stdout, done.stderr)

    def done(self, *words, **more):
        """The tool, which must succeed."""
        answer = self.pes(*words, **more)
        self.assertEqual(answer.status, 0, answer)
        return answer

    def on_terminal(self, *words, width=120, env=None):
        """The tool with a terminal as its standard output; the standard error is a pipe."""
        outside, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
        attributes = termios.tcgetattr(inside)
        attributes[1] &= ~termios.OPOST  # bytes as they are written
        termios.tcsetattr(inside, termios.TCSANOW, attributes)
        with self.start(*words, env=env, stdin=subprocess.DEVNULL, stdout=inside,
                        stderr=subprocess.PIPE) as process:
            os.close(inside)
            out = read_all(outside)
            err = process.stderr.read()
        os.close(outside)
        return Answer(process.returncode, out, err)

    def refused(self, status, *words, says=(), hint=True, **more):
        """The tool, which must say no: one error, with these words, and what to do next."""
        answer = self.pes(*words, **more)
        self.assertEqual(answer.status, status, answer)
        errors = answer.lines_of("error")
        self.assertEqual(len(errors), 1, answer)
        for word in says:
            self.assertIn(word, errors[0])
        if hint:
            self.assertEqual(len(answer.lines_of("hint")), 1, answer)
        return answer


class HomeTest(ToolTest):
    """A test that starts in a home of its own, with the sandbox."""

    @staticmethod
    def made_home():
        return demo()

    def setUp(self):
        super().setUp()
        self.folder = self.home = self.place / "demo"
        shutil.copytree(self.made_home(), self.home)

    def write(self, name, content):
        path = self.place / name
        path.write_bytes(content)
        return path

    def set_scenario(self, scenario):
        settings = self.home / "pes.toml"
        text = settings.read_text()
        self.assertIn('scenario = "accepte"', text)
        settings.write_text(text.replace('scenario = "accepte"', f'scenario = "{scenario}"'))

    def dossier_folder(self, dossier=ID):
        return self.home / "dossiers" / dossier[:2] / dossier

    def states(self, dossier=ID):
        return [state["libelle"] for state in self.shown(dossier)["etats"]]

    def shown(self, dossier=ID):
        return self.done("show", dossier, "--json").document

    def transactions(self):
        """What the sandbox's TdT received."""
        return self.done("sandbox", "transactions", "--json").document["transactions"]

    def events(self, *filters):
        return self.done("journal", *filters, "--limit", "1000", "--json").document["events"]

    def assert_nothing_half_written(self, dossiers=()):
        """These dossiers and no other, each readable; the journal whole; no leftover."""
        listed = self.done("list", "--all", "--json").document
        self.assertEqual({entry["id_d"] for entry in listed["dossiers"]}, set(dossiers))
        self.done("journal", "--verify")
        names = self.home / "dossiers" / ".names"
        files = [path for path in (self.home / "dossiers").rglob("*")
                 if path.is_file() and path != names / "lock"]
        kept = {path.parent.name for path in files}
        self.assertLessEqual(kept, set(dossiers), files)
        # A flow's name is claimed while its sending is undecided, and by no one else.
        claims = {os.readlink(link) for link in names.glob("*") if link.is_symlink()}
        attempts = {dossier: self.shown(dossier)["attempt"] for dossier in dossiers}
        undecided = {dossier for dossier, attempt in attempts.items()
                     if attempt and attempt["kind"] == "tdt-import"}
        self.assertEqual(claims, undecided)
        for dossier in dossiers:
            known = set(self.files_of(dossier)) | {"dossier.json", "lock"}
            self.assertLessEqual({path.name for path in self.dossier_folder(dossier).iterdir()},
                                 known)

    def files_of(self, dossier):
        state = json.loads((self.dossier_folder(dossier) / "dossier.json").read_text())
        return [file["path"] for file in state["files"].values()]


class SignedTest(HomeTest):
    """A test that starts with a signed dossier."""

    @staticmethod
    def made_home():
        return signed_demo()


def read_all(descriptor):
    """What comes from a terminal until its other side is closed."""
    content = b""
    while select.select([descriptor], [], [], LONGEST)[0]:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # Linux's end of a terminal
            break
        if not part:
            break
        content += part
    return content


def without_styles(text):
    """What is left to read of what a terminal was sent."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def until(condition, what, within=LONGEST):
    """Waits for something that another process brings about."""
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"still waiting: {what}")
        time.sleep(0.02)


def flow(*replacements):
    """The test flow, in which texts were replaced: each must be there."""
    content = FLOW.read_bytes()
    for old, new in replacements:
        if old not in content:
            raise AssertionError(f"{old} is not in {FLOW}")
        content = content.replace(old, new)
    return content


@contextlib.contextmanager
def rewritten_state(home, dossier=ID):
    """The state file of a dossier, to be changed as time would have done."""
    path = home / "dossiers" / dossier[:2] / dossier / "dossier.json"
    state = json.loads(path.read_text())
    yield state
    path.write_text(json.dumps(state))
    # Of a state changed by hand the lists know nothing.
    shutil.rmtree(home / "index", ignore_errors=True)


def make_due(home, dossier=ID):
    """The time that the tool waits between two questions has passed."""
    with rewritten_state(home, dossier) as state:
        state["job"]["next_try"] = LONG_AGO


def sent_days_ago(home, days, dossier=ID):
    """The last state came so long ago, and it is time to ask again."""
    make_due(home, dossier)
    with rewritten_state(home, dossier) as state:
        sent = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)
        state["etats"][-1]["date"] = sent.strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    """Runs the tests of the file; 77 when all were skipped."""
    result = unittest.main(exit=False, verbosity=2).result
    all_skipped = result.testsRun > 0 and len(result.skipped) == result.testsRun
    sys.exit(77 if all_skipped else not result.wasSuccessful())
