"""Each check of `pes verify`: what breaks it is told in every form of the report."""

import unittest
import xml.etree.ElementTree as ElementTree

import support
from signing_refused import OPENSSL, make_key
from support import ID

ONE, TWO = b"BORD-2022-41", b"BORD-2022-42"


def replaced(*pairs):
    """A change of a signed flow: each text by another, where it stands first."""
    def change(content):
        for was, now in pairs:
            if was not in content:
                raise AssertionError(f"{was} is not in the signed flow")
            content = content.replace(was, now, 1)
        return content
    return change


def without(start, end):
    def change(content):
        first = content.index(start)
        return content[:first] + content[content.index(end, first) + len(end):]
    return change


def between(content, start, end):
    first = content.index(start) + len(start)
    return content[first:content.index(end, first)]


def another_value(start, end):
    """A change of the first character of what stands between the two."""
    def change(content):
        text = between(content, start, end)
        other = (b"B" if text[:1] == b"A" else b"A") + text[1:]
        return content.replace(start + text, start + other, 1)
    return change


def signature_among_attachments(content):
    signature = b"<ds:Signature " + between(content, b"<ds:Signature ", b"</ds:Signature>")
    return content.replace(b"<PES_PJ>", b"<PES_PJ>" + signature + b"</ds:Signature>", 1)


# Number and code of a check (signature §8), what it becomes, what breaks it in a signed flow.
BROKEN = [
    (3, "ids.unique", "failed", replaced((b'Id="' + TWO, b'Id="' + ONE))),
    (4, "signatures.place", "failed", signature_among_attachments),
    (5, "signature.shape", "failed", without(b"<ds:KeyInfo>", b"</ds:KeyInfo>")),
    (6, "canonicalization.method", "failed",
     replaced((b"http://www.w3.org/2001/10/xml-exc-c14n#",
               b"http://www.w3.org/TR/2001/REC-xml-c14n-20010315"))),
    (7, "signature.algorithm", "failed",
     replaced((b"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
               b"http://www.w3.org/2000/09/xmldsig#hmac-sha1"))),
    (8, "references.form", "failed",
     replaced((b'URI="#' + ONE + b'"', b'URI="http://exemple.org/#' + ONE + b'"'))),
    (9, "digest.algorithm", "failed",
     replaced((b"http://www.w3.org/2001/04/xmlenc#sha256",
               b"http://www.w3.org/2001/04/xmldsig-more#md5"))),
    (10, "references.transforms", "failed",
     replaced((b"http://www.w3.org/2000/09/xmldsig#enveloped-signature",
               b"http://www.w3.org/TR/1999/REC-xslt-19991116"))),
    (11, "references.content", "failed",
     replaced((b'URI="#' + ONE + b'"', b'URI="#' + TWO + b'"'))),
    (12, "references.properties", "failed",
     replaced((b'URI="#' + ONE + b"_SIG_1_SP", b'URI="#' + TWO + b"_SIG_1_SP"))),
    (13, "references.digest", "failed", replaced((b'MtBordHT V="1530', b'MtBordHT V="9530'))),
    (14, "certificate.choice", "failed",
     replaced((b"<ds:X509Certificate>", b"<ds:X509Certificate>AAAA"))),
    (15, "signature.value", "failed",
     another_value(b'_SIG_1_SV">', b"</ds:SignatureValue>")),
    (16, "certificate.digest", "failed",
     another_value(b"<xad:DigestValue>", b"</xad:DigestValue>")),
    (17, "properties.time", "failed",
     lambda content: replaced((between(content, b"<xad:SigningTime>", b"</xad:SigningTime>"),
                               b"2999-01-01T00:00:00Z"))(content)),
    (18, "properties.policy", "warning",
     replaced((b"urn:oid:1.2.250.1.131.1.5.18.21.1.7", b"urn:oid:1.2.3"))),
    (19, "properties.role", "warning",
     lambda content: replaced((b"<xad:ClaimedRole>" + between(
         content, b"<xad:ClaimedRole>", b"</xad:ClaimedRole>"), b"<xad:ClaimedRole> "))(content)),
    (21, "certificate.dates", "failed",
     lambda content: replaced((between(content, b"<xad:SigningTime>", b"</xad:SigningTime>"),
                               b"2001-01-01T00:00:00Z"))(content)),
    (23, "certificate.revocation", "warning", replaced()),
    (24, "file.coverage", "failed", without(b"<ds:Signature ", b"</ds:Signature>")),
    (25, "file.dematerialised", "warning",
     replaced((b'InfoDematerialisee V="1"', b'InfoDematerialisee V="0"'))),
]
# What another key than a trusted one breaks: its usage when it has any.
OTHER_KEYS = [(20, "certificate.chain", "indeterminate", "signing"),
              (22, "certificate.usage", "warning", "authentication")]
