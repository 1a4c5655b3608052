"""The sandbox as a test bench: faults drawn, and the count of what became of the flows."""

import http.client
import json
import ssl
import subprocess
import urllib.request

import support
from support import ID


class AsItComes(urllib.request.HTTPRedirectHandler):
    """A redirection is followed to nowhere: it would be one more request."""

    def redirect_request(self, *_):
        return None


class Server(support.SignedTest):

    def serve(self, *options, requests=0):
        """What a server told, after some requests of a client that knows nothing of pes."""
        process = self.start("--home", self.home, "sandbox", "--port", "0", "--json", *options,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
        with process:
            try:
                listening = json.loads(process.stdout.readline())
                return [self.ping(listening["sae_url"]) for _ in range(requests)]
            finally:
                process.terminate()

    def ping(self, url):
        """The answer, or nothing when none came."""
        keys = self.home / "sandbox" / "identities"
        tls = ssl.create_default_context(cafile=keys / "ca.pem")
        tls.load_cert_chain(keys / "client.pem", keys / "client.key")
        try:
            opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=tls),
                                                 AsItComes)
            with opener.open(f"{url}/ping") as answer:
                return answer.read().decode("utf-8")
        except (OSError, http.client.HTTPException):
            return None

    def test_a_server_without_faults_answers_all(self):
        answers = self.serve(requests=3)
        self.assertEqual(answers, ['"webservices as@lae accessibles"'] * 3)
        self.assertEqual(self.count()["faults"], {})

    def test_faults_are_drawn_and_counted(self):
        answers = self.serve("--fault-rate", "1", "--seed", "3", requests=10)
        self.assertEqual(sum(self.count()["faults"].values()), 10, answers)

    def test_what_cannot_be_a_rate_or_a_seed_is_refused(self):
        for option, value in (("--fault-rate", "1.5"), ("--fault-rate", "-0.1"),
                              ("--fault-rate", "nan"), ("--fault-rate", "beaucoup"),
                              ("--seed", "-1"), ("--seed", "x")):
            with self.subTest(option=option, value=value):
                rate = ["--fault-rate", "0.5"] if option == "--seed" else []
                self.refused(2, "sandbox", *rate, f"{option}={value}", says=[option, value])

    def test_they_go_with_the_server_alone(self):
        self.refused(2, "sandbox", "count", "--seed", "1", says=["--seed"])
        self.refused(2, "sandbox", "tick", "--fault-rate", "1", says=["--fault-rate"])

    def test_a_seed_without_draws_is_a_mistake(self):
        self.refused(2, "sandbox", "--seed", "1", says=["--seed", "--fault-rate"], hint=False)

    def count(self):
        return self.done("sandbox", "count", "--json").document


class Count(support.SignedTest):

    def test_nothing_was_received_yet(self):
        document = self.done("sandbox", "count", "--json").document
        self.assertEqual(document["schema"], "pes.sandbox-count/1")
        self.assertEqual((document["accepted"], document["flows"]), (0, []))
        self.assertEqual(self.done("sandbox", "count").rows, [])

    def test_a_flow_sent_is_accepted_once_and_archived_once(self):
        self.done("send", ID, "--wait", "--yes")
        document = self.done("sandbox", "count", "--json").document
        self.assertEqual((document["accepted"], document["accepted_twice"]), (1, 0))
        self.assertEqual((document["archived_once"], document["archived_twice"]), (1, 0))
        self.assertEqual(document["other_transfers"], 0)
        flow = document["flows"][0]
        self.assertEqual((flow["transactions"], flow["acquitted"], flow["deposited"],
                          flow["archived"]), (["1"], 1, 1, 1))
        self.assertEqual(self.done("sandbox", "count").rows,
                         [[flow["nom_fic"], flow["cod_col"], "1", "1", "1", "1"]])

    def test_a_transfer_rejected_is_deposited_and_not_archived(self):
        self.pes("send", ID, "--wait", "--yes", env={"PES_SANDBOX_SCENARIO": "sae-rejette"})
        flow = self.done("sandbox", "count", "--json").document["flows"][0]
        self.assertEqual((flow["deposited"], flow["archived"]), (1, 0))


if __name__ == "__main__":
    support.main()
