"""`pes run` as a service: what it tells systemd, the system's journal, and Prometheus."""

import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import urllib.error
import urllib.request

import support
from support import ID

SAMPLE = re.compile(r'^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.e+-]+$')


def samples(text):
    """Values by name and labels, of a text that is well formed."""
    values, described = {}, set()
    for line in text.splitlines():
        if line.startswith("# "):
            _, kind, name, _ = line.split(" ", 3)
            described.add((kind, name))
            continue
        assert SAMPLE.match(line), line
        name, value = line.rsplit(" ", 1)
        assert name not in values, line
        values[name] = float(value)
    for name in values:
        base = re.sub(r"(_bucket|_sum|_count)?(\{.*)?$", "", name)
        assert {("HELP", base), ("TYPE", base)} <= described, name
    return values


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Figures(support.SignedTest):

    def test_a_file_for_the_textfile_collector(self):
        self.done("send", ID, "--yes")
        file = self.place / "pes.prom"
        self.done("run", "--metrics", file)
        values = samples(file.read_text())
        self.assertEqual(values['pes_steps_total{action="send-tdt",result="moved"}'], 1)
        self.assertEqual(values['pes_dossiers_waiting{state="send-tdt"}'], 1)
        self.assertEqual(values['pes_service_up{service="tdt",url="sandbox:"}'], 1)
        durations = 'pes_request_duration_seconds_{}{{service="tdt",url="sandbox:"{}}}'
        self.assertGreaterEqual(values[durations.format("count", "")], 1)
        self.assertEqual(values[durations.format("count", "")],
                         values[durations.format("bucket", ',le="+Inf"')])
        self.assertEqual(sorted(path.name for path in self.place.glob("pes.prom*")), ["pes.prom"])

    def test_a_service_that_is_down_shows(self):
        self.done("send", ID, "--yes")
        file = self.place / "pes.prom"
        self.pes("run", "--metrics", file, env={"PES_TDT_URL": "https://tdt.invalid"})
        values = samples(file.read_text())
        self.assertEqual(values['pes_steps_total{action="send-tdt",result="failed"}'], 1)
        failures = 'pes_request_failures_total{service="tdt",url="https://tdt.invalid"}'
        self.assertGreaterEqual(values[failures], 1)

    def test_whoever_asks_over_http(self):
        port = free_port()
        process = self.start("run", "--watch", "--metrics", f":{port}", stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        url = f"http://127.0.0.1:{port}"

        def answers():
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"{url}/metrics") as answer:
                    return answer.read().decode()
            return None

        support.until(answers, "the figures")
        self.assertIn("pes_oldest_due_seconds", samples(answers()))
        self.done("send", ID, "--yes")
        finished = 'pes_answers_total{service="sae",answer="accepted"}'
        support.until(lambda: samples(answers()).get(finished) == 1, "the SAE's answer")
        self.assertEqual(samples(answers())['pes_answers_total{service="tdt",answer="accepted"}'],
                         1)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{url}/")
        self.assertEqual(refused.exception.code, 404)
        refused.exception.close()

    def test_who_asks_slowly_keeps_nobody_waiting(self):
        port = free_port()
        process = self.start("run", "--watch", "--metrics", f":{port}", stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        over = threading.Event()

        def drip():
            """Letter by letter, and once more when it is hung up on."""
            while not over.is_set():
                with contextlib.suppress(OSError), \
                        socket.create_connection(("127.0.0.1", port)) as line:
                    while not over.wait(0.1):
                        line.sendall(b"G")

        slow = [threading.Thread(target=drip) for _ in range(3)]
        for thread in slow:
            thread.start()
        self.addCleanup(lambda: [thread.join() for thread in slow])
        self.addCleanup(over.set)

        def answers():
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                    return answer.read().decode()
            return None

        support.until(answers, "the figures")
        for _ in range(10):
            self.assertIn("pes_oldest_due_seconds", samples(answers()))

    def test_a_place_that_cannot_be_is_refused_before_anything_is_done(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.refused(1, "run", "--metrics", f"127.0.0.1:{port}", says=[str(port)])
        self.refused(1, "run", "--metrics", self.place / "nulle" / "part", hint=False)


class Systemd(support.SignedTest):

    def test_it_tells_when_it_is_ready_alive_and_stopping(self):
        place = self.place / "notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(str(place))
            manager.settimeout(support.LONGEST)
            process = self.start("run", "--watch", env={"NOTIFY_SOCKET": place,
                                                        "WATCHDOG_USEC": "600000"},
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
            self.addCleanup(process.kill)
            told = [manager.recv(100).decode() for _ in range(3)]
            process.send_signal(signal.SIGTERM)
            while told[-1] != "STOPPING=1":
                told.append(manager.recv(100).decode())
            self.assertEqual(process.wait(support.LONGEST), 143)
        self.assertEqual(told[:3], ["READY=1", "WATCHDOG=1", "WATCHDOG=1"])

    def test_lines_for_the_journal_of_the_system_tell_how_grave_they_are(self):
        file = self.place / "journal"
        with file.open("wb") as stream:
            facts = os.fstat(stream.fileno())
            env = {"JOURNAL_STREAM": f"{facts.st_dev}:{facts.st_ino}"}
            self.start("show", "Aaaaaaa", env=env, stderr=stream).wait()
            self.start("run", env=env, stderr=stream).wait()
            self.start("run", env={"JOURNAL_STREAM": "1:2"}, stderr=stream).wait()
        graves = [line[:3] for line in file.read_text().splitlines()]
        self.assertEqual(graves, ["<3>", "<3>", "<6>", "not"])

    def test_the_units_are_well_formed(self):
        units = pathlib.Path(os.environ["PES_UNITS"])
        for unit in ("pes@.service", "pes-once@.service"):
            text = (units / unit).read_text()
            self.assertNotRegex(text, "@[A-Z_]+@")
            self.assertIn("pes run --", text)
            for word in ("ProtectSystem=strict", "NoNewPrivileges=true", "SystemCallFilter"):
                self.assertIn(word, text)


if __name__ == "__main__":
    support.main()
