"""State files and journals that were altered: said, named, and nothing is written over them."""

import json

import support
from support import ID


class State(support.SignedTest):

    def setUp(self):
        super().setUp()
        self.done("create", support.FLOW, "--objet", "Voisin", "--id", "JV63Fyu")
        self.state = self.dossier_folder() / "dossier.json"

    def assert_damaged(self, content, says):
        self.state.write_bytes(content)
        for words in (["show"], ["status"], ["sign"], ["edit", "--objet", "X"],
                      ["send", "--yes"], ["delete", "--yes"]):
            with self.subTest(words[0]):
                self.refused(13, words[0], ID, *words[1:], says=[ID, *says])
        self.assertEqual(self.state.read_bytes(), content)
        listed = self.pes("list", "--json")
        self.assertEqual(listed.status, 13, listed)
        self.assertEqual([d["id_d"] for d in listed.document["dossiers"]], ["JV63Fyu"])
        self.done("show", "JV63Fyu")

    def test_a_state_that_is_not_json(self):
        self.assert_damaged(self.state.read_bytes()[:-40], [])

    def test_an_empty_state(self):
        self.assert_damaged(b"", [])

    def test_a_state_whose_value_makes_no_sense(self):
        document = json.loads(self.state.read_text())
        document["etats"][-1]["action"] = "dansant"
        self.assert_damaged(json.dumps(document).encode(), ["etats[1].action"])

    def test_a_state_of_a_newer_version(self):
        self.assert_schema_refused("pes.dossier/2", "newer")

    def test_a_state_of_an_unknown_schema(self):
        self.assert_schema_refused("autre.chose/1", "schema")

    def assert_schema_refused(self, schema, reason):
        document = json.loads(self.state.read_text())
        document["schema"] = schema
        self.assert_damaged(json.dumps(document).encode(), [reason])

    def test_a_flow_whose_bytes_changed_is_not_sent(self):
        flow = max(self.dossier_folder().glob("fichier_pes-*.xml"), key=lambda f: f.stat().st_size)
        content = flow.read_bytes()
        flow.write_bytes(content.replace(b'V="1530.00"', b'V="9530.00"', 1))
        self.refused(20, "send", ID, "--yes")
        self.done("send", ID, "--yes", "--no-check")
        answer = self.pes("run", ID)
        self.assertEqual(answer.status, 13, answer)
        transactions = self.done("sandbox", "transactions", "--json").document["transactions"]
        self.assertEqual(transactions, [])


class Journal(support.SignedTest):

    def setUp(self):
        super().setUp()
        self.journal = self.home / "journal" / "journal.jsonl"
        self.lines = self.journal.read_bytes().splitlines(keepends=True)
        self.assertEqual(len(self.lines), 4)

    def assert_found(self, lines, kind, line):
        content = b"".join(lines)
        self.journal.write_bytes(content)
        document = self.pes("journal", "--verify", "--json")
        self.assertEqual(document.status, 13, document)
        self.assertFalse(document.document["sound"])
        faults = document.document["faults"]
        self.assertIn((kind, line), [(fault["kind"], fault["line"]) for fault in faults])
        told = self.pes("journal", "--verify")
        self.assertEqual(told.status, 13, told)
        self.assertIn(f"{line}", told.out + told.err)
        self.assertEqual(self.journal.read_bytes(), content)

    def test_an_altered_line_is_named(self):
        self.lines[1] = self.lines[1].replace(b"adminMegalis", b"quelqu'un")
        self.assert_found(self.lines, "altered", 2)

    def test_a_removed_line_is_named(self):
        del self.lines[2]
        self.assert_found(self.lines, "removed", 3)

    def test_lines_in_another_order_are_named(self):
        self.lines[1], self.lines[2] = self.lines[2], self.lines[1]
        self.assert_found(self.lines, "reordered", 2)

    def test_lines_cut_from_the_end_are_missed(self):
        self.assert_found(self.lines[:-1], "removed", 4)

    def test_all_lines_cut_are_missed(self):
        self.assert_found([], "removed", 1)

    def test_a_line_cut_short_is_named(self):
        self.lines[3] = self.lines[3][:-20]
        self.assert_found(self.lines, "truncated", 4)

    def test_a_line_that_is_no_json_is_named(self):
        self.lines[1] = b"\xff\xfe garbage\n"
        self.assert_found(self.lines, "unreadable", 2)

    def test_nothing_is_added_to_a_journal_that_lost_events(self):
        self.journal.write_bytes(b"".join(self.lines[:-1]))
        before = self.shown()
        self.refused(13, "edit", ID, "--objet", "X", says=["journal"])
        self.refused(13, "create", support.FLOW, "--objet", "X", says=["journal"])
        self.assertEqual(self.shown(), before)
        self.assertEqual(self.journal.read_bytes(), b"".join(self.lines[:-1]))

    def test_a_journal_that_is_gone_is_not_begun_again(self):
        self.journal.unlink()
        self.refused(13, "create", support.FLOW, "--objet", "X")
        self.assertFalse(self.journal.exists())

    def test_a_journal_of_a_newer_version_gets_nothing_more(self):
        self.lines[-1] = self.lines[-1].replace(b"pes.event/1", b"pes.event/2")
        self.journal.write_bytes(b"".join(self.lines))
        self.refused(13, "edit", ID, "--objet", "X")
        self.assertEqual(self.journal.read_bytes(), b"".join(self.lines))

    def test_the_start_of_a_line_that_a_killed_writer_left_does_no_harm(self):
        with self.journal.open("ab") as journal:
            journal.write(b'{"schema":"pes.ev')
        self.done("list")
        self.done("edit", ID, "--objet", "Ensuite")
        self.done("journal", "--verify")


if __name__ == "__main__":
    support.main()
