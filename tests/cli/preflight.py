"""What is checked before a flow leaves: told with its place, and stopped when it would be refused."""

import support
from support import ID

OTHER = "JV63Fyu"
WITHOUT_DATE = (b'    <DteStr V="2022-03-02"/>\n', b"")
WRONG_IBAN = (b"FR1420041010050500013M02606", b"FR1420041010050500013M02607")


class OfAFile(support.ToolTest):

    def write(self, name, *replacements):
        path = self.place / name
        path.write_bytes(support.flow(*replacements))
        return path

    def test_a_person_reads_place_consequence_and_line_with_a_caret(self):
        self.write("flux.xml", WRONG_IBAN)
        answer = self.done("check", "flux.xml")
        line, = [line for line in answer.out.splitlines() if line.startswith("flux.xml:88:15:")]
        self.assertIn("[bank.iban, bordereau refused by Hélios]", line)
        self.assertIn("^", answer.out)
        self.assertNotIn("13M02607", line)

    def test_a_script_reads_the_same(self):
        self.write("flux.xml", WITHOUT_DATE)
        answer = self.pes("check", "flux.xml", "--json")
        self.assertEqual(answer.status, 20, answer)
        found = answer.documents[0]["findings"]
        missing, = [finding for finding in found if finding["code"] == "structure.missing"]
        self.assertEqual({key: missing[key] for key in missing if key != "message"},
                         {"severity": "error", "code": "structure.missing",
                          "consequence": "flow", "refused_by": "helios",
                          "line": 20, "column": 5})

    def test_a_warning_stops_nothing_unless_it_is_asked_to(self):
        self.write("flux.xml", WRONG_IBAN)
        self.done("check", "flux.xml")
        self.assertEqual(self.pes("check", "flux.xml", "--strict").status, 20)

    def test_forms_that_exclude_each_other(self):
        self.write("flux.xml")
        both = self.pes("check", "flux.xml", "--format", "sarif", "--json")
        self.assertEqual((both.status, both.failure["code"]), (2, "usage.invalid"))
        self.refused(2, "check", "flux.xml", "--format", "junit", says=["junit"])


class OfADossier(support.HomeTest):

    def dossier(self, *replacements):
        path = self.write("flux.xml", support.flow(*replacements))
        self.done("create", path, "--objet", "Flux", "--id", ID)
        self.done("sign", ID)

    def test_a_flow_that_would_be_refused_stays_as_it_is(self):
        self.dossier(WITHOUT_DATE)
        before = self.shown()
        answer = self.refused(20, "send", ID, "--yes", "--wait", says=["DteStr"])
        self.assertIn(f"pes check {ID}", answer.lines_of("hint")[0])
        self.assertEqual(self.shown(), before)
        self.assertEqual(self.done("sandbox", "transactions", "--json").document["transactions"], [])

    def test_the_script_gets_all_that_is_wrong(self):
        self.dossier(WITHOUT_DATE, WRONG_IBAN)
        answer = self.pes("send", ID, "--yes", "--json")
        self.assertEqual(answer.status, 20, answer)
        line = answer.documents[0]
        self.assertEqual(line["error"]["code"], "input.invalid")
        self.assertLessEqual({"structure.missing", "bank.iban"},
                             {finding["code"] for finding in line["findings"]})

    def test_it_is_sent_when_a_person_wants_it(self):
        self.dossier(WITHOUT_DATE)
        self.done("send", ID, "--yes", "--no-check")
        self.assertNotEqual(self.states()[-1], "En cours de rédaction")

    def test_a_rehearsal_says_what_would_happen(self):
        self.dossier(WITHOUT_DATE)
        self.refused(20, "send", ID, "--dry-run", says=["DteStr"])
        self.done("send", ID, "--dry-run", "--no-check")

    def test_a_part_that_would_be_refused_stops_nothing(self):
        self.dossier(WRONG_IBAN)
        self.done("send", ID, "--yes")

    def test_a_name_that_was_sent_before_does_not_leave(self):
        self.done("create", self.write("un.xml", support.flow()), "--objet", "Un", "--id", ID)
        self.done("sign", ID)
        self.done("send", ID, "--yes", "--wait", "--timeout", "60s")
        corrected = support.flow((b'V="1530.00"', b'V="1531.00"'))
        self.done("create", self.write("deux.xml", corrected), "--objet", "Deux", "--id", OTHER)
        self.done("sign", OTHER)
        self.refused(20, "send", OTHER, "--yes", says=[f"was sent before, by dossier {ID}"])
        answer = self.pes("check", OTHER, "--json")
        self.assertIn("nomfic.used", [each["code"] for each in answer.documents[0]["findings"]])
        self.done("check", ID)


if __name__ == "__main__":
    support.main()
