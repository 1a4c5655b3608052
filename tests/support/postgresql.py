"""A PostgreSQL server for the tests of one process, in a folder that goes with it."""

import pathlib
import subprocess
import tempfile

SCRIPT = pathlib.Path(__file__).resolve().parent / "postgresql.sh"
ABSENT = 77


class Server:

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="pes-sql.")
        done = self._script("start")
        self.is_there = done.returncode != ABSENT
        if not self.is_there:
            self.reason = done.stderr.strip()
            return
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        self.url = done.stdout.strip()

    def _script(self, command, *words):
        return subprocess.run([SCRIPT, command, self._folder.name, *words], text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def sql(self, statements):
        done = self._script("sql", statements)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout

    def place(self, schema, user="pes"):
        """The address of a schema of its own, which is made: as good as a database of its own."""
        self.sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        address = self.url.replace("//pes@", f"//{user}@")
        return f"{address}&options=-csearch_path%3D{schema}"

    def hurry(self, schema):
        """Makes all next tries due now instead of waiting for their date."""
        self.sql(f"UPDATE {schema}.pes_state SET document = regexp_replace(document::text, "
                 """'("next_try": )"[^"]*"', '\\1"2000-01-01T00:00:00Z"')::json; """
                 f"UPDATE {schema}.pes_dossier SET next_try = 946684800 "
                 "WHERE next_try IS NOT NULL")

    def close(self):
        if self.is_there:
            self._script("stop")
        self._folder.cleanup()
