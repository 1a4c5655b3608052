"""Looking at the TdT and the SAE: connection, accounts, transactions, page, archives."""

import hashlib
import urllib.parse

import support
from support import ID


class Looking(support.SignedTest):

    def test_a_test_says_what_was_reached_and_with_which_rights(self):
        answer = self.done("tdt", "test")
        self.assertEqual([line.split(":")[0].split(" of ")[0].split(",")[0]
                          for line in answer.out.splitlines()],
                         ["TdT", "right to follow", "archivist's account"])
        checks = self.done("tdt", "test", "--json").document
        self.assertEqual(checks["schema"], "pes.tdt-test/1")
        self.assertTrue(all(check["ok"] for check in checks["checks"]))
        self.assertIn("bac à sable", checks["checks"][0]["detail"])

    def test_the_sae_tells_its_version(self):
        checks = self.done("sae", "test", "--json").document["checks"]
        self.assertEqual([check["ok"] for check in checks], [True])
        self.assertRegex(checks[0]["detail"], r"SAE bac à sable \(test\), \S+")

    def test_each_account_is_asked_once_and_an_entity_can_be_named(self):
        self.assertEqual(len(self.done("sae", "test").out.splitlines()), 1)
        one = self.done("tdt", "test", "--entity", "test").out
        self.assertNotIn(",", one.splitlines()[0].split(":")[0])
        self.refused(10, "tdt", "test", "--entity", "inconnue")

    def test_the_accounts_of_the_certificate_are_listed(self):
        logins = self.done("tdt", "logins", "--json").document["logins"]
        self.assertEqual([login["login"] for login in logins], ["agent-test", "archiviste-test"])
        self.assertEqual([row[0] for row in self.done("tdt", "logins").rows],
                         ["agent-test", "archiviste-test"])

    def test_transactions_are_listed_with_their_dossiers(self):
        self.done("send", ID, "--yes", "--wait")
        self.assertEqual(self.done("tdt", "transactions").rows,
                         [["1", ID, "TEST-PES-0322", "Traitement terminé"]])
        self.assertEqual(self.done("tdt", "transactions", "--status", "3").rows, [])
        self.assertEqual(self.done("tdt", "transactions", "--from", "2999-01-01").rows, [])
        listed = self.done("tdt", "transactions", "--json").document
        self.assertEqual([(each["id"], each["id_d"]) for each in listed["transactions"]],
                         [("1", ID)])
        self.refused(2, "tdt", "transactions", "--status", "huit")
        self.refused(2, "tdt", "transactions", "--from", "hier")

    def test_the_page_opens_by_a_nonce_without_the_password(self):
        self.refused(12, "tdt", "page", ID)
        self.done("send", ID, "--yes", "--wait")
        password = (self.home / "sandbox" / "identities" / "tdt.password").read_text().strip()
        answer = self.done("tdt", "page", ID)
        url = urllib.parse.urlsplit(answer.out.strip())
        query = dict(urllib.parse.parse_qsl(url.query))
        self.assertEqual((url.path, query["id"]), ("/modules/helios/helios_transac_show.php", "1"))
        expected = hashlib.sha256(f"{password}:{query['nounce']}".encode()).hexdigest()
        self.assertEqual(query["hash"], expected)
        for text in (answer.out, answer.err, self.done("tdt", "page", "-vvv").err):
            self.assertNotIn(password, text)
        self.assertNotIn(query["nounce"], self.done("journal", "--json").out)
        self.assertIn("/modules/helios/index.php?", self.done("tdt", "page", "--json").out)


class Archives(support.SignedTest):

    def test_what_the_sae_accepted_is_told_once(self):
        self.refused(12, "tdt", "archived", ID, says=["has not accepted"])
        self.done("send", ID, "--yes", "--wait")
        self.assertEqual(self.transactions()[0]["status"], 8)

        told = self.done("tdt", "archived", ID, "--json").documents
        self.assertEqual((told[0]["result"], told[1]["done"]), ("done", 1))
        self.assertEqual(self.transactions()[0]["status"], 10)
        again = self.done("tdt", "archived", ID, "--json").documents
        self.assertEqual(again[0]["result"], "already-done")
        self.assertIn("Le TdT sait que la transaction 1 est archivée",
                      [event["message"] for event in self.events(ID)])

    def test_an_acquit_that_is_there_already_is_no_other(self):
        self.refused(12, "tdt", "acquit", ID)
        self.done("send", ID, "--yes", "--wait")
        answer = self.done("tdt", "acquit", ID, "--json").documents
        self.assertEqual(answer[0]["result"], "already-done")
        self.assertEqual(self.done("tdt", "acquit", ID).out, f"{ID} : no other acquit\n")


if __name__ == "__main__":
    support.main()
