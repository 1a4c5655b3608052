"""`pes show --get`: the bytes of a dossier's file, where the person wants them."""

import support
from support import ID


class TakingOut(support.SignedTest):

    def test_the_same_bytes_may_stand_there_already(self):
        for _ in range(2):
            self.done("show", ID, "--get", "fichier_pes", "-o", "signe.xml")
        signed = self.done("show", ID, "--get", "fichier_pes").out_bytes
        self.assertEqual((self.home / "signe.xml").read_bytes(), signed)

    def test_another_file_is_replaced_only_when_asked_for(self):
        place = self.home / "signe.xml"
        place.write_bytes(b"un autre document")
        words = ["show", ID, "--get", "fichier_pes", "-o", "signe.xml"]
        answer = self.refused(2, *words, says=["signe.xml exists already"])
        self.assertIn("--force", answer.lines_of("hint")[0])
        self.assertEqual(place.read_bytes(), b"un autre document")
        self.done(*words, "--force")
        self.assertEqual(place.read_bytes(),
                         self.done("show", ID, "--get", "fichier_pes").out_bytes)

    def test_nothing_is_left_when_it_cannot_be_written(self):
        before = set(self.home.iterdir())
        self.refused(1, "show", ID, "--get", "fichier_pes", "-o", "absent/signe.xml",
                     says=["absent/signe.xml"], hint=False)
        self.refused(1, "show", ID, "--get", "fichier_pes", "-o", "dossiers", says=["dossiers"],
                     hint=False)
        self.assertEqual(set(self.home.iterdir()), before)


if __name__ == "__main__":
    support.main()
