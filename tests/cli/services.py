"""Services that are absent, refuse us, or answer what is not their protocol."""

import contextlib
import hashlib
import json
import shutil
import socket
import subprocess

import support
from support import ANSWERED, ID, TO_THE_TDT

IMPORT = "*importer*"
STATUS = "*get_status*"
ACQUIT = "*download_acquit*"
SAE = "/restservices/*"
BEFORE_THE_TDT = TO_THE_TDT[:-1]
NOM_FIC = "PESALR2_00000000000018_220302_001.xml"
SEND = ("send", ID, "--yes", "--wait", "--timeout", "6s")


class ServiceTest(support.SignedTest):

    def faults(self, *faults):
        asked = [{"path": path, "kind": kind} for path, kind in faults]
        (self.home / "sandbox" / "faults.json").write_text(json.dumps(asked))

    def assert_consistent(self, states):
        self.assertEqual(self.states(), states)
        self.assert_nothing_half_written([ID])

    def reasons(self):
        return {event["reason"] for event in self.events(ID) if event["reason"]}


class Unreachable(ServiceTest):

    def test_nobody_takes_the_call(self):
        env = {"PES_TDT_URL": f"https://127.0.0.1:{closed_port()}"}
        answer = self.refused(30, *SEND, says=["127.0.0.1"], env=env)
        self.assertIn("tdt.url", answer.err)
        self.assert_consistent(BEFORE_THE_TDT)
        self.assertEqual(self.reasons(), {"service.unreachable"})
        self.assertIsNone(self.shown()["attempt"])

    def test_the_name_of_the_service_does_not_exist(self):
        env = {"PES_TDT_URL": "https://tdt.invalid"}
        self.refused(30, *SEND, says=["tdt.invalid"], env=env)
        self.assert_consistent(BEFORE_THE_TDT)

    def test_the_sae_is_not_there(self):
        env = {"PES_SAE_URL": f"https://127.0.0.1:{closed_port()}/restservices"}
        answer = self.pes(*SEND, env=env)
        self.assertIn(answer.status, (1, 30), answer)
        self.assertIn("127.0.0.1", answer.err)
        self.assertEqual(self.states()[:len(ANSWERED)], ANSWERED)
        self.assertNotIn("Versé au SAE", self.states())


class OtherAnswers(ServiceTest):

    def test_the_tdt_does_not_know_us(self):
        for kind in ("redirect", "status-403", "status-401", "ko"):
            with self.subTest(kind):
                shutil.rmtree(self.home)
                shutil.copytree(self.made_home(), self.home)
                self.faults((IMPORT, kind))
                answer = self.refused(25, *SEND)
                self.assertIn("tdt.certificate", answer.lines_of("hint")[0])
                self.assert_consistent(BEFORE_THE_TDT)
                self.assertEqual(self.transactions(), [])
                self.assertEqual(self.reasons(), {"service.identity-refused"})

    def test_html_in_place_of_the_status(self):
        self.faults((STATUS, "html"))
        answer = self.refused(31, *SEND,
                              says=["protocol"])
        self.assertIn("tdt.url", answer.lines_of("hint")[0])
        self.assert_consistent(TO_THE_TDT)

    def test_html_in_place_of_the_acquit_means_that_there_is_none_yet(self):
        self.faults((ACQUIT, "html"))
        answer = self.pes(*SEND)
        self.assertEqual(answer.status, 4, answer)
        self.assertIn("AR non disponible pour le moment", self.events(ID)[0]["message"])
        self.assert_consistent(TO_THE_TDT)
        self.assertIn(self.shown()["pes_etat_ack"], (None, "0"))

    def test_an_acquit_cut_short_is_not_kept(self):
        self.faults((ACQUIT, "cut-inside-answer"))
        self.refused(30, *SEND, says=["cut"])
        self.assert_consistent(TO_THE_TDT)
        self.refused(10, "show", ID, "--get", "pes_acquit")

    def test_a_status_cut_short(self):
        self.faults((STATUS, "cut-inside-answer"))
        self.refused(30, *SEND, says=["cut"])
        self.assert_consistent(TO_THE_TDT)

    def test_a_redirection_of_the_sae_is_not_followed(self):
        self.faults((SAE, "redirect"))
        answer = self.pes(*SEND)
        self.assertEqual(answer.status, 1, answer)
        self.assertIn("302", answer.err)
        self.assertEqual(self.states()[-1], "Erreur lors de l'envoi au SAE")


