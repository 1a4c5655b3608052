"""Interruptions leave a dossier that can be read and that goes on."""

import itertools
import select
import signal
import subprocess

import support
from support import FINISHED, ID


class Signals(support.SignedTest):

    def sending(self):
        """A send that waits for a TdT that never answers."""
        return self.start("send", ID, "--wait", "--yes", env={"PES_SANDBOX_SCENARIO": "muet"},
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)

    def is_transmitted(self):
        return self.shown()["last_action"] == "send-tdt"

    def interrupt(self, number):
        process = self.sending()
        support.until(self.is_transmitted, "the transmission")
        process.send_signal(number)
        out, err = process.communicate(timeout=support.LONGEST)
        return support.Answer(process.returncode, out, err)

    def assert_goes_on(self):
        self.assertEqual(self.states(), support.TO_THE_TDT)
        self.assert_nothing_half_written([ID])
        # What was sent under « muet » stays without answer: a person sees that it waits.
        self.assertEqual(self.pes("status", ID, "--exit-status").status, 4)
        self.assertEqual(len(self.transactions()), 1)

    def test_sigint_is_130_and_the_dossier_is_as_it_was(self):
        answer = self.interrupt(signal.SIGINT)
        self.assertEqual(answer.status, 130, answer)
        self.assertIn("interrupted", answer.err)
        self.assert_goes_on()

    def test_sigterm_is_143(self):
        self.assertEqual(self.interrupt(signal.SIGTERM).status, 143)
        self.assert_goes_on()

    def test_sigkill_leaves_what_the_next_command_completes(self):
        self.assertEqual(self.interrupt(signal.SIGKILL).status, -signal.SIGKILL)
        self.assert_goes_on()

    def test_a_death_in_the_post_is_settled_by_the_next_command(self):
        (self.home / "sandbox" / "faults.json").write_text(
            '[{"path": "*importer*", "kind": "late", "delay_ms": 3000}]')
        process = self.sending()
        support.until(lambda: self.shown()["attempt"] is not None, "the POST")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=support.LONGEST)
        (self.home / "sandbox" / "faults.json").unlink()
        self.done("send", ID, "--yes", "--wait", "--timeout", "30s")
        self.assertEqual(len(self.transactions()), 1)
        reasons = {event["reason"] for event in self.events(ID) if event["reason"]}
        self.assertEqual(reasons, {"service.fate-unknown"})
        self.done("journal", "--verify")

    def test_an_interruption_before_the_answer_of_the_post_never_posts_again(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                support.shutil.rmtree(self.home)
                support.shutil.copytree(self.made_home(), self.home)
                self.interrupt_the_post(number)
                self.assertEqual(self.pes("status", ID, "--exit-status").status, 32)

    def interrupt_the_post(self, number):
        faults = self.home / "sandbox" / "faults.json"
        faults.write_text('[{"path": "*importer*", "kind": "late", "delay_ms": 3000}]')
        process = self.sending()
        support.until(self.has_reached_the_server, "the POST")
        process.send_signal(number)
        process.communicate(timeout=support.LONGEST)
        self.assertEqual(process.returncode, 128 + number)
        faults.unlink()

    def has_reached_the_server(self):
        """The fault counts a request that it has read whole."""
        return any((self.home / "sandbox").glob("faults.seen/*/0"))

    def test_an_interruption_says_at_once_that_it_was_heard(self):
        answer = self.interrupt(signal.SIGINT)
        self.assertRegex(answer.err, "interrupted: what is under way is being finished")

    def test_follow_ends_with_130(self):
        process = self.start("journal", "--follow", stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.kill)

        titles = itertools.count()  # an edit that changes nothing is no event

        def shows_an_edit():
            self.done("edit", ID, "--objet", f"Vu {next(titles)}")
            return select.select([process.stdout], [], [], 0.5)[0]

        support.until(shows_an_edit, "an event", within=10)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=support.LONGEST)
        self.assertEqual(process.returncode, 130)
        self.assertIn("Modification du document", out.decode())

    def test_a_reader_that_leaves_is_no_failure(self):
        process = self.start("help", "send", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        self.assertEqual(err, b"")
        self.assertIn(process.wait(support.LONGEST), (0, 141, -signal.SIGPIPE))

    def test_a_reader_of_the_journal_that_leaves_is_no_failure(self):
        script = '"$0" journal --csv | head -n 1'
        done = subprocess.run(["bash", "-o", "pipefail", "-c", script, support.PES],
                              cwd=self.folder, env=support.environment(self.place),
                              capture_output=True, timeout=support.LONGEST, check=False)
        self.assertEqual(done.stderr, b"")
        self.assertIn(done.returncode, (0, 141))
        self.assertTrue(done.stdout.startswith(b"id_j,"))


class Timeout(support.SignedTest):

    def test_a_wait_that_runs_out_is_pending_and_no_error(self):
        answer = self.pes("send", ID, "--wait", "--yes", "--timeout", "1s",
                          env={"PES_SANDBOX_SCENARIO": "muet"})
        self.assertEqual(answer.status, 4, answer)
        self.assertEqual(answer.lines_of("error"), [])
        self.assertNotIn("interrupted", answer.err)

    def test_after_a_wait_that_ran_out_the_dossier_goes_on(self):
        self.pes("send", ID, "--wait", "--yes", "--timeout", "1s")
        self.done("status", ID, "--wait", "--timeout", "45s")
        self.assertEqual(self.states(), FINISHED)


if __name__ == "__main__":
    support.main()
