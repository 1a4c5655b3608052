"""Flows and keys that cannot sign: said before anything is changed."""

import pathlib
import shutil
import subprocess
import unittest

import support
from support import ID

OPENSSL = shutil.which("openssl")
PASSWORD = "Cordonnerie7Bleue"
EXTENSIONS = """[req]
distinguished_name = dn
[dn]
[signing]
keyUsage = critical, nonRepudiation
[authentication]
keyUsage = critical, digitalSignature
[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
[any]
commonName = supplied
"""


def openssl(folder, *words):
    subprocess.run([OPENSSL, *words], cwd=folder, check=True, capture_output=True)


def make_key(folder, name, usage="signing", ends=None):
    """A key and its own certificate: name.key, name.pem."""
    (folder / "openssl.cnf").write_text(EXTENSIONS)
    config = ["-config", "openssl.cnf"]
    openssl(folder, "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}",
            "-keyout", f"{name}.key", "-out", f"{name}.csr", *config)
    (folder / "index.txt").write_text("")
    (folder / "serial").write_text("01\n")
    dates = ["-startdate", "20200101000000Z", "-enddate", ends or "20491231235959Z"]
    openssl(folder, "ca", "-batch", "-selfsign", "-keyfile", f"{name}.key", "-notext",
            "-in", f"{name}.csr", "-out", f"{name}.pem", "-extensions", usage, *dates, *config)


class UnsuitableFlows(support.HomeTest):

    def assert_not_signed(self, content, says):
        path = self.write("flux-de-mars.xml", content)
        self.done("create", path, "--objet", "Flux", "--id", ID)
        before = self.shown()
        # A person knows the name of the file, not where it is kept.
        answer = self.refused(20, "sign", ID, says=says)
        self.assertIn("flux-de-mars.xml", answer.err)
        self.assertNotIn(str(self.home), answer.err)
        self.assertEqual(self.shown(), before)
        self.assert_nothing_half_written([ID])
        self.assert_failure_is_in_the_journal()

    def assert_failure_is_in_the_journal(self):
        failed = [event for event in self.events(ID) if event["reason"]]
        self.assertEqual(len(failed), 1, "a failed attempt is an event, with its reason")

    def test_no_id_to_sign(self):
        self.assert_not_signed(support.flow((b' Id="FLUX-TEST-032022"', b""),
                                            (b' Id="BORD-2022-41"', b""),
                                            (b' Id="BORD-2022-42"', b"")), ["Id", "32"])

    def test_an_id_that_stands_twice(self):
        self.assert_not_signed(support.flow((b"BORD-2022-42", b"BORD-2022-41")),
                               ["BORD-2022-41", "32", "141"])

    def test_a_flow_that_is_not_dematerialised(self):
        self.assert_not_signed(support.flow((b'InfoDematerialisee V="1"',
                                             b'InfoDematerialisee V="0"')),
                               ["InfoDematerialisee", "Hélios"])

    def test_a_flow_that_is_signed_already(self):
        self.assert_not_signed(self.bytes_signed_elsewhere(), ["already signed"])

    def test_a_namespace_without_canonical_form(self):
        self.assert_not_signed(support.flow((b"<PES_DepenseAller>",
                                             b"<PES_DepenseAller xmlns:r='relatif'>")),
                               ["flux-de-mars.xml:", "relatif"])

    def bytes_signed_elsewhere(self):
        folder = support.signed_demo() / "dossiers" / ID[:2] / ID
        signed = [content for content in map(pathlib.Path.read_bytes, folder.glob("*.xml"))
                  if b"SignedInfo" in content]
        self.assertEqual(len(signed), 1)
        return signed[0]


@unittest.skipUnless(OPENSSL, "openssl is not there")
class UnsuitableKeys(support.HomeTest):

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        cls.keys = pathlib.Path(place.name)
        make_key(cls.keys, "bonne")
        make_key(cls.keys, "perimee", ends="20210101000000Z")
        make_key(cls.keys, "authentification", usage="authentication")
        openssl(cls.keys, "pkcs12", "-export", "-inkey", "bonne.key", "-in", "bonne.pem",
                "-out", "bonne.p12", "-passout", f"pass:{PASSWORD}")

    def setUp(self):
        super().setUp()
        self.done("create", support.FLOW, "--objet", "Flux", "--id", ID)

    def sign(self, status, key, certificate=None, says=(), more=(), **rest):
        words = ["sign", ID, "--key", self.keys / key, "--no-input", *more]
        if certificate:
            words += ["--certificate", self.keys / certificate]
        before = self.shown()
        answer = self.refused(status, *words, says=says, **rest)
        self.assertEqual(self.shown(), before)
        self.assert_nothing_half_written([ID])
        return answer

    def test_the_keys_of_these_tests_are_good_when_nothing_is_wrong(self):
        self.done("sign", ID, "--key", self.keys / "bonne.key",
                  "--certificate", self.keys / "bonne.pem")

    def test_an_expired_certificate_is_said_to_be_expired_and_when(self):
        answer = self.sign(22, "perimee.key", "perimee.pem", says=["perimee", "expired"])
        self.assertRegex(answer.err, r"01/01/2021|2021-01-01")

    def test_a_key_that_is_not_that_of_the_certificate(self):
        answer = self.sign(22, "authentification.key", "bonne.pem")
        self.assertRegex(answer.err, "bonne.pem|certificate")
        self.assertNotIn("expired", answer.err)

    def test_a_certificate_that_is_not_made_to_sign(self):
        self.sign(22, "authentification.key", "authentification.pem", says=["nonRepudiation"])
        self.done("sign", ID, "--key", self.keys / "authentification.key", "--certificate",
                  self.keys / "authentification.pem", "--any-usage")

    def test_a_wrong_password_is_tried_once_and_said(self):
        answer = self.sign(23, "bonne.p12", says=["bonne.p12"],
                           more=["--pin-from", "env:ESSAI"], env={"ESSAI": "Pantoufle3Rouge"})
        self.assertNotIn("Pantoufle3Rouge", answer.err + answer.out)
        self.assertIn("correct the variable ESSAI", answer.lines_of("hint")[0])

    def test_a_password_that_is_needed_and_that_nobody_can_give(self):
        answer = self.sign(2, "bonne.p12")
        self.assertIn("--pin-from", answer.lines_of("hint")[0])

    def test_a_password_file_that_others_can_read_is_refused(self):
        secret = self.write("mot-de-passe", PASSWORD.encode())
        secret.chmod(0o644)
        self.sign(21, "bonne.p12", says=["mot-de-passe"], more=["--pin-from", f"file:{secret}"])
        secret.chmod(0o600)
        self.done("sign", ID, "--key", self.keys / "bonne.p12", "--pin-from", f"file:{secret}")

    def test_a_password_is_never_taken_from_the_command_line(self):
        answer = self.pes("sign", ID, "--key", self.keys / "bonne.p12",
                          "--pin-from", f"pass:{PASSWORD}")
        self.assertEqual(answer.status, 2, answer)
        self.assertEqual(len(answer.lines_of("error")), 1, answer)

    def test_a_certificate_is_no_key_whatever_is_asked(self):
        self.sign(22, "bonne.pem", says=["no private key", "bonne.pem"])
        self.sign(22, "bonne.pem", says=["no private key", "bonne.pem"], more=["--dry-run"])
        row, = self.done("keys", "list", self.keys / "bonne.pem").rows
        self.assertIn("no private key", " ".join(row))

    def test_a_key_that_is_not_there(self):
        self.sign(22, "absente.p12", says=["absente.p12"])


if __name__ == "__main__":
    support.main()
