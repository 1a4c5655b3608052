"""A dossier belongs to one process at a time."""

import fcntl
import json
import os
import subprocess
import threading

import support
from support import ID


class Held(support.SignedTest):

    def hold(self):
        """The lock of the dossier, taken as pes-state(5) says, by this process."""
        lock = (self.dossier_folder() / "lock").open("r+b")
        self.addCleanup(lock.close)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        holder = {"pid": os.getpid(), "host": "mairie-3", "command": "pes send",
                  "since": "2022-03-02T15:03:00Z", "journal_position": 4}
        lock.write(json.dumps(holder).encode().ljust(511) + b"\n")
        lock.flush()
        return lock

    def test_who_comes_second_is_told_who_holds_it(self):
        lock = self.hold()
        before = self.shown()
        for words in (["edit", "--objet", "X"], ["send", "--yes"], ["delete", "--yes"],
                      ["sign"]):
            with self.subTest(words[0]):
                self.refused(11, words[0], ID, *words[1:],
                             says=[ID, str(os.getpid()), "mairie-3", "pes send"])
        self.assertEqual(self.shown(), before)
        lock.truncate(0)
        lock.close()
        self.done("edit", ID, "--objet", "X")

    def test_reading_needs_no_lock(self):
        self.hold()
        for words in (["show", ID], ["status", ID], ["list"], ["journal", "--verify"]):
            self.done(*words)

    def test_the_others_of_a_batch_go_on(self):
        self.done("create", support.FLOW, "--objet", "Voisin", "--id", "JV63Fyu")
        self.hold()
        held, signed, summary = self.pes("sign", ID, "JV63Fyu", "--json").documents
        self.assertEqual((held["exit"], signed["exit"], summary["exit"]), (11, 0, 3))

    def test_run_passes_by_a_dossier_that_another_process_works_on(self):
        self.done("send", ID, "--yes")
        self.hold()
        answer = self.pes("run")
        self.assertIn(answer.status, (0, 11), answer)
        self.assertEqual(self.states()[-1], "Passage à l'état suivant")

    def test_a_running_send_is_named_to_the_next_one(self):
        env = {"PES_SANDBOX_SCENARIO": "muet"}
        (self.home / "sandbox" / "faults.json").write_text(
            '[{"path": "*importer*", "kind": "late", "delay_ms": 4000}]')
        with self.start("send", ID, "--wait", "--yes", env=env, stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
            support.until(lambda: "pre-send-tdt" in self.actions(), "the POST to begin")
            self.refused(11, "edit", ID, "--objet", "X", says=[str(first.pid)])
            first.terminate()
        self.assertEqual(first.returncode, 143)

    def actions(self):
        return [state["action"] for state in self.shown()["etats"]]


class Together(support.SignedTest):

    def test_ten_creations_at_once_make_ten_dossiers_and_one_chain(self):
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(
            self.pes("create", support.FLOW, "--objet", "Ensemble", "--quiet")))
            for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([answer.status for answer in answers], [0] * 10)
        made = {answer.out.strip() for answer in answers}
        self.assertEqual(len(made), 10)
        self.assert_nothing_half_written(made | {ID})

    def test_two_runs_at_once_send_once(self):
        self.done("send", ID, "--yes")
        runs = [self.start("run", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL) for _ in range(3)]
        for run in runs:
            self.assertIn(run.wait(support.LONGEST), (0, 11))
        transactions = self.done("sandbox", "transactions", "--json").document["transactions"]
        self.assertEqual(len(transactions), 1)
        self.done("journal", "--verify")


if __name__ == "__main__":
    support.main()
