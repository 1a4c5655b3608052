"""What waits to be done by itself: shown, held back by a person, let go on."""

import subprocess

import support
from support import ID


class Jobs(support.SignedTest):

    def setUp(self):
        super().setUp()
        self.send_in_vain(ID)

    def send_in_vain(self, dossier):
        self.done("send", dossier, "--yes")
        self.pes("run", dossier, env={"PES_TDT_URL": "https://tdt.invalid"})

    def jobs(self, *more):
        return self.done("jobs", *more, "--json").document

    def test_what_waits_is_shown_with_why_since_when_and_until_when(self):
        document = self.jobs()
        self.assertEqual((document["schema"], document["total"]), ("pes.jobs/1", 1))
        row = document["jobs"][0]
        self.assertEqual((row["id_d"], row["state"], row["job"]["etat_cible"]),
                         (ID, "planned", "send-tdt"))
        self.assertEqual(row["since"], row["job"]["first_try"])
        self.assertEqual(row["job"]["reason"], "service.unreachable")
        self.assertGreater(row["job"]["next_try"], row["since"])
        cells = self.done("jobs").rows[0]
        self.assertEqual(cells[0], ID)
        self.assertIn("tdt.invalid", cells[-1])

    def test_nothing_waits(self):
        self.assertEqual(self.jobs("--state", "due")["jobs"], [])
        answer = self.done("jobs", "--state", "suspended")
        self.assertEqual(answer.out, "")
        self.assertIn("no automatic action waits", answer.err)

    def test_a_page_is_cut(self):
        self.done("create", support.FLOW, "--objet", "Voisin", "--id", "JV63Fyu")
        self.done("sign", "JV63Fyu")
        self.send_in_vain("JV63Fyu")
        seen = [row["id_d"] for page in ("1", "2")
                for row in self.jobs("--limit", "1", "--page", page)["jobs"]]
        self.assertEqual(sorted(seen), sorted([ID, "JV63Fyu"]))
        self.assertIn("1 of 2", self.done("jobs", "--limit", "1").err)

    def test_a_person_holds_an_action_back_and_lets_it_go_on(self):
        answer = self.done("jobs", "suspend", ID, "--reason", "budget à revoir", "--json")
        self.assertTrue(answer.documents[0]["changed"])
        again = self.done("jobs", "suspend", ID, "--json").documents[0]
        self.assertEqual((again["result"], again["changed"]), ("already-done", False))

        self.assertEqual(self.jobs("--state", "suspended")["jobs"][0]["job"]["reason"],
                         "job.suspended")
        self.assertIn("nothing is due", self.done("run").err)
        status = self.done("status", ID)
        self.assertIn("Suspendu par adminMegalis : budget à revoir", status.err)
        self.assertIn(f"pes jobs resume {ID}", status.err)
        self.assertIn("budget à revoir", self.done("status").out)
        messages = [event["message"] for event in self.events(ID)]
        self.assertTrue(any("suspendue" in message for message in messages), messages)

        self.done("jobs", "resume", ID)
        self.assertFalse(self.done("jobs", "resume", ID, "--json").documents[0]["changed"])
        self.done("run")
        self.assertEqual(len(self.transactions()), 1)
        self.done("journal", "--verify")

    def test_what_has_no_action_cannot_be_held_back(self):
        self.done("create", support.FLOW, "--objet", "Voisin", "--id", "JV63Fyu")
        for action in ("suspend", "resume"):
            self.refused(12, "jobs", action, "JV63Fyu", says=["JV63Fyu"])

    def test_a_suspension_survives_a_watching_service(self):
        self.done("jobs", "suspend", ID)
        with self.start("run", "--watch", "--timeout", "2s", stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            pass
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.transactions(), [])

    def test_wrong_words_are_refused(self):
        self.refused(2, "jobs", "--state", "perdu", says=["--state", "perdu"])
        self.refused(2, "jobs", "resume", hint=True)


if __name__ == "__main__":
    support.main()
