"""A folder of flows, dropped at night: each becomes one dossier, is signed and sent once, and the
report says of each what happened."""

import csv
import io
import os
import pathlib
import shutil
import xml.etree.ElementTree

import support
from deposits import DepositTest, manifest, numbered

SIRET = b"00000000000018"


class Good(DepositTest):

    def test_flows_zips_and_folders_are_created_signed_sent_and_filed(self):
        self.dropped("un.xml", numbered(1))
        self.dropped("DEUX.XML", numbered(2))
        self.zipped("lot.zip", {"trois.xml": numbered(3), "quatre.xml": numbered(4)})
        self.zipped("seul.zip", {"mars/manifest.xml": manifest("cinq.xml", "Cinq"),
                                 "mars/cinq.xml": numbered(5)})
        self.dropped("dossier/flux.xml", numbered(6))
        self.dropped("dossier/manifest.xml", manifest(objet="Six"))
        self.dropped("notes.txt", b"mine")

        lines, summary = self.deposit()

        self.assertEqual({name: line["result"] for name, line in lines.items()},
                         dict.fromkeys(["un.xml", "DEUX.XML", "lot.zip/trois.xml",
                                        "lot.zip/quatre.xml", "seul.zip/cinq.xml",
                                        "dossier/flux.xml"], "sent"))
        self.assertEqual((summary["sent"], summary["exit"]), (6, 0))
        titles = {name: line["dossier"]["titre"] for name, line in lines.items()}
        self.assertEqual(titles, {"un.xml": "un.xml", "DEUX.XML": "DEUX.XML",
                                  "lot.zip/trois.xml": "trois.xml",
                                  "lot.zip/quatre.xml": "quatre.xml",
                                  "seul.zip/cinq.xml": "Cinq", "dossier/flux.xml": "Six"})
        self.assertEqual(self.names_in(self.drop), ["notes.txt"])
        self.assertEqual(self.names_in(self.filed),
                         ["DEUX.XML", "dossier", "lot.zip", "seul.zip", "un.xml"])
        self.assertEqual(self.names_in(self.refusals), [])
        self.assertEqual(len(self.transactions()), 6)
        self.assertEqual({line["dossier"]["last_action"] for line in lines.values()},
                         {"send-tdt"})
        moved = lines["un.xml"]["moved_to"]
        self.assertEqual(moved, str(self.filed / "un.xml"))
        self.done("journal", "--verify")

    def test_the_same_again_deposits_nothing_twice(self):
        self.dropped("un.xml", numbered(1))
        first = self.deposit()[0]["un.xml"]["dossier"]["id_d"]
        self.assertEqual(self.done(*self.words()).out, "")

        self.dropped("un.xml", numbered(1))
        self.dropped("copie.xml", numbered(1))
        self.zipped("lot.zip", {"un.xml": numbered(1)})
        lines, summary = self.deposit()

        self.assertEqual({line["result"] for line in lines.values()}, {"already-known"})
        self.assertEqual({line["dossier"]["id_d"] for line in lines.values()}, {first})
        self.assertEqual((summary["already_known"], summary["sent"]), (3, 0))
        self.assertEqual(len(self.transactions()), 1)
        self.assertEqual(self.names_in(self.filed), ["copie.xml", "lot.zip", "un-1.xml", "un.xml"])

    def test_the_same_flow_of_another_entity_or_type_is_another_dossier(self):
        for words in (["--entity", "1"], ["--entity", "2"], ["--entity", "2", "--type", "pes"]):
            self.dropped("un.xml", numbered(1))
            self.assertEqual(self.results("--until", "created", *words), {"un.xml": "created"})

    def test_a_flow_that_is_signed_already_is_sent_as_it_is(self):
        self.dropped("un.xml", numbered(1))
        shutil.copy(self.drop / "un.xml", self.place)
        self.done("sign", "--in", self.place / "un.xml", "--out", self.drop / "un.xml",
                  "--force")

        line = self.deposit()[0]["un.xml"]

        self.assertEqual((line["result"], line["dossier"]["type"]), ("sent", "pes"))

    def test_a_deposit_goes_on_from_where_the_one_before_stopped(self):
        flow = self.dropped("un.xml", numbered(1))
        words = ("deposit", flow, "--yes", "--json")
        results = [self.done(*words, "--until", until).documents[0]["result"]
                   for until in ("created", "created", "signed", "signed", "sent", "sent")]
        self.assertEqual(results, ["created", "already-known", "signed", "already-known",
                                   "sent", "already-known"])
        self.assertEqual(len(self.transactions()), 1)

    def test_without_a_key_a_flow_waits_for_its_signatory(self):
        self.dropped("un.xml", numbered(1))
        settings = self.home / "pes.toml"
        settings.write_text(settings.read_text().replace(
            'key = "sandbox/identities/signing.p12"\n', ""))
        self.assertEqual(self.results(), {"un.xml": "created"})
        self.assertEqual(self.transactions(), [])

    def test_a_password_is_read_once_for_all(self):
        for number in range(1, 4):
            self.dropped(f"{number}.xml", numbered(number))
        password = (self.home / "sandbox/identities/signing.password").read_bytes()
        key = ("--key", "sandbox/identities/signing.p12", "--pin-from", "stdin")
        self.assertEqual(set(self.results(*key, stdin=password).values()), {"sent"})


    def test_a_flow_is_deposited_whatever_its_name(self):
        self.dropped("b\u0153uf.xml", numbered(1))
        (pathlib.Path(os.fsdecode(os.fsencode(self.drop) + b"/\xe9t\xe9.xml"))
         .write_bytes(numbered(2)))
        lines, _ = self.deposit()
        self.assertEqual(sorted((line["result"], line["dossier"]["titre"])
                                for line in lines.values()),
                         [("sent", "boeuf.xml"), ("sent", "\u00e9t\u00e9.xml")])
        self.assertEqual(self.names_in(self.drop), [])


