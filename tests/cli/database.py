"""A home in a database: the same commands, from several machines, and moves both ways."""

import contextlib
import json
import pathlib
import shutil
import subprocess
import sys
import unittest

import support
from support import ID

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import postgresql  # noqa: E402

SERVER = postgresql.Server()
SECRET = "mot-de-passe-de-la-base"


def setUpModule():
    unittest.addModuleCleanup(SERVER.close)


@unittest.skipUnless(SERVER.is_there, "PostgreSQL cannot be started here")
class DatabaseTest(support.ToolTest):

    _schemas = 0

    def setUp(self):
        super().setUp()
        DatabaseTest._schemas += 1
        self.schema = f"home_{DatabaseTest._schemas}"
        self.url = SERVER.place(self.schema)

    def machine(self, name, *options):
        """A machine of the home: from now on the tool is run there."""
        self.folder = self.place
        self.done("init", name, "--sandbox", "--user", "adminMegalis", "--store", self.url,
                  *options)
        self.folder = self.place / name
        return self.folder


class OneHome(DatabaseTest):

    def test_the_whole_story_and_what_another_machine_sees(self):
        first = self.machine("one")
        self.done("create", support.FLOW, "--objet", "TEST-PES-0322", "--id", ID)
        self.done("sign", ID)
        self.done("send", ID, "--yes", "--wait")
        self.assertEqual([state["libelle"] for state in self.done("show", ID, "--json").document["etats"]],
                         support.FINISHED)
        self.assertEqual(sorted(path.name for path in first.iterdir()),
                         ["pes.toml", "sandbox", "work"])
        self.assertEqual(list((first / "work").iterdir()), [])

        self.machine("two")
        self.assertEqual([row[-1] for row in self.done("list").rows], [ID])
        events = self.done("journal", "--json").document["events"]
        self.assertEqual([event["id_j"] for event in events if "Ouverture" in event["message"]],
                         [1])
        self.done("journal", "--verify")
        self.done("config", "check")
        self.done("show", ID, "--get", "pes_acquit", "-o", self.place / "acquit.xml")
        self.assertIn(b"PES_ACQUIT", (self.place / "acquit.xml").read_bytes())

        self.done("delete", ID, "--confirm", ID)
        self.assertEqual(self.done("list").rows, [])
        self.assertEqual(SERVER.sql(f"SELECT count(*) FROM {self.schema}.pes_content"), "0\n")
        self.done("journal", "--verify")

    def test_a_journal_that_was_tampered_with_is_told(self):
        self.machine("one")
        self.done("create", support.FLOW, "--objet", "X", "--id", ID)
        SERVER.sql(f"UPDATE {self.schema}.pes_journal SET line = replace(line, 'Création', 'Autre') "
                   "WHERE id_j = 2")
        self.assertEqual(self.pes("journal", "--verify").status, 13)
        SERVER.sql(f"DELETE FROM {self.schema}.pes_journal WHERE id_j >= 2")
        self.assertEqual(self.pes("journal", "--verify").status, 13)
        self.refused(13, "edit", ID, "--objet", "Y")


class Refusals(DatabaseTest):

    def test_an_address_with_a_password_is_refused_and_not_repeated(self):
        for url in (f"postgresql://pes:{SECRET}@localhost/pes",
                    f"postgresql://localhost/pes?user=pes&password={SECRET}",
                    f"postgresql://localhost/pes?pass%77ord={SECRET}"):
            with self.subTest(url):
                answer = self.refused(21, "init", "one", "--store", url, "-vv",
                                      says=["password"])
                self.assertNotIn(SECRET, repr(answer))
                self.assertFalse((self.place / "one").exists())
        self.refused(21, "init", "one", "--store", "mysql://localhost/pes")

    def test_a_password_comes_from_where_a_reference_says(self):
        SERVER.sql("DROP ROLE IF EXISTS with_password; "
                   f"CREATE ROLE with_password SUPERUSER LOGIN PASSWORD '{SECRET}'")
        self.url = SERVER.place(self.schema, user="with_password")
        refused = self.refused(25, "init", "one", "--store", self.url, "-vv")
        self.assertNotIn(SECRET, repr(refused))
        self.assertFalse((self.place / "one").exists())
        wrong = self.refused(25, "init", "one", "--store", self.url, "-vv",
                             env={"PES_STORE_PASSWORD": "env:OTHER", "OTHER": "autre-secret"})
        self.assertNotIn("autre-secret", repr(wrong))

        known = {"PES_STORE_PASSWORD": "env:GIVEN", "GIVEN": SECRET}
        self.done("init", "one", "--store", self.url, env=known)
        self.folder = self.place / "one"
        self.done("journal", "--verify", env=known)
        passfile = self.place / "pgpass"
        passfile.write_text(f"*:*:*:with_password:{SECRET}\n")
        passfile.chmod(0o600)
        self.done("list", env={"PGPASSFILE": passfile})
        secret = self.folder / "store.password"
        secret.write_text(SECRET)
        secret.chmod(0o600)
        settings = self.folder / "pes.toml"
        settings.write_text(settings.read_text().replace("# store_password", "store_password"))
        self.done("list")
        self.assertNotIn(SECRET, self.done("config", "show").out)

    def test_a_server_that_is_not_there_is_told(self):
        nowhere = f"postgresql://pes@/postgres?host={self.place}"
        self.refused(30, "init", "one", "--store", nowhere)
        (self.place / "pes.toml").write_text(f'store = "{nowhere}"\n')
        self.refused(30, "list")

    def test_a_database_without_home_is_told(self):
        (self.place / "pes.toml").write_text(f'store = "{self.url}"\n')
        self.refused(21, "list", says=["no home"])


