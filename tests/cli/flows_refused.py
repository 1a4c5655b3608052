"""Flows that no dossier can take: said at once, with the place, and nothing is kept."""

import support


class Refused(support.HomeTest):

    def assert_refused(self, name, content, says, status=20):
        """By create, by check and by edit alike."""
        path = self.write(name, content)
        for words in (["create", path, "--objet", "Refusé"], ["check", path]):
            with self.subTest(words[0]):
                answer = self.refused(status, *words, says=[name, *says])
                self.assertEqual(answer.out, "")
        self.assert_nothing_half_written()

        self.done("create", support.FLOW, "--objet", "Bon", "--id", support.ID)
        before = self.shown()
        with self.subTest("edit"):
            self.refused(status, "edit", support.ID, "--fichier", path, says=[name, *says])
        self.assertEqual(self.shown(), before)
        self.assert_nothing_half_written([support.ID])

    def test_not_xml(self):
        self.assert_refused("texte.xml", b"Mandats de mars\n", [":1:1:", "XML"])

    def test_an_empty_file(self):
        self.assert_refused("vide.xml", b"", ["empty"])

    def test_xml_cut_in_a_text(self):
        whole = support.flow()
        self.assert_refused("coupe.xml", whole[:whole.index(b"</Bordereau>") - 40], ["XML"])

    def test_a_doctype(self):
        doctype = b'?>\n<!DOCTYPE PES_Aller SYSTEM "http://example.org/x.dtd">'
        self.assert_refused("doctype.xml", support.flow((b"?>", doctype)), [":2:", "DOCTYPE"])

    def test_entities(self):
        doctype = b'?>\n<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        self.assert_refused("entites.xml", support.flow((b"?>", doctype)), [":2:", "DOCTYPE"])

    def test_another_root(self):
        self.assert_refused("retour.xml", b'<?xml version="1.0"?>\n<PES_Retour/>',
                            [":2:", "PES_Retour", "PES_Aller"])

    def test_the_root_of_another_namespace(self):
        namespace = b"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"
        self.assert_refused("espace.xml", support.flow((namespace, b"http://example.org")),
                            ["PES_Aller"])

    def test_bytes_that_the_declared_encoding_does_not_have(self):
        self.assert_refused("utf8.xml", support.flow((b"ISO-8859-1", b"UTF-8")),
                            [":2:", "encoding"])

    def test_an_unknown_encoding(self):
        self.assert_refused("inconnu.xml", support.flow((b"ISO-8859-1", b"KLINGON-1")),
                            ["encoding"])


class StandardInput(support.HomeTest):

    def test_errors_call_it_by_the_name_it_was_given(self):
        cut = support.flow()[:3000]
        self.done("create", support.FLOW, "--objet", "Bon", "--id", support.ID)
        for words in (["create", "-", "--nom", "flux.xml", "--objet", "Refusé"],
                      ["edit", support.ID, "--fichier", "-", "--nom", "flux.xml"],
                      ["verify", "-", "--nom", "flux.xml"]):
            answer = self.refused(20, *words, stdin=cut, says=["flux.xml:"], hint=False)
            self.assertNotIn("pes-input", answer.err)


class Truncated(support.HomeTest):

    def test_xml_cut_anywhere_is_never_a_bug_of_ours(self):
        whole = support.flow()
        for length in range(1, len(whole) - 12, 97):
            with self.subTest(length):
                path = self.write("coupe.xml", whole[:length])
                self.refused(20, "check", path, says=["coupe.xml"])

    def test_a_cut_flow_leaves_no_dossier(self):
        path = self.write("coupe.xml", support.flow()[:3000])
        self.refused(20, "create", path, "--objet", "Coupé", says=["coupe.xml", "XML"])
        self.assert_nothing_half_written()


class Doubtful(support.HomeTest):
    """Taken by create, since the file can still be replaced; told by check."""

    def findings(self, path):
        answer = self.pes("check", path, "--json")
        self.assertIn(answer.status, (0, 20), answer)
        line = answer.documents[0]
        return answer.status, {(found["severity"], found["code"]) for found in line["findings"]}

    def test_a_flow_in_utf_8_is_taken_and_flagged_as_what_the_tdt_refuses(self):
        text = support.flow((b"ISO-8859-1", b"UTF-8")).decode("latin-1").encode("utf-8")
        path = self.write("utf8.xml", text)
        self.done("create", path, "--objet", "UTF-8")
        status, findings = self.findings(path)
        self.assertEqual(status, 20)
        self.assertIn(("error", "encoding.not-latin1"), findings)

    def test_an_id_that_stands_twice_is_flagged_with_its_line(self):
        path = self.write("deux.xml", support.flow((b"BORD-2022-42", b"BORD-2022-41")))
        _, findings = self.findings(path)
        self.assertIn("id.duplicate", {code for _, code in findings})
        answer = self.pes("check", path)
        self.assertIn("deux.xml:141", answer.out + answer.err)

    def test_a_flow_that_says_it_is_not_dematerialised_is_flagged(self):
        path = self.write("papier.xml", support.flow(
            (b'InfoDematerialisee V="1"', b'InfoDematerialisee V="0"')))
        self.done("create", path, "--objet", "Papier", "--id", support.ID)
        answer = self.pes("check", support.ID)
        self.assertIn("InfoDematerialisee", answer.out + answer.err)


class Titles(support.HomeTest):

    def test_a_title_has_256_characters_at_most_and_no_forbidden_one(self):
        self.done("create", support.FLOW, "--objet", "é" * 256, "--id", support.ID)
        answer = self.refused(20, "create", support.FLOW, "--objet", "é" * 257, says=["257"])
        self.assertIn("256", answer.lines_of("hint")[0])
        self.refused(20, "create", support.FLOW, "--objet", "Main d'œuvre", says=["œ", "8"])
        self.refused(20, "edit", support.ID, "--objet", "Prix en €", says=["€", "9"])
        self.assert_nothing_half_written([support.ID])


if __name__ == "__main__":
    support.main()
