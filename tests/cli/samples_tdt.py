"""The flows of the TdT samples, sent to the sandbox: it answers as the real server does."""

import shutil
import unittest

import support
from support import ID, SHARED

SAMPLES = SHARED / "samples" / "tdt"

# File, NomFic that the server learns.
ACCEPTED = {
    "pes_aller_ok.xml": "03f432a4f6d35110bf309fb525eb61f7",
    "derived_pes_aller_accent_NomFic.xml":
        "PESALR220001861200016Trésorerie_de_M20141205152530.xml",
    "pastell_pes_aller_signe_bordereau.xml": "HELIOS_SIMU_ALR2_1529593767_1834011863.xml",
}

# File, message of the server; the first transaction has the number 1.
REFUSED = {
    "pes_aller_utf8.xml": "Transaction 1 : ce fichier n'est pas encodé en ISO-8859-1",
    "pes_aller_empty.xml": "Transaction 1 : ce fichier ne contient ni bordereau, ni PJ, "
                           "ni marché",
    "pes_aller_CodColTropLong.xml": "Transaction 1 : Le CodCol est trop long",
    "derived_pes_aller_PasDeNomFic.xml": "Transaction 1 : La balise Enveloppe/Parametre/NomFic "
                                         "n'est pas présente ou est vide",
    "derived_pes_aller_IdColl_trop_long.xml": "Transaction 1 : La balise IdCol est trop longue",
    "derived_pes_aller_CodBud_3_caracteres.xml":
        "Transaction 1 : Non-conformité PES aller : la balise EnTetePES/CodBud contient "
        "3 caractères (2 attendus).",
    "derived_pes_aller_signe_bordereau_altere.xml": "La signature du fichier est invalide : ",
}


@unittest.skipUnless(SAMPLES.exists(), "the shared samples are not there")
class Samples(support.HomeTest):

    def send(self, name, *options, dossier=ID):
        self.done("create", SAMPLES / name, "--type", "PES", "--objet", name, "--id", dossier)
        self.done("edit", dossier, "--sans-sae")
        return self.pes("send", dossier, "--yes", "--wait", "--timeout", "30s", *options)

    def transactions(self):
        return self.done("sandbox", "transactions", "--json").document["transactions"]

    def fresh_home(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.made_home(), self.home)

    def test_every_flow_is_in_these_tables(self):
        flows = {path.name for path in SAMPLES.glob("*pes_aller*.xml")}
        self.assertEqual(flows, set(ACCEPTED) | set(REFUSED))

    def test_those_that_the_server_accepts_reach_their_acquit(self):
        for name, nom_fic in ACCEPTED.items():
            with self.subTest(name):
                self.fresh_home()
                answer = self.send(name)
                self.assertEqual(answer.status, 0, answer)
                transaction, = self.transactions()
                self.assertEqual((transaction["nom_fic"], transaction["status"]), (nom_fic, 8))
                self.assertEqual(self.shown()["pes_etat_ack"], "1")
                self.assertEqual(self.states()[-1], "Traitement terminé")

    def test_those_that_it_refuses_stop_with_its_message(self):
        for name, message in REFUSED.items():
            with self.subTest(name):
                self.fresh_home()
                answer = self.send(name, "--no-check")
                self.assertEqual(answer.status, 31, answer)
                transaction, = self.transactions()
                self.assertEqual(transaction["status"], -1)
                self.assertTrue(transaction["message"].startswith(message), transaction)
                self.assertIn(f"Transaction en erreur sur le TdT : {message}", answer.err)
                self.assertEqual(self.states()[-1], "Erreur sur le TdT")

    def test_those_that_it_refuses_do_not_leave_unless_told_to(self):
        for name in REFUSED:
            with self.subTest(name):
                self.fresh_home()
                answer = self.send(name)
                self.assertEqual(answer.status, 20, answer)
                self.assertIn("--no-check", answer.lines_of("hint")[0])
                self.assertEqual(self.transactions(), [])
                self.assertEqual(self.states()[-1], "En cours de rédaction")

    def test_a_second_import_of_the_same_nomfic_is_refused(self):
        self.send("pes_aller_ok.xml")
        again = self.write("autre.xml", (SAMPLES / "pes_aller_ok.xml").read_bytes() + b"\n")
        self.done("create", again, "--type", "pes", "--objet", "Encore", "--id", "JV63Fyu")
        answer = self.pes("send", "JV63Fyu", "--yes", "--wait", "--no-check",
                          "--timeout", "30s")
        self.assertEqual(answer.status, 31, answer)
        self.assertIn("Transaction 2 : ce fichier existe déjà sur la plateforme", answer.err)

    def test_what_check_calls_an_error_is_what_the_server_refuses(self):
        for name in list(ACCEPTED) + list(REFUSED):
            with self.subTest(name):
                answer = self.pes("check", SAMPLES / name, "--json")
                found = {finding["severity"] for finding in answer.documents[0]["findings"]}
                self.assertEqual("error" in found, name in REFUSED, answer)

    def test_acquits_and_retours_are_no_flows_to_send(self):
        for path in sorted(SAMPLES.glob("*.xml")):
            if path.name in ACCEPTED or path.name in REFUSED:
                continue
            with self.subTest(path.name):
                self.refused(20, "create", path, "--objet", "X", says=[path.name])
        self.assert_nothing_half_written()


if __name__ == "__main__":
    support.main()