class Moves(DatabaseTest, support.SignedTest):

    def files(self):
        return {path.relative_to(self.folder): path.read_bytes()
                for folder in ("dossiers", "journal", "retours")
                for path in sorted((self.folder / folder).rglob("*"))
                if path.is_file() and path.name not in ("lock", "head")}

    def store_is(self, store):
        settings = self.folder / "pes.toml"
        text = "\n".join(line for line in settings.read_text().splitlines()
                         if not line.startswith("store ="))
        settings.write_text((f'store = "{store}"\n' if store else "") + text + "\n")

    def migrate(self, to):
        return self.done("store", "migrate", to, "--json").document

    def test_a_home_goes_to_a_database_and_comes_back_as_it_was(self):
        self.done("send", ID, "--yes", "--wait")
        before = self.files()
        listed = self.done("list", "--json").document
        events = len((self.home / "journal" / "journal.jsonl").read_bytes().splitlines())

        moved = self.migrate(self.url)
        self.assertEqual((moved["changed"], moved["events"], moved["dossiers"]),
                         (True, events, 1))
        self.refused(21, "list", says=["lives in"])
        self.assertFalse(self.migrate(self.url)["changed"])
        self.store_is(self.url)
        self.assertEqual(self.done("list", "--json").document, listed)
        self.done("journal", "--verify")

        # Into a folder where nothing of it is yet.
        self.machine("two")
        self.assertEqual(self.migrate("files")["events"], events)
        self.refused(21, "list", says=["lives in"])
        self.store_is("")
        self.assertEqual(self.files(), before)
        self.assertEqual(self.done("list", "--json").document, listed)
        self.done("journal", "--verify")

    def test_what_was_done_in_the_database_comes_back_too(self):
        self.done("create", support.FLOW, "--objet", "autre", "--id", "aaaaaaa")
        lines = (self.home / "journal" / "journal.jsonl").read_bytes()
        self.migrate(self.url)
        self.store_is(self.url)
        self.done("send", ID, "--yes", "--wait")
        self.done("delete", "aaaaaaa", "--yes")
        shown = self.done("show", ID, "--json").document

        self.migrate("files")
        self.store_is("")
        self.assertEqual(self.done("show", ID, "--json").document, shown)
        self.assertEqual([row[-1] for row in self.done("list").rows], [ID])
        self.assertTrue((self.home / "journal" / "journal.jsonl").read_bytes().startswith(lines))
        self.done("journal", "--verify")

    @contextlib.contextmanager
    def damaged_flow(self):
        state = json.loads((self.dossier_folder() / "dossier.json").read_text())
        flow = self.dossier_folder() / state["files"]["fichier_pes"]["path"]
        sound = flow.read_bytes()
        flow.write_bytes(sound[:-1])
        yield
        flow.write_bytes(sound)

    def killed_on_its_way(self):
        """A move that dies when it comes to the dossier, its journal being there already."""
        with self.damaged_flow():
            self.refused(13, "store", "migrate", self.url, says=[ID])  # makes the tables
        SERVER.sql(f"CREATE FUNCTION {self.schema}.stay() RETURNS trigger LANGUAGE plpgsql AS "
                   "$$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$; "
                   f"CREATE TRIGGER stay BEFORE INSERT ON {self.schema}.pes_dossier FOR EACH ROW "
                   f"WHEN (NEW.id_d = '{ID}') EXECUTE FUNCTION {self.schema}.stay()")
        move = self.start("store", "migrate", self.url, stderr=subprocess.DEVNULL)
        asleep = "FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        while SERVER.sql(f"SELECT count(*) {asleep}") != "1\n":
            self.assertIsNone(move.poll())
        move.kill()
        move.wait()
        SERVER.sql(f"SELECT pg_terminate_backend(pid, 10000) {asleep}")
        SERVER.sql(f"DROP FUNCTION {self.schema}.stay CASCADE")

    def listed(self):
        return sorted(row[-1] for row in self.done("list").rows)

    def test_what_cannot_be_read_stops_a_move_before_it_begins(self):
        with self.damaged_flow():
            self.refused(13, "store", "migrate", self.url, says=[ID])
            self.assertEqual(self.listed(), [ID])
            self.done("edit", ID, "--objet", "toujours ici")
        self.assertEqual(self.migrate(self.url)["dossiers"], 1)

    def test_one_that_was_killed_goes_on(self):
        self.done("create", support.FLOW, "--objet", "autre", "--id", "aaaaaaa")
        self.killed_on_its_way()
        self.refused(21, "list", says=["on its way"])
        self.refused(21, "edit", ID, "--objet", "non")

        self.assertEqual(self.migrate(self.url)["dossiers"], 2)

        self.store_is(self.url)
        self.assertEqual(self.listed(), [ID, "aaaaaaa"])
        self.done("journal", "--verify")

    def test_one_that_was_killed_is_called_off_and_nothing_is_lost(self):
        self.done("create", support.FLOW, "--objet", "autre", "--id", "aaaaaaa")
        before = self.files()
        self.killed_on_its_way()

        # What has not arrived is no home, and not what a folder is made from.
        self.store_is(self.url)
        self.refused(21, "list", says=["until all of it is"])
        self.refused(21, "store", "migrate", "files", says=["until all of it is"])
        self.machine_is_refused("other")
        self.store_is("")
        self.assertEqual(self.files(), before)
        off = self.migrate("files")
        self.assertEqual((off["changed"], off["called_off"]), (True, True))
        self.assertEqual(self.listed(), [ID, "aaaaaaa"])
        self.assertFalse(self.migrate("files")["changed"])

        self.done("delete", "aaaaaaa", "--yes")
        self.assertEqual(self.migrate(self.url)["dossiers"], 1)
        self.store_is(self.url)
        self.assertEqual(self.listed(), [ID])
        self.done("journal", "--verify")

    def machine_is_refused(self, name):
        folder, self.folder = self.folder, self.place
        self.refused(21, "init", name, "--store", self.url)
        self.folder = folder

    def test_a_dossier_that_vanished_is_not_taken_for_one_that_was_deleted(self):
        self.done("create", support.FLOW, "--objet", "autre", "--id", "aaaaaaa")
        self.migrate(self.url)
        self.store_is(self.url)
        SERVER.sql(f"DELETE FROM {self.schema}.pes_dossier WHERE id_d = 'aaaaaaa'")

        self.refused(13, "store", "migrate", "files", says=["aaaaaaa", "deletion"])

        self.assertTrue((self.dossier_folder("aaaaaaa") / "dossier.json").exists())
        self.assertTrue(self.migrate(self.url)["called_off"])
        self.assertEqual(self.listed(), [ID])

    def test_an_empty_database_is_not_taken_for_the_home(self):
        again = f"DROP SCHEMA {self.schema} CASCADE; CREATE SCHEMA {self.schema}"
        self.killed_on_its_way()
        SERVER.sql(again)
        self.assertEqual(self.migrate(self.url)["dossiers"], 1)

        SERVER.sql(again)
        self.refused(13, "store", "migrate", self.url, says=["no more"])
        self.refused(21, "list", says=["lives in"])

    def test_a_place_that_holds_another_home_is_refused(self):
        self.machine("other")
        self.done("create", support.FLOW, "--objet", "autre", "--id", "aaaaaaa")
        self.folder = self.home
        before = self.files()

        self.refused(12, "store", "migrate", self.url, says=["another home"])

        self.assertEqual(self.files(), before)
        self.assertEqual([row[-1] for row in self.done("list").rows], [ID])
        self.folder = self.place / "other"
        self.assertEqual([row[-1] for row in self.done("list").rows], ["aaaaaaa"])

    def test_a_copy_that_went_on_is_not_taken_for_a_beginning(self):
        shutil.copytree(self.home, self.place / "copy")
        self.migrate(self.url)
        self.folder = self.place / "copy"
        self.done("edit", ID, "--objet", "ailleurs")
        self.folder = self.home
        self.store_is(self.url)
        self.done("edit", ID, "--objet", "ici")
        self.folder = self.place / "copy"
        self.refused(12, "store", "migrate", self.url)


if __name__ == "__main__":
    support.main()
