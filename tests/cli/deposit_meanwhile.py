"""Deposits of what others touch meanwhile: files that are written again or taken away, dossiers that
somebody else has in hand, a run that is told to stop."""

import contextlib
import csv
import fcntl
import io
import json
import os
import pathlib
import signal
import subprocess

import support
from deposits import DepositTest, numbered


class MeanwhileTest(DepositTest):

    def set_slow(self, milliseconds=1500):
        """The TdT answers imports late."""
        (self.home / "sandbox" / "faults.json").write_text(json.dumps(
            [{"path": "*importer*", "kind": "late", "delay_ms": milliseconds}]))

    @contextlib.contextmanager
    def while_first_is_sent(self, *more):
        """What is done here happens while the first flow is on its way; then `lines` and
        `summary` of the report are there."""
        self.set_slow()
        with self.start(*self.words("--json", *more), stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            support.until(lambda: any((self.home / "sandbox").glob("faults.seen/*/0")),
                          "an import to arrive")
            yield process
            out, err = process.communicate(timeout=support.LONGEST)
        self.errors = err.decode()
        *self.lines, self.summary = [json.loads(line) for line in out.splitlines()]

    def told(self):
        return [(os.path.relpath(line["file"], self.drop), line["result"]) for line in self.lines]


class Changing(MeanwhileTest):

    def test_what_takes_the_place_of_a_zip_is_not_filed_for_it(self):
        self.zipped("lot.zip", {"un.xml": numbered(1)})
        with self.while_first_is_sent() as process:
            self.zipped("nouveau.part", {"deux.xml": numbered(2)}).replace(self.drop / "lot.zip")
        self.assertEqual(process.returncode, 4)
        self.assertEqual(self.told(), [("lot.zip/un.xml", "sent"), ("lot.zip", "left")])
        self.assertEqual((self.names_in(self.drop), self.names_in(self.filed)), (["lot.zip"], []))
        self.assertEqual(self.results(), {"lot.zip/deux.xml": "sent"})

    def test_what_takes_the_place_of_a_file_is_not_filed_for_it(self):
        flow = self.dropped("un.xml", numbered(1))
        with self.while_first_is_sent():
            self.dropped("nouveau.part", numbered(2)).replace(flow)
        self.assertEqual(self.told(), [("un.xml", "sent"), ("un.xml", "left")])
        self.assertEqual((self.names_in(self.drop), self.names_in(self.filed)), (["un.xml"], []))

    def test_a_file_that_is_written_again_before_its_turn_is_left(self):
        self.dropped("a.xml", numbered(1))
        second = self.dropped("b.xml", numbered(2))
        with self.while_first_is_sent() as process:
            second.write_bytes(numbered(2)[:400])
        self.assertEqual(process.returncode, 4)
        self.assertEqual(self.told(), [("a.xml", "sent"), ("b.xml", "left")])
        self.assertEqual(self.names_in(self.refusals), [])
        second.write_bytes(numbered(2))
        self.assertEqual(self.results(), {"b.xml": "sent"})

    def test_what_is_refused_and_was_written_again_since_is_left(self):
        lot = self.zipped("lot.zip", {"a.xml": numbered(1), "b.xml": b"Mandats"})
        with self.while_first_is_sent():
            lot.write_bytes(b"PK")
        self.assertEqual(self.told(), [("lot.zip/a.xml", "sent"), ("lot.zip/b.xml", "left")])
        self.assertEqual((self.names_in(self.drop), self.names_in(self.refusals)),
                         (["lot.zip"], []))

    def test_what_another_deposit_filed_before_its_turn_is_passed_over(self):
        self.dropped("a.xml", numbered(1))
        second = self.dropped("b.xml", numbered(2))
        with self.while_first_is_sent() as process:
            second.rename(self.filed / "b.xml")
        self.assertEqual(process.returncode, 0, self.errors)
        self.assertEqual(self.told(), [("a.xml", "sent")])


class Held(MeanwhileTest):

    def ordered(self, number):
        """A flow whose sending is ordered, in the folder again."""
        content = numbered(number)
        name = f"{number}.xml"
        self.dropped(name, content)
        dossier = self.deposit("--until", "signed")[0][name]["dossier"]["id_d"]
        self.done("send", dossier, "--yes")
        return dossier, content

    def held(self, dossier):
        """Its lock, taken as pes-state(5) says, by this process."""
        lock = (self.dossier_folder(dossier) / "lock").open("r+b")
        self.addCleanup(lock.close)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        holder = {"pid": os.getpid(), "host": "mairie-3", "command": "pes run",
                  "since": "2022-03-02T15:03:00Z", "journal_position": 4}
        lock.write(json.dumps(holder).encode().ljust(511) + b"\n")
        lock.flush()
        return lock

    def test_what_another_process_holds_and_will_send_is_pending(self):
        dossier, content = self.ordered(1)
        self.held(dossier)
        self.dropped("un.xml", content)
        lines, summary = self.deposit(status=4)
        self.assertEqual((lines["un.xml"]["result"], lines["un.xml"]["error"]), ("pending", None))
        self.assertEqual(summary["failed"], 0)

    def test_the_others_of_a_zip_are_told_as_what_was_done(self):
        dossier, content = self.ordered(1)
        self.held(dossier)
        self.zipped("lot.zip", {"a.xml": numbered(2), "b.xml": content, "c.xml": numbered(3)})
        self.assertEqual(self.results(status=4), {"lot.zip/a.xml": "sent",
                                                  "lot.zip/b.xml": "pending",
                                                  "lot.zip/c.xml": "sent"})

    def test_what_is_let_go_before_the_end_is_sent(self):
        dossier, content = self.ordered(1)
        lock = self.held(dossier)
        self.dropped("a.xml", content)
        self.dropped("b.xml", numbered(2))
        with self.start(*self.words("--json"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL) as process:
            support.until(lambda: "b.xml" in self.names_in(self.filed), "the other to be filed")
            lock.truncate(0)
            lock.close()
            out, _ = process.communicate(timeout=support.LONGEST)
        self.assertEqual(process.returncode, 0, out)
        results = [json.loads(line)["result"] for line in out.splitlines()[:-1]]
        self.assertEqual(results, ["sent", "sent"])

    def test_a_service_that_runs_meanwhile_makes_nothing_fail(self):
        for number in range(12):
            self.dropped(f"{number:02}.xml", numbered(number))
        service = self.start("run", "--watch", "--jobs", "4", stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(service.wait)
        self.addCleanup(service.kill)
        self.assertEqual(set(self.results().values()), {"sent"})

    def test_the_same_bytes_side_by_side_are_one_dossier(self):
        for name in range(8):
            self.dropped(f"{name}.xml", numbered(1))
        results = self.results("--jobs", "8")
        self.assertLessEqual(set(results.values()), {"sent", "already-known"})
        self.assertEqual(len(self.transactions()), 1)


class Stopped(MeanwhileTest):

    def test_a_termination_stops_inside_a_zip_and_keeps_it(self):
        self.zipped("lot.zip", {f"{number}.xml": numbered(number) for number in range(5)})
        with self.while_first_is_sent() as process:
            process.send_signal(signal.SIGTERM)
        self.assertEqual(process.returncode, 143)
        self.assertEqual(self.told(), [("lot.zip/0.xml", "sent")])
        self.assertEqual(self.summary["not_started"], 4)
        self.assertEqual(self.names_in(self.drop), ["lot.zip"])
        (self.home / "sandbox" / "faults.json").unlink()
        results = list(self.results(status=0).values())
        self.assertEqual((results.count("already-known"), results.count("sent")), (1, 4))

    def test_a_zip_that_cannot_be_unpacked_stops_no_other(self):
        self.dropped("a.xml", numbered(1))
        self.zipped("lot.zip", {"b.xml": numbered(2)})
        self.dropped("z.xml", numbered(3))
        answer = self.pes(*self.words("--format", "csv"), env={"TMPDIR": "/nulle/part"})
        self.assertEqual(answer.status, 3, answer)
        rows = {pathlib.Path(row["file"]).name: row
                for row in csv.DictReader(io.StringIO(answer.out))}
        self.assertEqual({name: row["result"] for name, row in rows.items()},
                         {"a.xml": "sent", "lot.zip": "failed", "z.xml": "sent"})
        self.assertIn("TMPDIR", answer.err)
        self.assertEqual(self.names_in(self.drop), ["lot.zip"])


if __name__ == "__main__":
    support.main()
