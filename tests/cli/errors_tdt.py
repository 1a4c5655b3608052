"""Each way in which the TdT says no, and what the person reads: its words, ours, the status."""

import shutil

import canned
import support
from canned import Answer, HTML, imported, status
from support import ID, TO_THE_TDT

TEST = "/api/test-connexion.php"
IMPORT = "helios_importer_fichier.php"
STATUS = "helios_transac_get_status.php"
ACQUIT = "helios_download_acquit.php"
LIST = "helios_get_list.php"
RETOUR = "helios_get_retour.php"
MARK = "helios_change_status.php"
FLOWS = "list_pes_aller.php"
ARCHIVED = "helios_transac_change_status_sae.php"
NONCE = "/api/get-nounce.php"
LOGINS = "api-list-login.php"

NO_ACQUIT = Answer("<br>helios Tansaction_class: sendAcquit Le fichier '' n'est pas/plus "
                   "disponible.", kind=HTML)
MAINTENANCE = Answer("<!DOCTYPE html><html><title>Maintenance</title></html>", kind=HTML)


def latin1(text):
    return Answer(text.encode("latin-1"), kind=HTML)


class TdtTest(support.SignedTest):

    def answered(self, answers, *words, env=None):
        """The tool against a TdT that gives these answers, by the ends of paths."""
        identities = self.home / "sandbox" / "identities"
        self.service = canned.Service(answers)
        with canned.serving(self.service, identities) as url:
            return self.pes(*words, env={**canned.tdt_settings(url, identities), **(env or {})})

    def fresh_home(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.made_home(), self.home)

    def assert_told(self, answer, exit_status, error, hint):
        self.assertEqual(answer.status, exit_status, answer)
        self.assertIn(error, " ".join(answer.lines_of("error")), answer)
        self.assertIn(hint, " ".join(answer.lines_of("hint")), answer)

    def agent(self, **more):
        password = self.write("mot", b"secret\n")
        password.chmod(0o600)
        return {"PES_TDT_LOGIN": "agent", "PES_TDT_PASSWORD": f"file:{password}", **more}

    def archivist(self):
        password = self.write("mot-archives", b"secret\n")
        password.chmod(0o600)
        return {"PES_TDT_ARCHIVIST_LOGIN": "archives",
                "PES_TDT_ARCHIVIST_PASSWORD": f"file:{password}"}


class Accounts(TdtTest):
    """tdt §2.3, §2.6: who is not let in, in each generation of the server."""

    CHECK = "check tdt.certificate, tdt.login and tdt.password"
    SEVERAL = "pes tdt logins"

    # Answer, exit status, error, hint without a login, hint with one.
    CASES = [
        (latin1("KO\nLe certificat n&#039;est pas valide : aucun compte trouvé\n"), 25,
         "Le certificat n'est pas valide : aucun compte trouvé", CHECK, CHECK),
        (latin1("KO\nLa connexion n&#039;a pas pu être établie\n"), 25,
         "La connexion n'a pas pu être établie", SEVERAL, CHECK),
        (latin1("KO\nAucune information de certificat trouvée\n"), 25,
         "Aucune information de certificat trouvée", CHECK, CHECK),
        (Answer("KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n", kind=HTML), 25,
         "La connexion n'a pas pu ?tre ?tablie", SEVERAL, CHECK),
        (Answer(status=302, location="/login.php?error=bad_credentials"), 25,
         "login page: wrong login or password", CHECK, CHECK),
        (Answer(status=302, location="/login.php?error=empty_login"), 25,
         "login page: no login was given", CHECK, CHECK),
        (Answer(status=302, location="/login.php?error=empty_password"), 25,
         "login page: no password was given", CHECK, CHECK),
        (Answer(status=302, location="/login.php?error=multiple_accounts"), 25,
         "login page: several accounts share this certificate", SEVERAL, CHECK),
        (Answer(status=302, location="/login.php"), 25, "sends us to its login page", CHECK, CHECK),
        (Answer(status=302, location="/connexion-status"), 25, "sends us to its login page", CHECK,
         CHECK),
        (Answer(status=301, location="https://ailleurs.example.org/"), 31,
         "sends us elsewhere (HTTP 301)", "check tdt.url", "check tdt.url"),
        (MAINTENANCE, 31, "an answer that is none of its protocol (HTTP 200)", "maintenance",
         "maintenance"),
        (Answer(status=401, kind=HTML), 25, "(HTTP 401)", "tdt.login", "tdt.login"),
        (Answer(status=404, kind=HTML), 31, "(HTTP 404)", "tdt.url", "tdt.url"),
        (Answer(status=503, kind=HTML), 30, "not available for now (HTTP 503)", "later", "later"),
    ]

    def test_the_test_of_the_connection_says_why(self):
        for refusal, exit_status, error, without, with_login in self.CASES:
            for env, hint in (({}, without), (self.agent(), with_login)):
                with self.subTest(error, login=bool(env)):
                    answer = self.answered({TEST: refusal}, "tdt", "test", env=env)
                    self.assert_told(answer, exit_status, error, hint)
                    self.assertNotIn("secret", answer.err)

    def test_an_account_that_may_not_follow_is_told_before_anything_is_sent(self):
        answer = self.answered({TEST: Answer("OK", kind=HTML),
                                STATUS: status("", "Accès refusé", "KO")}, "tdt", "test")
        self.assert_told(answer, 25, "no acquit would ever come", "RW")

    def test_a_certificate_that_has_no_account_is_told(self):
        answer = self.answered({LOGINS: Answer("", kind=HTML)}, "tdt", "logins")
        self.assertEqual((answer.status, answer.out), (0, ""), answer)
        self.assertIn("does not know the certificate", answer.lines_of("warning")[0])

    def test_a_page_takes_a_login(self):
        answer = self.answered({}, "tdt", "page", "--entity", "2")
        self.assert_told(answer, 21, "no login is configured", "tdt.login")
        answer = self.answered(
            {NONCE: Answer("La fonction n'est utilisable qu'avec un login+mot de passe HTTP", 401,
                           HTML)}, "tdt", "page", "--entity", "2", env=self.agent())
        self.assert_told(answer, 25, "(HTTP 401)", "tdt.login")


