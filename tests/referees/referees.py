"""Other implementations judge what we sign, and we judge what they sign: xmlsec1 and Apache
Santuario. A disagreement is a failure."""

import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
import support  # noqa: E402

XADES = "http://uri.etsi.org/01903/v1.2.2#"
SIGNATURE = re.compile(rb"<(?:\w+:)?Signature .*?</(?:\w+:)?Signature>", re.S)
PASSWORD = "Cordonnerie7Bleue"
BORDEREAUX = ("BORD-2022-41", "BORD-2022-42")
ROOT = "FLUX-TEST-032022"
NO_BORDEREAU_ID = [(f' Id="{id}"'.encode(), b"") for id in BORDEREAUX]
JARS = [pathlib.Path("/usr/share/java") / name
        for name in ("xmlsec.jar", "slf4j-api.jar", "slf4j-nop.jar", "commons-codec.jar")]

LATIN = support.flow()

# What is signed: changes of the test flow, and options of pes.
FLOWS = {
    "bordereaux": ([], []),
    "root": (NO_BORDEREAU_ID, []),
    "root asked for": ([], ["--mode", "root"]),
    "CR LF": ([(b"\n", b"\r\n")], []),
    "UTF-8": ([(LATIN, LATIN.decode("latin-1").replace("ISO-8859-1", "UTF-8").encode())], []),
    "prefix declared above": (
        [(b"<PES_DepenseAller", b'<PES_DepenseAller xmlns:xsi="http://www.w3.org/2001/'
          b'XMLSchema-instance"'), (b'<BlocBordereau', b'<BlocBordereau xsi:nil="false"')], []),
    "comments and instructions": ([(b"<BlocBordereau>", b"<BlocBordereau><!-- x --><?y z?>")], []),
    "InfoDematerialisee changed": (
        [(b'InfoDematerialisee V="1"', b'InfoDematerialisee V="0"')], ["--set-dematerialisee"]),
}
PROFILES = {
    "as Libersign": {},
    "digests in ds": {"PES_SIGN_DIGEST_NAMESPACE": "ds"},
    "policy of 2011": {"PES_SIGN_POLICY": "1.2.250.1.131.1.5.18.21.1.4"},
    "SHA-512 of the certificate": {"PES_SIGN_CERTIFICATE_DIGEST": "sha512"},
    "accents": {"PES_SIGN_ROLE": "Élue déléguée <1 €>", "PES_SIGN_CITY": "Sète"},
}


@functools.cache
def workshop():
    return tempfile.TemporaryDirectory(prefix="pes-referees.")


def made(name):
    return pathlib.Path(workshop().name) / name


@functools.cache
def keys():
    """A PKCS#12 file of a signer, made for the run."""
    pem, key, p12 = made("signer.pem"), made("signer.key"), made("signer.p12")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650",
         "-subj", "/C=FR/O=Ville de Sète/CN=Amélie MARTIN/emailAddress=a@example.org", "-utf8",
         "-addext", "keyUsage=critical,nonRepudiation", "-keyout", key, "-out", pem],
        check=True, capture_output=True)
    subprocess.run(["openssl", "pkcs12", "-export", "-inkey", key, "-in", pem, "-out", p12,
                    "-passout", f"pass:{PASSWORD}"], check=True, capture_output=True)
    return p12


class Xmlsec:
    """The xmlsec1 command."""

    @staticmethod
    def is_there():
        return shutil.which("xmlsec1") is not None

    ids = ["--id-attr:Id", "Bordereau", "--id-attr:Id", "PES_Aller",
           "--id-attr:Id", f"{XADES}:SignedProperties"]

    def verdicts(self, path):
        """Whether it accepts each signature, in document order."""
        count = len(SIGNATURE.findall(path.read_bytes()))
        return [self._accepts(path, rank + 1) for rank in range(count)]

    def _accepts(self, path, rank):
        command = ["xmlsec1", "--verify", "--insecure", "--enabled-key-data", "x509", *self.ids,
                   "--node-xpath", f"(//*[local-name()='Signature'])[{rank}]", path]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def sign(self, flow, signed, ids):
        """Fills in the templates that a signature of ours makes once its values are gone."""
        ours = made("ours-for-xmlsec.xml")
        support_pes("sign", "--in", flow, "--out", ours, "--force", *key_options(), *mode_for(ids))
        template = re.sub(rb"(<ds:Reference .*?<ds:DigestValue>)[^<]*", rb"\1", ours.read_bytes())
        template = re.sub(rb"(<ds:SignatureValue [^>]*>)[^<]*", rb"\1", template)
        signed.write_bytes(template)
        for rank in range(len(ids)):
            subprocess.run(
                ["xmlsec1", "--sign", "--pkcs12", keys(), "--pwd", PASSWORD, *self.ids,
                 "--node-xpath", f"(//*[local-name()='Signature'])[{rank + 1}]",
                 "--output", f"{signed}.part", signed], check=True, capture_output=True)
            os.replace(f"{signed}.part", signed)


