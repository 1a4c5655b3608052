"""Each way in which the SAE says no, and what the person reads: its words, ours, the status."""

import shutil

import canned
import support
from canned import Answer
from support import ANSWERED, ID

PING = "/restservices/ping"
VERSIONS = "/restservices/versions"
DEPOSIT = "/restservices/sedaMessages"
AR = "sequence:ArchiveTransfer/message:Acknowledgement"
ATR = "sequence:ArchiveTransfer/message:ArchiveTransferReply"
JSON = "application/json"
PREPARED = ANSWERED + ["Préparation de l'envoi au SAE"]
FAILED = "Erreur lors de l'envoi au SAE"
NAMESPACE = "fr:gouv:culture:archivesdefrance:seda:v1.0"
DEPOSITED = Answer('{"date_du_depot":"2022-03-02"}', kind=JSON)
ABSENT = Answer("Transfert d'archive à l'origine de la séquence non trouvé : x", 500)
PENDING = Answer("Transfert en cours de traitement", 500)

def acknowledgement(transfer):
    return Answer(f'<Acknowledgement xmlns="{NAMESPACE}"><AcknowledgementIdentifier>ACK_1'
                  "</AcknowledgementIdentifier><MessageReceivedIdentifier>"
                  f"{transfer}</MessageReceivedIdentifier></Acknowledgement>")


def reply(transfer, code):
    return Answer(f'<ArchiveTransferReply xmlns="{NAMESPACE}"><Comment>À lire</Comment>'
                  f"<ReplyCode>{code}</ReplyCode><TransferIdentifier>{transfer}"
                  "</TransferIdentifier><TransferReplyIdentifier>ATR_1"
                  "</TransferReplyIdentifier></ArchiveTransferReply>")


# sae §2.8: answers that are no message, the status with which the tool ends, what is read.
NO_MESSAGE = [
    (Answer("Erreur technique", 500), 31, "(HTTP 500)"),
    (Answer("Erreur de donnée du formulaire", 400), 31, "(HTTP 400)"),
    (Answer(status=404), 31, "no web services of as@lae"),
    (Answer(status=401), 25, "(HTTP 401)"),
    (Answer("<html><title>Maintenance</title></html>"), 31, "none of its protocol"),
    (Answer("<Acknowledgement><Comment>"), 31, "none of its protocol"),
]

# sae §2.7: the codes that accept with a reservation.
RESERVATIONS = {
    "001": "accepté, avec des commentaires à lire",
    "002": "accepté, l'autorité de contrôle a été sollicitée",
}

# sae §2.7: the codes that refuse, with a part of their meaning and of what there is to do.
CODES = {
    "101": ("message mal formé", "corriger le bordereau"),
    "102": ("système momentanément indisponible", "plus tard"),
    "200": ("service producteur inconnu", "corriger la configuration"),
    "201": ("service d'archives inconnu", "corriger la configuration"),
    "202": ("service versant inconnu", "corriger la configuration"),
    "203": ("ne suit pas le profil", "corriger le bordereau"),
    "204": ("format de document non géré", "service d'archives"),
    "205": ("autre que celui qui est déclaré", "corriger le bordereau"),
    "206": ("signature du message non valide", "service d'archives"),
    "207": ("empreinte d'un document inexacte", "verser de nouveau"),
    "208": ("non communicable", "service d'archives"),
    "209": ("archive absente", "service d'archives"),
    "210": ("archive inconnue", "service d'archives"),
    "211": ("document attaché absent", "verser de nouveau"),
    "212": ("dérogation refusée", "service d'archives"),
    "300": ("accord de versement non valide", "service d'archives"),
    "301": ("quota de versements dépassé", "service d'archives"),
    "302": ("service producteur non autorisé", "corriger la configuration"),
    "303": ("service versant non autorisé", "corriger la configuration"),
    "304": ("service d'archives non autorisé", "corriger la configuration"),
    "305": ("signatures des documents absentes", "service d'archives"),
    "306": ("volume non conforme", "service d'archives"),
    "307": ("format non conforme", "service d'archives"),
    "308": ("empreintes non transmises", "corriger le bordereau"),
    "309": ("signature du message absente", "service d'archives"),
    "310": ("signatures des documents non valides", "service d'archives"),
    "311": ("signatures des documents non vérifiées", "service d'archives"),
    "312": ("hors des dates", "service d'archives"),
    "999": ("code de retour : 999", ""),
}