UNREADABLE = [
    (1, "file.format", "input.doctype", replaced((b"?>", b"?><!DOCTYPE x>"))),
    (2, "file.root", "input.not-pes", lambda content: b"<PES_Retour/>"),
]
# What was signed is as it was; other warnings are of what was changed, or of another key.
STILL_VALID = {23, 25}
LEVELS = {"failed": "error", "indeterminate": "warning", "warning": "note"}


@unittest.skipUnless(OPENSSL, "openssl is not there")
class Checks(support.ToolTest):
    """All broken flows go through one run a form."""

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        cls.flows = support.pathlib.Path(place.name)
        home = support.signed_demo()
        signed = cls.run_tool("--home", home, "show", ID, "--get", "fichier_pes").out_bytes
        for number, _, _, change in BROKEN + UNREADABLE:
            (cls.flows / f"{number:02}.xml").write_bytes(change(signed))
        for number, _, _, usage in OTHER_KEYS:
            make_key(cls.flows, usage, usage=usage)
            cls.run_tool("sign", "--in", support.FLOW, "--out", cls.flows / f"{number:02}.xml",
                         "--any-usage", "--key", cls.flows / f"{usage}.key", "--certificate",
                         cls.flows / f"{usage}.pem")
        cls.words = ["verify", "--trust", home / "sandbox" / "identities" / "ca.pem", cls.flows]
        cls.expected = [(number, code, result) for number, code, result, _ in BROKEN + OTHER_KEYS]

    @classmethod
    def run_tool(cls, *words):
        done = support.subprocess.run([support.PES, *map(str, words)], cwd=cls.flows,
                                      env=support.environment(cls.flows), capture_output=True,
                                      check=False)
        return support.Answer(done.returncode, done.stdout, done.stderr)

    def test_every_check_is_in_this_table(self):
        rows = self.expected + [(number, code, None) for number, code, _, _ in UNREADABLE]
        sarif = self.run_tool(*self.words, "--format", "sarif").document
        rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        self.assertEqual(sorted((number, code) for number, code, _ in rows),
                         [(rule["properties"]["number"], rule["id"]) for rule in rules])

    def test_in_json(self):
        files = {support.pathlib.Path(document["file"]).stem: document
                 for document in self.run_tool(*self.words, "--json").documents[:-1]}
        for number, code, result in self.expected:
            with self.subTest(code):
                document = files[f"{number:02}"]
                checks = document["checks"] + [
                    check for signature in document["signatures"] for check in signature["checks"]]
                found = {check["result"]: check["message"] for check in checks
                         if (check["number"], check["code"]) == (number, code)}
                self.assertTrue(found[result])
                self.assertEqual(document["exit"], 0 if number in STILL_VALID else 5)
        for number, code, error, _ in UNREADABLE:
            with self.subTest(code):
                self.assertEqual(files[f"{number:02}"]["error"]["code"], error)
                self.assertEqual(files[f"{number:02}"]["exit"], 20)

    def test_in_words(self):
        for number, code, result in self.expected:
            with self.subTest(code):
                answer = self.run_tool(*self.words[:-1], self.flows / f"{number:02}.xml")
                self.assertRegex(answer.err, rf"(?m)^  {number} {code}: {result}, \S")
                self.assertEqual(answer.status, 0 if number in STILL_VALID else 5)

    def test_in_junit(self):
        report = ElementTree.fromstring(self.run_tool(*self.words, "--format", "junit").out_bytes)
        suites = {support.pathlib.Path(suite.get("name")).stem: suite for suite in report}
        for number, code, result in self.expected:
            with self.subTest(code):
                suite = suites[f"{number:02}"]
                places = ("failure",) if result != "warning" else ("failure", "system-out")
                told = "".join(node.text for place in places
                               for node in suite.findall(f"testcase/{place}"))
                self.assertRegex(told, rf"(?m)^{number} {code}: {result}, \S")
        for number, code, error, _ in UNREADABLE:
            with self.subTest(code):
                self.assertEqual(suites[f"{number:02}"].find("testcase/error").get("type"), error)

    def test_in_sarif(self):
        log = self.run_tool(*self.words, "--format", "sarif").document
        found = {(support.pathlib.Path(self.uri_of(result)).stem, result["ruleId"], result["level"])
                 for result in log["runs"][0]["results"]}
        for number, code, result in self.expected:
            self.assertIn((f"{number:02}", code, LEVELS[result]), found)
        for number, code, _, _ in UNREADABLE:
            self.assertIn((f"{number:02}", code, "error"), found)

    @staticmethod
    def uri_of(result):
        return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


if __name__ == "__main__":
    support.main()
