"""Events that an authority time-stamps: queued, verified by us and by openssl, and archived."""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile

import support
from support import FINISHED, ID

SEND = ("send", ID, "--yes", "--wait")
TSA = "/tsa"


class StampTest(support.SignedTest):
    """A home whose events are stamped by the sandbox's authority."""

    def setUp(self):
        super().setUp()
        self.configure("journal", 'tsa = "sandbox:"')
        self.authority = self.home / "sandbox" / "identities" / "ca.pem"

    def configure(self, table, line):
        settings = self.home / "pes.toml"
        text = settings.read_text()
        self.assertIn(f"[{table}]\n", text)
        settings.write_text(text.replace(f"[{table}]\n", f"[{table}]\n{line}\n", 1))

    def tsa_down(self, is_down):
        faults = self.home / "sandbox" / "faults.json"
        if is_down:
            faults.write_text(json.dumps([{"path": TSA, "kind": "cut-before-work"}]))
        else:
            faults.unlink()

    def verified(self, *words):
        answer = self.pes("journal", "--verify", "--json", *words)
        return answer.document

    def assert_sound(self, stamped=None, waiting=0, *words):
        document = self.verified(*words)
        self.assertEqual(document["faults"], [])
        stamps = document["stamps"]
        self.assertEqual(stamps["waiting"], waiting)
        self.assertTrue(stamps["authority_judged"])
        if stamped is not None:
            self.assertEqual(stamps["stamped"], stamped)
        return stamps["stamped"]

    def openssl(self, line, reply, authority=None):
        data, token = self.write("ligne", line), self.write("preuve.tsr", reply)
        return subprocess.run(["openssl", "ts", "-verify", "-data", data, "-in", token,
                               "-CAfile", authority or self.authority],
                              capture_output=True, check=False).returncode


