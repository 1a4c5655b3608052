"""What the tests of `pes deposit` need: a folder in which flows are dropped, and two in which they
are filed."""

import os
import zipfile

import support


def numbered(number, *replacements):
    """The test flow under a name of its own, for the TdT takes each name once."""
    return support.flow((b"220302_001", b"220302_%03d" % number), *replacements)


def manifest(flow="flux.xml", objet="Mandats de mars", kind="pes-avec-signature", more=""):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<flux type="{kind}">'
            f'<data name="objet" value="{objet}"/>{more}'
            f'<files name="fichier_pes"><file content="{flow}"/></files></flux>').encode()


class DepositTest(support.HomeTest):

    def setUp(self):
        super().setUp()
        self.drop, self.filed, self.refusals = (self.place / name
                                                for name in ("depot", "faits", "refus"))
        for folder in (self.drop, self.filed, self.refusals):
            folder.mkdir()

    def dropped(self, name, content):
        path = self.drop / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def zipped(self, name, files):
        with zipfile.ZipFile(self.drop / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for inside, content in files.items():
                archive.writestr(inside, content)
        return self.drop / name

    def words(self, *more):
        return ("deposit", self.drop, "--done", self.filed, "--error", self.refusals,
                "--stable", "0", "--yes", *more)

    def deposit(self, *more, status=0, **options):
        """Lines of --json by file name, and the summary."""
        answer = self.pes(*self.words(*more, "--json"), **options)
        if status is not None:
            self.assertEqual(answer.status, status, answer)
        *lines, summary = answer.documents
        self.assertEqual(summary["type"], "summary")
        return {os.path.relpath(line["file"], self.drop): line for line in lines}, summary

    def results(self, *more, **options):
        lines, _ = self.deposit(*more, **options)
        return {name: line["result"] for name, line in lines.items()}

    def names_in(self, folder):
        return sorted(path.name for path in folder.iterdir())

    def sent_names(self):
        return sorted(transaction["file_name"] for transaction in self.transactions())
