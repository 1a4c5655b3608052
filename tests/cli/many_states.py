#!/usr/bin/env python3
"""A home with many dossiers in all states, to look at what is told of them.

The sandbox makes one of each kind; the others are copies of its state with other dates, titles,
sizes and acquits. The same seed always gives the same home, save for the day on which it ends.
"""

import argparse
import copy
import datetime
import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile

FLOW = pathlib.Path(__file__).resolve().parent.parent / "data" / "pes" / "test-032022.xml"
SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
TITLES = ["Mandats de la semaine", "Titres cantine", "Mandats, subventions aux associations",
          "Bordereau 41 et 42, budget annexe assainissement", "Paie du mois", "Régie piscine",
          "Facture ASAP", "Titres loyers", "Mandats travaux école Jules-Ferry",
          "21-57_BUDGET-ANNEXE-BTHD_AUTONOMIE-FINANCIERE_2026_MANDATS_ORDINAIRES_ET_ANNULATIONS"]
REASONS = ["ERREUR_CODIFICATION", "ERREUR_DOUBLON_PIECE", "ERREUR_CUMUL_MONTANTS",
           "ERREUR_AUTRE|1984 - IdUnique existant", "ERREUR_CODE_COLLECTIVITE_BUDGET",
           "ERREUR_AUTRE|2559 - Code service inconnu", "ERREUR_PJ", "ERREUR_AUTRE|9999 - Autre"]
# Kind, how the sandbox is to answer, and how many of a hundred.
KINDS = [("draft", None, 6), ("finished", "accepte", 78), ("refused", "partiel", 6),
         ("tdt_error", "technique", 1), ("under_way", "muet", 6), ("rejected", "sae-rejette", 1),
         ("failed", "sae-refuse", 1), ("suspended", "muet", 0.6), ("fate_unknown", "muet", 0.4)]
ENDS = {"muet": ["--timeout", "2s"]}


def acquit(dice, bordereaux):
    """Refuses the first bordereau, for one reason or two."""
    elements = ""
    for rank, number in enumerate(bordereaux):
        errors = ""
        for reason in dice.sample(REASONS, dice.choice([1, 1, 2])) if rank == 0 else []:
            code, _, label = reason.partition("|")
            errors += f'<Erreur><NumAnoAck V="{code}"/><LibelleAnoAck V="{label}"/></Erreur>'
        elements += (f'<ElementACQUIT><DomaineAck V="5"/><EtatAck V="{int(rank > 0)}"/>'
                     f'<NumBord V="{number}"/><ExerciceBord V="2026"/>{errors}</ElementACQUIT>')
    return ('<n:PES_ACQUIT xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2">'
            f"<ACQUIT>{elements}</ACQUIT></n:PES_ACQUIT>").encode()


class Home:
    def __init__(self, path, pes):
        self.path, self.pes = path, pes
        self.acquits = {}  # of the specimens, by scenario

    def run(self, *words, **env):
        done = subprocess.run([str(word) for word in (self.pes, *words)], cwd=self.path,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.path),
                                   "LC_ALL": "C.UTF-8", **env},
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return done.returncode

    def folder(self, dossier):
        return self.path / "dossiers" / dossier[:2] / dossier

    def specimen(self, dossier, scenario):
        """The state of a dossier that the sandbox brought as far as it goes."""
        with tempfile.TemporaryDirectory() as place:
            flow = pathlib.Path(place) / f"{dossier}.xml"
            flow.write_bytes(FLOW.read_bytes().replace(b"220302_001", dossier.encode()))
            assert self.run("create", flow, "--id", dossier, "--objet", "Specimen") == 0
        if scenario:
            assert self.run("sign", dossier) == 0
            self.run("send", dossier, "--yes", "--wait", *ENDS.get(scenario, []),
                     PES_SANDBOX_SCENARIO=scenario)
        folder = self.folder(dossier)
        state = json.loads((folder / "dossier.json").read_text())
        if "pes_acquit" in state["files"]:
            self.acquits[scenario] = (folder / state["files"]["pes_acquit"]["path"]).read_bytes()
        return state

    def specimens(self):
        known, states = {}, {}
        for rank, (kind, scenario, _) in enumerate(KINDS):
            if scenario not in known:
                known[scenario] = self.specimen(f"Specim{rank}", scenario)
            states[kind] = known[scenario]
        return states

    def write(self, state, files):
        folder = self.folder(state["id_d"])
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (folder / "dossier.json").write_text(json.dumps(state))


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def set_dates(state, created, dice, kind):
    """One state after the other, with the time that Hélios takes before its answer."""
    now = datetime.datetime.now(datetime.timezone.utc)
    moment = created
    state["creation"] = stamp(created)
    for row in state["etats"]:
        row["date"] = stamp(moment)
        hours = dice.lognormvariate(1.4, 1.1) if row["action"] == "send-tdt" else 0.01
        moment = min(moment + datetime.timedelta(hours=hours), now)
    state["modification"] = state["etats"][-1]["date"]
    if state.get("job"):
        late = kind == "under_way" and dice.random() < 0.5
        state["job"]["next_try"] = stamp(created if late else now + datetime.timedelta(minutes=20))