class Imports(TdtTest):
    """tdt §4.2: what is refused at once. Nothing was accepted, and the dossier says so."""

    # Answer, exit status, what the error says, what the hint says, last state.
    WAITING = TO_THE_TDT[-2]
    CASES = [
        (Answer("KO\nErreur d'initialisation du module", kind=HTML), 25,
         "Erreur d'initialisation du module", "tdt.certificate", WAITING),
        (Answer("KO\nÉchec de l'authentification", kind=HTML), 25, "Échec de l'authentification",
         "tdt.certificate", WAITING),
        (Answer("KO\nAccès refusé", kind=HTML), 25, "Accès refusé", "tdt.certificate", WAITING),
        (imported(resultat="KO", message="Votre certificat n'est pas RGS et ne vous permet donc "
                                         "pas de télétransmettre"), 31,
         "n'est pas RGS", "once the cause is mended: pes send", WAITING),
        (imported(resultat="KO", message="Aucune enveloppe trouvée : la taille de l'enveloppe "
                                         "dépasse probablement la taille maximum"), 31,
         "Aucune enveloppe trouvée", "pes send", WAITING),
        (imported(resultat="KO", message="Erreur lors du téléchargement du fichier : code 3"), 31,
         "téléchargement du fichier : code 3", "pes send", WAITING),
        (imported(resultat="KO", message="Taille de fichier supérieure à la limite autorisée "
                                         "(100 Mo maximum)."), 31,
         "limite autorisée (100 Mo maximum)", "at most 104857600 bytes", WAITING),
        (imported(resultat="KO", message="Le fichier présenté est vide (0 octet)"), 31,
         "est vide (0 octet)", "pes send", WAITING),
        (imported(resultat="KO", message="doublon détecté. Ce fichier a déjà été posté."), 31,
         "doublon détecté", "Vérifier le statut", "Erreur sur le TdT"),
        (imported(resultat="KO", message="Échec lors du téléchargement du fichier"), 31,
         "Échec lors du téléchargement", "pes send", WAITING),
        (imported(resultat="KO", message="SQLSTATE[08006] connection refused"), 31,
         "SQLSTATE[08006]", "pes send", WAITING),
        (Answer("<html><title>413 Request Entity Too Large</title></html>", 413, HTML), 31,
         "larger than the TdT takes (HTTP 413)", "pes send", WAITING),
        (Answer(status=302, location="/login.php"), 25, "sends us to its login page",
         "tdt.certificate", WAITING),
        (Answer(status=429, kind=HTML), 30, "not available for now (HTTP 429)", "later", WAITING),
    ]

    def test_each_refusal_is_told_and_leaves_the_dossier_where_it_was(self):
        for refusal, exit_status, error, hint, state in self.CASES:
            with self.subTest(error):
                self.fresh_home()
                answer = self.answered({IMPORT: refusal}, "send", ID, "--yes", "--wait",
                                       "--timeout", "20s")
                self.assert_told(answer, exit_status, error, hint)
                self.assertEqual(self.states()[-1], state)
                self.assertIsNone(self.shown()["attempt"])
                self.assertIn(error, " ".join(event["message"] for event in self.events(ID)))
                self.done("journal", "--verify")

    def test_what_proves_nothing_leaves_the_fate_unknown(self):
        for lost in (MAINTENANCE, imported("", "OK"), imported("12", ""), Answer(status=500),
                     Answer(status=502), Answer("<import><id>12</id>"), Answer(cut=True)):
            with self.subTest(lost.body, status=lost.status):
                self.fresh_home()
                answer = self.answered({IMPORT: lost}, "send", ID, "--yes", "--wait",
                                       "--timeout", "20s")
                self.assert_told(answer, 32, "nobody knows yet whether it was accepted",
                                 "--transaction")
                self.assertTrue(self.shown()["attempt"]["unknown"])


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
        "Transaction 12 : ce fichier existe déjà sur la plateforme",
        "Transaction 12 : problème d'enregistrement du PES Aller en base de données.",
        "Transaction 12 : La balise IdCol est trop longue",
        "Transaction 12 : le fichier a été altéré depuis son postage ou sa signature sur la "
        "plateforme",
        "Transaction 12 : La balise EnTetePES n'est pas présente ou est vide",
        "Transaction 12 : Non-conformité PES aller : la balise EnTetePES/IdPost contient 7 "
        "caractères (6 attendus).",
        "Transaction 12 : les propriétés Helios FTP ne sont pas configurées correctement",
        "Transaction 12 : la transaction a été aiguillée sur la mauvaise file passtrans",
        "Transaction 12 : erreur retournée par Helios",
    ]

    def test_the_reason_of_a_refusal_is_what_the_person_reads(self):
        for reason in self.REASONS:
            with self.subTest(reason):
                answer = self.followed(status(-1, reason))
                self.assert_told(answer, 31, f"Transaction en erreur sur le TdT : {reason}",
                                 "Vérifier le statut de la transaction")
                self.assertEqual(self.states()[-1], "Erreur sur le TdT")

    def test_the_reason_is_read_in_the_encoding_it_comes_in(self):
        told = status(-1, "Transaction 12 : ce fichier existe déjà sur la plateforme")
        told.body = told.body.decode("utf-8").encode("latin-1")
        self.assertIn("existe déjà sur la plateforme", self.followed(told).err)

    # tdt §6: what waits, and what the person reads meanwhile.
    WAITS = {1: "Posté", 2: "En attente de transmission", 3: "Transmis",
             13: "En attente d'être signé", 14: "En attente d'être postée", 77: "État inconnu"}

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

    def test_a_cancelled_transaction_is_an_error(self):
        answer = self.followed(status(0, "Erreur consultation statut", "KO"))
        self.assertEqual(answer.status, 31, answer)
        self.assertEqual(self.states()[-1], "Erreur sur le TdT")

    # tdt §8.1: there is no acquit yet, whatever says so.
    ABSENT = [NO_ACQUIT, Answer(status=302, location="/modules/helios/index.php"),
              Answer(status=302, location="/"), Answer("<PES_Retour/>"), Answer("<PES_ACQUIT>"),
              Answer("")]

    def test_an_acquit_that_is_not_there_is_waited_for(self):
        for absent in self.ABSENT:
            with self.subTest(absent.body, location=absent.location):
                answer = self.followed(status(8), absent)
                self.assertEqual(answer.status, 4, answer)
                self.assertIn("AR non disponible pour le moment", answer.err)
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


