"""Passwords never leave the files where they stand."""

import support
from support import ID


class Secrets(support.HomeTest):

    def setUp(self):
        super().setUp()
        self.identities = self.home / "sandbox" / "identities"
        self.secrets = {path.name: path.read_bytes().splitlines()[0]
                        for path in self.identities.glob("*.password")}
        self.assertEqual(len(self.secrets), 4)
        self.said = b""

    def tell(self, *words, **more):
        answer = self.pes(*words, **more)
        self.said += answer.out_bytes + answer.err.encode()
        return answer

    def assert_not_told(self):
        for name, secret in self.secrets.items():
            self.assertGreater(len(secret), 7)
            self.assertNotIn(secret, self.said, name)
            for path in self.home.rglob("*"):
                if path.is_file() and path.name != name:
                    self.assertNotIn(secret, path.read_bytes(), f"{name} in {path}")

    def test_the_whole_story_at_its_most_talkative_tells_none(self):
        self.tell("create", support.FLOW, "--objet", "T", "--id", ID)
        for words in (["keys", "list"], ["sign", ID], ["send", ID, "--wait", "--yes"],
                      ["status", ID], ["show", ID], ["journal"], ["config", "show"],
                      ["config", "check", "--online"], ["sandbox", "transactions"]):
            self.assertEqual(self.tell(*words, "-v", "-v").status, 0, words)
            self.tell(*words, "--json")
        self.assertIn("Traitement terminé", self.said.decode())
        self.assert_not_told()

    def test_failures_tell_none(self):
        self.done("create", support.FLOW, "--objet", "T", "--id", ID)
        wrong = b"Clarinette5Jaune"
        self.secrets["wrong"] = wrong
        for more in ([], ["--json"], ["-v", "-v"]):
            answer = self.tell("sign", ID, "--key", self.identities / "signing.p12",
                               "--pin-from", "env:ESSAI", *more, env={"ESSAI": wrong.decode()})
            self.assertEqual(answer.status, 23, answer)
        self.done("sign", ID)
        (self.home / "sandbox" / "faults.json").write_text(
            '[{"path": "*importer*", "kind": "status-401"}]')
        answer = self.tell("send", ID, "--yes", "--wait", "-v", "-v", "--timeout", "10s")
        self.assertEqual(answer.status, 25, answer)
        self.assert_not_told()

    def test_a_secret_written_in_the_configuration_is_refused_and_not_repeated(self):
        self.secrets["configuration"] = b"Accordeon4Violet"
        settings = self.home / "pes.toml"
        text = settings.read_text()
        settings.write_text(text.replace("file:sandbox/identities/signing.password",
                                         "Accordeon4Violet"))
        answer = self.tell("config", "show")
        self.assertEqual(answer.status, 21, answer)
        self.assertNotIn(b"Accordeon4Violet", self.said)

    def test_what_is_kept_is_for_its_owner_alone(self):
        self.done("create", support.FLOW, "--objet", "T", "--id", ID)
        self.done("list")
        for path in [self.home / "dossiers", self.home / "journal", self.home / "index",
                     self.identities]:
            for kept in [path, *path.rglob("*")]:
                if kept.suffix != ".pem":
                    self.assertEqual(kept.stat().st_mode & 0o077, 0, kept)


if __name__ == "__main__":
    support.main()
