"""The SARIF of `pes verify` and `pes check`, held against what SARIF 2.1.0 (OASIS, 2020) says of
each object.

The schema itself is not needed: what it demands of the objects that a log of ours has is written
here, by paragraph."""

import re
import urllib.parse

import support
from support import ID

# RFC 3986: what an URI reference may hold; everything else is encoded.
URI = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#\[\]-]|%[0-9A-F]{2})+")
LEVELS = {"none", "note", "warning", "error"}  # 3.27.10
KINDS = {"notApplicable", "pass", "fail", "review", "open", "informational"}  # 3.27.9

# Object: (members it must have, members it may have); 3.13 and on. `properties` may stand anywhere.
SHAPES = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"results", "artifacts", "columnKind", "originalUriBaseIds", "invocations"}),
    "tool": ({"driver"}, {"extensions"}),
    "driver": ({"name"}, {"version", "semanticVersion", "informationUri", "rules", "language"}),
    "rule": ({"id"}, {"name", "shortDescription", "fullDescription", "helpUri", "help",
                      "defaultConfiguration"}),
    "message": ({"text"}, {"markdown", "arguments", "id"}),
    "artifact": (set(), {"location", "length", "roles", "mimeType", "encoding", "hashes"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "kind", "locations",
                             "partialFingerprints", "fingerprints"}),
    "location": (set(), {"id", "physicalLocation", "logicalLocations", "message"}),
    "physical location": ({"artifactLocation"}, {"region", "contextRegion"}),
    "artifact location": (set(), {"uri", "uriBaseId", "index"}),
    "region": ({"startLine"}, {"startColumn", "endLine", "endColumn", "snippet"}),
}


class Log(support.ToolTest):
    """The objects of a log, from the outside to the inside."""

    def write(self, name, content):
        path = self.place / name
        path.write_bytes(content)
        return path

    def log(self, command, *words, status):
        answer = self.pes(command, *words, "--format", "sarif")
        self.assertEqual(answer.status, status, answer)
        self.check_log(answer.document)
        return answer.document["runs"][0]

    def shape(self, value, kind):
        required, allowed = SHAPES[kind]
        self.assertIsInstance(value, dict, kind)
        self.assertLessEqual(required, value.keys(), kind)
        self.assertLessEqual(value.keys(), required | allowed | {"properties"}, kind)
        self.assertIsInstance(value.get("properties", {}), dict)

    def check_log(self, log):
        self.shape(log, "log")
        self.assertEqual(log["version"], "2.1.0")
        self.assertRegex(log["$schema"], r"^https://.*/sarif-schema-2\.1\.0\.json$")
        self.assertIsInstance(log["runs"], list)
        for run in log["runs"]:
            self.check_run(run)

    def check_run(self, run):
        self.shape(run, "run")
        self.assertIn(run["columnKind"], {"utf16CodeUnits", "unicodeCodePoints"})  # 3.14.17
        self.shape(run["tool"], "tool")
        rules = self.check_driver(run["tool"]["driver"])
        seen = [self.check_artifact(artifact) for artifact in run["artifacts"]]
        self.assertEqual(len(seen), len(set(seen)), "3.14.15: each artifact stands once")
        self.assertIsInstance(run["results"], list)  # 3.14.23: empty when nothing was found
        for result in run["results"]:
            self.check_result(result, rules, seen)

    def check_driver(self, driver):
        self.shape(driver, "driver")
        self.assertTrue(driver["name"])
        rules = driver["rules"]
        for rule in rules:
            self.shape(rule, "rule")
            self.check_message(rule["shortDescription"])
        identifiers = [rule["id"] for rule in rules]
        self.assertEqual(len(identifiers), len(set(identifiers)), "3.19.23: no rule stands twice")
        return identifiers

    def check_message(self, message):
        self.shape(message, "message")
        self.assertIsInstance(message["text"], str)
        self.assertTrue(message["text"].strip())

    def check_artifact(self, artifact):
        self.shape(artifact, "artifact")
        return self.check_artifact_location(artifact["location"])

    def check_artifact_location(self, location):
        self.shape(location, "artifact location")
        uri = location["uri"]
        self.assertRegex(uri, URI)
        self.assertEqual(URI.fullmatch(uri).group(), uri)
        self.assertNotIn(urllib.parse.urlsplit(uri).scheme, ("http", "https"))
        return uri

    def check_result(self, result, rules, artifacts):
        self.shape(result, "result")
        self.check_message(result["message"])
        self.assertIn(result.get("level", "warning"), LEVELS)
        self.assertIn(result.get("kind", "fail"), KINDS)
        if result.get("kind", "fail") != "fail":
            self.assertEqual(result["level"], "none", "3.27.9")
        # 3.27.5, 3.27.6: the index is that of the rule with that identifier.
        self.assertIn(result["ruleIndex"], range(len(rules)))
        self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
        for location in result["locations"]:
            self.shape(location, "location")
            physical = location["physicalLocation"]
            self.shape(physical, "physical location")
            self.assertIn(self.check_artifact_location(physical["artifactLocation"]), artifacts)
            self.check_region(physical["region"])

    def check_region(self, region):
        self.shape(region, "region")
        for member, value in region.items():
            if member in ("startLine", "startColumn", "endLine", "endColumn"):
                self.assertIsInstance(value, int)
                self.assertGreaterEqual(value, 1, "3.30.5, 3.30.6")


