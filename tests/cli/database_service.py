"""`pes run --watch` of a home in a database, which comes and goes."""

import pathlib
import socket
import subprocess
import sys
import unittest

import support
from support import ID

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import postgresql  # noqa: E402

SERVER = postgresql.Server()


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
        place = self.place / "notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(str(place))
            manager.settimeout(support.LONGEST)
            process = self.start("run", "--watch", env={"NOTIFY_SOCKET": place},
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE)
            self.addCleanup(process.wait)
            self.addCleanup(process.kill)
            self.assertEqual(manager.recv(100), b"READY=1")
        SERVER.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                   "WHERE usename = 'pes' AND pid <> pg_backend_pid()")
        self.done("send", ID, "--yes")
        support.until(lambda: process.poll() is not None or
                      self.done("show", ID, "--json").document["last_action"] == "termine",
                      "the end of the way")
        process.terminate()
        told = process.communicate(timeout=support.LONGEST)[1].decode()
        self.assertEqual(process.returncode, 143, told)
        self.assertLessEqual(told.count("what is due is asked for again"), 1, told)


if __name__ == "__main__":
    support.main()