class Choices(DepositTest):

    def test_the_entity_is_that_of_the_siret(self):
        settings = self.home / "pes.toml"
        settings.write_text(settings.read_text().replace(
            "[entity.1]\n", '[entity.1]\nsiren = "732829320"\n'))
        self.dropped("un.xml", numbered(1, (SIRET, b"73282932000074")))
        self.dropped("inconnu.xml", numbered(2))
        lines, _ = self.deposit("--entity-from", "siret", status=3)
        self.assertEqual(lines["un.xml"]["dossier"]["id_e"], "1")
        self.assertEqual(lines["inconnu.xml"]["error"]["code"], "entity.unknown")
        self.assertEqual(self.names_in(self.refusals), ["inconnu.xml"])

    def test_titles_come_from_where_they_are_wanted(self):
        for choice, expected in ((None, "Mars"), ("name", "flux.xml"), ("manifest", "Mars"),
                                 ("nomfic", "PESALR2_00000000000018_220302_001.xml")):
            with self.subTest(choice):
                self.dropped("lot/flux.xml", numbered(1))
                self.dropped("lot/manifest.xml", manifest(objet="Mars"))
                words = [] if choice is None else ["--objet-from", choice]
                line = self.deposit("--until", "created", *words)[0]["lot/flux.xml"]
                self.assertEqual(line["dossier"]["titre"], expected)
                self.done("delete", line["dossier"]["id_d"], "--yes")
        self.dropped("un.xml", numbered(2))
        lines, _ = self.deposit("--objet-from", "manifest", status=20)
        self.assertEqual(lines["un.xml"]["result"], "refused")

    def test_a_manifest_decides_of_the_archive_and_is_told_what_it_says_in_vain(self):
        self.dropped("lot/flux.xml", numbered(1))
        self.dropped("lot/manifest.xml", manifest(
            more='<data name="envoi_sae" value="0"/><data name="classification" value="7"/>'))
        line = self.deposit("--until", "created")[0]["lot/flux.xml"]
        self.assertEqual(self.shown(line["dossier"]["id_d"])["data"]["envoi_sae"], "0")
        self.assertEqual([finding["code"] for finding in line["findings"]], ["manifest.field"])

    def test_a_path_that_is_not_there_stops_none_of_the_others(self):
        good = [self.dropped(f"{number}.xml", numbered(number)) for number in (1, 2)]
        answer = self.pes("deposit", good[0], self.place / "absent.xml", good[1], "--yes", "--json")
        self.assertEqual(answer.status, 3, answer)
        self.assertEqual({os.path.basename(line["file"]): (line["result"], line["exit"])
                          for line in answer.documents[:-1]},
                         {"1.xml": ("sent", 0), "2.xml": ("sent", 0), "absent.xml": ("failed", 10)})

    def test_a_file_that_is_named_twice_is_taken_once(self):
        flow = self.dropped("un.xml", numbered(1))
        words = ("--stable", "0", "--done", self.filed, "--yes", "--json")
        answer = self.done("deposit", flow, self.drop, self.drop / ".." / "depot" / "un.xml", *words)
        self.assertEqual([line["result"] for line in answer.documents[:-1]], ["sent"])

    def test_nothing_is_filed_where_it_is_looked_for(self):
        flow = self.dropped("un.xml", numbered(1))
        for what in (self.drop, flow):
            for option in ("--done", "--error"):
                with self.subTest(what=what, option=option):
                    self.refused(2, "deposit", what, option, self.drop / ".", "--yes",
                                 says=[str(self.drop)])
        self.assertEqual(self.names_in(self.drop), ["un.xml"])

    def test_at_most_so_many(self):
        for number in range(3):
            self.dropped(f"{number}.xml", numbered(number))
        lines, summary = self.deposit("--max", "2", status=4)
        self.assertEqual((sorted(lines), summary["not_started"]), (["0.xml", "1.xml"], 1))
        self.assertEqual(self.names_in(self.drop), ["2.xml"])

    def test_a_rehearsal_says_what_would_be_and_does_nothing(self):
        self.dropped("un.xml", numbered(1))
        self.dropped("texte.xml", b"Mandats")
        answer = self.pes(*self.words("--dry-run"))
        self.assertEqual(answer.status, 3, answer)
        self.assertIn("un.xml: would be deposited", answer.out)
        self.assertEqual(self.names_in(self.drop), ["texte.xml", "un.xml"])
        self.assertEqual(self.done("list", "--json").document["total"], 0)

    def test_nothing_is_sent_that_nobody_agreed_to(self):
        self.dropped("un.xml", numbered(1))
        self.refused(2, "deposit", self.drop, "--stable", "0", says=["confirmation"])
        self.assertEqual(self.names_in(self.drop), ["un.xml"])
        self.assertEqual(self.done("list", "--json").document["total"], 0)

    def test_wrong_calls_are_refused_before_anything_is_done(self):
        self.dropped("un.xml", numbered(1))
        for words in (["--until", "tomorrow"], ["--objet-from", "me"], ["--entity-from", "me"],
                      ["--stable", "soon"], ["--max", "0"], ["--format", "pdf"],
                      ["--format", "csv", "--json"]):
            with self.subTest(words):
                self.assertEqual(self.pes(*self.words(*words)).status, 2)
        self.assertEqual(self.pes(*self.words("--type", "nothing")).status, 10)
        self.refused(10, "deposit", self.place / "absent", "--yes", says=["absent"], hint=False)
        self.refused(10, "deposit", self.drop, "--yes", "--done", "absent", says=["absent"])
        self.assertEqual(self.names_in(self.drop), ["un.xml"])