class Retours(TdtTest):
    """tdt §9: PES Retours that cannot be had, or marked."""

    RETOUR = Answer('<PES_Retour><EnTetePES><IdColl V="18"/></EnTetePES></PES_Retour>')
    LISTED = Answer('<?xml version="1.0"?>\n<liste><idColl>7</idColl><resultat/><message/>'
                    "<pes_retour><id>5</id><nom>PES2R.xml</nom><date/></pes_retour></liste>")

    @staticmethod
    def refused_retour(message):
        return Answer('<?xml version="1.0"?>\n<get_retour><id>5</id><resultat>KO</resultat>'
                      f"<message>{message}</message></get_retour>")

    # The answers that differ from those of a success, exit status, error, hint.
    def cases(self):
        refusal = "<liste><resultat>KO</resultat><message>{}</message></liste>"
        return [
            ({LIST: Answer(refusal.format("Accès refusé"))}, 25, "Accès refusé", "a right on Hélios"),
            ({LIST: Answer(refusal.format("Échec de l'authentification"))}, 25,
             "Échec de l'authentification", "a right on Hélios"),
            ({LIST: Answer(refusal.format("Erreur d'initialisation du module"))}, 31,
             "Erreur d'initialisation du module", "pes retour list --tdt"),
            ({LIST: MAINTENANCE}, 31, "none of its protocol", "maintenance"),
            ({RETOUR: self.refused_retour("retour id n'est pas correcte")}, 31,
             "retour id n'est pas correcte", "pes retour list --tdt"),
            ({RETOUR: self.refused_retour("Acc&#xE8;s refus&#xE9;")}, 25, "Accès refusé",
             "a right on Hélios"),
            ({RETOUR: Answer("<br>helios Tansaction_class: sendFile <get_retour><id>5</id>"
                             "</get_retour>")}, 31, "its file is not at hand there", "later"),
            ({RETOUR: Answer("<PES_Retour>")}, 31, "none of its protocol", "tdt.url"),
        ]

    def test_each_failure_is_told_and_nothing_is_kept(self):
        for answers, exit_status, error, hint in self.cases():
            with self.subTest(error):
                self.fresh_home()
                answer = self.answered({LIST: self.LISTED, RETOUR: self.RETOUR, **answers},
                                       "retour", "get")
                self.assert_told(answer, exit_status, error, hint)
                self.assertFalse(any(MARK in path for path in self.service.asked))
                self.assertEqual(self.done("retour", "list", "--json").document["retours"], [])

    def test_one_that_cannot_be_marked_is_kept_all_the_same(self):
        refused = Answer("<transaction><idRetour>5</idRetour><resultat>KO</resultat>"
                         "<message>Changement de status est echoué.</message></transaction>")
        for mark, error, hint in ((Answer(status=500), "(HTTP 500)", "the right RW"),
                                  (Answer(""), "(HTTP 200)", "the right RW"),
                                  (refused, "Changement de status est echoué.", "--tdt")):
            with self.subTest(error):
                self.fresh_home()
                answer = self.answered({LIST: self.LISTED, RETOUR: self.RETOUR, MARK: mark},
                                       "retour", "get")
                self.assert_told(answer, 31, error, hint)
                kept, = self.done("retour", "list", "--json").document["retours"]
                self.assertEqual(kept["tdt_id"], "5")


