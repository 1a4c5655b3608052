"""The signed samples of the shared data: what `pes verify` says of each."""

import unittest

import support
from support import SHARED

SAMPLES = SHARED / "samples" / "signed"
EXPIRED = "certificate.dates"
ALTERED = "references.digest"

# File, mode, what is signed, XAdES, what fails.
SIGNED = {
    "bordereau/pastell-fichier_signe.xml": ("bordereau", "BORD822933", "1.2.2", set()),
    "bordereau/pastell-fichier_signe-older.xml": ("bordereau", "BORD822933", "1.2.2", set()),
    "bordereau/pastell-SHA256_bordereau.xml": ("bordereau", "BORD822933", "1.2.2", set()),
    "bordereau/pastell-PESALR2_171227_2045.xml": ("bordereau", "BORD514432", "1.1.1", set()),
    "bordereau/stela-PESALR2_190328_001.xml": ("bordereau", "N10025", "1.1.1", set()),
    "bordereau/stela-test-perime-04-04-2016.xml": ("bordereau", "C998620181", "1.1.1", {EXPIRED}),
    "root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml": ("root", "ID1005242182", "1.1.1",
                                                             set()),
    "root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml": ("root", "ID1005242182", "1.1.1", {ALTERED}),
}
UNSIGNED = "libersign-injection/HELIOS_SIMU_ALR2_1529593767_1834011863.xml"
NOT_A_FLOW = "libersign-injection/Signature.xml"


@unittest.skipUnless(SAMPLES.exists(), "the shared samples are not there")
class Samples(support.ToolTest):

    def test_every_sample_is_in_this_table(self):
        there = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.xml")}
        self.assertEqual(there, set(SIGNED) | {UNSIGNED, NOT_A_FLOW})

    def test_each_signature_has_the_verdict_of_its_origin(self):
        for name, (mode, signed_id, xades, failed) in SIGNED.items():
            with self.subTest(name):
                answer = self.pes("verify", SAMPLES / name, "--json")
                self.assertEqual(answer.status, 5 if failed else 0, answer)
                verdict = answer.documents[0]
                self.assertEqual(verdict["valid"], not failed)
                signature, = verdict["signatures"]
                self.assertEqual((signature["mode"], signature["signed_id"], signature["xades"]),
                                 (mode, signed_id, xades))
                checks = signature["checks"]
                self.assertEqual({c["code"] for c in checks if c["result"] == "failed"}, failed)
                self.assertIn(("certificate.chain", "not-run"),
                              [(c["code"], c["result"]) for c in checks])

    def test_each_signature_has_its_verdict_with_the_authorities_of_its_time(self):
        unknown = ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
        passed = ("TOTAL-PASSED", None)
        others = {
            "bordereau/stela-PESALR2_190328_001.xml": unknown,
            "bordereau/stela-test-perime-04-04-2016.xml": ("TOTAL-FAILED", "EXPIRED"),
            "root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml": unknown,
            "root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml": ("TOTAL-FAILED", "HASH_FAILURE"),
        }
        for name in SIGNED:
            with self.subTest(name):
                # The folder also holds the signatories' own certificates: they make nobody trusted.
                answer = self.pes("verify", "--trust", SAMPLES / "certs", SAMPLES / name, "--json")
                expected = others.get(name, passed)
                verdict = answer.documents[0]["verdict"]
                self.assertEqual((verdict["indication"], verdict["sub_indication"]), expected)
                self.assertEqual(answer.status, 0 if expected == passed else 5, answer)

    def test_all_have_ended_when_they_are_judged_now(self):
        for name in SIGNED:
            answer = self.pes("verify", "--trust", SAMPLES / "certs", "--at", "now",
                              SAMPLES / name, "--json")
            signature, = answer.documents[0]["signatures"]
            dates, = [c for c in signature["checks"] if c["code"] == EXPIRED]
            self.assertEqual((dates["result"], dates["sub_indication"]),
                             ("indeterminate", "OUT_OF_BOUNDS_NO_POE"), name)
            self.assertEqual(signature["judged_by"], "now")
            self.assertEqual(answer.status, 5)

    def test_people_are_told_why_it_is_invalid(self):
        perished = self.pes("verify", SAMPLES / "bordereau/stela-test-perime-04-04-2016.xml")
        self.assertIn("expired", perished.out + perished.err)
        altered = self.pes("verify", SAMPLES / "root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml")
        self.assertIn("digest", (altered.out + altered.err).lower())

    def test_all_that_is_known_of_a_signature_is_told_on_demand(self):
        told = self.pes("verify", "--verbose", SAMPLES / "bordereau/pastell-fichier_signe.xml").err
        for words in ("issued by AC_ADULLACT_Utilisateurs_G3, serial number 4272",
                      "signed in 01000 Bourg-en-Bresse France", "policy 1.2.250.1.131.1.5.18.21.1.7",
                      "algorithms rsa-sha256 and sha256, XAdES 1.2.2",
                      "bordereaux that signatures cover: 1 of 1"):
            self.assertIn(words, told)
        told = self.pes("verify", "--verbose",
                        SAMPLES / "root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml").err
        self.assertIn("signatures cover the whole flow", told)

    def test_a_flow_without_signature_is_not_valid(self):
        answer = self.pes("verify", SAMPLES / UNSIGNED)
        self.assertEqual(answer.status, 5, answer)
        self.assertIn("not signed", answer.out + answer.err)

    def test_what_is_no_flow_is_refused(self):
        self.refused(20, "verify", SAMPLES / NOT_A_FLOW, says=["Signature.xml"])

    def test_one_changed_byte_in_what_is_signed_makes_it_invalid(self):
        for name in ("bordereau/pastell-fichier_signe.xml",
                     "root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml"):
            with self.subTest(name):
                content = (SAMPLES / name).read_bytes()
                place = content.index(b"<IdBord V=\"") + 11
                digit = b"8" if content[place:place + 1] != b"8" else b"9"
                altered = self.place / "altered.xml"
                altered.write_bytes(content[:place] + digit + content[place + 1:])
                self.assertEqual(self.pes("verify", altered).status, 5)

    def test_several_files_give_one_summary(self):
        names = [SAMPLES / name for name in SIGNED]
        lines = self.pes("verify", *names, "--json").documents
        self.assertEqual(len(lines), len(SIGNED) + 1)
        self.assertEqual((lines[-1]["type"], lines[-1]["done"], lines[-1]["refused"],
                          lines[-1]["exit"]), ("summary", 6, 2, 5))


if __name__ == "__main__":
    support.main()
