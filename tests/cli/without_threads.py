"""Where the system gives no thread, large flows are signed and verified all the same, by one."""

import os
import pathlib
import sys
import unittest

import support
from signing_files import FilesTest

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "bench"))
import generate  # noqa: E402

ALONE = {"LD_PRELOAD": os.environ.get("PES_NO_THREADS", "")}


@unittest.skipUnless(ALONE["LD_PRELOAD"], "no library to refuse threads with")
class WithoutThreads(FilesTest):

    def large(self, *changes):
        text = "".join(generate.document("pj", 4_000_000)).encode("iso-8859-1")
        for was, now in changes:
            text = text.replace(was, now)
        return self.write("grand.xml", text)

    def check_signing(self, flow):
        self.done("sign", "--in", flow, "--out", "avec.xml", *self.key())
        self.done("sign", "--in", flow, "--out", "seul.xml", *self.key(), env=ALONE)
        self.done("verify", "avec.xml", "seul.xml", env=ALONE)
        self.done("verify", "seul.xml")

    def test_a_flow_signed_as_a_whole(self):
        self.check_signing(self.large())

    def test_a_flow_whose_bordereau_is_signed(self):
        self.check_signing(self.large((b"<Bordereau>", b'<Bordereau Id="BORD-1">')))

    def test_the_main_job(self):
        self.done("init", "demo", "--sandbox", "--user", "essai")
        self.folder = self.place / "demo"
        self.done("create", self.large(), "--objet", "Grand", "--id", support.ID)
        self.done("sign", support.ID, env=ALONE)
        self.done("show", support.ID, "--get", "fichier_pes", "-o", "signe.xml")
        self.done("verify", "signe.xml")


if __name__ == "__main__":
    support.main()
