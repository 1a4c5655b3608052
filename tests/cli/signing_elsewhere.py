"""Signatures made elsewhere: prepared and finished, or returned by Libersign."""

import base64
import json
import unittest

import support
from signing_files import SIGNATURE, FilesTest
from signing_refused import make_key, openssl
from support import ID

SAMPLES = support.SHARED / "samples" / "signed"


class SplitSigning(FilesTest):

    def prepare(self, *options):
        self.flow = self.write("flux.xml", support.flow())
        self.done("sign", "--in", self.flow, "--prepare", "demande.json", "--certificate",
                  self.keys / "bonne.pem", *options)
        return json.loads((self.place / "demande.json").read_text())

    def value_of(self, digest, key="bonne.key"):
        (self.keys / "digest").write_bytes(base64.b64decode(digest))
        openssl(self.keys, "pkeyutl", "-sign", "-inkey", key, "-in", "digest", "-out", "value",
                "-pkeyopt", "digest:sha256", "-pkeyopt", "rsa_padding_mode:pkcs1")
        return base64.b64encode((self.keys / "value").read_bytes()).decode()

    def signed_request(self, request):
        for signature in request["signatures"]:
            signature["value"] = self.value_of(signature["digest"])
        return self.write("rendu.json", json.dumps(request).encode())

    def finish(self, returned, status=0, says=()):
        words = ["sign", "--in", self.flow, "--finish", returned, "--out", "signe.xml"]
        if status == 0:
            return self.done(*words)
        answer = self.refused(status, *words, says=says, hint=False)
        self.assertFalse((self.place / "signe.xml").exists())
        return answer

    def test_what_openssl_signs_elsewhere_finishes_the_flow(self):
        request = self.prepare()
        self.assertEqual(request["schema"], "pes.signature-request/1")
        self.assertEqual([one["signed_id"] for one in request["signatures"]],
                         ["BORD-2022-41", "BORD-2022-42"])
        self.finish(self.signed_request(request))
        self.assertEqual((self.place / "signe.xml").read_bytes().count(SIGNATURE), 2)

    def test_it_is_byte_for_byte_what_the_key_would_have_signed_here(self):
        request = self.prepare()
        self.finish(self.signed_request(request))
        here = self.done("sign", "--in", self.flow, "--out", "-", *self.key()).out_bytes
        elsewhere = (self.place / "signe.xml").read_bytes()
        self.assertEqual(len(here), len(elsewhere))
        time = request["signing_time"].encode()
        self.assertEqual(elsewhere.count(time), 2)

    def test_signed_info_is_what_the_digest_is_of(self):
        for one in self.prepare()["signatures"]:
            (self.keys / "info").write_bytes(base64.b64decode(one["signed_info"]))
            openssl(self.keys, "dgst", "-sha256", "-binary", "-out", "digest", "info")
            self.assertEqual((self.keys / "digest").read_bytes(),
                             base64.b64decode(one["digest"]))

    def test_a_request_that_is_out_is_replaced_only_when_asked_for(self):
        self.prepare()
        again = ["sign", "--in", self.flow, "--prepare", "demande.json", "--certificate",
                 self.keys / "bonne.pem"]
        out = (self.place / "demande.json").read_bytes()
        self.refused(2, *again, says=["demande.json exists already"])
        self.refused(2, *again, "--dry-run", says=["demande.json exists already"])
        self.assertEqual((self.place / "demande.json").read_bytes(), out)
        self.done(*again, "--force")

    def test_a_value_that_is_missing(self):
        request = self.prepare()
        returned = self.write("rendu.json", json.dumps(request).encode())
        self.finish(returned, 20, says=["rendu.json: ", "BORD-2022-41", "not returned"])

    def test_a_value_of_another_key(self):
        make_key(self.keys, "autre")
        request = self.prepare()
        for signature in request["signatures"]:
            signature["value"] = self.value_of(signature["digest"], "autre.key")
        self.finish(self.write("rendu.json", json.dumps(request).encode()), 22,
                    says=["rendu.json: ", "BORD-2022-41", "flux.xml"])

    def test_a_flow_that_was_changed_since(self):
        returned = self.signed_request(self.prepare())
        self.flow.write_bytes(support.flow((b"1530.00", b"9530.00")))
        self.finish(returned, 20, says=["flux.xml"])

    def test_a_property_that_was_changed_since(self):
        request = self.prepare()
        returned = json.loads(self.signed_request(request).read_text())
        returned["properties"]["role"] = "Trésorier"
        self.finish(self.write("rendu.json", json.dumps(returned).encode()), 20,
                    says=["rendu.json: ", "not what was prepared"])

    def test_what_is_no_request_or_a_newer_one(self):
        request = self.prepare()
        self.finish(self.write("rendu.json", b"{"), 20, says=["rendu.json is not JSON"])
        request["schema"] = "pes.signature-request/2"
        self.finish(self.write("rendu.json", json.dumps(request).encode()), 20,
                    says=["rendu.json was written by a newer version"])

    def test_what_comes_on_standard_input_is_named_so(self):
        request = self.prepare()
        for returned in (b"{", json.dumps(request).encode()):
            self.refused(20, "sign", "--in", self.flow, "--finish", "-", "--out", "signe.xml",
                         stdin=returned, says=["standard input"])

    def test_the_certificate_must_be_able_to_sign(self):
        make_key(self.keys, "authentification", usage="authentication")
        flow = self.write("flux.xml", support.flow())
        self.refused(22, "sign", "--in", flow, "--prepare", "-", "--certificate",
                     self.keys / "authentification.pem", says=["nonRepudiation"])