class Reports(DepositTest):

    def setUp(self):
        super().setUp()
        self.dropped("bon.xml", numbered(1))
        self.dropped("texte.xml", b"Mandats")

    def test_text_has_a_line_for_each_and_counts_at_the_end(self):
        answer = self.pes(*self.words())
        self.assertEqual(answer.status, 3)
        good, bad = answer.out.splitlines()
        self.assertRegex(good, r"bon\.xml: sent, \w{7} : Transmis au TdT$")
        self.assertRegex(bad, r"texte\.xml: refused, .*texte\.xml:1:1")
        self.assertIn("sent: 1, refused: 1", answer.err)

    def test_json_has_the_keys_of_the_manual_in_order(self):
        lines, summary = self.deposit(status=3)
        self.assertEqual(list(lines["bon.xml"]),
                         ["type", "schema", "file", "result", "exit", "changed", "dry_run",
                          "moved_to", "findings", "dossier", "error"])
        self.assertEqual(lines["bon.xml"]["schema"], "pes.deposit/1")
        self.assertEqual(list(summary),
                         ["type", "schema", "created", "signed", "sent", "already_known", "pending", "left",
                          "refused", "failed", "not_started", "exit"])

    def test_csv_has_a_row_for_each(self):
        answer = self.pes(*self.words("--format", "csv"))
        good, bad = csv.DictReader(io.StringIO(answer.out))
        self.assertEqual((good["result"], good["last_action"], good["titre"]),
                         ("sent", "send-tdt", "bon.xml"))
        self.assertEqual((bad["result"], bad["code"]), ("refused", "input.not-xml"))

    def test_junit_has_a_case_for_each(self):
        answer = self.pes(*self.words("--format", "junit"))
        suite = xml.etree.ElementTree.fromstring(answer.out).find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("errors")),
                         ("2", "1", "0"))
        self.assertEqual([case.find("failure") is not None for case in suite.findall("testcase")],
                         [False, True])


if __name__ == "__main__":
    support.main()
