"""Reports of `pes verify` for pipelines, whom it trusts, and what it refuses to read."""

import shutil
import socket
import unittest
import xml.etree.ElementTree as ElementTree

import support
from support import ID


class Verifying(support.ToolTest):

    def setUp(self):
        super().setUp()
        self.home = support.signed_demo()
        self.authority = self.home / "sandbox" / "identities" / "ca.pem"
        self.good = self.place / "flux" / "bon.xml"
        self.good.parent.mkdir()
        self.done("--home", self.home, "show", ID, "--get", "fichier_pes", "-o", self.good)

    def altered(self, name="altéré & <co>.xml"):
        """The same, one byte of its content changed."""
        content = self.good.read_bytes()
        path = self.good.parent / name
        place = content.index(b"<Exer V=\"") + 9
        path.write_bytes(content[:place] + b"9" + content[place + 1:])
        return path

    def sarif(self, *words, status):
        answer = self.pes("verify", *words, "--format", "sarif")
        self.assertEqual(answer.status, status, answer)
        return answer.document

    def junit(self, *words, status):
        answer = self.pes("verify", *words, "--format", "junit")
        self.assertEqual(answer.status, status, answer)
        return ElementTree.fromstring(answer.out_bytes)


class Loading(Verifying):

    def loaded(self, *words):
        """What the system's loader tells of the libraries that a run opened."""
        trace = self.place / "chargement"
        self.done(*words, env={"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": trace})
        return "".join(path.read_text() for path in self.place.glob("chargement.*"))

    def test_a_plain_flow_is_verified_without_the_libraries_that_others_need(self):
        loaded = self.loaded("verify", "--trust", self.authority, self.good)
        self.assertIn("libcrypto", loaded)
        for library in ("libxml2", "libicu", "libcurl", "libarchive", "libp11-kit"):
            self.assertNotIn(library, loaded)

    def test_a_flow_in_a_rare_encoding_is_verified_all_the_same(self):
        rare = self.good.parent / "rare.xml"
        rare.write_bytes(self.good.read_bytes().replace(b"ISO-8859-1", b"ISO-8859-2", 1))
        self.assertIn("libxml2", self.loaded("verify", "--trust", self.authority, rare))


