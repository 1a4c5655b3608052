"""What `pes sign` makes: the bytes of the user plus the signature, which others verify."""

import hashlib
import re
import subprocess
import shutil
import unittest

import support
from support import ID

SIGNATURE = re.compile(rb"<(\w+:)?Signature .*?</(\w+:)?Signature>", re.S)
XADES = "http://uri.etsi.org/01903/v1.2.2#"
BORDEREAU_IDS = (b' Id="BORD-2022-41"', b' Id="BORD-2022-42"')
ROOT_MODE = [(id, b"") for id in BORDEREAU_IDS]
XMLSEC = shutil.which("xmlsec1")


class Signing(support.HomeTest):

    def sign(self, content, *options):
        """The signed bytes of this flow."""
        path = self.write("flux.xml", content)
        self.done("create", path, "--objet", "Flux", "--id", ID)
        self.done("sign", ID, *options)
        return self.done("show", ID, "--get", "fichier_pes").out_bytes

    def assert_only_signatures_were_added(self, original, signed, count):
        self.assertEqual(len(SIGNATURE.findall(signed)), count)
        self.assertEqual(SIGNATURE.sub(b"", signed), original)

    def test_two_bordereaux_get_a_signature_each_and_no_other_byte_changes(self):
        signed = self.sign(support.flow())
        self.assert_only_signatures_were_added(support.flow(), signed, 2)

    def test_the_root_is_signed_when_bordereaux_have_no_id(self):
        content = support.flow(*ROOT_MODE)
        self.assert_only_signatures_were_added(content, self.sign(content), 1)

    def test_lines_that_end_as_on_windows_stay_so(self):
        content = support.flow((b"\n", b"\r\n"))
        self.assert_only_signatures_were_added(content, self.sign(content), 2)

    def test_the_original_is_kept_and_the_journal_knows_of_the_signature(self):
        self.sign(support.flow())
        original = self.done("show", ID, "--get", "fichier_original").out_bytes
        self.assertEqual(original, support.flow())
        self.assertIn("signature", {event["action"] for event in self.events(ID)})
        self.assertEqual(self.states(), ["Créé", "En cours de rédaction"])

    def test_set_dematerialisee_changes_one_byte_besides_the_signature(self):
        paper = support.flow((b'InfoDematerialisee V="1"', b'InfoDematerialisee V="0"'))
        signed = self.sign(paper, "--set-dematerialisee")
        bare = SIGNATURE.sub(b"", signed)
        self.assertEqual(len(bare), len(paper))
        changed = [place for place, (was, now) in enumerate(zip(paper, bare)) if was != now]
        self.assertEqual(changed, [paper.index(b'InfoDematerialisee V="0"') + 22])
        self.assertEqual(bare, support.flow())

    def test_our_verification_accepts_it_and_refuses_one_changed_byte(self):
        for mode, replacements in (("bordereau", []), ("root", ROOT_MODE)):
            with self.subTest(mode):
                self.fresh_home()
                signed = self.sign(support.flow(*replacements))
                good = self.write("bon.xml", signed)
                verdict = self.done("verify", good, "--json").documents[0]
                self.assertTrue(verdict["valid"])
                self.assertEqual({s["mode"] for s in verdict["signatures"]}, {mode})
                place = signed.index(b'MtBordHT V="1530') + 12
                bad = self.write("faux.xml", signed[:place] + b"9" + signed[place + 1:])
                self.assertEqual(self.pes("verify", bad).status, 5)

    @unittest.skipUnless(XMLSEC, "xmlsec1 is not there")
    def test_xmlsec1_accepts_it_and_refuses_one_changed_byte(self):
        for mode, replacements in (("bordereau", []), ("root", ROOT_MODE),
                                   ("CRLF", [(b"\n", b"\r\n")])):
            with self.subTest(mode):
                self.fresh_home()
                signed = self.sign(support.flow(*replacements))
                self.assertEqual(self.xmlsec(signed), [0] * len(SIGNATURE.findall(signed)))
                place = signed.index(b'MtBordHT V="1530') + 12
                altered = signed[:place] + b"9" + signed[place + 1:]
                self.assertNotEqual(self.xmlsec(altered)[0], 0)

    def test_a_text_of_twelve_megabytes_is_signed(self):
        content = support.flow((b"R\xe9paration de la toiture de l'\xe9cole", b"A" * 12_000_000))
        signed = self.sign(content)
        self.assertEqual(len(SIGNATURE.findall(signed)), 2)
        bare = hashlib.sha256(SIGNATURE.sub(b"", signed)).hexdigest()
        self.assertEqual(bare, hashlib.sha256(content).hexdigest())
        path = self.write("grand.xml", signed)
        self.done("verify", path)

    def fresh_home(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.made_home(), self.home)

    def xmlsec(self, signed):
        """What xmlsec1 ends with for each signature."""
        path = self.write("signe.xml", signed)
        statuses = []
        for rank in range(len(SIGNATURE.findall(signed))):
            xpath = f"(//*[local-name()='Signature'])[{rank + 1}]"
            command = [XMLSEC, "--verify", "--insecure", "--enabled-key-data", "x509",
                       "--id-attr:Id", "Bordereau", "--id-attr:Id", "PES_Aller",
                       "--id-attr:Id", f"{XADES}:SignedProperties", "--node-xpath", xpath, path]
            statuses.append(subprocess.run(command, capture_output=True, check=False).returncode)
        return statuses


if __name__ == "__main__":
    support.main()
