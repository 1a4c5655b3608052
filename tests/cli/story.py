"""The story of the README: from the creation of a home to the verification of the journal."""

import re
import shutil

import support
from support import AUTOMATON, FINISHED, FLOW, ID

SHORT_KEYS = ["id_d", "id_e", "denomination", "type", "document_type_libelle", "titre",
              "creation", "modification", "last_action", "last_action_libelle",
              "last_action_date", "dte_str", "cod_bud", "pes_etat_ack"]
FULL_KEYS = SHORT_KEYS + ["action_possible", "formulaire_ok", "message", "data", "fichiers",
                          "etats", "job", "attempt"]
# The type of a line stands where the type of the dossier does in a document.
LINE_KEYS = ["type", "schema", "id_d", "result", "exit", "changed", "dossier"]
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class WholeStory(support.ToolTest):

    def test_a_flow_goes_from_creation_to_archive_as_the_readme_tells(self):
        shutil.copy(FLOW, self.place)
        self.done("init", "demo", "--sandbox", "--user", "adminMegalis")
        self.folder = self.place / "demo"

        created = self.done("create", "../test-032022.xml", "--objet", "TEST-PES-0322",
                            "--id", ID)
        self.assertEqual(created.out.splitlines()[0], f"Le document {ID} a été créé")

        checked = self.pes("check", ID)
        self.assertEqual(checked.status, 20, checked)
        self.assertIn("le champ «Signer le fichier» est obligatoire", checked.out + checked.err)

        self.done("keys", "list")

        signed = self.done("sign", ID)
        self.assertIn("Patientez, signature n°1/1 en cours. "
                      "Format : xades-env-1.2.2-sha256", signed.err)
        self.assertEqual(signed.out, f"{ID} : La signature a été récupérée\n")

        sent = self.done("send", ID, "--wait", "--yes")
        self.assertEqual(sent.out, f"{ID} : Traitement terminé\n")
        self.assertIn("bac à sable : ceci est un test", sent.err)

        status = self.done("status", ID)
        self.assertEqual([row[0] for row in status.rows], FINISHED)
        self.assertEqual([row[2] for row in status.rows],
                         ["adminMegalis"] * 3 + [AUTOMATON] * (len(FINISHED) - 3))

        listed = self.done("list").rows
        self.assertEqual([(row[0], row[1], row[2], row[4]) for row in listed],
                         [("TEST-PES-0322", "PES (avec signature)", "Traitement terminé", ID)])
        self.assertRegex(listed[0][3], r"^\d\d/\d\d/\d{4} \d\d:\d\d:\d\d$")

        shown = dict(row[:2] for row in self.done("show", ID).rows)
        self.assertEqual(shown["Objet"], "TEST-PES-0322")
        self.assertEqual(shown["Etat acquittement Helios"], "Acquittement OK")
        self.assertEqual(shown["Signer le fichier"], "La signature a été récupérée")
        self.assertEqual(shown["Bordereau SEDA"], "bordereau.xml")

        self.done("journal", ID, "--verify")
        verified = self.done("verify", self.flow_that_was_sent())
        self.assertNotIn("error", verified.err)

    def flow_that_was_sent(self):
        path = self.place / "sent.xml"
        self.done("show", ID, "--get", "fichier_pes", "-o", path)
        return path


class Keys(support.HomeTest):

    def test_the_test_signatory_is_listed_with_issuer_and_expiry_and_said_usable(self):
        key = self.done("keys", "list", "--json").document["keys"][0]
        self.assertIs(key["usable"], True)
        self.assertEqual(key["holder"]["cn"], "Signataire de test")
        self.assertRegex(key["holder"]["not_after"], UTC)
        self.assertIn("Signataire de test", self.done("keys", "list").out)


class OnATerminal(support.SignedTest):

    def test_the_detail_shows_the_sections_of_the_platform_in_its_order(self):
        self.done("send", ID, "--wait", "--yes")
        shown = support.without_styles(self.on_terminal("show", ID).out)
        lines = [line.strip() for line in shown.splitlines()]
        sections = ["PES", "Cheminement", "Libersign", "Information PES Aller", "Retour Tdt",
                    "SAE"]
        self.assertEqual([line for line in lines if line in sections], sections)

    def test_the_states_have_the_header_of_the_platform(self):
        header = self.on_terminal("status", ID).out
        self.assertRegex(header, r"État +Date +Utilisateur +Journal")


