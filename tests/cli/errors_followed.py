"""A flow that the TdT took: each reason of a refusal, each acquit, and what the person reads."""

import html

import support
from canned import Answer, HTML, MAINTENANCE, TdtTest, imported, latin1, status
from support import ANSWERED, ID, TO_THE_TDT

IMPORT = "helios_importer_fichier.php"
STATUS = "helios_transac_get_status.php"
ACQUIT = "helios_download_acquit.php"

NO_ACQUIT = Answer("<br>helios Tansaction_class: sendAcquit Le fichier '' n'est pas/plus "
                   "disponible.", kind=HTML)


class Following(TdtTest):
    """tdt §5 to §8: what becomes of a flow that was taken."""

    SEND = ("send", ID, "--yes", "--wait", "--timeout", "20s")

    def followed(self, told, acquit=NO_ACQUIT):
        self.fresh_home()
        return self.answered({IMPORT: imported("12"), STATUS: told, ACQUIT: acquit}, *self.SEND)

    # tdt §5.2: it could not be read; nothing is known to have failed.
    UNREADABLE = [
        (status("", "Pas de numéro de transaction.", "KO"), 31, "Pas de numéro de transaction.",
         "it will be asked again"),
        (status("", "Erreur d'initialisation du module", "KO"), 31,
         "Erreur d'initialisation du module", "it will be asked again"),
        (status("", "Échec de l&#039;authentification", "KO"), 25, "Échec de l'authentification",
         "RW"),
        (status("", "Accès refusé", "KO"), 25, "Accès refusé", "the right RW"),
        (status("", "Numéro de transaction invalide", "KO"), 31, "Numéro de transaction invalide",
         "check the number"),
        (status("", "Erreur consultation statut", "KO"), 31, "Erreur consultation statut",
         "it will be asked again"),
        (Answer(status=500, kind=HTML), 31, "(HTTP 500)", "tdt.url"),
        (MAINTENANCE, 31, "none of its protocol", "maintenance"),
        (Answer("<transaction ><status>8</status>"), 31, "none of its protocol", "tdt.url"),
        # tdt §2.3: not let in, in each generation of the server.
        (Answer("KO\nÉchec de l&#039;authentification", kind=HTML), 25,
         "Échec de l'authentification", "tdt.certificate"),
        (Answer("KO\nAccès refusé", kind=HTML), 25, "Accès refusé", "tdt.certificate"),
        (latin1("KO\nLe certificat n&#039;est pas valide : aucun compte trouvé\n"), 25,
         "aucun compte trouvé", "tdt.certificate"),
        (Answer("KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n", kind=HTML), 25,
         "n'a pas pu ?tre ?tablie", "pes tdt logins"),
        (Answer(status=302, location="/login.php"), 25, "sends us to its login page",
         "tdt.certificate"),
        (Answer(status=302, location="/login.php?error=multiple_accounts"), 25,
         "several accounts share this certificate", "pes tdt logins"),
        (Answer(status=302, location="/connexion-status"), 25, "sends us to its login page",
         "tdt.certificate"),
    ]

    def test_a_status_that_cannot_be_read_changes_nothing(self):
        for told, exit_status, error, hint in self.UNREADABLE:
            with self.subTest(error):
                answer = self.followed(told)
                self.assert_told(answer, exit_status, error, hint)
                self.assertEqual(self.states(), TO_THE_TDT)
                self.assertIsNotNone(self.shown()["job"])

    # tdt §7: the reason of -1, in the order of the controls.
    REASONS = [
        "Transaction 12 : fichier non trouvé en local ou sur le cloud",
        "Transaction 12 : le fichier est introuvable",
        "Transaction 12 : un virus a été detecté dans le fichier PES",
        "Transaction 12 : ce fichier n'est pas encodé en ISO-8859-1",
        "Transaction 12 : ce fichier n'est pas en XML",
        "Transaction 12 : ce fichier ne contient ni bordereau, ni PJ, ni marché",
        "Transaction 12 : La balise Enveloppe/Parametre/NomFic n'est pas présente ou est vide",
        "Transaction 12 : Le CodCol est trop long",
        "Le fichier a été modifé depuis son postage sur la plateforme",
        "La signature du fichier est invalide : certificate has expired",
        "La signature du fichier est invalide : self-signed certificate",
        "La signature du fichier est invalide : unable to get local issuer certificate",
        "La signature du fichier est invalide : certificate revoked",
        "La signature du fichier est invalide : Impossible d'extraire l'attribut Id de l'entité "
        "\\<Signature\\>",
        "La signature du fichier est invalide : Impossible d'extraire l'entité "
        "\\<SignedProperties\\> d'Id BORD41",
        "La signature du fichier est invalide : Impossible d'affirmer que la signature correspond "
        "au fichier",
        "Transaction 12 : ce fichier existe déjà sur la plateforme",
        "Transaction 12 : problème d'enregistrement du PES Aller en base de données.",
        "Transaction 12 : La balise IdCol est trop longue",
        "Transaction 12 : le fichier a été altéré depuis son postage ou sa signature sur la "
        "plateforme",
        "Transaction 12 : La balise EnTetePES n'est pas présente ou est vide",
        "Transaction 12 : La balise EnTetePES/CodCol ou EnTetePES/CodColl n'est pas présente ou "
        "est vide",
        "Transaction 12 : Non-conformité PES aller : la balise EnTetePES/CodCol ou "
        "EnTetePES/CodColl contient 4 caractères (3 attendus).",
        "Transaction 12 : La balise EnTetePES/IdPost n'est pas présente ou est vide",
        "Transaction 12 : Non-conformité PES aller : la balise EnTetePES/IdPost contient 7 "
        "caractères (6 attendus).",
        "Transaction 12 : La balise EnTetePES/CodBud n'est pas présente ou est vide",
        "Transaction 12 : Non-conformité PES aller : la balise EnTetePES/CodBud contient 3 "
        "caractères (2 attendus).",
        "Transaction 12 : les propriétés Helios FTP ne sont pas configurées correctement",
        "Transaction 12 : la transaction a été aiguillée sur la mauvaise file passtrans",
        "Transaction 12 : erreur retournée par Helios",
    ]

    def test_the_reason_of_a_refusal_is_what_the_person_reads(self):
        for reason in self.REASONS:
            with self.subTest(reason):
                answer = self.followed(status(-1, html.escape(reason)))
                self.assert_told(
                    answer, 31,
                    f"Erreur sur le TdT : Transaction en erreur sur le TdT : {reason}",
                    "Vérifier le statut de la transaction")

    def test_the_reason_is_read_in_the_encoding_it_comes_in(self):
        told = status(-1, "Transaction 12 : ce fichier existe déjà sur la plateforme")
        told.body = told.body.decode("utf-8").encode("latin-1")
        self.assertIn("existe déjà sur la plateforme", self.followed(told).err)

    def test_a_mistyped_number_is_seen_by_the_acquit_that_comes_under_it(self):
        self.fresh_home()
        self.answered({IMPORT: Answer(cut=True)}, *self.SEND)
        self.done("send", ID, "--transaction", "999", "--yes")
        self.assertIn(f"pes send {ID} --transaction <number>", self.done("status", ID).err)
        answer = self.answered({STATUS: status(8), ACQUIT: acquit()}, "run")
        warning, = answer.lines_of("warning")
        self.assertIn("L'acquit de la transaction 999 est celui d'un autre flux", warning)
        self.assertEqual(self.pes("status", ID, "--exit-status").status, 32)
        self.assertEqual(self.states()[-1], TO_THE_TDT[-2])
        self.assertIn("PES Acquit d'un autre flux", self.done("show", ID).out)
        self.done("journal", "--verify")

    # tdt §6: what waits, and what the person reads meanwhile.
    WAITS = {1: "Posté", 2: "En attente de transmission", 3: "Transmis",
             5: "Validé", 7: "En traitement", 13: "En attente d'être signé",
             14: "En attente d'être postée", 24: "Transmis, sans acquittement attendu",
             77: "État inconnu"}

    def test_what_waits_says_where_it_stands(self):
        for number, label in self.WAITS.items():
            with self.subTest(number):
                answer = self.followed(status(number))
                self.assertEqual(answer.status, 4, answer)
                self.assertIn(f"La transaction est dans l'état : {label} ({number})", answer.err)
                self.assertEqual(self.states(), TO_THE_TDT)

    def test_what_waits_for_a_person_says_so(self):
        for number in (13, 14):
            with self.subTest(number):
                self.assertIn("une personne doit agir sur la page du TdT",
                              self.followed(status(number)).err)

    # tdt §6: status, days since the flow was sent.
    TOO_LONG = [(2, 3), (3, 6)]

    def test_what_waits_for_too_long_says_whom_to_ask(self):
        for number, days in self.TOO_LONG:
            with self.subTest(number):
                told = status(number)
                self.assertNotIn("administrateur", self.followed(told).err)
                support.sent_days_ago(self.home, days)
                answer = self.answered({STATUS: told}, "run")
                self.assertEqual(answer.status, 0, answer)
                warning, = answer.lines_of("warning")
                self.assertIn(f"{ID} : La transaction est dans l'état : ", warning)
                self.assertIn(f"({number}) ; c'est plus long que d'habitude", warning)
                self.assertIn("à l'administrateur du TdT", self.done("status", ID).err)
                row, = self.done("status").rows
                self.assertIn("à l'administrateur du TdT", row[5])

                support.make_due(self.home)
                self.assertEqual(self.answered({STATUS: told}, "run").lines_of("warning"), [])

    def test_an_answer_whose_file_is_hidden_is_waited_for(self):
        """tdt §5.3: an 8 that shows as 3, whatever its message says."""
        told = status(3, "Transaction 12 : information disponible")
        answer = self.followed(told)
        self.assertEqual(answer.status, 4, answer)
        self.assertIn("La transaction est dans l'état : Transmis (3)", answer.err)
        self.assertFalse(any(ACQUIT in path for path in self.service.asked))
        self.assertEqual(self.states(), TO_THE_TDT)

        support.make_due(self.home)
        self.answered({STATUS: status(8), ACQUIT: acquit(element(5, 1, 41))}, "run", ID)
        self.assertEqual(self.states()[:len(ANSWERED)], ANSWERED)
        self.assertEqual(self.shown()["pes_etat_ack"], "1")

    def test_a_refusal_that_turns_into_an_answer_is_taken_up(self):
        """tdt §6: a late acquit makes an 8 of a -1, for whoever asks again."""
        told = self.followed(status(-1, "Transaction 12 : erreur retournée par Helios"))
        self.assert_told(told, 31, "erreur retournée par Helios", "pes run")
        self.assertEqual(self.states(), TO_THE_TDT + ["Erreur sur le TdT"])

        answer = self.answered({STATUS: status(8), ACQUIT: acquit(element(5, 1, 41))}, "run", ID)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.states()[:len(TO_THE_TDT) + 2],
                         TO_THE_TDT + ["Erreur sur le TdT", ANSWERED[-1]])
        self.assertEqual(self.shown()["pes_etat_ack"], "1")

    def test_a_cancelled_transaction_is_an_error(self):
        answer = self.followed(status(0, "Erreur consultation statut", "KO"))
        self.assertEqual(answer.status, 31, answer)
        self.assertEqual(self.states()[-1], "Erreur sur le TdT")

    # tdt §8.1: there is no acquit yet, whatever says so.
    ABSENT = [NO_ACQUIT, Answer(status=302, location="/modules/helios/index.php"),
              Answer(status=302, location="/"), Answer("<PES_Retour/>"), Answer("<PES_ACQUIT>"),
              Answer(""), MAINTENANCE]

    def test_an_acquit_that_is_not_there_is_waited_for(self):
        for absent in self.ABSENT:
            with self.subTest(absent.body, location=absent.location):
                answer = self.followed(status(8), absent)
                self.assertEqual(answer.status, 4, answer)
                self.assertIn("AR non disponible pour le moment", answer.err)
                self.assertEqual(self.states(), TO_THE_TDT)

    # tdt §8.1: this path takes no `api`, and refuses an account as a page does (§2.3).
    NOT_LET_IN = [
        (Answer(status=302, location="/login.php?error=bad_credentials"),
         "login page: wrong login or password"),
        (Answer(status=302, location="/connexion-status"), "sends us to its login page"),
        (latin1("KO\nLe certificat n&#039;est pas valide : aucun compte trouvé\n"),
         "aucun compte trouvé"),
    ]

    def test_an_account_that_is_not_let_in_to_the_acquit_is_told(self):
        for refusal, error in self.NOT_LET_IN:
            with self.subTest(error):
                answer = self.followed(status(8), refusal)
                self.assert_told(answer, 25, error, "tdt.certificate")
                self.assertEqual(self.states(), TO_THE_TDT)


