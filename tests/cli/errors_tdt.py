"""Each way in which the TdT says no, and what the person reads: its words, ours, the status."""

import shutil
import subprocess
import unittest

import support
from canned import Answer, HTML, MAINTENANCE, TdtTest, imported, latin1, status
from support import ID, TO_THE_TDT

TEST = "/api/test-connexion.php"
IMPORT = "helios_importer_fichier.php"
STATUS = "helios_transac_get_status.php"
LIST = "helios_get_list.php"
RETOUR = "helios_get_retour.php"
MARK = "helios_change_status.php"
FLOWS = "list_pes_aller.php"
ARCHIVED = "helios_transac_change_status_sae.php"
NONCE = "/api/get-nounce.php"
LOGINS = "api-list-login.php"


OPENSSL = shutil.which("openssl")


@unittest.skipUnless(OPENSSL, "openssl is not there")
class Revoked(TdtTest):
    """tdt §2.1: a certificate that its authority took back ends at the TLS handshake."""

    CONFIGURATION = ("[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\n"
                     "default_md = sha256\ndefault_crl_days = 30\n")

    def openssl(self, *words):
        done = subprocess.run([OPENSSL, *map(str, words)], cwd=self.place, check=True,
                              capture_output=True)
        return done.stdout.decode().strip()

    def crl(self, *certificates):
        """The list of the authority of the sandbox that revokes these."""
        identities = self.home / "sandbox" / "identities"
        serials = [self.openssl("x509", "-noout", "-serial", "-in", identities / name)
                   for name in certificates]
        self.write("index.txt", "".join(
            f"R\t491231235959Z\t200101000000Z\t{serial.split('=')[1]}\tunknown\t/CN=x\n"
            for serial in serials).encode())
        self.openssl("ca", "-gencrl", "-config", self.write("ca.cnf", self.CONFIGURATION.encode()),
                     "-keyfile", identities / "ca.key", "-cert", identities / "ca.pem",
                     "-out", "ac.crl")
        return self.place / "ac.crl"

    ANSWERS = {TEST: Answer("OK", kind=HTML), STATUS: status("", "Transaction invalide", "KO"),
               IMPORT: imported("12")}

    def test_a_revoked_certificate_is_told_and_nothing_leaves(self):
        crl = self.crl("client.pem")
        for words in (("tdt", "test"), ("tdt", "logins"), ("retour", "get"),
                      ("send", ID, "--yes", "--wait", "--timeout", "20s")):
            with self.subTest(words[:2]):
                answer = self.answered(self.ANSWERS, *words, "-v", crl=crl)
                self.assert_told(answer, 25, "does not accept our certificate (", "not revoked")
                self.assert_told(answer, 25, "", "tdt.certificate")
                self.assertIn("certificate revoked", answer.err)
                self.assertEqual(self.service.asked, [])
        self.assertEqual(self.states(), TO_THE_TDT[:-1])
        self.assertIsNone(self.shown()["attempt"])
        self.assertEqual(self.events(ID)[0]["reason"], "service.identity-refused")
        self.assert_nothing_half_written([ID])

    def test_one_that_another_is_revoked_beside_is_taken(self):
        answer = self.answered(self.ANSWERS, "tdt", "test", crl=self.crl("server.pem"))
        self.assertEqual(answer.status, 0, answer)


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
        (latin1("KO\nCe compte n&#039;a pas de mot de passe\n"), 25,
         "Ce compte n'a pas de mot de passe", CHECK, CHECK),
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

    # tdt §2.3: whatever is asked is refused in these ways.
    REFUSALS = [
        (Answer("KO\nÉchec de l'authentification", kind=HTML), "Échec de l'authentification"),
        (latin1("KO\nLe certificat n&#039;est pas valide : aucun compte trouvé\n"),
         "aucun compte trouvé"),
        (Answer(status=302, location="/login.php?error=bad_credentials"),
         "login page: wrong login or password"),
        (Answer(status=302, location="/connexion-status"), "login page"),
    ]

    def test_the_list_of_logins_is_refused_as_all_else(self):
        for refusal, error in self.REFUSALS:
            with self.subTest(error):
                answer = self.answered({LOGINS: refusal}, "tdt", "logins")
                self.assert_told(answer, 25, error, self.CHECK)
                self.assertEqual(answer.out, "")

    def test_the_accounts_page_is_refused_as_all_else(self):
        for refusal, error in self.REFUSALS:
            with self.subTest(error):
                answer = self.answered({NONCE: refusal}, "tdt", "page", "--entity", "2",
                                       env=self.agent())
                self.assert_told(answer, 25, error, self.CHECK)
                self.assertEqual(answer.out, "")

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
        *((imported(resultat="KO", message=f"Erreur lors du téléchargement du fichier : code {code}"),
           31, f"téléchargement du fichier : code {code}", "pes send", TO_THE_TDT[-2])
          for code in (1, 3, 4, 6, 7)),
        (imported(resultat="KO", message="Taille de fichier supérieure à la limite autorisée "
                                         "(100 Mo maximum)."), 31,
         "limite autorisée (100 Mo maximum)", "at most 104857600 bytes", WAITING),
        (imported(resultat="KO", message="Le fichier présenté est vide (0 octet)"), 31,
         "est vide (0 octet)", "pes send", WAITING),
        (imported(resultat="KO", message="doublon détecté. Ce fichier a déjà été posté."), 31,
         "doublon détecté", f"pes send {ID} --transaction <number>", "Erreur sur le TdT"),
        (imported(resultat="KO", message="doublon détecté. Ce fichier a déjà été posté"), 31,
         "doublon détecté", f"pes delete {ID}", "Erreur sur le TdT"),
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
            *(({path: told}, 25, error, Accounts.CHECK)
              for path in (LIST, RETOUR) for told, error in Accounts.REFUSALS),
            ({RETOUR: self.refused_retour("retour id n'est pas correcte")}, 31,
             "retour id n'est pas correcte", "pes retour list --tdt"),
            ({RETOUR: self.refused_retour("Acc&#xE8;s refus&#xE9;")}, 25, "Accès refusé",
             "a right on Hélios"),
            ({RETOUR: self.refused_retour("&#xC9;chec de l'authentification")}, 25,
             "Échec de l'authentification", "a right on Hélios"),
            ({RETOUR: self.refused_retour("Erreur d'initialisation du module")}, 31,
             "Erreur d'initialisation du module", "pes retour list --tdt"),
            ({RETOUR: Answer("<br>helios Tansaction_class: sendFile <get_retour><id>5</id>"
                             "</get_retour>")}, 31, "its file is not at hand there", "later"),
            ({RETOUR: Answer("<br>helios Tansaction_class: sendFile Le fichier '/data/PES2R.xml' "
                             "n'est pas/plus disponible." + self.refused_retour(
                                 "Erreur d'envoi du fichier /data/PES2R.xml : "
                                 "acc&#xE8;s impossible").body.decode())}, 31,
             "its file is not at hand there (Erreur d'envoi du fichier /data/PES2R.xml : accès "
             "impossible)", "later"),
            ({RETOUR: Answer("<PES_Retour>")}, 31, "none of its protocol", "tdt.url"),
        ]

    def test_each_failure_is_told_and_nothing_is_kept(self):
        for answers, exit_status, error, hint in self.cases():
            with self.subTest(error, asked=list(answers)):
                self.fresh_home()
                answer = self.answered({LIST: self.LISTED, RETOUR: self.RETOUR, **answers},
                                       "retour", "get")
                self.assert_told(answer, exit_status, error, hint)
                self.assertFalse(any(MARK in path for path in self.service.asked))
                self.assertEqual(self.done("retour", "list", "--json").document["retours"], [])

    def test_one_that_cannot_be_marked_is_kept_all_the_same(self):
        refusal = ("<transaction><idRetour>5</idRetour><resultat>KO</resultat>"
                   "<message>{}</message></transaction>")
        words = ("Changement de status est echoué.", "retour id est vide ou incorrecte.")
        for mark, exit_status, error, hint in (
                (Answer(status=500), 31, "(HTTP 500)", "the right RW"),
                (Answer(""), 31, "(HTTP 200)", "the right RW"),
                *((Answer(refusal.format(each)), 31, each, "--tdt") for each in words),
                *((told, 25, each, Accounts.CHECK) for told, each in Accounts.REFUSALS)):
            with self.subTest(error):
                self.fresh_home()
                answer = self.answered({LIST: self.LISTED, RETOUR: self.RETOUR, MARK: mark},
                                       "retour", "get")
                self.assert_told(answer, exit_status, error, hint)
                kept, = self.done("retour", "list", "--json").document["retours"]
                self.assertEqual(kept["tdt_id"], "5")