class Trust(Verifying):

    def test_nobody_named_is_no_pass_but_no_refusal(self):
        answer = self.pes("verify", self.good, "--json")
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(answer.documents[0]["verdict"],
                         {"indication": "INDETERMINATE",
                          "sub_indication": "NO_CERTIFICATE_CHAIN_FOUND"})
        self.assertIn("nobody was named as trusted", self.pes("verify", self.good).err)

    def test_strict_mode_and_etsi_ask_who_signed(self):
        self.assertEqual(self.pes("verify", "--strict", self.good).status, 5)
        self.assertEqual(self.pes("verify", "--profile", "etsi", self.good).status, 5)

    def test_a_trusted_issuer_makes_a_pass(self):
        hashed = self.place / "hashed"
        hashed.mkdir()
        (hashed / "0a1b2c3d.0").symlink_to(self.authority)
        for named in (self.authority, hashed):
            answer = self.done("verify", "--trust", named, self.good, "--json")
            document = answer.documents[0]
            self.assertEqual(document["verdict"]["indication"], "TOTAL-PASSED")
            self.assertEqual(document["signatures"][0]["authorities"][0]["cn"], "Autorite de test")

    def test_the_configuration_and_the_environment_name_authorities_too(self):
        configuration = self.place / "pes.toml"
        configuration.write_text(f"[verify]\ntrust = \"{self.authority}\"\n")
        for words, env in ((["--config", configuration], {}),
                           ([], {"PES_VERIFY_TRUST": self.authority})):
            document = self.done("verify", self.good, "--json", *words, env=env).documents[0]
            self.assertEqual(document["verdict"]["indication"], "TOTAL-PASSED")

    def test_an_empty_folder_trusts_nobody(self):
        empty = self.place / "vide"
        empty.mkdir()
        answer = self.pes("verify", "--trust", empty, self.good, "--json")
        self.assertEqual(answer.status, 5, answer)
        self.assertEqual(answer.documents[0]["verdict"]["indication"], "INDETERMINATE")

    def test_what_holds_no_authority_is_refused(self):
        self.refused(21, "verify", "--trust", self.good, self.good, says=["bon.xml"])
        self.refused(10, "verify", "--trust", "absent.pem", self.good, says=["absent.pem"],
                     hint=False)

    def test_a_list_that_was_imported_is_shown(self):
        home = self.place / "home"
        shutil.copytree(support.demo(), home)
        listed = self.place / "tl.xml"
        listed.write_text("<TrustServiceStatusList><SchemeInformation>"
                          "<TSLSequenceNumber>7</TSLSequenceNumber>"
                          "<SchemeTerritory>FR</SchemeTerritory></SchemeInformation>"
                          "</TrustServiceStatusList>")
        imported = self.done("--home", home, "trust", "import", listed)
        self.assertIn("not signed", imported.err)
        rows = self.done("--home", home, "trust", "list").rows
        self.assertEqual(rows[0][:2], ["FR", "7"])
        older = self.place / "older.xml"
        older.write_text(listed.read_text().replace(">7<", ">6<"))
        self.refused(20, "--home", home, "trust", "import", older, says=["number 6"])
        self.refused(20, "--home", home, "trust", "import", listed, "--signer", self.authority,
                     says=["not signed by"])
        self.refused(20, "--home", home, "trust", "import", self.good, says=["no trusted list"])
        cut = self.place / "coupee.xml"
        cut.write_text(listed.read_text().replace("</SchemeInformation>", "\n"))
        self.refused(20, "--home", home, "trust", "import", cut, says=["coupee.xml:2:"])
        newer = listed.read_bytes().replace(b">7<", b">8<")
        self.done("--home", home, "trust", "import", "-", stdin=newer)
        self.assertEqual(self.done("--home", home, "trust", "list").rows[0][:2], ["FR", "8"])
        self.assertIn("standard input is no trusted list",
                      self.pes("--home", home, "trust", "import", "-", stdin=b"<a/>").err)


class Inputs(Verifying):

    def test_a_folder_stands_for_the_files_below_it(self):
        (self.good.parent / "sous").mkdir()
        shutil.copy(self.good, self.good.parent / "sous" / "AUTRE.XML")
        (self.good.parent / "notes.txt").write_text("rien")
        documents = self.done("verify", self.good.parent, "--json").documents
        self.assertEqual([d["file"] for d in documents[:-1]],
                         [str(self.good), str(self.good.parent / "sous" / "AUTRE.XML")]
                         if str(self.good) < str(self.good.parent / "sous")
                         else [str(self.good.parent / "sous" / "AUTRE.XML"), str(self.good)])
        empty = self.place / "vide"
        empty.mkdir()
        self.refused(10, "verify", empty, says=["no XML file"])

    def test_files_folders_and_standard_input_go_together(self):
        answer = self.pes("verify", self.good.parent, self.altered("z.xml"), "-", "--json",
                          stdin=self.good.read_bytes())
        self.assertEqual(answer.status, 5, answer)
        self.assertEqual([d["exit"] for d in answer.documents[:-1]], [0, 5, 5, 0])

    def test_nothing_is_read_but_the_file(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.5)
            address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
            content = self.good.read_bytes()
            for name, forged in {
                    "doctype": content.replace(
                        b"?>", f"?><!DOCTYPE x SYSTEM \"{address}\">".encode(), 1),
                    "reference": content.replace(b"URI=\"#", f"URI=\"{address}#".encode(), 1),
                    "location": content.replace(
                        b"<Enveloppe>", f"<Enveloppe xmlns:xsi=\"http://www.w3.org/2001/"
                        f"XMLSchema-instance\" xsi:schemaLocation=\"x {address}\">".encode(), 1),
            }.items():
                path = self.place / f"{name}.xml"
                path.write_bytes(forged)
                self.assertIn(self.pes("verify", path).status, (0, 5, 20))
            with self.assertRaises(TimeoutError):
                server.accept()

    def test_wrong_words_are_told(self):
        self.refused(2, "verify", "--profile", "x", self.good, says=["no profile"])
        self.refused(2, "verify", "--at", "hier", self.good, says=["no time"])
        self.refused(2, "verify", "--format", "html", self.good, says=["no format"])
        both = self.pes("verify", "--format", "junit", "--json", self.good)
        self.assertEqual((both.status, both.failure["code"]), (2, "usage.invalid"))


