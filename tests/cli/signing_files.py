"""`pes sign --in --out`: flows signed where they are, without dossier nor home."""

import os
import subprocess
import unittest

import support
from signing_refused import OPENSSL, PASSWORD, make_key, openssl

SIGNATURE = b"<ds:Signature "


@unittest.skipUnless(OPENSSL, "openssl is not there")
class FilesTest(support.ToolTest):

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        cls.keys = support.pathlib.Path(place.name)
        make_key(cls.keys, "bonne")
        openssl(cls.keys, "pkcs12", "-export", "-inkey", "bonne.key", "-in", "bonne.pem",
                "-out", "bonne.p12", "-passout", f"pass:{PASSWORD}")

    def write(self, name, content):
        path = self.place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def key(self):
        return ["--key", self.keys / "bonne.key", "--certificate", self.keys / "bonne.pem"]


class PlainFiles(FilesTest):

    def test_a_file_is_signed_beside_itself_and_stays_as_it_is(self):
        flow = self.write("flux.xml", support.flow())
        self.done("sign", "--in", flow, "--out", "signe.xml", *self.key())
        signed = (self.place / "signe.xml").read_bytes()
        self.assertEqual(signed.count(SIGNATURE), 2)
        self.assertEqual(flow.read_bytes(), support.flow())
        self.assertEqual({path.name for path in self.place.iterdir()}, {"flux.xml", "signe.xml"})

    def test_standard_input_and_output_carry_the_flow_and_nothing_else(self):
        answer = self.done("sign", "--in", "-", "--out", "-", *self.key(), stdin=support.flow())
        self.assertTrue(answer.out_bytes.startswith(b"<?xml"))
        self.assertEqual(answer.out_bytes.count(SIGNATURE), 2)
        self.assertTrue(answer.out_bytes.endswith(b"</n:PES_Aller>\n"))

    def test_several_files_ask_for_the_password_once(self):
        flows = [self.write(f"entree/flux-{i}.xml", support.flow()) for i in range(3)]
        (self.place / "sortie").mkdir()
        words = [word for flow in flows for word in ("--in", flow)]
        answer = self.done("sign", *words, "--out", "sortie/", "--json", "--key",
                           self.keys / "bonne.p12", "--pin-from", "stdin",
                           stdin=f"{PASSWORD}\n".encode())
        *files, summary = answer.documents
        self.assertEqual([file["signed_ids"] for file in files],
                         [["BORD-2022-41", "BORD-2022-42"]] * 3)
        self.assertEqual(summary["done"], 3)
        self.assertEqual(len(list((self.place / "sortie").iterdir())), 3)

    def test_one_that_fails_does_not_stop_the_others(self):
        bad = self.write("entree/vide.xml", b"")
        good = self.write("entree/flux.xml", support.flow())
        (self.place / "sortie").mkdir()
        answer = self.pes("sign", "--in", bad, "--in", good, "--out", "sortie", *self.key())
        self.assertEqual(answer.status, 3, answer)
        self.assertEqual([path.name for path in (self.place / "sortie").iterdir()], ["flux.xml"])

    def test_what_is_signed_is_never_signed_twice_and_a_root_only_when_asked_for(self):
        flow = self.write("flux.xml", support.flow())
        self.done("sign", "--in", flow, "--out", "un.xml", *self.key())
        self.refused(20, "sign", "--in", "un.xml", "--out", "deux.xml", *self.key(),
                     says=["already signed"])
        self.done("sign", "--in", "un.xml", "--out", "deux.xml", "--mode", "root", *self.key())
        self.assertEqual((self.place / "deux.xml").read_bytes().count(SIGNATURE), 3)
        self.refused(20, "sign", "--in", "deux.xml", "--out", "trois.xml", "--mode", "root",
                     *self.key(), says=["already signed"])
        self.assertFalse((self.place / "trois.xml").exists())

    def test_a_file_that_stands_there_is_replaced_only_when_asked_for(self):
        flow = self.write("flux.xml", support.flow())
        self.write("signe.xml", b"un autre document")
        for more in ([], ["--dry-run"]):
            answer = self.refused(2, "sign", "--in", flow, "--out", "signe.xml", "--no-input",
                                  "--key", self.keys / "bonne.p12", *more,
                                  says=["signe.xml exists already"])
            self.assertIn("--force", answer.lines_of("hint")[0])
        self.assertEqual((self.place / "signe.xml").read_bytes(), b"un autre document")
        self.done("sign", "--in", flow, "--out", "signe.xml", "--force", *self.key())
        self.assertEqual((self.place / "signe.xml").read_bytes().count(SIGNATURE), 2)

    def test_the_same_command_again_finds_its_work_done_and_asks_for_nothing(self):
        flow = self.write("flux.xml", support.flow())
        self.done("sign", "--in", flow, "--out", "signe.xml", *self.key())
        first = (self.place / "signe.xml").read_bytes()
        answer = self.done("sign", "--in", flow, "--out", "signe.xml", "--no-input", "--json",
                           "--key", self.keys / "bonne.p12")
        told = ("result", "changed", "output", "mode", "signed_ids")
        self.assertEqual([answer.documents[0][key] for key in told],
                         ["already-done", False, "signe.xml", None, []])
        self.assertEqual((self.place / "signe.xml").read_bytes(), first)

    def test_so_does_one_that_changes_infodematerialisee_or_signs_the_root_over_bordereaux(self):
        flow = self.write("flux.xml", support.flow((b'InfoDematerialisee V="1"',
                                                    b'InfoDematerialisee V="0"')))
        for name, words in (("un.xml", ["--in", flow, "--set-dematerialisee"]),
                            ("deux.xml", ["--in", "un.xml", "--mode", "root"])):
            self.done("sign", *words, "--out", name, *self.key())
            again = self.done("sign", *words, "--out", name, "--json", *self.key())
            self.assertEqual(again.documents[0]["result"], "already-done")

    def test_a_signed_flow_that_is_not_that_of_the_input_stands_there_as_any_other_file(self):
        flow = self.write("flux.xml", support.flow())
        self.done("sign", "--in", flow, "--out", "signe.xml", *self.key())
        signed = (self.place / "signe.xml").read_bytes()
        other = self.write("autre.xml", support.flow((b"1530.00", b"9530.00")))
        for content, source in ((signed, other), (signed[:-20], flow),
                                (self.with_another_value(signed), flow)):
            self.write("la.xml", content)
            self.refused(2, "sign", "--in", source, "--out", "la.xml", *self.key(),
                         says=["exists already"])
            self.assertEqual((self.place / "la.xml").read_bytes(), content)

    @staticmethod
    def with_another_value(signed):
        start = signed.index(b"_SV\">") + 5
        return signed[:start] + (b"A" if signed[start:start + 1] != b"A" else b"B") + signed[start + 1:]

    def test_two_flows_of_one_name_do_not_overwrite_each_other(self):
        flows = [self.write(f"{folder}/flux.xml", support.flow((b"1530.00", amount)))
                 for folder, amount in (("a", b"1530.00"), ("b", b"1530.01"))]
        (self.place / "sortie").mkdir()
        answer = self.pes("sign", "--in", flows[0], "--in", flows[1], "--out", "sortie", *self.key())
        self.assertEqual(answer.status, 3, answer)
        self.assertIn(b"1530.00", (self.place / "sortie" / "flux.xml").read_bytes())

    def test_a_pipe_is_written_into_and_stays(self):
        flow = self.write("flux.xml", support.flow())
        os.mkfifo(self.place / "tube")
        with self.start("sign", "--in", flow, "--out", "tube", *self.key(),
                        stdout=subprocess.DEVNULL) as signing:
            read = (self.place / "tube").read_bytes()
        self.assertEqual((signing.returncode, read.count(SIGNATURE)), (0, 2))
        self.assertTrue((self.place / "tube").is_fifo())

    def test_a_link_goes_on_leading_to_the_file(self):
        flow = self.write("flux.xml", support.flow())
        self.write("ailleurs/signe.xml", b"un autre document")
        (self.place / "lien.xml").symlink_to("ailleurs/signe.xml")
        words = ["sign", "--in", flow, "--out", "lien.xml", *self.key()]
        self.refused(2, *words, says=["lien.xml exists already"])
        self.assertIn("lien.xml", self.done(*words, "--force").out)
        self.assertTrue((self.place / "lien.xml").is_symlink())
        signed = (self.place / "ailleurs" / "signe.xml").read_bytes()
        self.assertEqual(signed.count(SIGNATURE), 2)

    def test_the_signed_file_has_the_rights_of_any_new_file(self):
        flow = self.write("flux.xml", support.flow())
        before = os.umask(0o027)
        try:
            self.done("sign", "--in", flow, "--out", "signe.xml", *self.key())
        finally:
            os.umask(before)
        self.assertEqual((self.place / "signe.xml").stat().st_mode & 0o777, 0o640)

    def test_errors_name_what_the_person_gave(self):
        cut = support.flow()[:3000]
        for name in ("a/flux.xml", "b/flux.xml"):
            answer = self.refused(20, "sign", "--in", self.write(name, cut), "--out", "x.xml",
                                  *self.key(), hint=False)
            self.assertIn(name, answer.err)
        answer = self.refused(20, "sign", "--in", "-", "--out", "x.xml", *self.key(), stdin=cut,
                              says=["standard input:"], hint=False)
        self.assertNotIn("pes-input", answer.err)
        self.refused(20, "sign", "--in", "-", "--out", "x.xml", *self.key(), stdin=b"",
                     says=["standard input"], hint=False)

    def test_a_namespace_that_cannot_be_signed_is_said_with_its_place(self):
        flow = self.write("flux.xml", support.flow((b"<PES_DepenseAller>",
                                                    b"<PES_DepenseAller xmlns:r='relatif'>")))
        line = 1 + flow.read_bytes().split(b"relatif")[0].count(b"\n")
        self.refused(20, "sign", "--in", flow, "--out", "x.xml", *self.key(),
                     says=[f"flux.xml:{line}:", "relatif"])

    def test_a_bordereau_that_has_none_yet_is_signed_beside_one_that_has(self):
        flow = self.write("flux.xml", support.flow())
        self.done("sign", "--in", flow, "--out", "signe.xml", *self.key())
        signed = (self.place / "signe.xml").read_bytes()
        start = signed.rindex(SIGNATURE)
        end = signed.index(b"</ds:Signature>", start) + len(b"</ds:Signature>")
        half = self.write("moitie.xml", signed[:start] + signed[end:])
        answer = self.done("sign", "--in", half, "--out", "fini.xml", "--json", *self.key())
        self.assertEqual(answer.documents[0]["signed_ids"], ["BORD-2022-42"])

    def test_a_dry_run_writes_nothing_and_needs_no_password(self):
        flow = self.write("flux.xml", support.flow())
        self.done("sign", "--in", flow, "--out", "signe.xml", "--dry-run", "--no-input", "--key",
                  self.keys / "bonne.p12")
        self.assertFalse((self.place / "signe.xml").exists())

    def test_calls_that_make_no_sense_are_said(self):
        flow = self.write("flux.xml", support.flow())
        self.refused(2, "sign")
        self.refused(2, "sign", "--in", flow, *self.key(), says=["where the signed flow goes"])
        self.refused(2, "sign", "--in", flow, "--out", flow, *self.key())
        self.refused(2, "sign", "--in", flow, "--in", flow, "--out", "un.xml", *self.key())
        self.refused(2, "sign", "O5uC72H", "--in", flow, "--out", "un.xml", *self.key())
        self.refused(2, "sign", "--in", flow, "--out", "un.xml", "--mode", "tout", *self.key())
        self.refused(2, "sign", "--in", flow, "--out", "un.xml", "--prepare", "d.json", *self.key(),
                     says=["--out does not go with --prepare"])
        self.refused(2, "sign", "--in", flow, "--out", "un.xml", "--finish", "d.json", *self.key(),
                     says=["--key does not go with --finish"])
        self.refused(2, "sign", "--in", flow, "--out", "un.xml", "--inject", "d",
                     "--set-dematerialisee", says=["--set-dematerialisee does not go with --inject"])
        self.refused(2, "sign", "O5uC72H", "--force", says=["--force goes with"])
        for words in (["--in", "-", "--in", "-"], ["--in", "-", "--pin-from", "stdin"],
                      ["--in", "-", "--finish", "-"]):
            self.refused(2, "sign", *words, "--out", "un.xml", stdin=support.flow(),
                         says=["standard input is named twice"])
        self.refused(2, "sign", "--in", flow, "--out", "un.xml", *self.key(), "--pin-from", "pass:x",
                     says=["--pin-from: "])
        self.refused(2, "sign", "--in", "-", "--out", ".", *self.key(), stdin=support.flow(),
                     says=["no name"])
        self.assertEqual(flow.read_bytes(), support.flow())


