"""Dossiers, entities and files that are not there, or not in a state that allows what is asked."""


import support
from support import ID


class Unknown(support.HomeTest):

    def test_a_dossier_that_does_not_exist(self):
        for words in (["show"], ["sign"], ["edit", "--objet", "X"], ["send", "--yes"],
                      ["status"], ["archive", "--yes"], ["delete", "--yes"]):
            with self.subTest(words[0]):
                self.refused(10, words[0], "aaaaaaa", *words[1:], says=["aaaaaaa"])
        self.assert_nothing_half_written()

    def test_a_word_that_is_no_identifier(self):
        answer = self.refused(10, "show", "../../etc", says=["../../etc"])
        self.assertEqual(answer.out, "")

    def test_an_entity_that_does_not_exist(self):
        self.refused(10, "create", support.FLOW, "--entity", "nulle-part", says=["nulle-part"])
        self.assert_nothing_half_written()

    def test_the_root_has_no_dossiers(self):
        answer = self.pes("create", support.FLOW, "--entity", "0")
        self.assertNotEqual(answer.status, 0, answer)
        self.assertEqual(len(answer.lines_of("error")), 1, answer)
        self.assert_nothing_half_written()

    def test_a_type_that_does_not_exist(self):
        self.refused(10, "create", support.FLOW, "--type", "actes", says=["actes"])

    def test_a_file_that_does_not_exist(self):
        self.refused(10, "create", "absent.xml", says=["absent.xml"], hint=False)
        self.assert_nothing_half_written()

    def test_a_folder_in_place_of_a_file(self):
        answer = self.pes("create", self.place)
        self.assertNotIn(answer.status, (0, 70), answer)
        self.assertEqual(len(answer.lines_of("error")), 1, answer)

    def test_a_folder_that_is_no_home(self):
        empty = self.place / "vide"
        empty.mkdir()
        self.refused(21, "--home", empty, "list", says=["vide"])
        self.assertEqual(list(empty.iterdir()), [])


class NoIdentity(support.ToolTest):

    def test_outside_of_a_home_the_person_is_told_how_to_make_one(self):
        answer = self.refused(21, "list")
        self.assertIn("pes init", answer.err)


class Usage(support.HomeTest):

    def test_a_mistyped_command_or_option_is_guessed_and_not_executed(self):
        answer = self.refused(2, "craete", support.FLOW, says=["craete"])
        self.assertIn("create", answer.lines_of("hint")[0])
        self.refused(2, "list", "--sorte", "titre", says=["--sorte"])
        self.refused(2, "list", "--page", "zero", says=["zero"])
        self.assert_nothing_half_written()

    def test_alone_it_prints_its_help_on_the_standard_error(self):
        answer = self.pes()
        self.assertEqual((answer.status, answer.out), (2, ""))
        self.assertIn("Usage: pes", answer.err)

    def test_a_confirmation_that_nobody_can_give_does_nothing(self):
        self.done("create", support.FLOW, "--objet", "T", "--id", ID)
        self.done("sign", ID)
        for words in (["send", ID], ["delete", ID], ["send", ID, "--no-input"]):
            with self.subTest(words):
                answer = self.refused(2, *words)
                self.assertIn("--yes", answer.lines_of("hint")[0])
        self.assertEqual(self.shown()["last_action"], "modification")

    def test_dry_run_changes_nothing(self):
        self.done("create", support.FLOW, "--objet", "T", "--id", ID)
        before = self.files()
        for words in (["sign", ID], ["edit", ID, "--objet", "X"], ["delete", ID],
                      ["create", support.FLOW, "--objet", "Y"]):
            with self.subTest(words[0]):
                self.done(*words, "--dry-run")
        self.assertEqual(self.files(), before)

    def files(self):
        return {path: path.read_bytes() for path in self.home.rglob("*") if path.is_file()}


