"""Services that are dead, or ask to be left alone: few tries, and every wait shown."""

import contextlib
import datetime
import socket
import ssl
import threading

import support
from support import LONG_AGO, TO_THE_TDT

IDS = [f"Aaaaa{rank}" for rank in range(10, 18)]
THREE_TRIES = 3
HOUR = 3600
SLACK = 5  # seconds between the answer and the event that tells it


class DeadService:
    """Takes calls and hangs up at once; counts them."""

    def __init__(self):
        self.calls = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self.work)
        self.thread.start()

    def work(self):
        with contextlib.suppress(OSError):
            while True:
                call, _ = self.listener.accept()
                self.calls += 1
                call.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()


class BusyService(DeadService):
    """Answers every request that it is busy, and for how long."""

    def __init__(self, identities, pause):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(identities / "server.pem", identities / "server.key")
        self.answer = (f"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {pause}\r\n"
                       "Content-Length: 0\r\nConnection: close\r\n\r\n").encode()
        super().__init__()

    def work(self):
        with contextlib.suppress(OSError):
            while True:
                call, _ = self.listener.accept()
                with self.context.wrap_socket(call, server_side=True) as line:
                    head = b""
                    while b"\r\n\r\n" not in head:
                        head += line.recv(65536)
                    self.calls += 1
                    line.sendall(self.answer)
                    with contextlib.suppress(OSError):
                        line.unwrap()


class PatienceTest(support.HomeTest):
    """Dossiers that the TdT has, and whose answer was due when one run asked for it."""

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        cls.template = support.pathlib.Path(place.name) / "demo"
        support.shutil.copytree(support.demo(), cls.template)
        flow = cls.template / "flux.xml"
        for rank, dossier in enumerate(IDS):
            flow.write_bytes(support.flow((b"220302_001", f"220302_1{rank:02}".encode())))
            cls.prepare("create", flow, "--type", "pes", "--objet", dossier,
                        "--id", dossier)
        flow.unlink()
        cls.prepare("send", *IDS, "--yes")
        cls.prepare("run", PES_SANDBOX_SCENARIO="muet")
        for dossier in IDS:
            support.make_due(cls.template, dossier)
        identities = cls.template / "sandbox" / "identities"
        with cls.service(identities) as service:
            cls.env = {"PES_TDT_URL": service.url, "PES_TDT_CA": identities / "ca.pem"}
            cls.answer = cls.run_in_template("run", **cls.env)
            cls.calls = service.calls

    @classmethod
    def run_in_template(cls, *words, **env):
        done = support.subprocess.run([support.PES, *map(str, words)], cwd=cls.template,
                                      env=support.environment(cls.template.parent, **env),
                                      capture_output=True, check=False)
        return support.Answer(done.returncode, done.stdout, done.stderr)

    @classmethod
    def prepare(cls, *words, **env):
        answer = cls.run_in_template(*words, **env)
        if answer.status != 0:
            raise AssertionError(answer)

    def setUp(self):
        support.ToolTest.setUp(self)
        self.folder = self.home = self.place / "demo"
        support.shutil.copytree(self.template, self.home)

    def job(self, dossier):
        return self.shown(dossier)["job"]

    def failures(self):
        return [event for dossier in IDS for event in self.events(dossier)
                if event["reason"] == "service.unreachable"]


class Dead(PatienceTest):

    @staticmethod
    def service(_):
        return DeadService()

    def test_it_costs_three_tries_whatever_the_number_of_dossiers(self):
        self.assertEqual(self.answer.status, 30, self.answer)
        self.assertEqual(self.calls, THREE_TRIES)
        errors = self.answer.lines_of("error")
        self.assertEqual(len(errors), 2, self.answer)
        self.assertIn("interrupted until", errors[1])
        for dossier in IDS:
            self.assertEqual(self.states(dossier), TO_THE_TDT[:2] + TO_THE_TDT[3:])

    def test_only_what_was_tried_counts_as_a_try(self):
        tried = [dossier for dossier in IDS if self.job(dossier)["failures"]]
        self.assertEqual([event["id_d"] for event in self.failures()], tried)
        self.assertEqual(len(tried), 1)

    def test_every_wait_is_shown_with_its_date_and_its_reason(self):
        rows = self.done("status").rows
        self.assertEqual({row[0] for row in rows}, set(IDS))
        for row in rows:
            self.assertEqual(row[2], "Vérifier le statut de la transaction")
            self.assertRegex(row[3], r"^\d\d/\d\d/\d{4} \d\d:\d\d:\d\d$")
            self.assertIn("127.0.0.1", row[5])
        self.assertEqual(sum("interrupted until" in row[5] for row in rows), len(IDS) - 1)
        for line in self.done("status", "--json").documents[:-1]:
            job = line["dossier"]["job"]
            self.assertEqual(job["reason"], "service.unreachable")
            self.assertGreater(job["next_try"], LONG_AGO)
            self.assertIn("127.0.0.1", job["last_message"])
        put_off = next(row[0] for row in rows if "interrupted until" in row[5])
        one = self.done("status", put_off)
        self.assertIn("interrupted until", one.err)
        self.assertRegex(one.err, r"from \d\d/\d\d/\d{4}")

    def test_the_next_run_goes_on_once_the_service_is_back(self):
        for dossier in IDS:
            support.make_due(self.home, dossier)

        self.done("run", env={"PES_SANDBOX_SCENARIO": "muet"})

        for dossier in IDS:
            self.assertEqual(self.job(dossier)["failures"], 0)
            self.assertIsNone(self.job(dossier)["reason"])


class Busy(PatienceTest):

    @staticmethod
    def service(identities):
        return BusyService(identities, HOUR)

    def test_it_is_left_alone_for_as_long_as_it_asks(self):
        self.assertEqual(self.answer.status, 30, self.answer)
        self.assertEqual(self.calls, 1)
        self.assertIn("as the service asks", self.answer.err)
        failed, = self.failures()
        for dossier in IDS:
            self.assertGreaterEqual(seconds(self.job(dossier)["next_try"]),
                                    seconds(failed["date"]) + HOUR - SLACK)

    def test_a_dossier_that_is_not_due_again_is_left_alone(self):
        answer = self.done("run", env=self.env)
        self.assertIn("nothing is due", answer.err)


class Waiting(support.SignedTest):

    def test_nothing_that_waits(self):
        answer = self.done("status")
        self.assertEqual(answer.out, "")
        self.assertIn("nothing waits", answer.err)

    def test_what_waits_for_a_person_comes_first_with_its_reason(self):
        self.set_scenario("sae-refuse")
        self.pes("send", support.ID, "--yes", "--wait")
        row, = self.done("status").rows
        self.assertEqual(row[:4], [support.ID, "TEST-PES-0322", "Verser au SAE", "a person"])
        self.assertIn("L'envoi du bordereau a échoué", row[5])

    def test_options_that_ask_about_dossiers_want_them_named(self):
        for option in ("--wait", "--exit-status", "--fail-fast"):
            self.refused(2, "status", option, says=[option], hint=False)


def seconds(date):
    return datetime.datetime.fromisoformat(date.replace("Z", "+00:00")).timestamp()


if __name__ == "__main__":
    support.main()