class SaeTest(support.SignedTest):

    def answered(self, answers, *words):
        """The tool against a SAE that gives these answers, by the ends of paths."""
        identities = self.home / "sandbox" / "identities"
        with canned.serving(canned.Service(answers), identities) as url:
            return self.pes(*words, env=canned.sae_settings(url, identities))

    def sent(self, answers, timeout="20s"):
        shutil.rmtree(self.home)
        shutil.copytree(self.made_home(), self.home)
        return self.answered(answers, "send", ID, "--yes", "--wait", "--timeout", timeout)

    def transfer(self):
        return self.shown()["data"]["sae_transfert_id"]


class Connection(SaeTest):

    CASES = [
        ({PING: Answer(status=404)}, 31, "no web services of as@lae", "/restservices"),
        ({PING: Answer(status=401)}, 25, "(HTTP 401)", "sae.login"),
        ({PING: Answer("<html><title>Accueil</title></html>")}, 31, "none of its protocol",
         "sae.url"),
        ({PING: Answer('"webservices as@lae accessibles"', kind=JSON),
          VERSIONS: Answer(status=401)}, 25, "(HTTP 401)", "sae.password"),
        ({PING: Answer('"webservices as@lae accessibles"', kind=JSON),
          VERSIONS: Answer("{}", kind=JSON)}, 31, "none of its protocol", "sae.url"),
        ({PING: Answer(status=302, location="https://ailleurs.example.org")}, 31,
         "sends us elsewhere (HTTP 302)", "sae.url"),
        ({PING: Answer(status=503)}, 30, "(HTTP 503)", "later"),
    ]

    def test_the_test_of_the_connection_says_why(self):
        for answers, exit_status, error, hint in self.CASES:
            with self.subTest(error):
                answer = self.answered(answers, "sae", "test")
                self.assertEqual(answer.status, exit_status, answer)
                self.assertIn(error, answer.lines_of("error")[0])
                self.assertIn(hint, answer.lines_of("hint")[0])

    def test_the_version_is_told_when_all_is_right(self):
        answer = self.answered(
            {PING: Answer('"webservices as@lae accessibles"', kind=JSON),
             VERSIONS: Answer('{"application":"as@lae","version":"V1.6.3"}', kind=JSON)},
            "sae", "test")
        self.assertEqual(answer.status, 0, answer)
        self.assertIn("V1.6.3", answer.out)


class Deposits(SaeTest):
    """sae §2.8: what a deposit is answered."""

    # Answer, what is read.
    CASES = [
        (Answer('Erreur de donnée du formulaire : la taille du fichier transmis "bordereau.xml" '
                "est nulle", 400), "la taille du fichier transmis"),
        (Answer("Une erreur interne est survenue", 500), "Une erreur interne est survenue"),
        (Answer(status=401), "(HTTP 401)"),
        (Answer(status=404), "(HTTP 404)"),
        (Answer(status=302, location="/users/login"), "(HTTP 302)"),
    ]

    def test_a_deposit_that_is_refused_ends_in_its_error_state(self):
        for refusal, words in self.CASES:
            with self.subTest(words):
                answer = self.sent({DEPOSIT: refusal, AR: ABSENT})
                self.assertEqual(answer.status, 1, answer)
                self.assertIn(words, answer.err)
                self.assertIn("L'envoi du bordereau a échoué", answer.err)
                self.assertIn("pes archive", answer.err)
                self.assertEqual(self.states(), PREPARED + [FAILED])

    def test_a_deposit_whose_answer_is_lost_is_settled_by_the_ar(self):
        for ar, last, is_open in ((ABSENT, PREPARED[-1], True), (PENDING, "Versé au SAE", False)):
            with self.subTest(last):
                self.sent({DEPOSIT: Answer(cut=True), AR: ar})
                self.assertEqual(self.states()[-1], last)
                self.assertEqual(bool(self.shown()["attempt"]), is_open)

    def test_a_refusal_is_not_believed_when_the_sae_has_the_transfer(self):
        self.sent({DEPOSIT: Answer("Une erreur interne est survenue", 500), AR: PENDING})
        self.assertEqual(self.states()[-1], "Versé au SAE")

    def test_nothing_is_known_while_neither_tells(self):
        answer = self.sent({DEPOSIT: Answer(cut=True), AR: Answer(status=502)})
        self.assertEqual(answer.status, 32, answer)
        self.assertIn("nobody knows yet", answer.lines_of("error")[0])
        self.assertTrue(self.shown()["attempt"]["unknown"])


