"""What was dropped and cannot be deposited: said, moved aside, and it stops nothing else."""

import os

import support
from deposits import DepositTest, manifest, numbered


class Refused(DepositTest):

    def setUp(self):
        super().setUp()
        settings = self.home / "pes.toml"
        settings.write_text(settings.read_text().replace("[tdt]\n", '[tdt]\nmax_size = "8MiB"\n'))

    def assert_refused(self, code, *more, name=None):
        """That which was dropped, while a good flow beside it is sent."""
        self.dropped("bon.xml", numbered(900))
        lines, summary = self.deposit(*more, status=3)
        self.assertEqual(lines.pop("bon.xml")["result"], "sent")
        (found, line), = lines.items()
        if name:
            self.assertEqual(found, name)
        self.assertEqual((line["result"], line["error"]["code"]), ("refused", code), line)
        self.assertEqual((summary["refused"], summary["sent"]), (1, 1))
        self.assertEqual(len(self.names_in(self.refusals)), 1)
        self.assertEqual(self.names_in(self.filed), ["bon.xml"])
        self.assertEqual(self.names_in(self.drop), [])
        self.assertEqual(self.done("list", "--json").document["total"], 1)
        self.done("journal", "--verify")
        return line

    def test_text(self):
        self.dropped("texte.xml", b"Mandats de mars\n")
        self.assert_refused("input.not-xml")

    def test_an_empty_file(self):
        self.dropped("vide.xml", b"")
        self.assert_refused("input.empty")

    def test_a_flow_that_is_cut(self):
        whole = numbered(1)
        self.dropped("coupe.xml", whole[:whole.index(b"</Bordereau>") - 40])
        self.assert_refused("input.not-xml")

    def test_another_root(self):
        self.dropped("retour.xml", b'<?xml version="1.0"?>\n<PES_Retour/>')
        self.assert_refused("input.not-pes")

    def test_what_the_tdt_would_refuse(self):
        self.dropped("codcol.xml", numbered(1, (b'<CodCol V="123"/>', b'<CodCol V="12345"/>')))
        line = self.assert_refused("input.invalid")
        self.assertIn("CodCol", line["error"]["message"])

    def test_what_cannot_be_signed(self):
        self.dropped("demat.xml", numbered(1, (b'<InfoDematerialisee V="1"/>',
                                               b'<InfoDematerialisee V="0"/>')))
        self.assert_refused("input.not-dematerialised")

    def test_a_zip_that_is_none(self):
        self.dropped("lot.zip", b"PK no zip")
        self.assert_refused("input.invalid", name="lot.zip")

    def test_a_zip_that_is_cut(self):
        whole = self.zipped("lot.zip", {"un.xml": numbered(1)}).read_bytes()
        self.dropped("lot.zip", whole[:len(whole) // 2])
        self.assert_refused("input.invalid", name="lot.zip")

    def test_a_zip_that_leads_outside(self):
        self.zipped("lot.zip", {"../../dehors.xml": numbered(1)})
        line = self.assert_refused("input.invalid", name="lot.zip")
        self.assertIn("dehors.xml", line["error"]["message"])
        self.assertEqual(list(self.place.rglob("dehors.xml")), [])

    def test_a_zip_that_unpacks_to_much_more(self):
        self.zipped("lot.zip", {"un.xml": b"<a>" + b" " * 30_000_000})
        self.assert_refused("input.too-large", name="lot.zip")

    def test_a_zip_that_holds_no_flow(self):
        self.zipped("lot.zip", {"notes.txt": b"mine"})
        self.assert_refused("input.invalid", name="lot.zip")

    def test_a_zip_with_one_bad_flow_among_good_ones(self):
        self.zipped("lot.zip", {"un.xml": numbered(1), "deux.xml": b"Mandats"})
        self.assertEqual(self.results(status=3),
                         {"lot.zip/un.xml": "sent", "lot.zip/deux.xml": "refused"})
        self.assertEqual(self.names_in(self.refusals), ["lot.zip"])

    def test_manifests_at_fault(self):
        for rank, (content, says) in enumerate([
                (None, "manifest.xml"),
                (b"<flux", "manifest.xml"),
                (b"<depot/>", "flux"),
                (b"<flux/>", "fichier_pes"),
                (manifest("absent.xml"), "absent.xml"),
                (manifest("../un.xml"), "../un.xml"),
                (manifest(kind="helios-generique"), "helios-generique"),
                (manifest(objet="5 €"), "€")]):
            with self.subTest(says):
                folder = f"lot{rank}"
                self.dropped(f"{folder}/flux.xml", numbered(rank))
                if content is not None:
                    self.dropped(f"{folder}/manifest.xml", content)
                (line,) = self.deposit(status=None)[0].values()
                self.assertEqual(line["result"], "refused")
                self.assertIn(says, line["error"]["message"])
                self.assertTrue((self.refusals / folder).is_dir())
        self.assertEqual(self.transactions(), [])

    def test_an_empty_folder(self):
        (self.drop / "vide").mkdir()
        self.assert_refused("input.empty", name="vide")

    def test_a_name_that_another_flow_had_does_not_leave(self):
        self.dropped("un.xml", numbered(1))
        first = self.deposit()[0]["un.xml"]["dossier"]["id_d"]
        self.pes("status", first, "--wait", "--timeout", "20s")
        self.assertEqual(self.shown(first)["last_action"], "termine")
        self.dropped("zautre.xml", numbered(1, (b'V="1530.00"', b'V="1531.00"')))
        line = self.deposit(status=None)[0]["zautre.xml"]
        self.assertEqual(line["result"], "refused")
        self.assertIn(f"was sent before, by dossier {first}", line["error"]["message"])
        self.assertEqual(len(self.transactions()), 1)

    def test_an_unreadable_file_stays_for_the_next_time(self):
        path = self.dropped("illisible.xml", numbered(1))
        path.chmod(0)
        if os.access(path, os.R_OK):
            self.skipTest("no right stops root")
        self.dropped("bon.xml", numbered(2))
        self.assertEqual(self.results(status=3),
                         {"illisible.xml": "failed", "bon.xml": "sent"})
        self.assertEqual(self.names_in(self.drop), ["illisible.xml"])

    def test_a_wrong_password_leaves_the_flows_where_they_are(self):
        for number in (1, 2):
            self.dropped(f"{number}.xml", numbered(number))
        env = {"PES_SIGN_PIN": "env:WRONG", "WRONG": "faux"}
        self.assertEqual(self.results(status=23, env=env), {"1.xml": "failed", "2.xml": "failed"})
        self.assertEqual(self.names_in(self.drop), ["1.xml", "2.xml"])
        self.assertEqual(self.results(), {"1.xml": "sent", "2.xml": "sent"})
        self.assertEqual(self.done("list", "--json").document["total"], 2)


if __name__ == "__main__":
    support.main()