class Profile(FilesTest):

    def sign(self, **variables):
        flow = self.write("flux.xml", support.flow())
        return self.done("sign", "--in", flow, "--out", "-", *self.key(),
                         env=variables).out_bytes

    def test_the_default_is_that_of_libersign_with_sha256(self):
        signed = self.sign()
        self.assertIn(b"urn:oid:1.2.250.1.131.1.5.18.21.1.7", signed)
        self.assertIn(b'<xad:CertDigest><xad:DigestMethod Algorithm="http://www.w3.org/2001/04/'
                      b'xmlenc#sha256"/>', signed)

    def test_policy_digest_namespace_and_digest_of_the_certificate_are_settings(self):
        signed = self.sign(PES_SIGN_POLICY="1.2.250.1.131.1.5.18.21.1.4",
                           PES_SIGN_DIGEST_NAMESPACE="ds", PES_SIGN_CERTIFICATE_DIGEST="sha1")
        self.assertIn(b"urn:oid:1.2.250.1.131.1.5.18.21.1.4", signed)
        self.assertIn(b"pYtFgzn09kQWZywqdIGVd1fFI07tjKmEAyQHr0l/YAk=", signed)
        self.assertIn(b'<xad:CertDigest><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/'
                      b'xmldsig#sha1"/>', signed)
        self.assertNotIn(b"<xad:DigestValue>", signed)

    def test_role_and_place_are_settings(self):
        signed = self.sign(PES_SIGN_ROLE="Maire", PES_SIGN_CITY=" Rennes ",
                           PES_SIGN_POSTAL_CODE="35000")
        self.assertIn(b"<xad:City>Rennes</xad:City><xad:PostalCode>35000</xad:PostalCode>"
                      b"<xad:CountryName>France</xad:CountryName>", signed)
        self.assertIn(b"<xad:ClaimedRole>Maire</xad:ClaimedRole>", signed)

    def test_an_unknown_policy_is_refused_with_those_that_are_known(self):
        flow = self.write("flux.xml", support.flow())
        answer = self.refused(21, "sign", "--in", flow, "--out", "-", *self.key(),
                              env={"PES_SIGN_POLICY": "1.2.3"})
        self.assertIn("1.2.250.1.131.1.5.18.21.1.7", answer.err)


if __name__ == "__main__":
    support.main()