class FateUnknown(ServiceTest):

    def assert_lost(self, kind, received):
        self.faults((IMPORT, kind))
        answer = self.refused(32, *SEND, says=[ID])
        self.assertIn("--transaction", answer.lines_of("hint")[0])
        self.assert_consistent(BEFORE_THE_TDT)
        self.assertEqual(len(self.transactions()), received)
        self.assertTrue(self.shown()["attempt"]["unknown"])
        self.assertEqual(self.reasons(), {"service.fate-unknown"})

        # Asked again in time, the TdT tells by the same bytes.
        (self.home / "sandbox" / "faults.json").unlink()
        self.done(*SEND[:-1], "30s")
        self.assertEqual(self.states(), support.FINISHED)
        self.assertEqual(len(self.transactions()), 1)
        self.done("journal", "--verify")

    def test_the_answer_was_cut_and_the_flow_had_arrived(self):
        self.assert_lost("cut-before-answer", received=1)
        self.assertIn("retrouvée", " ".join(event["message"] for event in self.events(ID)))

    def test_the_answer_was_cut_in_its_middle(self):
        self.assert_lost("cut-inside-answer", received=1)

    def test_the_call_was_cut_before_the_flow_arrived(self):
        self.assert_lost("cut-before-work", received=0)

    def test_a_person_may_tell_the_number_before(self):
        self.faults((IMPORT, "cut-before-answer"))
        self.refused(32, *SEND, says=[ID])
        number = self.transactions()[0]["id"]
        self.done("send", ID, "--transaction", number, "--yes", "--wait")
        self.assertEqual(self.states(), support.FINISHED)
        self.assertEqual(len(self.transactions()), 1)

    def test_a_tdt_that_has_no_list_to_look_in_leaves_the_number_to_a_person(self):
        (self.home / "sandbox" / "tdt" / "platform.json").write_text('{"generation": "v4"}')
        self.faults((IMPORT, "cut-before-answer"))
        self.refused(32, *SEND, says=[ID])
        (self.home / "sandbox" / "faults.json").unlink()
        answer = self.refused(32, *SEND[:-1], "30s",
                              says=["the TdT has it, under a number that it does not tell"])
        self.assertIn(f"pes send {ID} --transaction", answer.lines_of("hint")[0])
        self.assertEqual(self.reasons(), {"service.fate-unknown"})
        number = self.transactions()[0]["id"]
        self.done("send", ID, "--transaction", number, "--yes", "--wait")
        self.assertEqual(self.states(), support.FINISHED)

    def test_a_person_may_ask_at_once(self):
        self.faults((IMPORT, "cut-before-work"))
        self.refused(32, *SEND, says=[ID])
        (self.home / "sandbox" / "faults.json").unlink()
        self.done("send", ID, "--resend", self.shown()["attempt"]["id"], "--yes", "--wait")
        self.assertEqual(self.states(), support.FINISHED)
        self.assertEqual(len(self.transactions()), 1)

    def test_html_in_place_of_the_answer_to_the_import(self):
        self.assert_lost("html", received=0)

    def test_an_error_500_after_the_import(self):
        self.assert_lost("status-500", received=0)

    def test_the_intention_is_journaled_before_with_the_digests(self):
        self.faults((IMPORT, "cut-before-answer"))
        self.pes(*SEND)
        attempt = self.shown()["attempt"]
        messages = [event["message"] for event in self.events(ID)
                    if event["attempt"] == attempt["id"]]
        flow = self.done("show", ID, "--get", "fichier_pes").out_bytes
        self.assertEqual(attempt["sha256"], hashlib.sha256(flow).hexdigest())
        for word in (attempt["sha256"], hashlib.sha1(flow).hexdigest(), NOM_FIC):
            self.assertIn(word, messages[-1])


class Tls(ServiceTest):
    """A server of its own, and a home that reaches it as it would a real TdT."""

    @contextlib.contextmanager
    def server(self):
        folder = self.place / "serveur"
        shutil.copytree(support.demo(), folder)
        process = self.start("--home", folder, "sandbox", "--port", "0", "--json",
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
        with process:
            try:
                listening = json.loads(process.stdout.readline())
                self.keys = folder / "sandbox" / "identities"
                yield listening["tdt_url"]
            finally:
                process.terminate()

    def identity(self, url):
        return {"PES_TDT_URL": url, "PES_TDT_CA": self.keys / "ca.pem",
                "PES_TDT_CERTIFICATE": self.keys / "client.pem",
                "PES_TDT_KEY": self.keys / "client.key", "PES_TDT_LOGIN": "agent-test",
                "PES_TDT_PASSWORD": f"file:{self.keys / 'tdt.password'}"}

    def test_the_server_takes_us_when_all_is_right(self):
        with self.server() as url:
            self.done("send", ID, "--yes", env=self.identity(url))
            self.done("run", ID, env=self.identity(url))
        self.assert_consistent(TO_THE_TDT)

    def test_a_server_whose_authority_we_do_not_know_is_not_spoken_to(self):
        with self.server() as url:
            env = self.identity(url)
            del env["PES_TDT_CA"]
            answer = self.refused(30, *SEND, says=["127.0.0.1", "certificate"],
                                  env=env)
        self.assertIn("tdt.ca", answer.lines_of("hint")[0])
        self.assert_consistent(BEFORE_THE_TDT)

    def test_a_server_that_wants_a_certificate_and_gets_none(self):
        with self.server() as url:
            env = self.identity(url)
            del env["PES_TDT_CERTIFICATE"], env["PES_TDT_KEY"]
            answer = self.refused(25, *SEND, says=["certificate"], env=env)
        self.assertIn("tdt.certificate", answer.lines_of("hint")[0])
        self.assert_consistent(BEFORE_THE_TDT)

    def test_a_certificate_of_another_authority(self):
        with self.server() as url:
            env = self.identity(url)
            foreign = self.place / "autre"
            self.done("init", foreign, "--sandbox", "--quiet")
            for name in ("CERTIFICATE", "KEY"):
                file = env[f"PES_TDT_{name}"].name
                env[f"PES_TDT_{name}"] = foreign / "sandbox" / "identities" / file
            self.refused(25, *SEND, env=env)
        self.assert_consistent(BEFORE_THE_TDT)

    def test_a_wrong_password_of_the_account(self):
        with self.server() as url:
            wrong = self.write("faux", b"Trompette9Verte\n")
            wrong.chmod(0o600)
            answer = self.refused(25, *SEND,
                                  env={**self.identity(url), "PES_TDT_PASSWORD": f"file:{wrong}"})
        self.assertNotIn("Trompette9Verte", answer.err)
        self.assert_consistent(BEFORE_THE_TDT)


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


if __name__ == "__main__":
    support.main()