class OfVerify(Log):

    def setUp(self):
        super().setUp()
        home = support.signed_demo()
        self.authority = home / "sandbox" / "identities" / "ca.pem"
        self.good = self.place / "bon.xml"
        self.done("--home", home, "show", ID, "--get", "fichier_pes", "-o", self.good)

    def test_a_valid_file(self):
        run = self.log("verify", "--trust", self.authority, self.good, status=0)
        self.assertNotIn("error", {result["level"] for result in run["results"]})
        self.assertEqual(len(run["artifacts"]), 1)

    def test_a_file_that_failed_under_a_name_that_must_be_encoded(self):
        content = self.good.read_bytes()
        place = content.index(b"<Exer V=\"") + 9
        altered = self.write("l'été 100% #1 ?.xml", content[:place] + b"9" + content[place + 1:])
        self.folder = altered.parent
        run = self.log("verify", altered.name, status=5)
        self.assertIn("error", {result["level"] for result in run["results"]})
        uri = run["artifacts"][0]["location"]["uri"]
        self.assertEqual(urllib.parse.unquote(uri), altered.name)
        self.assertNotIn("#", uri)

    def test_a_file_that_cannot_be_read(self):
        for name, content, status in (("casse.xml", b"<a", 20), ("vide.xml", b"", 20),
                                      ("autre.xml", b"<PES_Retour/>", 20)):
            run = self.log("verify", self.write(name, content), status=status)
            result, = run["results"]
            self.assertEqual(result["level"], "error")

    def test_all_of_them_in_one_log(self):
        broken = self.write("casse.xml", b"<a")
        unsigned = self.write("non-signe.xml", support.flow())
        run = self.log("verify", self.good, broken, unsigned, self.place / "absent.xml", status=3)
        self.assertEqual(len(run["artifacts"]), 4)

    def test_nothing_found_is_an_empty_list_of_results(self):
        run = self.log("verify", "--trust", self.authority, "--profile", "s2low", self.good, status=0)
        self.assertIsInstance(run["results"], list)

class OfCheck(Log):

    def test_a_flow_that_is_warned_of_has_its_places_and_consequences(self):
        path = self.write("flux.xml", support.flow(
            (b"FR1420041010050500013M02606", b"FR1420041010050500013M02607")))
        run = self.log("check", path, status=0)
        found = [result for result in run["results"] if result["ruleId"] == "bank.iban"]
        regions = [result["locations"][0]["physicalLocation"]["region"] for result in found]
        self.assertEqual([(region["startLine"], region["startColumn"]) for region in regions],
                         [(88, 15), (134, 15), (192, 15)])
        self.assertEqual(found[0]["level"], "warning")
        self.assertEqual(found[0]["properties"],
                         {"consequence": "bordereau", "refusedBy": "helios"})

    def test_what_is_refused_and_what_cannot_be_read(self):
        text = support.flow((b"ISO-8859-1", b"UTF-8")).decode("latin-1").encode("utf-8")
        wrong = self.write("faux.xml", text)
        broken = self.write("casse.xml", b"<a")
        run = self.log("check", wrong, broken, status=20)
        levels = {result["ruleId"]: result["level"] for result in run["results"]}
        self.assertEqual(levels["encoding.not-latin1"], "error")
        self.assertEqual(levels["file.unreadable"], "error")
        self.assertEqual(len(run["artifacts"]), 2)

    def test_a_dossier_whose_form_is_incomplete(self):
        home = support.signed_demo()
        created = self.done("--home", home, "create", "--objet", "Sans fichier", "--quiet")
        run = self.log("--home", home, "check", created.out.strip(), status=20)
        self.assertEqual({result["ruleId"] for result in run["results"]}, {"form.incomplete"})

    def test_the_manual_has_every_code(self):
        page = (support.FLOW.parents[3] / "man" / "pes-check.1").read_text("utf-8")
        run = self.log("check", self.write("flux.xml", support.flow()), status=0)
        for rule in run["tool"]["driver"]["rules"]:
            if rule["id"] not in ("file.unreadable", "form.incomplete"):
                self.assertRegex(page, rf"(?m)^\.It Sy .*{re.escape(rule['id'])}( ,|$)")


if __name__ == "__main__":
    support.main()
