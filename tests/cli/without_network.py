"""Files are signed, verified and checked without a word to the network, whatever is in them."""

import os
import unittest

import support
from revocations import Authority
from signing_refused import OPENSSL

NO_NETWORK = os.environ.get("PES_NO_NETWORK", "")
ELSEWHERE = "http://ailleurs.example.org/x"


@unittest.skipUnless(NO_NETWORK and OPENSSL, "no library to refuse the network with")
class WithoutNetwork(support.ToolTest):

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        # The certificate names where its revocation can be asked for.
        cls.authority = Authority(support.pathlib.Path(place.name), ELSEWHERE)
        cls.key = ["--key", cls.authority.folder / "amelie.key",
                   "--certificate", cls.authority.folder / "amelie.pem"]

    def setUp(self):
        super().setUp()
        self.asked = self.place / "demandes"
        self.flow = self.write("flux.xml", support.flow())
        self.signed = self.place / "signe.xml"
        self.done("sign", "--in", self.flow, "--out", self.signed, *self.key)

    def write(self, name, content):
        path = self.place / name
        path.write_bytes(content)
        return path

    def alone(self, *words):
        return self.pes(*words, env={"LD_PRELOAD": NO_NETWORK, "PES_TEST_NETWORK": self.asked})

    def verified(self, *words):
        return self.alone("verify", "--trust", self.authority.folder / "ac.pem", *words)

    def assert_nothing_asked(self):
        self.assertEqual(self.asked.read_text() if self.asked.exists() else "", "")

    def test_what_would_leave_is_seen_here(self):
        self.verified("--online", self.signed)
        self.assertIn("ailleurs.example.org", self.asked.read_text())

    def test_a_flow_is_signed_verified_and_checked(self):
        self.assertEqual(self.verified(self.signed).status, 0)
        for form in ("junit", "sarif"):
            self.assertEqual(self.verified("--format", form, self.signed).status, 0)
        again = self.alone("sign", "--in", self.flow, "--out", "-", *self.key)
        self.assertEqual(again.status, 0, again)
        self.assertEqual(self.alone("keys", "list", self.authority.folder / "amelie.pem").status, 0)
        self.assertEqual(self.alone("check", self.signed).status, 0)
        self.assert_nothing_asked()

    # What is put into the signed flow in the place of what.
    ADDRESSES = {
        "doctype": (b"?>", f'?><!DOCTYPE x SYSTEM "{ELSEWHERE}">'),
        "entity": (b"?>", f'?><!DOCTYPE x [<!ENTITY y SYSTEM "{ELSEWHERE}">]>'),
        "stylesheet": (b"?>", f'?><?xml-stylesheet href="{ELSEWHERE}"?>'),
        "reference": (b'URI="#', f'URI="{ELSEWHERE}#'),
        "key": (b"<ds:X509Data>", f'<ds:RetrievalMethod URI="{ELSEWHERE}"/><ds:X509Data>'),
        "schema": (b"<Enveloppe>", '<Enveloppe xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
                   f' xsi:schemaLocation="x {ELSEWHERE}">'),
        "inclusion": (b"<Enveloppe>", '<Enveloppe><x:include xmlns:x="http://www.w3.org/2001/'
                      f'XInclude" href="{ELSEWHERE}"/>'),
        "encoding": (b"ISO-8859-1", "ISO-8859-2"),  # read by libxml2
    }

    def test_no_address_in_a_flow_is_followed(self):
        for name, (was, now) in self.ADDRESSES.items():
            with self.subTest(name):
                content = self.signed.read_bytes()
                self.assertIn(was, content)
                path = self.write(f"{name}.xml", content.replace(was, now.encode(), 1))
                self.assertIn(self.verified(path).status, (0, 5, 20))
                self.alone("check", path)
                self.alone("sign", "--in", path, "--out", self.place / "x.xml", *self.key)
                self.assert_nothing_asked()

    def test_no_address_in_a_trusted_list_is_followed(self):
        self.done("init", "demo", "--quiet")
        listed = self.write("tl.xml", f"""<TrustServiceStatusList><SchemeInformation>
<TSLSequenceNumber>7</TSLSequenceNumber><SchemeTerritory>FR</SchemeTerritory>
<SchemeInformationURI><URI>{ELSEWHERE}</URI></SchemeInformationURI>
</SchemeInformation></TrustServiceStatusList>""".encode())
        imported = self.alone("--home", self.place / "demo", "trust", "import", listed)
        self.assertEqual(imported.status, 0, imported)
        self.assert_nothing_asked()


if __name__ == "__main__":
    support.main()