@unittest.skipUnless((support.SHARED / "schemas" / "pes").is_dir(), "no official schemas")
class Schemas(Verifying):
    schemas = support.SHARED / "schemas" / "pes"

    def wrong(self):
        """A signed flow with an element that no schema knows, outside of what is signed, in a part
        that nothing but the schemas looks into."""
        after = b"<PES_PJ>"
        content = self.good.read_bytes().replace(
            after, b'<PES_Marche><EnTeteMarche><IdVer V="2"/></EnTeteMarche><Marches><Marche>\n'
            b'<Inconnu V="1"/></Marche></Marches></PES_Marche>' + after, 1)
        path = self.place / "hors-schema.xml"
        path.write_bytes(content)
        return path, 1 + content[:content.index(b"<Inconnu")].count(b"\n")

    def test_a_fault_against_the_schemas_is_a_warning_with_its_line(self):
        wrong, line = self.wrong()
        answer = self.done("verify", wrong, "--json", env={"PES_SCHEMAS_PES": self.schemas})
        check, = [c for c in answer.documents[0]["checks"] if c["number"] == 2]
        self.assertEqual((check["code"], check["result"]), ("file.root", "warning"))
        self.assertIn(f"line {line}, ", check["message"])
        self.assertIn("Inconnu", check["message"])

    def test_the_configuration_names_the_folder_and_without_it_nothing_is_said(self):
        wrong, _ = self.wrong()
        configuration = self.good.parent / "pes.toml"
        configuration.write_text(f"[schemas]\npes = \"{self.schemas}\"\n")
        said = self.done("verify", wrong, "--config", configuration)
        self.assertIn("Inconnu", said.err)
        self.assertNotIn("Inconnu", self.done("verify", wrong).err)
        self.assertNotIn("schema", self.done("verify", self.good, "--config", configuration).err)

    def test_check_lists_the_faults_and_they_do_not_stop_the_flow(self):
        wrong, line = self.wrong()
        answer = self.done("check", wrong, "--json", env={"PES_SCHEMAS_PES": self.schemas})
        found, = [f for f in answer.documents[0]["findings"] if f["code"] == "schema.invalid"]
        self.assertEqual((found["severity"], found["line"]), ("warning", line))
        self.assertIn("hors-schema.xml:" + str(line),
                      self.done("check", wrong, env={"PES_SCHEMAS_PES": self.schemas}).out)

    def test_check_looks_at_the_flow_of_a_dossier_too(self):
        home = self.place / "home"
        shutil.copytree(support.demo(), home)
        wrong, line = self.wrong()
        self.done("--home", home, "create", wrong, "--objet", "Flux", "--id", ID)
        answer = self.pes("--home", home, "check", ID, "--json",
                          env={"PES_SCHEMAS_PES": self.schemas})
        lines = [f["line"] for f in answer.documents[0]["findings"] if f["code"] == "schema.invalid"]
        self.assertEqual(lines, [line])

    def test_a_folder_without_schemas_is_a_wrong_configuration(self):
        self.refused(21, "verify", self.good, env={"PES_SCHEMAS_PES": self.place},
                     says=["PES_Aller.xsd"])


