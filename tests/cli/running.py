"""`pes run` of many dossiers by many workers: each step once, whoever dies; in turn; until told to
stop."""

import contextlib
import json
import random
import signal
import subprocess
import time

import support
from deposits import DepositTest, numbered
from support import FINISHED

MANY = 40


class RunTest(DepositTest):

    def ready(self, count, *more):
        """So many signed dossiers, in the order of their files."""
        for number in range(count):
            self.dropped(f"{number:03}.xml", numbered(number))
        lines, _ = self.deposit("--until", "signed", "--jobs", "4", *more)
        return [lines[name]["dossier"]["id_d"] for name in sorted(lines)]

    def ordered(self, count, *more):
        """The same, ordered to be sent: their first step is due."""
        ids = self.ready(count, *more)
        self.done("send", "-", "--yes", stdin="\n".join(ids).encode())
        return ids

    def worker(self, *words, **more):
        return self.start("run", *words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, **more)

    @contextlib.contextmanager
    def working(self, *words, **more):
        process = self.worker(*words, **more)
        try:
            yield process
        finally:
            process.kill()
            process.wait(support.LONGEST)

    def states_of_all(self):
        listed = self.done("list", "--all", "--limit", "1000", "--json").document
        return {row["id_d"]: row["last_action"] for row in listed["dossiers"]}

    def are_finished(self):
        return set(self.states_of_all().values()) == {"termine"}

    def assert_each_once(self, count):
        counted = self.done("sandbox", "count", "--json").document
        self.assertEqual({name: counted[name] for name in (
            "accepted", "accepted_twice", "archived_once", "archived_twice", "other_transfers")},
            {"accepted": count, "accepted_twice": 0, "archived_once": count, "archived_twice": 0,
             "other_transfers": 0})
        self.done("journal", "--verify")


class Killed(RunTest):
    """What a kill swallows is settled seconds later, by the workers that are left."""

    def flow_while_dying(self, commands, kills):
        seed = random.randrange(1 << 30)
        chance = random.Random(seed)
        self.ordered(MANY)
        with contextlib.ExitStack() as stack:
            workers = [self.worker(*words) for words in commands]
            stack.callback(lambda: [worker.kill() or worker.wait() for worker in workers])
            for _ in range(kills):
                time.sleep(chance.uniform(0.1, 0.6))
                victim = chance.randrange(len(workers))
                workers[victim].send_signal(signal.SIGKILL)
                workers[victim].wait(support.LONGEST)
                workers[victim] = self.worker(*commands[victim])
            support.until(self.are_finished, f"all to be finished (seed {seed})", within=120)
        with self.subTest(seed=seed):
            self.assert_each_once(MANY)

    def test_four_processes(self):
        self.flow_while_dying([("--watch",)] * 4, kills=8)

    def test_one_process_of_four_workers(self):
        self.flow_while_dying([("--watch", "--jobs", "4")], kills=5)


class Together(RunTest):

    def test_workers_do_all_that_is_due_and_each_step_once(self):
        ids = self.ordered(12)
        *lines, summary = self.done("run", "--jobs", "4", "--json").documents
        self.assertEqual(sorted(line["id_d"] for line in lines), sorted(ids))
        self.assertEqual((summary["done"], summary["failed"], summary["not_started"]), (12, 0, 0))
        self.assertEqual(len(self.transactions()), 12)
        self.assertEqual(set(self.states_of_all().values()), {"send-tdt"})

    def test_processes_that_start_together_share_the_work(self):
        self.ordered(12)
        runs = [self.worker("--once", "--jobs", "2") for _ in range(4)]
        self.assertEqual([run.wait(support.LONGEST) for run in runs], [0] * 4)
        self.assertEqual(len(self.transactions()), 12)
        posted = [event for event in self.events() if event["message"].startswith("Intention")]
        self.assertEqual(len(posted), 12)

    def test_a_dossier_that_cannot_be_read_stops_none_of_the_others(self):
        broken, *others = self.ordered(4)
        state = self.dossier_folder(broken) / "dossier.json"
        state.write_text("{")
        answer = self.pes("run", "--jobs", "2", "--json")
        self.assertEqual(answer.status, 3, answer)
        results = {line["id_d"]: line["exit"] for line in answer.documents[:-1]}
        self.assertEqual(results, {broken: 13, **dict.fromkeys(others, 0)})

    def test_entities_are_served_in_turn(self):
        settings = self.home / "pes.toml"
        settings.write_text(settings.read_text() + '\n[entity.7]\ndenomination = "Voisine"\n')
        first = self.ordered(4, "--entity", "2")
        self.drop.joinpath("099.xml").write_bytes(numbered(99))
        lines, _ = self.deposit("--until", "signed", "--entity", "7")
        late = lines["099.xml"]["dossier"]["id_d"]
        self.done("send", late, "--yes")
        *lines, _ = self.done("run", "--json").documents
        order = [line["id_d"] for line in lines]
        self.assertEqual(set(order), {late, *first})
        self.assertIn(late, order[:2])


