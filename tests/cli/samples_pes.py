"""The PES samples of the shared data: what create and check say of each."""

import unittest

import support
from support import SHARED

SAMPLES = SHARED / "samples" / "pes"
NOT_PES, NOT_XML = "input.not-pes", "input.not-xml"

# File, what refuses it at creation.
REFUSED = {
    "acquit-ko-technical-xsd.xml": NOT_PES,
    "acquit-ok.xml": NOT_PES,
    "acquit-partial-lines.xml": NOT_PES,
    "acquit-partial-pieces-recette.xml": NOT_PES,
    "acquit-partial-pj-duplicate.xml": NOT_PES,
    "acquit-retour.xml": NOT_PES,
    "acquit-v1-ko.xml": NOT_PES,
    "acquit-v1-namespace.xml": NOT_PES,
    "acquit-wrong-root.xml": NOT_PES,
    "aller-dep-malformed-truncated.xml": NOT_XML,
    "retour-dep-accents.xml": NOT_PES,
    "retour-dep-rejected.xml": NOT_PES,
}

# File, exit status of check, what it must find.
CHECKED = {
    "aller-dep-accents-entete.xml": (0, set()),
    "aller-dep-demat-unsigned.xml": (0, {"demat.unsigned"}),
    "aller-dep-faults-pj-iban.xml": (0, set()),
    "aller-dep-faults-totals.xml": (0, {"nbrpce.different"}),
    "aller-dep-ids-root-bordereau.xml": (0, set()),
    "aller-dep-invalid-codcol-4-digits.xml": (20, {"codcol.too-long"}),
    "aller-dep-invalid-id-and-idbord.xml": (0, {"id.not-a-name"}),
    "aller-dep-no-id.xml": (0, {"signature.no-id"}),
    "aller-dep-pj-gzip-utf8-invalid-boolean.xml": (20, {"encoding.not-latin1",
                                                       "demat.unsigned"}),
    "aller-dep-signed-stray-pj.xml": (0, {"demat.signed"}),
    "aller-dep-three-bordereaux.xml": (0, set()),
    "aller-dep-three-mandats-invalid-idpost.xml": (20, {"idpost.length"}),
    "aller-dep-utf8-declared.xml": (20, {"encoding.not-latin1"}),
    "aller-empty.xml": (20, {"content.none"}),
    "aller-facture-asap.xml": (0, set()),
    "aller-pj-alone.xml": (0, set()),
    "aller-rec-ormc-sepa.xml": (0, {"signature.no-id"}),
    "aller-rec-two-bordereaux.xml": (0, set()),
}

# File, how many signatures it gets; those that are not here cannot be signed.
SIGNED = {
    "aller-dep-demat-unsigned.xml": 1,
    "aller-dep-faults-pj-iban.xml": 1,
    "aller-dep-faults-totals.xml": 1,
    "aller-dep-three-bordereaux.xml": 3,
    "aller-rec-two-bordereaux.xml": 2,
}
UNSIGNABLE = ["aller-dep-ids-root-bordereau.xml", "aller-dep-no-id.xml",
              "aller-dep-signed-stray-pj.xml", "aller-rec-ormc-sepa.xml"]


@unittest.skipUnless(SAMPLES.exists(), "the shared samples are not there")
class Samples(support.HomeTest):

    def test_every_sample_is_in_these_tables(self):
        self.assertEqual({path.name for path in SAMPLES.glob("*.xml")},
                         set(REFUSED) | set(CHECKED))

    def test_what_is_no_pes_aller_is_refused(self):
        for name, code in REFUSED.items():
            with self.subTest(name):
                for words in (["create", "--objet", "X"], ["check"]):
                    answer = self.pes(*words, SAMPLES / name, "--json")
                    self.assertEqual((answer.status, answer.failure["code"]), (20, code))
                    self.assertIn(name, answer.failure["message"])
        self.assert_nothing_half_written()

    def test_what_is_one_is_taken_byte_for_byte_and_checked(self):
        for name, (status, codes) in CHECKED.items():
            with self.subTest(name):
                created = self.done("create", SAMPLES / name, "--objet", name, "--quiet")
                kept = self.done("show", created.out.strip(), "--get", "fichier_pes").out_bytes
                self.assertEqual(kept, (SAMPLES / name).read_bytes())
                answer = self.pes("check", SAMPLES / name, "--json")
                self.assertEqual(answer.status, status, answer)
                found = answer.documents[0]["findings"]
                self.assertLessEqual(codes, {finding["code"] for finding in found})
                errors = [finding for finding in found if finding["severity"] == "error"]
                self.assertEqual(bool(errors), status == 20)

    def test_those_that_can_be_signed_are_and_verify(self):
        for name, count in SIGNED.items():
            with self.subTest(name):
                created = self.done("create", SAMPLES / name, "--objet", name, "--quiet")
                dossier = created.out.strip()
                self.done("sign", dossier, "--set-dematerialisee")
                signed = self.place / "signed.xml"
                self.done("show", dossier, "--get", "fichier_pes", "-o", signed, "--force")
                verdict = self.done("verify", signed, "--json").documents[0]
                self.assertEqual([s["valid"] for s in verdict["signatures"]], [True] * count)

    def test_those_that_cannot_are_refused(self):
        for name in UNSIGNABLE:
            with self.subTest(name):
                created = self.done("create", SAMPLES / name, "--objet", name, "--quiet")
                self.refused(20, "sign", created.out.strip(), "--set-dematerialisee")


if __name__ == "__main__":
    support.main()