class Sarif(Verifying):

    def test_a_log_has_what_the_standard_requires(self):
        altered = self.altered()
        log = self.sarif("--trust", self.authority, self.good, altered, status=5)
        self.assertEqual(log["version"], "2.1.0")
        self.assertTrue(log["$schema"].endswith("sarif-schema-2.1.0.json"))
        run, = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(run["tool"]["driver"]["name"], "pes")
        self.assertEqual(len({rule["id"] for rule in rules}), 25)
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            self.assertIn(result["level"], ("error", "warning", "note"))
            self.assertTrue(result["message"]["text"])
            place = result["locations"][0]["physicalLocation"]
            self.assertGreaterEqual(place["region"]["startLine"], 1)
            self.assertGreaterEqual(place["region"]["startColumn"], 1)
            self.assertRegex(place["artifactLocation"]["uri"], r"^file:///[A-Za-z0-9._~/%-]+$")
        errors = {result["ruleId"] for result in run["results"] if result["level"] == "error"}
        self.assertEqual(errors, {"references.digest", "file.coverage"})

    def test_a_result_stands_at_its_signature(self):
        altered = self.altered("relatif.xml")
        self.folder = altered.parent
        log = self.sarif("relatif.xml", status=5)
        result, = [r for r in log["runs"][0]["results"] if r["ruleId"] == "references.digest"]
        place = result["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], "relatif.xml")
        line = altered.read_bytes().split(b"\n")[place["region"]["startLine"] - 1]
        column = place["region"]["startColumn"]
        self.assertTrue(line[column - 1:].startswith(b"<ds:Signature "), line[:80])

    def test_a_file_that_cannot_be_read_fails_the_first_check(self):
        broken = self.place / "cassé.xml"
        broken.write_text("<a")
        log = self.sarif(broken, status=20)
        result, = log["runs"][0]["results"]
        self.assertEqual((result["ruleId"], result["level"]), ("file.format", "error"))

    def test_a_file_that_cannot_be_read_is_shown_where_its_fault_is(self):
        content = self.good.read_bytes()
        cut = content.index(b"<Enveloppe>")
        for name, broken, rule, place in (
                ("coupe.xml", content[:cut] + b"\n\n<b></c>" + content[cut:], "file.format",
                 (content[:cut].count(b"\n") + 3, 8)),
                ("doctype.xml", content.replace(b"?>", b"?>\n <!DOCTYPE a>", 1), "file.format",
                 (2, 13)),
                ("autre.xml", b"<?xml version=\"1.0\"?>\n\n <autre/>", "file.root", (3, 2)),
                ("vide.xml", b"", "file.format", (1, 1))):
            with self.subTest(name):
                path = self.place / name
                path.write_bytes(broken)
                result, = self.sarif(path, status=20)["runs"][0]["results"]
                region = result["locations"][0]["physicalLocation"]["region"]
                self.assertEqual(result["ruleId"], rule)
                self.assertEqual((region["startLine"], region["startColumn"]), place)


class Junit(Verifying):

    def test_a_suite_for_each_file_and_a_case_for_each_signature(self):
        broken = self.place / "cassé.xml"
        broken.write_text("<a>")
        report = self.junit(self.good, self.altered(), broken, status=3)
        self.assertEqual(report.tag, "testsuites")
        good, altered, unread = report.findall("testsuite")
        signatures = len(good.findall("testcase")) - 1
        self.assertGreaterEqual(signatures, 1)
        self.assertEqual((good.get("failures"), good.get("errors")), ("0", "0"))
        self.assertEqual(altered.get("name"), str(self.altered()))
        self.assertEqual(altered.get("failures"), "2")
        failure = altered.findall("testcase/failure")[1]
        self.assertEqual(failure.get("type"), "TOTAL-FAILED, HASH_FAILURE")
        self.assertIn("references.digest", failure.text)
        self.assertEqual(unread.get("errors"), "1")
        self.assertEqual(int(report.get("tests")), 2 * (signatures + 1) + 1)


if __name__ == "__main__":
    support.main()