class Configuration(support.HomeTest):

    def test_an_unknown_key_is_an_error_with_its_line_and_a_suggestion(self):
        settings = self.home / "pes.toml"
        lines = settings.read_text().splitlines()
        rank = lines.index("[sandbox]") + 2
        lines.insert(rank - 1, 'scenarii = "accepte"')
        settings.write_text("\n".join(lines) + "\n")
        answer = self.refused(21, "list", says=["scenarii", f"pes.toml:{rank}"])
        self.assertIn("scenario", answer.err.replace("scenarii", ""))

    def test_a_value_of_another_kind(self):
        self.refused(21, "list", env={"PES_SANDBOX_SCENARIO": "joyeux"}, says=["joyeux"])
        self.refused(21, "list", env={"PES_TDT_URL": "http://example.org"}, says=["PES_TDT_URL"])

    def test_options_win_over_variables_and_variables_over_the_file(self):
        def scenario(**env):
            shown = self.done("config", "show", "sandbox.scenario", "--json", env=env).document
            return [(s["value"], s["origin"]) for s in shown["settings"]]
        self.assertEqual(scenario(), [("accepte", "project-file")])
        self.assertEqual(scenario(PES_SANDBOX_SCENARIO="muet"), [("muet", "environment")])
        listed = self.done("list", "--home", self.home, env={"PES_HOME": "/nowhere"})
        self.assertEqual(listed.status, 0)


class AnotherState(support.SignedTest):

    def test_what_was_sent_cannot_be_edited_signed_again_or_deleted(self):
        self.set_scenario("muet")
        self.done("send", ID, "--yes")
        self.done("run", ID)
        before = self.shown()
        reason = "Le dernier état du document (send-tdt) ne permet pas de déclencher cette action"
        self.refused(12, "edit", ID, "--objet", "X", says=["« Modifier »", reason])
        self.refused(12, "delete", ID, "--yes", says=["« Supprimer »", reason])
        self.refused(12, "delete", ID, "--confirm", ID, says=["« Supprimer »", reason])
        self.refused(12, "archive", ID, "--yes", says=["« Verser au SAE »", reason])
        self.assertFalse(self.done("sign", ID, "--json").documents[0]["changed"])
        self.assertEqual(self.shown(), before)
        self.assert_nothing_half_written([ID])

    def test_what_is_not_signed_or_has_no_title_is_not_sent(self):
        self.done("create", support.FLOW, "--objet", "T", "--id", "JV63Fyu")
        self.refused(12, "send", "JV63Fyu", "--yes", says=["«Signer le fichier»"])
        self.done("create", support.FLOW, "--type", "pes", "--id", "jKh58mP")
        self.refused(12, "send", "jKh58mP", "--yes", says=["«Objet»"])
        self.done("create", "--objet", "Sans fichier", "--id", "VUHKM40")
        self.refused(12, "send", "VUHKM40", "--yes", says=["«Fichier PES»"])
        transactions = self.done("sandbox", "transactions", "--json").document["transactions"]
        self.assertEqual(transactions, [])

    def test_what_is_finished_is_deleted_only_by_its_identifier(self):
        self.done("send", ID, "--wait", "--yes")
        self.refused(2, "delete", ID, "--yes")
        answer = self.pes("delete", ID, "--confirm", "JV63Fyu")
        self.assertNotEqual(answer.status, 0, answer)
        self.assertEqual(self.states()[-1], "Traitement terminé")
        self.done("delete", ID, "--confirm", ID)
        self.refused(10, "show", ID)
        self.assert_nothing_half_written()
        self.assertEqual(self.events(ID)[0]["message"],
                         f"Le document « TEST-PES-0322 » ({ID}) a été supprimé")
        self.assertEqual(self.events(ID)[0]["action"], "suppression")

    def test_of_several_dossiers_one_failure_does_not_stop_the_others(self):
        answer = self.pes("send", "aaaaaaa", ID, "--yes", "--wait", "--json")
        self.assertEqual(answer.status, 3, answer)
        unknown, sent, summary = answer.documents
        self.assertEqual((unknown["exit"], sent["exit"]), (10, 0))
        self.assertEqual((summary["done"], summary["failed"], summary["exit"]), (1, 1, 3))

    def test_identifiers_come_from_the_standard_input(self):
        answer = self.done("status", "-", stdin=f"{ID}\n".encode())
        self.assertEqual({row[-1] for row in answer.rows}, {ID})


if __name__ == "__main__":
    support.main()
