"""The last screen of the tutorial, and the only thing it lets a person do."""

import support
from support import AUTOMATON, ID

PERSON = "adminMegalis"
LAST_SCREEN = [
    ("creation", "Créé", PERSON),
    ("modification", "En cours de rédaction", PERSON),
    ("libersign-suivant", "Passage à l'état suivant", PERSON),
    ("helios-pre-extraction", "Préparation de l'extraction des informations", AUTOMATON),
    ("helios-extraction", "Extraction des informations du PES ALLER", AUTOMATON),
    ("pre-send-tdt", "Préparation de l'envoi au TdT", AUTOMATON),
    ("send-tdt", "Transmis au TdT", AUTOMATON),
    ("info-tdt", "Un fichier de réponse PES est disponible", AUTOMATON),
    ("preparation-send-sae", "Préparation de l'envoi au SAE", AUTOMATON),
    ("erreur-envoie-sae", "Erreur lors de l'envoi au SAE", AUTOMATON)]


class LastScreen(support.SignedTest):

    def setUp(self):
        super().setUp()
        self.set_scenario("sae-refuse")
        self.sent = self.pes("send", ID, "--wait", "--yes")

    def test_the_states_and_users_are_those_of_the_tutorial_row_by_row(self):
        self.assertEqual(self.sent.status, 1, self.sent)
        etats = self.shown()["etats"]
        self.assertEqual([(row["action"], row["libelle"], row["utilisateur"]) for row in etats],
                         LAST_SCREEN)
        shown = self.done("status", ID).rows
        self.assertEqual([(row[0], row[2]) for row in shown],
                         [(libelle, user) for _, libelle, user in LAST_SCREEN])

    def test_each_row_has_an_event_of_its_own_that_says_the_same(self):
        for row in self.shown()["etats"]:
            event = self.done("journal", "--numero", row["id_j"], "--json").document["event"]
            self.assertEqual((event["action"], event["utilisateur"], event["id_d"]),
                             (row["action"], row["utilisateur"], ID))

    def test_the_reason_of_the_error_is_shown_with_the_command_that_tries_again(self):
        status = self.done("status", ID)
        self.assertIn("Ce connecteur bouchon est configuré pour renvoyer une erreur", status.err)
        self.assertIn(f"pes archive {ID}", status.err)

    def test_only_verser_au_sae_is_possible(self):
        self.assertEqual(self.shown()["action_possible"], ["send-archive"])
        detail = self.on_terminal("show", ID)
        self.assertIn("Verser au SAE", detail.out + detail.err)
        before = self.shown()
        reason = "Le dernier état du document (erreur-envoie-sae) ne permet pas"
        self.refused(12, "edit", ID, "--objet", "Autre", says=["« Modifier »", reason])
        self.refused(12, "delete", ID, "--yes", says=["« Supprimer »", reason])
        self.refused(12, "delete", ID, "--confirm", ID, says=["« Supprimer »", reason])
        self.assertEqual(self.shown(), before)

    def test_what_came_before_the_error_is_kept(self):
        self.assertEqual(self.shown()["data"]["pes_etat_ack"], "1")
        acquit = self.done("show", ID, "--get", "pes_acquit").out_bytes
        self.assertIn(b"PES_ACQUIT", acquit)

    def test_archive_tries_again_once_the_sae_answers(self):
        self.pes("archive", ID, "--yes", "--wait")
        self.assertEqual(self.shown()["last_action"], "erreur-envoie-sae")
        archived = self.done("archive", ID, "--yes", "--wait",
                             env={"PES_SANDBOX_SCENARIO": "accepte"})
        self.assertEqual(archived.out, f"{ID} : Traitement terminé\n")
        states = [row["action"] for row in self.shown()["etats"]]
        self.assertEqual(states[:len(LAST_SCREEN)], [action for action, *_ in LAST_SCREEN])
        self.assertEqual(states[-4:], ["send-archive", "ar-recu-sae", "accepter-sae", "termine"])
        verse = [row for row in self.shown()["etats"] if row["action"] == "send-archive"]
        self.assertEqual([row["utilisateur"] for row in verse], [PERSON])
        transactions = self.done("sandbox", "transactions", "--json").document["transactions"]
        self.assertEqual(len(transactions), 1)
        self.done("journal", "--verify")


if __name__ == "__main__":
    support.main()
