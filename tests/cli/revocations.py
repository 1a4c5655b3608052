"""Lists of revoked certificates, given or asked for over the network with `--online`."""

import http.server
import pathlib
import shutil
import subprocess
import threading
import unittest

import support

OPENSSL = shutil.which("openssl")
CONFIGURATION = """[req]
distinguished_name = dn
[dn]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[signing]
keyUsage = critical, nonRepudiation
authorityInfoAccess = OCSP;URI:{address}/ocsp
crlDistributionPoints = URI:{address}/ac.crl
[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
default_days = 3650
default_crl_days = 3650
policy = any
[any]
commonName = supplied
"""


class Publisher(http.server.BaseHTTPRequestHandler):
    """Answers as the test says, and notes what was asked."""

    def answer(self):
        self.server.asked.append(f"{self.command} {self.path}")
        status, content = self.server.answers.get(self.path, (404, b""))
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer()

    def log_message(self, *_):
        pass


class Authority:
    """An authority, a signatory of its own, and the flow that it signed."""

    def __init__(self, folder, address):
        self.folder = folder
        (folder / "openssl.cnf").write_text(CONFIGURATION.format(address=address))
        (folder / "index.txt").write_text("")
        (folder / "serial").write_text("01\n")
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=AC",
                     "-keyout", "ac.key", "-out", "ac.pem", "-days", "3650",
                     "-config", "openssl.cnf", "-extensions", "authority")
        self.openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Amelie",
                     "-keyout", "amelie.key", "-out", "amelie.csr", "-config", "openssl.cnf")
        self.ca("-batch", "-notext", "-in", "amelie.csr", "-out", "amelie.pem",
                "-extensions", "signing", "-startdate", "20200101000000Z")

    def openssl(self, *words):
        subprocess.run([OPENSSL, *words], cwd=self.folder, check=True, capture_output=True)

    def ca(self, *words):
        self.openssl("ca", "-config", "openssl.cnf", "-keyfile", "ac.key", "-cert", "ac.pem",
                     *words)

    def crl(self, revoked_since=None):
        """Its list of revoked certificates: empty, or with Amelie's."""
        index = self.folder / "index.txt"
        issued = index.read_text()
        if revoked_since:
            state, expires, _, rest = issued.split("\t", 3)
            index.write_text("\t".join(["R", expires, revoked_since, rest]))
        self.ca("-gencrl", "-out", "ac.crl")
        index.write_text(issued)
        return (self.folder / "ac.crl").read_bytes()


