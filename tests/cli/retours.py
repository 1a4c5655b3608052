"""PES Retours: kept as they came, then marked as read, and told in words."""

import json

import support
from support import SHARED

DROP = "sandbox/tdt/retours/drop"

REJECTED = """<?xml version="1.0" encoding="ISO-8859-1"?>
<n:PES_Retour xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour">
<Enveloppe><Parametres><TypFic V="PES2R_DEP"/><NomFic V="PES2R_DEP_R.xml"/></Parametres></Enveloppe>
<EnTetePES><DteStr V="2022-03-04"/><IdPost V="034000"/><IdColl V="{siret}"/><CodColl V="123"/>
<CodBud V="00"/><LibelleColBud V="Été"/></EnTetePES>
<PES_DepenseRetour><EnTeteDepense><TypRestit V="01"/></EnTeteDepense>
<Bordereau><BlocBordereau><Exer V="2022"/><IdBord V="41"/><TypBord V="01"/></BlocBordereau>
<Piece><InfoPiece><IdPce V="832"/><Obj V="Fournitures"/><EtatPce V="04"/><ObsEtat V="01-04"/>
<Commentaire V="Facture illisible"/><DtePcePec V="2022-03-03"/><DtePceRej V="2022-03-04"/></InfoPiece>
<LigneDePiece><BlocLignePiece><InfoLignePiece><IdLigne V="1"/><EtatLigPce V="02"/><MtHT V="12.50"/>
</InfoLignePiece></BlocLignePiece></LigneDePiece></Piece></Bordereau></PES_DepenseRetour>
<PES_RecetteRetour><EnTeteRecette><TypRestit V="01"/></EnTeteRecette>
<Bordereau><BlocBordereau><Exer V="2022"/><IdBord V="7"/><TypBord V="05"/></BlocBordereau>
<Piece><BlocPiece><IdPce V="9"/><EtatPce V="03"/><ObsEtat V="12"/></BlocPiece></Piece></Bordereau>
</PES_RecetteRetour></n:PES_Retour>
"""


class RetourTest(support.HomeTest):

    def drop(self, name="PES2R_DEP_R.xml", siret="00000000000018", content=None):
        """What the accountant sends; its bytes."""
        content = content or REJECTED.format(siret=siret).encode("latin-1")
        (self.home / DROP / name).write_bytes(content)
        return content

    def unread(self):
        return [retour["tdt_id"]
                for retour in self.done("retour", "list", "--tdt", "--json").document["a_lire"]]

    def kept(self, *words):
        return self.done("retour", "list", *words, "--json").document["retours"]

    def faults(self, *faults):
        asked = [{"path": path, "kind": kind} for path, kind in faults]
        (self.home / "sandbox" / "faults.json").write_text(json.dumps(asked))

    def no_more_faults(self):
        (self.home / "sandbox" / "faults.json").unlink()


class Fetching(RetourTest):

    def test_one_is_kept_as_it_came_and_leaves_the_list_of_the_tdt(self):
        content = self.drop()
        self.assertEqual(self.unread(), ["1"])

        row, = self.done("retour", "get").rows
        self.assertRegex(row[0], r"^1-[0-9a-f]{8}$")
        self.assertEqual((row[1], row[3]), ("PES2R_DEP_R.xml", "fetched"))

        self.assertEqual(self.unread(), [])
        kept, = self.kept()
        self.assertEqual((kept["id"], kept["typ_restit_libelle"], kept["dte_str"]),
                         (row[0], "rejets et mises en instance", "2022-03-04"))
        self.assertEqual(self.done("retour", "show", "1", "-o", "-").out_bytes, content)
        taken = self.home / "taken.xml"
        taken.write_text("mine")
        self.refused(2, "retour", "show", "1", "-o", taken, says=["taken.xml"])
        self.assertEqual(taken.read_text(), "mine")
        self.done("retour", "show", "1", "-o", taken, "--force")
        self.assertEqual(taken.read_bytes(), content)
        self.assertEqual([event["message"].split(" ")[3] for event in self.events()
                          if event["action"] == "pes-retour"], ["marqué", "reçu"])
        self.done("journal", "--verify")
        self.assertIn("no unread", self.done("retour", "get").err)

    def test_left_unread_it_stays_for_other_programs_and_is_kept_once(self):
        self.drop()
        self.done("retour", "get", "--leave-unread")
        again = self.done("retour", "get", "--leave-unread", "--json").document["retours"]
        self.assertEqual([(each["result"], each["marked"]) for each in again],
                         [("already-done", False)])
        self.assertEqual(self.unread(), ["1"])
        self.assertEqual(len(self.kept()), 1)

    def test_one_that_somebody_read_can_be_fetched_by_its_number(self):
        self.drop()
        self.done("retour", "get")
        (self.home / "retours").rename(self.place / "lost")
        self.done("retour", "get", "1")
        self.assertEqual(len(self.kept()), 1)
        self.refused(31, "retour", "get", "999", says=["retour id n'est pas correcte"])

    def test_a_cut_call_leaves_it_unread_or_kept_never_lost(self):
        self.drop()
        for path, kind, kept in (("*get_retour*", "cut-inside-answer", 0),
                                 ("*change_status*", "cut-before-work", 1),
                                 ("*change_status*", "cut-before-answer", 1)):
            with self.subTest(path, kind=kind):
                self.faults((path, kind))
                self.assertEqual(self.pes("retour", "get").status, 30)
                self.assertEqual(len(self.kept()), kept)
        self.no_more_faults()
        self.done("retour", "get")
        self.assertEqual(self.unread(), [])
        self.assertEqual(len(self.kept()), 1)
        leftovers = [path.name for path in (self.home / "retours").iterdir()]
        self.assertEqual(leftovers, [self.kept()[0]["id"]])

    def test_one_that_was_altered_here_is_not_marked_and_is_told(self):
        self.drop()
        self.done("retour", "get", "--leave-unread")
        identifier = self.kept()[0]["id"]
        (self.home / "retours" / identifier / "retour.xml").write_text("autre chose")
        self.refused(13, "retour", "show", identifier, says=["not as it was received"])
        self.refused(13, "retour", "get", says=["not as it was received"])
        self.assertEqual(self.unread(), ["1"])

    def test_one_whose_record_is_damaged_hides_no_other(self):
        self.drop()
        self.drop("autre.xml", siret="1")
        self.done("retour", "get")
        first = self.kept()[0]["id"]
        (self.home / "retours" / first / "retour.json").write_text("{")
        answer = self.pes("retour", "list")
        self.assertEqual((answer.status, len(answer.rows)), (13, 1), answer)
        self.assertEqual(len(answer.lines_of("error")), 1)