class Archivist(TdtTest):
    """tdt §10."""

    def test_an_account_that_is_no_archivist_is_told(self):
        refusal = Answer('{"error":"L\'utilisateur n\'est pas archiviste"}', 400, "application/json")
        answer = self.answered({FLOWS: refusal}, "tdt", "transactions", env=self.archivist())
        self.assert_told(answer, 25, "does not let this account list transactions",
                         "tdt.archivist_login")

    def test_without_one_the_setting_is_named(self):
        answer = self.answered({}, "tdt", "transactions")
        self.assert_told(answer, 21, "no archivist's account is configured", "tdt.archivist_login")

    # What the change of status answers, exit status, error.
    CASES = [
        ('{"status":"error","error-message":"Acc\\u00e8s refus\\u00e9"}', 25,
         "does not note that transaction 1 is archived", "tdt.archivist_login"),
        ('{"status":"error","error-message":"transaction_id incorrect"}', 31,
         "transaction_id incorrect", "page"),
        ('{"status":"error","error-message":"Cette transaction n\'existe pas"}', 31,
         "Cette transaction n'existe pas", "page"),
        ('{"status":"error","error-message":"Impossible de changer le status de la transaction"}',
         31, "Impossible de changer le status de la transaction", "page"),
        ("<html></html>", 31, "none of its protocol", "tdt.url"),
    ]

    def test_archiving_that_the_tdt_does_not_note_is_told(self):
        self.done("send", ID, "--yes", "--wait")
        for body, exit_status, error, hint in self.CASES:
            with self.subTest(error):
                answer = self.answered(
                    {STATUS: status(8), ARCHIVED: Answer(body, kind="text/plain")},
                    "tdt", "archived", ID, env=self.archivist())
                self.assert_told(answer, exit_status, error, hint)


if __name__ == "__main__":
    support.main()
