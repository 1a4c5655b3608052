"""The list of dossiers: pages, order, filters."""

import json
import shutil

import support

TITLES = [f"Mandats {rank:02}" for rank in range(1, 26)]


class Empty(support.HomeTest):

    def test_an_empty_list_says_position_1_a_0_sur_0_and_succeeds(self):
        shown = self.on_terminal("list")
        self.assertEqual(shown.status, 0)
        self.assertIn("Position 1 à 0 sur 0", shown.out + shown.err)
        piped = self.done("list")
        self.assertEqual(piped.out, "")
        self.assertEqual(self.done("list", "--json").document["total"], 0)


class WithoutIndex(support.HomeTest):

    def test_an_index_that_cannot_be_used_is_told_by_config_check(self):
        self.assertEqual(self.done("config", "check").lines_of("warning"), [])
        shutil.rmtree(self.home / "index")
        (self.home / "index").write_text("")
        self.done("create", "--objet", "un")
        self.assertEqual(len(self.done("list").rows), 1)
        warning, = self.done("config", "check").lines_of("warning")
        self.assertIn("index", warning)


class Pages(support.HomeTest):
    """Twenty-five dossiers, moved one after the other, one second apart."""

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        cls.template = support.pathlib.Path(place.name) / "demo"
        shutil.copytree(support.demo(), cls.template)
        for rank, title in enumerate(TITLES):
            kind = "pes" if rank % 5 == 0 else "pes-avec-signature"
            words = ["create", "--objet", title, "--type", kind, "--id", f"Aaaaa{rank + 10}"]
            support.subprocess.run([support.PES, *words, "--quiet"], cwd=cls.template,
                                   env=support.environment(place.name), check=True,
                                   capture_output=True)
        for rank in range(len(TITLES)):
            cls.set_date(cls.template, f"Aaaaa{rank + 10}", f"2022-03-02T14:48:{rank:02}Z")

    @staticmethod
    def set_date(home, dossier, date):
        """Of the last state: nobody waits a second between two creations."""
        path = home / "dossiers" / dossier[:2] / dossier / "dossier.json"
        state = json.loads(path.read_text())
        state["etats"][-1]["date"] = date
        path.write_text(json.dumps(state))

    def setUp(self):
        support.ToolTest.setUp(self)
        self.folder = self.home = self.place / "demo"
        shutil.copytree(self.template, self.home)

    def titles(self, *words):
        return [row[0] for row in self.done("list", *words).rows]

    def test_a_page_has_twenty_dossiers_the_last_moved_first(self):
        self.assertEqual(self.titles(), TITLES[:4:-1])
        self.assertEqual(self.titles("--page", "2"), TITLES[4::-1])
        self.assertEqual(self.titles("--page", "3"), [])

    def test_a_terminal_shows_the_columns_and_the_position_of_the_platform(self):
        first = self.on_terminal("list")
        self.assertIn("Position 1 à 20 sur 25", first.out + first.err)
        self.assertRegex(first.out,
                         r"Titre +Type de dossier +Dernier état +Dernier changement d'état")
        self.assertIn("02/03/2022 15:48:24", first.out)
        second = self.on_terminal("list", "--page", "2")
        self.assertIn("Position 21 à 25 sur 25", second.out + second.err)

    def test_a_type_that_is_chosen_gives_its_columns_instead_of_its_name(self):
        shown = self.on_terminal("list", "--type", "PES (avec signature)", width=160)
        self.assertRegex(shown.out, "Titre +Dernier état +Dernier changement d'état +"
                                    "Date de production du fichier +Code Budget +"
                                    "Etat acquittement Helios")
        self.assertNotIn("Type de dossier", shown.out)
        self.assertIn("Position 1 à 20 sur 20", shown.out + shown.err)
        self.assertEqual(self.titles("--type", "pes"), TITLES[20::-5])

    def test_a_limit_and_an_order(self):
        self.assertEqual(self.titles("--limit", "1000", "--sort", "titre", "--ascending"), TITLES)
        self.assertEqual(self.titles("--limit", "3", "--page", "2", "--sort", "titre",
                                     "--ascending"), TITLES[3:6])

    def test_a_search_on_the_title_and_a_filter_on_the_state(self):
        self.assertEqual(self.titles("--search", "MANDATS 1"), TITLES[18:8:-1])
        self.assertEqual(self.titles("--search", "absent"), [])
        self.assertEqual(len(self.titles("--state", "modification", "--limit", "30")), 25)
        self.assertEqual(len(self.titles("--state", "En cours de rédaction")), 20)
        self.assertEqual(self.titles("--state", "termine"), [])
        self.assertEqual(self.titles("--search", "mandats 25", "--state", "termine",
                                     "--state", "modification"), ["Mandats 25"])

    def test_json_tells_which_part_it_is(self):
        document = self.done("list", "--page", "2", "--json").document
        self.assertEqual((document["total"], document["page"], document["limit"]), (25, 2, 20))
        self.assertEqual(len(document["dossiers"]), 5)

    def test_a_dossier_without_title_is_shown_by_its_identifier(self):
        self.done("create", "--id", "JV63Fyu")
        self.assertIn("JV63Fyu", self.titles())
        self.assertEqual(self.done("list", "--state", "creation").rows[0][2], "Créé")

    def test_a_wrong_order_or_page_is_refused(self):
        self.refused(2, "list", "--sort", "couleur", says=["couleur"])
        self.refused(2, "list", "--page", "0", says=["0"])
        self.refused(2, "list", "--limit", "-1", hint=False)

    def test_dossiers_belong_to_one_entity(self):
        self.assertEqual(self.titles("--entity", "zTest_Megalis"), [])
        self.done("create", "--objet", "Ailleurs", "--entity", "1")
        self.assertEqual(self.titles("--entity", "zTest_Megalis"), ["Ailleurs"])
        self.assertNotIn("Ailleurs", self.titles("--limit", "100"))
        self.assertIn("Ailleurs", [row[1] for row in self.done("list", "--all").rows]
                      + self.titles("--all"))


if __name__ == "__main__":
    support.main()