def copy_of(specimen, kind, dossier, created, dice, titles, technical):
    state = copy.deepcopy(specimen)
    state["id_d"] = dossier
    set_dates(state, created, dice, kind)
    state["data"]["objet"] = dice.choice(titles)
    numbers = sorted(dice.sample(range(1, 400), min(12, 1 + int(dice.expovariate(0.5)))))
    if "id_bordereau" in state["data"]:
        state["data"]["id_bordereau"] = ", ".join(map(str, numbers))
    state["files"]["fichier_pes"]["size"] = int(dice.lognormvariate(11.5, 1.2))
    files = {}
    if kind in ("refused", "tdt_error"):
        files["acquit.xml"] = acquit(dice, numbers) if kind == "refused" else technical
        state["files"]["pes_acquit"]["path"] = "acquit.xml"
    if kind == "suspended":
        state["job"].update(is_lock=True, last_message="Le TdT refuse le fichier : taille")
    if kind == "fate_unknown":
        state["attempt"] = {
            "id": f"{dossier}-1", "kind": "tdt-import", "started": state["modification"],
            "sha256": "0" * 64, "sha1": "0" * 40, "nom_fic": "F", "cod_col": "123",
            "transfert_id": None, "unknown": True, "received": False}
    return state, files


def identifier(rank):
    number = rank * 2_654_435_761 % len(SYMBOLS) ** 6
    text = ""
    while len(text) < 6:
        number, digit = divmod(number, len(SYMBOLS))
        text += SYMBOLS[digit]
    return "M" + text


def fill(path, pes, count, days, seed=1, titles=None):
    """Puts so many dossiers in a home that has the sandbox."""
    home, dice = Home(path, pes), random.Random(seed)
    specimens = home.specimens()
    kinds = [kind for kind, _, _ in KINDS]
    weights = [weight for _, _, weight in KINDS]
    now = datetime.datetime.now(datetime.timezone.utc)
    for rank in range(count):
        kind = kinds[rank] if rank < len(kinds) else dice.choices(kinds, weights)[0]
        back = dice.random() * days
        if kind == "under_way" and rank % 20 and dice.random() < 0.9:
            back = min(back, dice.random() * 2)  # most of what is under way came today
        created = now - datetime.timedelta(days=back)
        # The first of each kind stays young enough not to be late, whatever the day.
        while rank >= len(kinds) and created.weekday() > 4 and dice.random() < 0.9:
            created -= datetime.timedelta(days=1)
        home.write(*copy_of(specimens[kind], kind, identifier(rank), created, dice,
                            titles or TITLES, home.acquits["technique"]))
    for folder in (path / "dossiers").glob("*/Specim*"):
        shutil.rmtree(folder)
    shutil.rmtree(path / "index", ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=pathlib.Path, help="is made")
    parser.add_argument("--pes", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--days", type=int, default=40)
    options = parser.parse_args()
    subprocess.run([options.pes, "init", options.home, "--sandbox", "--quiet"], check=True)
    fill(options.home.resolve(), options.pes.resolve(), options.count, options.days)


if __name__ == "__main__":
    main()