class Stamped(StampTest):

    def test_every_event_of_the_sending_bears_a_stamp_that_openssl_verifies(self):
        self.done("run")
        self.done(*SEND)
        self.assertEqual(self.states(), FINISHED)
        self.done("run")
        self.assert_sound()

        events = [event for event in self.events(ID) if event["date_horodatage"]]
        self.assertGreaterEqual(len(events), len(FINISHED) - 3)
        for event in events:
            number = event["id_j"]
            line = self.done("journal", "--numero", number, "--get", "ligne").out_bytes
            self.assertEqual(hashlib.sha256(line).hexdigest(), event["sha256"])
            reply = self.done("journal", "--numero", number, "--get", "preuve").out_bytes
            self.assertEqual(self.openssl(line, reply), 0)
            self.assertNotEqual(self.openssl(line + b" ", reply), 0)

    def test_the_time_of_the_stamp_is_shown(self):
        self.done("run")
        newest = self.events()[0]
        self.assertRegex(newest["date_horodatage"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        shown = self.done("journal", "--numero", newest["id_j"]).out
        self.assertIn("Date et heure de l'horodatage", shown)

    def test_an_event_from_before_has_none(self):
        self.done("run")
        self.refused(10, "journal", "--numero", 1, "--get", "preuve", says=["1"])
        self.done("journal", "--numero", 1, "--get", "ligne")

    def test_the_authority_that_nobody_trusts(self):
        self.done("run")
        other = self.place / "autre"
        self.done("init", other, "--sandbox", "--quiet")
        env = {"PES_JOURNAL_TSA_TRUST": other / "sandbox" / "identities" / "ca.pem"}
        answer = self.pes("journal", "--verify", env=env)
        self.assertEqual(answer.status, 13, answer)
        self.assertIn("trusted", answer.out)


class Without(support.SignedTest):

    def test_nobody_is_asked_in_a_home_that_has_no_authority(self):
        self.done(*SEND)
        self.assertFalse((self.home / "journal" / "stamps.jsonl").exists())
        document = self.done("journal", "--verify", "--json").document
        self.assertEqual(document["stamps"],
                         {"stamped": 0, "waiting": 0, "authority_judged": False})
        rows = json.loads(self.done("journal", ID, "--export").out)
        self.assertEqual({row["preuve"] for row in rows}, {None})


class Down(StampTest):

    def test_a_sending_goes_on_and_the_next_run_catches_up(self):
        self.done("run")
        stamped = self.assert_sound()
        self.tsa_down(True)
        answer = self.done(*SEND)
        self.assertIn("wait for their time stamp", answer.err)
        self.assertEqual(self.states(), FINISHED)
        document = self.verified()
        self.assertTrue(document["sound"])
        waiting = document["stamps"]["waiting"]
        self.assertGreaterEqual(waiting, len(FINISHED) - 2)
        self.assertIn(f"wait for their time stamp: {waiting}", self.done("status").err)

        self.tsa_down(False)
        self.done("run")
        self.assert_sound(stamped + waiting)


class Altered(StampTest):

    def test_a_journal_rewritten_with_its_whole_chain_is_betrayed(self):
        self.done("run")
        self.done(*SEND)
        folder = self.home / "journal"
        lines = (folder / "journal.jsonl").read_text().splitlines()
        forged, previous = [], "0" * 64
        for line in lines:
            event = json.loads(line)
            if event["action"] == "send-tdt" and "transaction" not in event["message"]:
                event["message"] = "Rien n'a été envoyé"
            event["previous"] = previous
            forged.append(json.dumps(event, ensure_ascii=False, separators=(",", ":")))
            previous = hashlib.sha256(forged[-1].encode()).hexdigest()
        (folder / "journal.jsonl").write_text("\n".join(forged) + "\n")
        (folder / "head").unlink()
        shutil.rmtree(self.home / "dossiers")
        (self.home / "dossiers").mkdir()

        answer = self.pes("journal", "--verify")

        self.assertEqual(answer.status, 13, answer)
        self.assertIn("not what was time-stamped", answer.out)


class Bundle(StampTest):

    def exported(self):
        return self.done("journal", ID, "--export").out_bytes

    def test_it_is_verified_where_there_is_nothing_else(self):
        self.done("run")
        self.done(*SEND)
        bundle = self.write("preuves.json", self.exported())
        trust = self.place / "tsa.pem"
        shutil.copy(self.authority, trust)
        shutil.rmtree(self.home)
        self.folder = self.place

        env = {"PES_JOURNAL_TSA_TRUST": trust}
        answer = self.done("journal", "--verify", "--in", bundle, "--json", env=env)

        self.assertTrue(answer.document["sound"])
        self.assertGreater(answer.document["stamps"]["stamped"], len(FINISHED) - 4)
        row = next(row for row in json.loads(bundle.read_text()) if row["preuve"])
        self.assertEqual(self.openssl(row["ligne"].encode(), base64.b64decode(row["preuve"]),
                                      trust), 0)

    def test_one_whose_columns_were_changed(self):
        self.done("run")
        rows = json.loads(self.exported())
        rows[-1]["message"] = "autre chose"
        bundle = self.write("preuves.json", json.dumps(rows).encode())
        answer = self.pes("journal", "--verify", "--in", bundle)
        self.assertEqual(answer.status, 13, answer)
        self.assertIn("columns", answer.out)

    def test_what_is_no_bundle(self):
        self.refused(20, "journal", "--verify", "--in", self.write("autre", b"{}"))
        self.refused(10, "journal", "--verify", "--in", self.place / "absent", hint=False)

    def test_options_that_go_together(self):
        self.refused(2, "journal", "--export", says=["--export"])
        self.refused(2, "journal", "--in", "x", says=["--in"], hint=False)
        self.refused(2, "journal", "--get", "ligne", says=["--get"], hint=False)
        self.refused(2, "journal", "--export", "--verify", says=["--export"])


class Archived(StampTest):

    def setUp(self):
        super().setUp()
        self.configure("sae", "journal = true")

    def archived_bundle(self):
        archive, = self.home.glob("sandbox/sae/transfers/*/archive*")
        with tarfile.open(archive) as tar:
            return tar.extractfile("journal.json").read()

    def test_the_proofs_travel_with_the_archive(self):
        self.done("run")
        self.done(*SEND)
        self.assertEqual(self.states(), FINISHED)
        bundle = self.write("journal.json", self.archived_bundle())
        rows = json.loads(bundle.read_text())
        unstamped = [row["id_j"] for row in rows if not row["preuve"]]
        self.assertEqual(unstamped, [row["id_j"] for row in rows][:len(unstamped)])
        self.assertIsNotNone(rows[-1]["preuve"])
        self.done("journal", "--verify", "--in", bundle)

    def test_the_archive_waits_for_an_authority_that_is_down(self):
        self.tsa_down(True)
        answer = self.pes(*SEND)
        self.assertEqual(answer.status, 30, answer)
        self.assertEqual(self.states()[-1], "Préparation de l'envoi au SAE")
        row, = self.done("status").rows
        self.assertEqual(row[2], "Verser au SAE")
        self.assertIn("127.0.0.1", row[5])

        self.tsa_down(False)
        support.make_due(self.home)
        self.done("status", ID, "--wait")
        self.assertEqual(self.states(), FINISHED)
        self.assertIsNotNone(json.loads(self.archived_bundle())[-1]["preuve"])


if __name__ == "__main__":
    support.main()