class Archivist(TdtTest):
    """tdt §10."""

    def test_an_account_that_is_no_archivist_is_told(self):
        refusal = Answer('{"error":"L\'utilisateur n\'est pas archiviste"}', 400, "application/json")
        answer = self.answered({FLOWS: refusal}, "tdt", "transactions", env=self.archivist())
        self.assert_told(answer, 25, "does not let this account list transactions",
                         "tdt.archivist_login")

    def test_an_archivist_who_is_not_let_in_is_told(self):
        for refusal, error in Accounts.REFUSALS:
            with self.subTest(error):
                answer = self.answered({FLOWS: refusal}, "tdt", "transactions",
                                       env=self.archivist())
                self.assert_told(answer, 25, error, "tdt.archivist_login")
                self.assertEqual(answer.out, "")

    def test_an_address_of_another_platform_is_no_refused_archivist(self):
        elsewhere = Answer(status=301, location="https://ailleurs.example.org/")
        answer = self.answered({FLOWS: elsewhere}, "tdt", "transactions", env=self.archivist())
        self.assert_told(answer, 31, "sends us elsewhere (HTTP 301)", "check tdt.url")

    def test_without_one_the_setting_is_named(self):
        answer = self.answered({}, "tdt", "transactions")
        self.assert_told(answer, 21, "no archivist's account is configured", "tdt.archivist_login")

    def test_a_platform_of_before_the_list_of_transactions_is_told(self):
        answer = self.answered({}, "tdt", "transactions", env=self.archivist())
        self.assert_told(answer, 31, "no list of transactions", "5.0.47")

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
        for refusal, error in Accounts.REFUSALS:
            with self.subTest(error):
                answer = self.answered({STATUS: status(8), ARCHIVED: refusal}, "tdt", "archived", ID,
                                       env=self.archivist())
                self.assert_told(answer, 25, error, "tdt.archivist_login")
        answer = self.answered({STATUS: status(8)}, "tdt", "archived", ID, env=self.archivist())
        self.assert_told(answer, 31, "does not note that transaction 1 is archived (HTTP 404)",
                         "5.0.39")


if __name__ == "__main__":
    support.main()