class Santuario:
    """Apache Santuario, through a small program."""

    @staticmethod
    def is_there():
        return (shutil.which("java") is not None and Santuario.compiler() is not None
                and all(jar.exists() for jar in JARS))

    @staticmethod
    def compiler():
        return shutil.which("javac") or shutil.which("ecj")

    @functools.cached_property
    def command(self):
        classes = made("classes")
        path = ":".join(map(str, JARS))
        subprocess.run([self.compiler(), "-proc:none", "-encoding", "UTF-8", "-source", "17", "-target", "17",
                        "-d", classes, "-cp", path, HERE / "Santuario.java"],
                       check=True, capture_output=True)
        return ["java", "-cp", f"{classes}:{path}", "Santuario"]

    def verdicts(self, path):
        done = subprocess.run([*self.command, "verify", path], check=True, capture_output=True,
                              encoding="utf-8")
        return [line.endswith(" valid") for line in done.stdout.splitlines()]

    def sign(self, flow, signed, ids):
        subprocess.run([*self.command, "sign", flow, signed, keys(), PASSWORD, *ids], check=True,
                       capture_output=True)


REFEREES = [referee() for referee in (Xmlsec, Santuario) if referee.is_there()]
MISSING = [referee.__name__ for referee in (Xmlsec, Santuario) if not referee.is_there()]


def support_pes(*words, **variables):
    environment = support.environment(workshop().name, PIN=PASSWORD, **variables)
    done = subprocess.run([support.PES, *map(str, words)], cwd=workshop().name, env=environment,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"pes {words}: {done.stderr.decode()}")
    return done.stdout


def key_options():
    return ["--key", keys(), "--pin-from", "env:PIN"]


def mode_for(ids):
    return ["--mode", "root"] if ids == [ROOT] else []


def written(name, content):
    path = made(name)
    path.write_bytes(content)
    return path


def altered(path):
    """The same with one figure changed that every mode covers."""
    content = path.read_bytes()
    place = content.index(b'MtBordHT V="1530') + 12
    return written("altered.xml", content[:place] + b"9" + content[place + 1:])


class OursJudgedByThem(unittest.TestCase):

    def sign(self, changes=(), options=(), **profile):
        flow = written("flow.xml", support.flow(*changes))
        signed = made("signed.xml")
        support_pes("sign", "--in", flow, "--out", signed, "--force", *key_options(), *options, **profile)
        return signed

    def assert_accepted(self, signed):
        count = len(SIGNATURE.findall(signed.read_bytes()))
        self.assertGreater(count, 0)
        for referee in REFEREES:
            with self.subTest(referee=type(referee).__name__):
                self.assertEqual(referee.verdicts(signed), [True] * count)
                self.assertIn(False, referee.verdicts(altered(signed)))

    def test_every_kind_of_flow(self):
        for name, (changes, options) in FLOWS.items():
            with self.subTest(name):
                self.assert_accepted(self.sign(changes, options))

    def test_every_profile(self):
        for name, profile in PROFILES.items():
            with self.subTest(name):
                self.assert_accepted(self.sign(**profile))

    def test_a_root_signed_over_its_bordereaux(self):
        once = self.sign()
        both = made("both.xml")
        support_pes("sign", "--in", once, "--out", both, "--mode", "root", *key_options())
        self.assertEqual(len(SIGNATURE.findall(both.read_bytes())), 3)
        self.assert_accepted(both)


class TheirsJudgedByUs(unittest.TestCase):

    def failures(self, path):
        """Codes of the checks on the bytes of the signatures that fail."""
        environment = support.environment(workshop().name)
        done = subprocess.run([support.PES, "verify", path, "--json"], env=environment,
                              capture_output=True, check=False)
        report = support.Answer(done.returncode, done.stdout, done.stderr).documents[0]
        self.assertGreater(len(report["signatures"]), 0)
        return [check["code"] for signature in report["signatures"]
                for check in signature["checks"]
                if 5 <= check["number"] <= 16 and check["result"] not in ("passed", "warning")]

    def test_what_they_sign_verifies_and_no_longer_once_altered(self):
        for referee in REFEREES:
            for ids in (list(BORDEREAUX), [ROOT]):
                with self.subTest(referee=type(referee).__name__, ids=ids):
                    signed = made("theirs.xml")
                    referee.sign(written("flow.xml", support.flow()), signed, ids)
                    self.assertEqual(self.failures(signed), [])
                    self.assertIn("references.digest", self.failures(altered(signed)))

    def test_they_agree_with_each_other_on_what_they_sign(self):
        for referee in REFEREES:
            signed = made("theirs.xml")
            referee.sign(written("flow.xml", support.flow()), signed, list(BORDEREAUX))
            for other in REFEREES:
                self.assertEqual(other.verdicts(signed), [True, True])


@unittest.skipUnless((support.SHARED / "samples" / "signed").is_dir(), "there are no samples")
class RealFilesJudgedByAll(unittest.TestCase):

    def test_integrity_of_each_sample(self):
        ours = TheirsJudgedByUs()
        for path in sorted((support.SHARED / "samples" / "signed").glob("*/*.xml")):
            if path.parent.name == "libersign-injection":
                continue
            copy = written("sample.xml", path.read_bytes())
            verdicts = {type(referee).__name__: all(referee.verdicts(copy))
                        for referee in REFEREES}
            with self.subTest(path.name):
                expected = not ours.failures(copy)
                self.assertEqual(set(verdicts.values()), {expected}, verdicts)


if __name__ == "__main__":
    for absent in MISSING:
        print(f"SKIPPED: {absent} is not there")
    if not REFEREES or shutil.which("openssl") is None:
        sys.exit(77)
    support.main()
