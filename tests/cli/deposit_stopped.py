"""Deposits that are killed, told to stop, or that find files half written and a TdT that is down:
each flow is sent once all the same."""

import json
import os
import signal
import time

import support
from deposits import DepositTest, manifest, numbered


class Writing(DepositTest):

    def test_what_is_being_written_is_left_alone(self):
        self.dropped("vieux.xml", numbered(1))
        self.dropped("neuf.xml", numbered(2)[:400])
        an_hour_ago = time.time() - 3600
        os.utime(self.drop / "vieux.xml", (an_hour_ago, an_hour_ago))

        words = [word for word in self.words() if word not in ("--stable", "0")]
        answer = self.pes(*words, "--json")

        self.assertEqual(answer.status, 4, answer)
        results = {os.path.basename(line["file"]): line["result"]
                   for line in answer.documents[:-1]}
        self.assertEqual(results, {"vieux.xml": "sent", "neuf.xml": "left"})
        self.assertEqual(self.names_in(self.drop), ["neuf.xml"])

    def test_a_folder_counts_as_the_last_of_its_files(self):
        self.dropped("lot/manifest.xml", manifest())
        self.dropped("lot/flux.xml", numbered(1))
        an_hour_ago = time.time() - 3600
        os.utime(self.drop / "lot", (an_hour_ago, an_hour_ago))
        self.assertEqual(self.results("--stable", "60", status=4), {"lot": "left"})


class Killed(DepositTest):

    def test_killed_anywhere_then_run_again_each_flow_is_sent_once(self):
        count = 8
        for number in range(count):
            self.dropped(f"{number}.xml", numbered(number))
        for seen in (1, 3, 5):
            with self.start(*self.words(), stdout=support.subprocess.DEVNULL,
                            stderr=support.subprocess.DEVNULL) as process:
                support.until(lambda: len(self.names_in(self.filed)) >= seen
                              or process.poll() is not None, "flows to be filed")
                process.send_signal(signal.SIGKILL)

        # A sending whose answer the kill swallowed is settled later, by the same bytes.
        self.assertIn(self.pes(*self.words()).status, (0, 3, 32))
        listed = self.done("list", "--json").document["dossiers"]
        self.assertEqual(sorted(dossier["titre"] for dossier in listed),
                         [f"{number}.xml" for number in range(count)])
        self.assertEqual(self.names_in(self.filed), [f"{number}.xml" for number in range(count)])
        names = self.sent_names()
        self.assertEqual(len(names), len(set(names)))
        self.done("journal", "--verify")

    def test_two_at_once_deposit_each_flow_once(self):
        for number in range(6):
            self.dropped(f"{number}.xml", numbered(number))
        both = [self.start(*self.words(), stdout=support.subprocess.DEVNULL,
                           stderr=support.subprocess.DEVNULL) for _ in range(2)]
        self.assertEqual([process.wait(timeout=support.LONGEST) for process in both], [0, 0])
        self.done(*self.words())
        self.assertEqual(self.done("list", "--json").document["total"], 6)
        self.assertEqual(len(self.sent_names()), 6)

    def test_a_termination_finishes_the_flow_at_hand(self):
        for number in range(8):
            self.dropped(f"{number}.xml", numbered(number))
        with self.start(*self.words("--json"), stdout=support.subprocess.PIPE,
                        stderr=support.subprocess.DEVNULL) as process:
            support.until(lambda: self.names_in(self.filed), "a flow to be filed")
            process.send_signal(signal.SIGTERM)
            summary = json.loads(process.stdout.read().splitlines()[-1])
        self.assertEqual(process.returncode, 143)
        self.assertEqual(summary["sent"] + summary["pending"] + summary["not_started"], 8)
        self.assertGreater(summary["not_started"], 0)


class Unreachable(DepositTest):

    def test_a_tdt_that_is_down_delays_the_sending_and_nothing_else(self):
        for number in (1, 2, 3):
            self.dropped(f"{number}.xml", numbered(number))
        lines, summary = self.deposit(status=30, env={"PES_TDT_URL": "https://tdt.invalid"})
        self.assertEqual({line["result"] for line in lines.values()}, {"pending"})
        self.assertEqual(summary["pending"], 3)
        self.assertEqual(self.names_in(self.filed), ["1.xml", "2.xml", "3.xml"])
        # The first found out; the others were not kept waiting.
        tried = {event["id_d"] for event in self.events() if event["reason"]}
        self.assertEqual(tried, {lines["1.xml"]["dossier"]["id_d"]})


class HeldBack(DepositTest):
    """Nobody lets a flow go on by dropping its file once more."""

    def test_a_flow_that_a_person_suspended_is_not_sent(self):
        self.dropped("avant.xml", numbered(2))
        self.dropped("un.xml", numbered(1))
        line = self.deposit(status=30, env={"PES_TDT_URL": "https://tdt.invalid"})[0]["un.xml"]
        dossier = line["dossier"]["id_d"]
        self.assertEqual(line["dossier"]["last_action"], "libersign-suivant")
        self.done("jobs", "suspend", dossier, "--reason", "budget à revoir")
        before = self.events(dossier)

        self.dropped("un.xml", numbered(1))
        line = self.deposit(status=1)[0]["un.xml"]

        self.assertEqual((line["result"], line["changed"]), ("pending", False))
        self.assertIn("budget à revoir", line["error"]["message"])
        self.assertEqual(self.events(dossier), before)
        self.assertEqual(self.transactions(), [])

    def test_a_flow_that_its_acquit_holds_back_is_not_archived(self):
        env = {"PES_SANDBOX_SCENARIO": "refuse", "PES_SAE_REQUIRE_ACK": "true"}
        self.dropped("un.xml", numbered(1))
        dossier = self.deposit(env=env)[0]["un.xml"]["dossier"]["id_d"]
        self.pes("status", dossier, "--wait", "--timeout", "20s", env=env)
        self.assertEqual(self.shown(dossier)["last_action"], "info-tdt")

        self.dropped("un.xml", numbered(1))
        line = self.deposit(env=env)[0]["un.xml"]

        self.assertEqual((line["result"], line["changed"]), ("already-known", False))
        self.assertTrue(self.shown(dossier)["job"]["is_lock"])


if __name__ == "__main__":
    support.main()
