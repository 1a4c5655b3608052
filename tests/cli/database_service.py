"""`pes run --watch` of a home in a database, which comes and goes."""

import pathlib
import subprocess
import sys
import unittest

import support
from support import ID

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import postgresql  # noqa: E402

SERVER = postgresql.Server()
CONNECTIONS = "FROM pg_stat_activity WHERE usename = 'pes' AND pid <> pg_backend_pid()"


def setUpModule():
    unittest.addModuleCleanup(SERVER.close)


@unittest.skipUnless(SERVER.is_there, "PostgreSQL cannot be started here")
class Watching(support.ToolTest):

    def test_a_service_outlives_its_connections(self):
        self.done("init", "one", "--sandbox", "--user", "adminMegalis", "--store",
                  SERVER.place("home"))
        self.folder = self.place / "one"
        self.done("create", support.FLOW, "--objet", "TEST-PES-0322", "--id", ID)
        self.done("sign", ID)
        with self.start("run", "--watch", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                        stderr=subprocess.PIPE) as process:
            support.until(lambda: SERVER.sql(f"SELECT count(*) {CONNECTIONS}") != "0\n",
                          "the service to connect")
            SERVER.sql(f"SELECT pg_terminate_backend(pid) {CONNECTIONS}")
            self.done("send", ID, "--yes")
            support.until(lambda: process.poll() is not None or
                          self.done("show", ID, "--json").document["last_action"] == "termine",
                          "the end of the way")
            self.assertIsNone(process.poll())
            process.terminate()
            told = process.stderr.read().decode()
        self.assertEqual(process.returncode, 143, told)
        self.assertEqual(told.count("what is due is asked for again"), 1, told)


if __name__ == "__main__":
    support.main()