@unittest.skipUnless(OPENSSL, "openssl is not there")
class Revocations(support.ToolTest):

    @classmethod
    def setUpClass(cls):
        folder = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(folder.cleanup)
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
        cls.address = f"http://127.0.0.1:{cls.server.server_address[1]}"
        cls.server.asked, cls.server.answers = [], {}
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.authority = Authority(pathlib.Path(folder.name), cls.address)
        cls.signed = cls.authority.folder / "signe.xml"
        words = ["sign", "--in", support.FLOW, "--out", cls.signed, "--quiet", "--key",
                 cls.authority.folder / "amelie.key", "--certificate",
                 cls.authority.folder / "amelie.pem"]
        subprocess.run([support.PES, *map(str, words)], cwd=folder.name, check=True,
                       env=support.environment(pathlib.Path(folder.name)), capture_output=True)

    def setUp(self):
        super().setUp()
        self.server.asked.clear()
        self.server.answers.clear()

    def judged(self, *words, status=0):
        """The signatures of the signed flow, and what a person is told."""
        words = ["verify", "--trust", self.authority.folder / "ac.pem", self.signed, *words]
        answer = self.pes(*words, "--json")
        self.assertEqual(answer.status, status, answer)
        asked = list(self.server.asked)
        return answer.documents[0]["signatures"], asked, self.pes(*words).err

    def check_of(self, signature):
        check, = [c for c in signature["checks"] if c["number"] == 23]
        return check

    def test_nothing_is_asked_without_the_option(self):
        signatures, asked, _ = self.judged()
        self.assertEqual(asked, [])
        self.assertEqual(signatures[0]["revocations"],
                         [{"cn": "Amelie", "status": "unknown", "since": None, "source": None,
                           "inquiries": []}])

    def test_each_is_asked_once_for_all_signatures_and_a_list_tells(self):
        self.server.answers["/ac.crl"] = (200, self.authority.crl())
        signatures, asked, told = self.judged("--online")
        self.assertGreater(len(signatures), 1)
        self.assertEqual(asked, ["POST /ocsp", "GET /ac.crl"])
        for signature in signatures:
            revocation, = signature["revocations"]
            self.assertEqual((revocation["status"], revocation["source"]), ("good", "CRL"))
            self.assertEqual(
                [(i["source"], i["url"], i["trouble"]) for i in revocation["inquiries"]],
                [("OCSP", f"{self.address}/ocsp", "no answer: HTTP status 404"),
                 ("CRL", f"{self.address}/ac.crl", None)])
            check = self.check_of(signature)
            self.assertEqual(check["result"], "warning")
            self.assertIn("/ocsp", check["message"])
        self.assertIn(f"{self.address}/ocsp", told)
        self.assertIn("HTTP status 404", told)

    def test_answers_that_cannot_be_believed_are_told(self):
        self.server.answers["/ocsp"] = (200, b"<html>")
        self.server.answers["/ac.crl"] = (200, b"<html>")
        signatures, _, told = self.judged("--online")
        revocation, = signatures[0]["revocations"]
        self.assertEqual(revocation["status"], "unknown")
        for trouble in ("its answer is no OCSP", "it is no list of revoked certificates"):
            self.assertIn(trouble, [i["trouble"] for i in revocation["inquiries"]])
            self.assertIn(trouble, told)
        self.judged("--online", "--strict", status=5)

    def given(self, crl, *words, status):
        folder = self.place / "revoked"
        folder.mkdir(exist_ok=True)
        (folder / "ac.crl").write_bytes(crl)
        signatures, asked, told = self.judged("--crl", folder, *words, status=status)
        self.assertEqual(asked, [])
        return signatures[0]["revocations"][0]["status"], signatures[0]["verdict"], told

    def test_a_list_that_is_given_tells_what_it_knows(self):
        passed = {"indication": "TOTAL-PASSED", "sub_indication": None}
        revoked = {"indication": "TOTAL-FAILED", "sub_indication": "REVOKED"}
        status, verdict, told = self.given(self.authority.crl(), "--strict", status=0)
        self.assertEqual((status, verdict), ("good", passed), told)
        status, verdict, told = self.given(self.authority.crl("210101000000Z"), status=5)
        self.assertEqual((status, verdict), ("revoked", revoked))
        self.assertIn("Amelie", told)
        later = self.authority.crl("400101000000Z")
        self.assertEqual(self.given(later, status=0)[:2], ("revoked-later", passed))

    def test_a_list_that_was_fetched_serves_again_without_the_network(self):
        self.done("init", "demo", "--quiet")
        self.server.answers["/ac.crl"] = (200, self.authority.crl())
        home = ["--home", self.place / "demo"]
        self.judged(*home, "--online")
        self.server.asked.clear()
        signatures, asked, _ = self.judged(*home)
        self.assertEqual(asked, [])
        revocation, = signatures[0]["revocations"]
        self.assertEqual((revocation["status"], revocation["inquiries"]), ("good", []))

    def test_a_list_is_read_although_nobody_is_trusted(self):
        self.refused(10, "verify", "--crl", "absente.crl", self.signed, says=["absente.crl"],
                     hint=False)
        self.refused(21, "verify", "--crl", self.authority.folder / "ac.pem", self.signed,
                     says=["ac.pem"])

    def test_a_file_of_authorities_that_holds_none_is_a_wrong_configuration(self):
        empty = self.place / "vide.pem"
        empty.write_bytes(b"")
        for path in (empty, self.authority.folder / "amelie.pem"):
            self.refused(21, "verify", "--trust", path, self.signed, says=[path.name])


if __name__ == "__main__":
    support.main()