def acquit(*elements, root="PES_ACQUIT"):
    return Answer(f'<n:{root} xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2">'
                  '<Enveloppe><Parametres><NomFic V="f"/></Parametres></Enveloppe><ACQUIT>'
                  f'{"".join(elements)}</ACQUIT></n:{root}>')


def element(domaine, etat, number="", errors=""):
    about = f'<NumBord V="{number}"/><ExerciceBord V="2022"/>' if number else ""
    return (f'<ElementACQUIT><DomaineAck V="{domaine}"/><EtatAck V="{etat}"/>{about}{errors}'
            "</ElementACQUIT>")


def error(code, label):
    return f'<Erreur><NumAnoAck V="{code}"/><LibelleAnoAck V="{label}"/></Erreur>'


class Acquits(TdtTest):
    """tdt §8.4: accepted, refused, in part, unreadable: never taken the one for the other."""

    BOTH = (element(5, 1, 41), element(5, 1, 42))
    # Acquit, status of S²LOW, etat_ack, outcome, what is read on the standard error.
    CASES = [
        (acquit(*BOTH), 8, "1", "accepted", ""),
        (acquit(element(5, 1, 41), element(5, 0, 42)), 8, "2", "partial", "refused in part"),
        (acquit(element(5, 0, 41), element(5, 0, 42)), 8, "2", "refused", "refused as a whole"),
        (acquit(element(0, 0)), 8, "2", "refused", "for a technical reason"),
        (acquit(element(0, 0)), -1, "2", "refused", "for a technical reason"),
        (acquit(element(1, 0)), 8, "2", "refused", "refused as a whole"),
        (acquit(), 8, "2", "unreadable", "neither accepts nor refuses"),
        (acquit(element(5, 7, 41)), 8, "2", "unreadable", "neither accepts nor refuses"),
        (acquit(root="PES_NonAcquit"), -1, "2", "refused", "refused as a whole"),
        (Answer("<!DOCTYPE a><PES_ACQUIT/>"), 8, "2", "unreadable", "neither accepts nor refuses"),
        (acquit(element(5, 1, 41)), 8, "1", "accepted", "does not speak of bordereau 42 of 2022"),
    ]

    # tdt §6: those of the older servers, and of the archiving that follows 8.
    ANSWERED_TOO = (4, 6, 9, 10, 11, 19, 20, 21, 23)

    def test_a_status_that_an_acquit_precedes_gives_it(self):
        for number in self.ANSWERED_TOO:
            with self.subTest(number):
                self.received(acquit(*self.BOTH), number)
                self.assertEqual(self.states()[:len(ANSWERED)], ANSWERED)
                self.assertEqual(self.shown()["pes_etat_ack"], "1")

    def test_such_a_status_without_its_acquit_decides_nothing(self):
        for number in (4, 10):
            with self.subTest(number):
                answer = self.received(NO_ACQUIT, number)
                self.assertEqual(answer.status, 4, answer)
                self.assertIn("AR non disponible pour le moment", answer.err)
                self.assertEqual(self.states(), TO_THE_TDT)

    def test_a_refusal_of_the_older_servers_is_one(self):
        """tdt §8.3: 6, « Transaction N refusée », with a file of another root."""
        answer = self.received(acquit(element(5, 0, 41), root="PES_NonAcquit"), 6)
        self.assertIn("Acquittement KO", answer.out + answer.err)
        self.assertEqual(self.shown()["pes_etat_ack"], "2")
        self.assertIn("refused as a whole", self.done("show", ID, "--acquit").err)

    def received(self, answer, number=8):
        self.fresh_home()
        return self.answered({IMPORT: imported("12"), STATUS: status(number, "fini"),
                              ACQUIT: answer}, "send", ID, "--yes", "--wait", "--timeout", "20s")

    def test_each_acquit_is_kept_as_it_came_and_told_for_what_it_is(self):
        for answer, number, etat_ack, outcome, words in self.CASES:
            with self.subTest(outcome, words=words):
                self.received(answer, number)
                self.assertEqual(self.shown()["pes_etat_ack"], etat_ack)
                kept = self.done("show", ID, "--get", "pes_acquit").out_bytes
                self.assertEqual(kept, answer.body)
                told = self.done("show", ID, "--acquit", "--json").document
                self.assertEqual(told["acquit"]["outcome"], outcome)
                self.assertIn(words, self.done("show", ID, "--acquit").err)

    def test_errors_are_told_in_words_at_the_three_levels(self):
        line = ('<DetailPiece><NumPiece V="832"/>' + error("ERREUR_DOUBLON_PIECE", "déjà là") +
                '<DetailLigne><NumLigne V="1"/>' + error("ERREUR_AUTRE", "1984 - IdUnique connu") +
                "</DetailLigne></DetailPiece>")
        self.received(acquit(
            element(5, 0, 41, error("ERREUR_CUMUL_MONTANTS", "Total faux") + line),
            element(5, 1, 42)))
        rows = self.done("show", ID, "--acquit").rows
        self.assertEqual([row[:4] for row in rows],
                         [["dépense", "2022", "41", "NON"]] * 3 + [["dépense", "2022", "42", "OUI"]])
        self.assertEqual([row[4] for row in rows], [
            "the amounts do not add up (ERREUR_CUMUL_MONTANTS) : Total faux",
            "piece 832 : Hélios already has this piece (ERREUR_DOUBLON_PIECE) : déjà là",
            "piece 832, line 1 : the IdUnique of the PJ was used before: give another "
            "(ERREUR_AUTRE) : 1984 - IdUnique connu", ""])

    def test_a_second_acquit_is_kept_beside_the_first(self):
        first, second = acquit(element(5, 0, 41)), acquit(*self.BOTH)
        self.received(first)
        answer = self.answered({ACQUIT: second}, "tdt", "acquit", ID)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.shown()["pes_etat_ack"], "1")
        for field, kept in (("pes_acquit", second), ("pes_acquit_1", first)):
            self.assertEqual(self.done("show", ID, "--get", field).out_bytes, kept.body)
        self.assertIn("pes_acquit_1", self.done("show", ID, "--acquit").err)

        again = self.answered({ACQUIT: second}, "tdt", "acquit", ID, "--json")
        self.assertEqual(again.documents[0]["result"], "already-done")


if __name__ == "__main__":
    support.main()