class Messages(SaeTest):
    """What the AR and the reply are answered, before and when they come."""

    def test_a_message_that_is_not_ready_is_waited_for(self):
        for refusal in (PENDING, ABSENT):
            with self.subTest(refusal.body):
                answer = self.sent({DEPOSIT: DEPOSITED, AR: refusal})
                self.assertEqual(answer.status, 4, answer)
                self.assertIn(refusal.body.decode(), answer.err)
                self.assertEqual(self.states()[-1], "Versé au SAE")

    def test_a_message_that_cannot_be_had_is_told(self):
        for refusal, exit_status, words in NO_MESSAGE:
            with self.subTest(words, body=refusal.body):
                answer = self.sent({DEPOSIT: DEPOSITED, AR: refusal})
                self.assertEqual(answer.status, exit_status, answer)
                self.assertIn(words, answer.lines_of("error")[0])
                self.assertEqual(self.states()[-1], "Versé au SAE")

    def test_an_ar_of_another_transfer_is_an_error(self):
        answer = self.sent({DEPOSIT: DEPOSITED, AR: acknowledgement("autre")})
        self.assertEqual(answer.status, 1, answer)
        self.assertIn("autre", answer.err)
        self.assertEqual(self.states()[-1], "Erreur lors de la récupération de l'AR")
        kept = self.done("show", ID, "--get", "ar_sae")
        self.assertEqual(kept.out_bytes, acknowledgement("autre").body)


class Lost(SaeTest):
    """The SAE took the archive, and does not find it."""

    def test_a_person_is_told_after_an_hour_and_may_deposit_it_again(self):
        self.sent({DEPOSIT: DEPOSITED, AR: ABSENT})
        self.refused(12, "archive", ID, "--yes", says=["send-archive"])
        with support.rewritten_state(self.home) as state:
            state["etats"][-1]["date"] = state["job"]["next_try"] = support.LONG_AGO
        self.answered({AR: ABSENT}, "run", ID)
        read = self.done("status", ID).err
        self.assertIn("ne trouve pas ce transfert depuis plus d'une heure", read)
        self.assertIn(f"pes archive {ID}", read)
        self.assertEqual(self.shown()["action_possible"], ["send-archive"])

        transfer = self.transfer()
        answer = self.answered({AR: [ABSENT, acknowledgement(transfer)], DEPOSIT: DEPOSITED,
                                ATR: reply(transfer, "000")}, "archive", ID, "--yes", "--wait")
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.transfer(), transfer)
        self.assertEqual(self.states()[-1], "Traitement terminé")