class Documents(support.SignedTest):

    def test_each_document_has_its_schema_and_the_keys_of_the_manual_in_order(self):
        line = self.done("send", ID, "--wait", "--yes", "--json").documents[0]
        self.assertEqual(list(line), LINE_KEYS + ["error"])
        self.assertEqual((line["type"], line["schema"]), ("dossier", "pes.send/1"))
        self.assertEqual((line["result"], line["exit"], line["changed"]), ("done", 0, True))
        self.assertEqual(list(line["dossier"]), FULL_KEYS)
        self.assertEqual(line["dossier"]["last_action"], "termine")
        self.assertRegex(line["dossier"]["last_action_date"], UTC)

        shown = self.shown()
        self.assertEqual(list(shown), ["schema"] + FULL_KEYS)
        self.assertEqual(shown["schema"], "pes.show/1")
        self.assertEqual(shown["data"]["pes_etat_ack"], "1")

        listed = self.done("list", "--json").document
        self.assertEqual(list(listed), ["schema", "total", "page", "limit", "dossiers"])
        self.assertEqual(list(listed["dossiers"][0]), SHORT_KEYS)

        status, summary = self.done("status", ID, "--json").documents
        self.assertEqual(list(status), LINE_KEYS + ["last_message", "error"])
        self.assertEqual(summary["type"], "summary")
        self.assertEqual(summary["done"], 1)

        self.assertEqual(self.done("journal", "--verify", "--json").document,
                         {"schema": "pes.journal/1", "sound": True, "faults": [],
                          "stamps": {"stamped": 0, "waiting": 0, "authority_judged": False}})

    def test_json_is_the_same_on_a_terminal_and_in_a_pipe_and_in_any_language(self):
        for words in (["show", ID], ["list"], ["status", ID], ["journal", "--limit", "1"],
                      ["types"], ["entities"], ["config", "show"], ["keys", "list"]):
            with self.subTest(words):
                piped = self.done(*words, "--json")
                self.assertEqual(self.on_terminal(*words, "--json").out_bytes, piped.out_bytes)
                french = self.done(*words, "--json", env={"LC_ALL": "fr_FR.UTF-8"})
                self.assertEqual(french.out_bytes, piped.out_bytes)

    def test_a_failure_is_one_document_on_the_standard_error(self):
        answer = self.pes("show", "aaaaaaa", "--json")
        self.assertEqual((answer.status, answer.out), (10, ""))
        failure = answer.failure
        self.assertEqual(list(failure), ["type", "schema", "code", "exit", "message", "hint",
                                         "id_d", "cause"])
        self.assertEqual((failure["type"], failure["schema"], failure["code"], failure["exit"]),
                         ("error", "pes.error/1", "dossier.unknown", 10))


class RunningTwice(support.SignedTest):

    def test_what_is_done_already_is_a_success_that_changes_nothing(self):
        create = ["create", FLOW, "--objet", "TEST-PES-0322", "--id", "JV63Fyu", "--json"]
        self.assertTrue(self.done(*create).document["changed"])
        self.assertFalse(self.done(*create).document["changed"])
        self.refused(12, "create", FLOW, "--objet", "Autre", "--id", "JV63Fyu")

        self.assertFalse(self.done("sign", ID, "--json").documents[0]["changed"])
        self.done("send", ID, "--wait", "--yes")
        again = self.done("send", ID, "--yes", "--json").documents[0]
        self.assertEqual((again["result"], again["changed"]), ("already-done", False))
        transactions = self.done("sandbox", "transactions", "--json").document["transactions"]
        self.assertEqual(len(transactions), 1)


class French(support.SignedTest):

    def setUp(self):
        super().setUp()
        tool = support.pathlib.Path(support.PES)
        if not (tool.parent.parent / "share/locale/fr/LC_MESSAGES/pes.mo").exists():
            self.skipTest("the French catalogue is not built beside the tool")

    def test_a_person_who_speaks_french_reads_french(self):
        answer = self.pes("show", "aaaaaaa", env={"LC_ALL": "fr_FR.UTF-8"})
        self.assertEqual(answer.status, 10)
        self.assertIn("erreur : ", answer.err)
        self.assertIn("conseil : ", answer.err)
        self.assertNotIn("unknown", answer.err)


if __name__ == "__main__":
    support.main()