class Watching(RunTest):

    def test_what_becomes_due_is_done(self):
        with self.working("--watch"):
            dossier = self.ready(1)[0]
            self.done("send", dossier, "--yes")
            support.until(lambda: self.states(dossier) == FINISHED, "the end of the way")
        self.assert_each_once(1)

    def test_a_time_out_ends_it(self):
        answer = self.pes("run", "--watch", "--timeout", "1s", "--json")
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual([line["type"] for line in answer.documents], ["summary"])

    def terminated(self):
        """A service that is stopped while four imports are on their way."""
        ids = self.ordered(8)
        (self.home / "sandbox" / "faults.json").write_text(
            '[{"path": "*importer*", "kind": "late", "delay_ms": 2000}]')
        process = self.start("run", "--watch", "--jobs", "4", "--json", stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        seen = self.home / "sandbox"
        support.until(lambda: any(seen.glob("faults.seen/*/0")), "an import to arrive")
        process.terminate()
        out, _ = process.communicate(timeout=support.LONGEST)
        self.assertEqual(process.returncode, 143)
        return ids, [json.loads(line) for line in out.splitlines()]

    def test_a_termination_finishes_what_is_on_its_way_and_begins_nothing(self):
        ids, (*lines, summary) = self.terminated()
        self.assertEqual(summary["type"], "summary")
        self.assertEqual({line["result"] for line in lines}, {"done"})
        for dossier in ids:
            self.assertIsNone(self.shown(dossier)["attempt"])
        states = list(self.states_of_all().values())
        self.assertEqual(states.count("send-tdt"), len(lines))
        self.assertGreater(summary["not_started"], 0)
        self.assert_nothing_half_written(ids)
        self.assertEqual({event["reason"] for event in self.events()} - {None, ""}, set())


class Progress(RunTest):

    def told(self, *words):
        answer = self.done(*words, "--progress", "json", "--quiet")
        return [json.loads(line) for line in answer.err.splitlines()]

    def test_each_dossier_begins_and_ends(self):
        ids = self.ordered(3)
        told = [line for line in self.told("run") if line["type"] in ("begin", "end")]
        self.assertEqual([line["type"] for line in told], ["begin", "end"] * 3)
        self.assertEqual(sorted({line["item"] for line in told}), sorted(ids))
        self.assertEqual([(line["done"], line["total"]) for line in told[1::2]],
                         [(1, 3), (2, 3), (3, 3)])

    def test_a_service_counts_from_its_beginning(self):
        self.ordered(1)
        ends = [line for line in self.told("run", "--watch", "--timeout", "5s")
                if line["type"] == "end"]
        self.assertTrue(ends)
        for line in ends:
            self.assertLess(line["elapsed"], support.LONGEST)
            self.assertIsNone(line["remaining"])

    def test_a_deposit_counts_flows_by_their_whole_names(self):
        self.dropped("un.xml", numbered(1))
        self.zipped("lot.zip", {"un.xml": numbered(2), "deux.xml": numbered(3)})
        told = self.told(*self.words("--until", "created"))
        begun = [line["item"] for line in told if line["type"] == "begin"]
        self.assertEqual(begun, [str(self.drop / name) for name in
                                 ("lot.zip/deux.xml", "lot.zip/un.xml", "un.xml")])
        last = [line for line in told if line["type"] == "end"][-1]
        self.assertEqual((last["done"], last["total"]), (3, 3))


class Words(RunTest):

    def test_what_makes_no_sense_is_refused(self):
        for words in (["--once", "--watch"], ["--watch", "--dry-run"], ["--jobs", "0"],
                      ["--jobs", "many"], ["O5uC72H", "--jobs", "2"], ["O5uC72H", "--watch"],
                      ["O5uC72H", "--once"], ["--fail-fast"]):
            with self.subTest(words):
                self.refused(2, "run", *words, hint=False)


if __name__ == "__main__":
    support.main()