class Replies(SaeTest):

    def for_each(self, replies, look):
        """Looks at what the tool answered when the SAE had replied each of these, which are made
        from the identifier of the transfer."""
        identities = self.home / "sandbox" / "identities"
        service = canned.Service({DEPOSIT: DEPOSITED, AR: PENDING})
        with canned.serving(service, identities) as url:
            env = canned.sae_settings(url, identities)
            answer = self.pes("send", ID, "--yes", "--wait", "--timeout", "20s", env=env)
            self.assertEqual(answer.status, 4, answer)
            transfer = self.transfer()
            service.answers[AR] = acknowledgement(transfer)
            service.answers[ATR] = PENDING
            saved = self.place / "saved"
            support.make_due(self.home)
            self.pes("run", ID, env=env)
            self.assertEqual(self.states()[-1], "AR SAE reçu")
            shutil.copytree(self.home, saved)
            for name, reply_to in replies.items():
                with self.subTest(name):
                    shutil.rmtree(self.home)
                    shutil.copytree(saved, self.home)
                    service.answers[ATR] = reply_to(transfer)
                    support.make_due(self.home)
                    look(name, self.pes("run", ID, env=env))


class ReplyCodes(Replies):
    """sae §2.7: each code, in words."""

    def for_each_code(self, codes, look):
        self.for_each({code: lambda transfer, code=code: reply(transfer, code) for code in codes},
                      look)

    def test_each_code_that_refuses_says_what_it_means_and_what_to_do(self):
        def look(code, answer):
            self.assertEqual(self.states()[-1], "Archive rejetée par le SAE", answer)
            read = self.pes("status", ID).err
            self.assertIn("La transaction a été refusée par le SAE. À lire (Archive refusée - "
                          f"code de retour : {code})", read)
            meaning, advice = CODES[code]
            self.assertIn(meaning, read)
            self.assertIn(advice, read)

        self.for_each_code(CODES, look)

    def test_a_reservation_is_accepted_and_told(self):
        def look(code, answer):
            self.assertEqual(answer.status, 0, answer)
            self.assertIn("Archive acceptée par le SAE", self.states(), answer)
            self.assertIn(RESERVATIONS[code], answer.err)
            self.assertIn("À lire", answer.err)

        self.for_each_code(RESERVATIONS, look)


class NoReply(Replies):
    """sae §2.8: what is no reply decides nothing."""

    def test_a_reply_that_is_not_ready_is_waited_for(self):
        def look(words, answer):
            self.assertEqual(answer.status, 0, answer)
            self.assertIn(words, self.pes("status", ID).err)
            self.assertEqual(self.states()[-1], "AR SAE reçu")

        # The other words, "en cours de traitement", have been told before.
        self.for_each({ABSENT.body.decode(): lambda _: ABSENT}, look)

    def test_a_reply_that_cannot_be_had_is_told(self):
        told = {f"{words} {answer.body}": (exit_status, words)
                for answer, exit_status, words in NO_MESSAGE}

        def look(name, answer):
            exit_status, words = told[name]
            self.assertEqual(answer.status, exit_status, answer)
            self.assertIn(words, answer.lines_of("error")[0])
            self.assertEqual(self.states()[-1], "AR SAE reçu")

        self.for_each({f"{words} {answer.body}": lambda _, answer=answer: answer
                       for answer, _, words in NO_MESSAGE}, look)

    # What comes in the place of a reply, and a part of what is read.
    UNUSABLE = {
        "transfer autre": lambda _: reply("autre", "000"),
        "has no code": lambda transfer: reply(transfer, ""),
        "« Acknowledgement »": acknowledgement,
        "« bordereau »": lambda _: Answer("<bordereau/>"),
    }

    def test_a_reply_that_cannot_be_used_is_an_error_and_is_kept(self):
        def look(words, answer):
            self.assertEqual(answer.status, 1, answer)
            self.assertEqual(self.states()[-1],
                             "Erreur lors de la vérification de la validité du transfert")
            read = self.pes("status", ID).err
            self.assertIn("Erreur lors de la vérification de la validité du transfert", read)
            self.assertIn(words, read)
            self.assertIn(f"pes run {ID}", read)
            kept = self.done("show", ID, "--get", "reply_sae")
            self.assertEqual(kept.out_bytes, self.UNUSABLE[words](self.transfer()).body)

        self.for_each(self.UNUSABLE, look)


if __name__ == "__main__":
    support.main()