class Owners(RetourTest):

    def entity_of(self, siret):
        self.drop(f"{siret}.xml", siret=siret)
        answer = self.done("retour", "get", "--json").document["retours"]
        return answer[0]["retour"]["id_e"], answer[0]["retour"]["rattachement"]

    def test_it_goes_to_the_entity_of_its_siren_else_to_the_one_that_sends_such_flows(self):
        settings = self.home / "pes.toml"
        settings.write_text(settings.read_text() +
                            '\n[entity.7]\ndenomination = "CCAS"\nsiren = "219900016"\n'
                            'entite_mere = "1"\n')
        self.assertEqual(self.entity_of("21990001600013"), ("7", "siren"))
        self.assertEqual([each["id_e"] for each in self.kept("--entity", "7")], ["7"])
        self.assertEqual(self.kept("--entity", "2"), [])

        self.done("create", support.FLOW, "--type", "pes", "--objet", "X", "--id", support.ID)
        self.done("send", support.ID, "--yes", "--wait")
        self.assertEqual(self.entity_of("18"), ("2", "flux"))

    def test_a_stranger_goes_to_the_account_and_is_told(self):
        self.drop(siret="99999999999999")
        answer = self.done("retour", "get", "--entity", "2")
        self.assertIn("99999999999999", answer.lines_of("warning")[0])
        self.assertEqual(self.kept()[0]["rattachement"], "compte")


class Reading(RetourTest):

    def test_states_and_reasons_are_told_in_words_of_their_domain(self):
        self.drop()
        self.done("retour", "get")
        shown = self.done("retour", "show", "1")
        pieces = [row for row in shown.rows if row[0] in ("dépense", "recette")]
        self.assertEqual(pieces, [
            ["dépense", "2022", "41 (ordinaire)", "832", "", "rejeté, 2022-03-04",
             "PJ absentes ou invalides ; liquidation erronée", "", "Fournitures",
             "Facture illisible"],
            ["dépense", "2022", "41 (ordinaire)", "832", "1", "rejetée", "", "12.50", "", ""],
            ["recette", "2022", "7 (P503, demande de régularisation)", "9", "",
             "pris en charge en partie", "bordereau non signé", "", "", ""]])
        self.assertIn("its number can never be used again", shown.err)
        self.assertIn("bordereau 7 is a demand", shown.err)
        self.assertIn("Consulté", [event["action"] for event in self.events()])

        content = self.done("retour", "show", "1", "--json").document["contenu"]
        piece = content["bordereaux"][0]["pieces"][0]
        self.assertEqual((piece["etat"], piece["etat_libelle"], piece["numero_perdu"]),
                         ("04", "rejeté", True))
        self.assertTrue(content["bordereaux"][1]["regularisation"])

    def test_one_that_is_no_longer_xml_gives_its_bytes(self):
        self.drop(content=b"<PES_Retour>\xe9</PES_Retour>")
        self.done("retour", "get")
        self.refused(20, "retour", "show", "1", hint=False)
        self.assertEqual(self.done("retour", "show", "1", "-o", "-").out_bytes,
                         b"<PES_Retour>\xe9</PES_Retour>")

    def test_an_unknown_one_is_told(self):
        self.refused(10, "retour", "show", "5", says=["5"])
        self.refused(10, "retour", "show", "../dossiers")
        self.assertIn("pes retour get", self.done("retour", "list").err)

    def test_those_of_the_field_are_read(self):
        samples = SHARED / "samples"
        if not samples.exists():
            self.skipTest("the shared samples are not there")
        for path in sorted([*samples.glob("pes/retour-*.xml"), *samples.glob("tdt/*pes_retour*.xml")]):
            with self.subTest(path.name):
                self.drop(path.name, content=path.read_bytes())
                fetched, = self.done("retour", "get", "--json").document["retours"]
                identifier = fetched["retour"]["id"]
                self.assertEqual(self.done("retour", "show", identifier, "-o", "-").out_bytes,
                                 path.read_bytes())
                self.assertTrue(self.done("retour", "show", identifier, "--json")
                                .document["contenu"]["bordereaux"])


if __name__ == "__main__":
    support.main()