class SplitDossier(support.HomeTest):

    def test_a_dossier_is_prepared_and_finished(self):
        self.done("create", support.FLOW, "--objet", "Flux", "--id", ID)
        before = self.shown()
        request = self.done("sign", ID, "--prepare", "-").document
        self.assertEqual(self.shown(), before)
        self.assertEqual(len(request["signatures"]), 2)
        returned = self.write("rendu.json", json.dumps(request).encode())
        self.refused(20, "sign", ID, "--finish", returned, says=["not returned"])
        self.assertEqual(self.shown()["data"], before["data"])


@unittest.skipUnless(SAMPLES.is_dir(), "there are no samples")
class Injection(support.HomeTest):

    def setUp(self):
        super().setUp()
        folder = SAMPLES / "libersign-injection"
        self.flow = folder / "HELIOS_SIMU_ALR2_1529593767_1834011863.xml"
        self.returned = folder / "Signature.xml"
        self.expected = (SAMPLES / "bordereau" / "pastell-fichier_signe.xml").read_bytes()

    def test_what_libersign_returned_gives_the_file_that_the_platform_made(self):
        signed = self.done("sign", "--in", self.flow, "--inject", self.returned, "--out", "-")
        self.assertEqual(signed.out_bytes, self.expected)

    def test_so_does_it_in_a_dossier(self):
        self.done("create", self.flow, "--objet", "Flux", "--id", ID)
        self.done("sign", ID, "--inject", self.returned)
        signed = self.done("show", ID, "--get", "fichier_pes").out_bytes
        self.assertEqual(signed, self.expected)
        self.assertEqual(self.shown()["data"]["signature"], "La signature a été récupérée")

    def test_the_digest_that_libersign_is_given_is_that_of_the_sample(self):
        # InfoDematerialisee is 0 in that flow, outside of the Bordereau.
        request = self.done("sign", "--in", self.flow, "--prepare", "-",
                            "--set-dematerialisee").document
        digest = base64.b64decode("dovf/kQSqohYT8iQPhk/D9LCkwGJjp3kD1GfAx++sCE=")
        self.assertEqual([one["content_sha256"] for one in request["signatures"]], [digest.hex()])

    def test_a_signature_of_another_flow_is_refused_and_nothing_is_written(self):
        flow = self.write("flux.xml", self.flow.read_bytes().replace(b"BORD822933", b"BORD822934"))
        self.refused(20, "sign", "--in", flow, "--inject", self.returned, "--out", "signe.xml",
                     hint=False, says=["Signature.xml: ", "flux.xml"])
        self.assertFalse((self.folder / "signe.xml").exists())

    def test_a_flow_whose_content_changed_is_refused(self):
        flow = self.write("flux.xml", self.flow.read_bytes().replace(b"<Piece>", b"<Piece> "))
        self.refused(20, "sign", "--in", flow, "--inject", self.returned, "--out", "signe.xml",
                     says=["Signature.xml: ", "BORD822933", "flux.xml"], hint=False)

    def test_what_libersign_did_not_return(self):
        twice = self.returned.read_bytes() + b"," + self.returned.read_bytes()
        for content, says in ((b"bonjour", "no signature in place 1"),
                              (b"", "no signature in place 1"),
                              (base64.b64encode(b"<a/>"), "no signature in place 1"),
                              (twice, "signatures returned: 2, elements to sign in")):
            words = ["sign", "--in", self.flow, "--out", "signe.xml", "--inject"]
            self.refused(20, *words, self.write("rendu", content), says=["/rendu", says])
            self.refused(20, *words, "-", stdin=content, says=["standard input", says])


if __name__ == "__main__":
    support.main()
