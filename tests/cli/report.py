"""The report: its figures, as a page and as JSON, of dossiers that the sandbox brought to all ends."""

import datetime
import html.parser
import json
import os
import shutil

import support
from many_states import fill

STANDINGS = ["draft", "under_way", "finished", "refused", "rejected", "tdt_error", "failed",
             "suspended", "fate_unknown"]


class Reader(html.parser.HTMLParser):
    """What is in a page: its tags, balanced, and its texts."""

    EMPTY = {"meta", "link"}

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.texts, self.attributes = [], [], [], []
        self.feed(page)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.texts.append(data.strip())


class EveryEnd(support.HomeTest):
    """One dossier of each kind, made once."""

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        cls.template = support.pathlib.Path(place.name) / "demo"
        shutil.copytree(support.demo(), cls.template)
        fill(cls.template, support.PES, len(STANDINGS), days=1)

    def setUp(self):
        support.ToolTest.setUp(self)
        self.folder = self.home = self.place / "demo"
        shutil.copytree(self.template, self.home)

    def figures(self, *words):
        return self.done("report", "--json", *words).document

    def state_files(self):
        return sorted((self.home / "dossiers").glob("*/*/dossier.json"))

    def edit(self, path, **changes):
        state = json.loads(path.read_text())
        state.update(changes)
        path.write_text(json.dumps(state))

    def test_each_is_counted_where_it_stands(self):
        figures = self.figures()
        self.assertEqual(figures["standings"], {name: 1 for name in STANDINGS})
        self.assertEqual(figures["volume"]["flows"], len(STANDINGS))
        self.assertEqual(sum(state["flows"] for state in figures["states"]), len(STANDINGS))
        self.assertEqual(sum(day["flows"] for day in figures["days"]), len(STANDINGS))

    def test_the_acquits_are_counted_and_timed(self):
        acquits = self.figures()["acquits"]
        # finished, rejected and failed were accepted; the TdT's error came with an acquit.
        self.assertEqual((acquits["ok"], acquits["ko"]), (3, 2))
        self.assertEqual(acquits["timed"], 5)
        self.assertEqual(sum(part["flows"] for part in acquits["distribution"]), 5)
        self.assertLessEqual(acquits["median"], acquits["percentile_90"])

    def test_what_helios_refused_has_its_reasons_in_words(self):
        refusals = self.figures()["refusals"]
        self.assertEqual(refusals["flows"], 2)
        self.assertGreaterEqual(refusals["bordereaux"], 2)
        self.assertTrue(refusals["reasons"])
        for reason in refusals["reasons"]:
            self.assertTrue(reason["num_ano"])
            self.assertTrue(reason["signification"] or reason["num_ano"] == "ERREUR_AUTRE")

    def test_what_needs_a_person_has_a_command_that_exists(self):
        attention = {entry["concern"]: entry for entry in self.figures()["attention"]}
        self.assertEqual(set(attention), {"fate_unknown", "suspended", "failed", "rejected"})
        self.assertEqual(attention["failed"]["flows"], 2)
        for entry in attention.values():
            for dossier in entry["dossiers"]:
                self.assertTrue(dossier["message"], dossier)
                tool, command, identifier, *_ = dossier["command"].split()
                self.assertEqual((tool, identifier), ("pes", dossier["id_d"]))
                self.done("help", command)

    def test_a_dossier_that_does_not_move_is_late_after_two_days(self):
        old = (datetime.datetime.now(datetime.timezone.utc)
               - datetime.timedelta(hours=49)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for path in self.state_files():
            state = json.loads(path.read_text())
            if state["etats"][-1]["action"] == "send-tdt" and not state["attempt"] \
                    and not state["job"]["is_lock"]:
                state["etats"][-1]["date"] = old
                path.write_text(json.dumps(state))
        late, = [entry for entry in self.figures()["attention"] if entry["concern"] == "late"]
        self.assertEqual(late["flows"], 1)
        # Whatever the period.
        later = self.figures("--since", "2099-01-01")
        self.assertEqual(later["volume"]["flows"], 0)
        self.assertIn("late", [entry["concern"] for entry in later["attention"]])

    def test_a_period_takes_both_its_days(self):
        for path, day in zip(self.state_files(), (1, 2, 3)):
            self.edit(path, creation=f"2022-03-0{day}T22:30:00Z")  # 23:30 in Paris
        days = ("--since", "2022-03-01", "--until", "2022-03-02")
        self.assertEqual([(day["day"], day["flows"]) for day in self.figures(*days)["days"]],
                         [("2022-03-01", 1), ("2022-03-02", 1)])
        self.refused(2, "report", "--since", "2022-03-02", "--until", "2022-03-01",
                     says=["--since", "--until"], hint=False)
        self.refused(2, "report", "--since", "hier", says=["hier"])

    def test_an_entity_is_counted_alone(self):
        self.edit(self.state_files()[0], id_e="1")
        self.assertEqual(self.figures("--entity", "zTest_Megalis")["volume"]["flows"], 1)
        self.assertEqual(self.figures("--entity", "test")["volume"]["flows"], len(STANDINGS) - 1)
        self.refused(10, "report", "--entity", "ailleurs", says=["ailleurs"])

    def test_one_that_cannot_be_read_hides_no_other_and_is_in_the_page(self):
        damaged = self.state_files()[0]
        damaged.write_text("{")
        answer = self.pes("report", "--json")
        self.assertEqual(answer.status, 13)
        self.assertEqual(answer.document["unreadable"], [damaged.parent.name])
        self.assertEqual(answer.document["volume"]["flows"], len(STANDINGS) - 1)
        page = self.pes("report")
        self.assertEqual(page.status, 13)
        self.assertIn(damaged.parent.name, page.out)


class Page(support.HomeTest):

    NASTY = """<script>alert(1)</script> & "L'été" <b>gras</b>"""

    def page(self, *words, **more):
        return self.done("report", *words, **more).out

    def test_whatever_a_title_holds_is_shown_and_not_understood(self):
        self.done("create", support.FLOW, "--objet", self.NASTY, "--id", support.ID)
        self.done("sign", support.ID)
        self.pes("send", support.ID, "--yes", "--wait",
                 env={"PES_SANDBOX_SCENARIO": "sae-refuse"})
        page = self.page()
        reader = Reader(page)
        self.assertIn(self.NASTY, reader.texts)
        self.assertNotIn("script", reader.tags)
        self.assertIn(f"pes archive {support.ID}", reader.texts)
        self.assertIn("Erreur lors de l'envoi au SAE", page.replace("&#39;", "'"))

    def test_nothing_is_asked_of_anybody(self):
        self.done("create", support.FLOW, "--objet", "Mandats")
        reader = Reader(self.page())
        self.assertIn("svg", reader.tags)
        self.assertNotIn("script", reader.tags)
        for name, value in reader.attributes:
            self.assertNotIn(name, ("src", "onload", "onclick", "style"))
            if name == "href":
                self.assertEqual(value, "data:,")

    def test_the_language_is_that_of_the_reader(self):
        self.assertIn('<html lang="en">', self.page())
        french = self.page(env={"LC_ALL": "", "LANG": "fr_FR.UTF-8", "LANGUAGE": "fr"})
        self.assertIn('<html lang="fr">', french)
        self.assertIn("à regarder", french)

    def test_an_empty_home_has_its_page(self):
        page = self.page()
        Reader(page)
        self.assertIn("There is no flow in this period.", page)
        self.assertEqual(self.done("report", "--json").document["days"], [])

    def test_a_file_is_kept_unless_it_is_to_be_replaced(self):
        place = self.place / "rapport.html"
        written = self.done("report", "--out", place)
        self.assertEqual(written.out, "")
        self.assertTrue(place.read_text().startswith("<!DOCTYPE html>"))
        place.write_text("à moi")
        self.refused(2, "report", "--out", place, says=["rapport.html"])
        self.assertEqual(place.read_text(), "à moi")
        self.done("report", "--out", place, "--force")
        self.assertIn("</html>", place.read_text())
        self.assertEqual(os.listdir(self.place).count("rapport.html"), 1)
        self.refused(1, "report", "--out", self.place / "absent" / "r.html", hint=False)
        self.refused(2, "report", "--force", says=["--force"], hint=False)

    def test_figures_and_page_come_from_one_reading(self):
        place = self.place / "rapport.html"
        figures = self.done("report", "--json", "--out", place).document
        self.assertEqual(figures["schema"], "pes.report/1")
        self.assertIn("</html>", place.read_text())


if __name__ == "__main__":
    support.main()
