"""A folder of many good flows with some of each kind of bad one: the report is exact, whatever the
number of connections. Larger: PES_DEPOSIT_GOOD=1000 PES_DEPOSIT_BAD=50."""

import collections
import os

import support
from deposits import DepositTest, manifest, numbered

GOOD = int(os.environ.get("PES_DEPOSIT_GOOD", "30"))
BAD = int(os.environ.get("PES_DEPOSIT_BAD", "3"))


def named(number):
    """The test flow, under one of a million names."""
    return support.flow((b"220302_001", b"22%06d_1" % number))


def cut(number):
    whole = named(number)
    return whole[:whole.index(b"</Bordereau>") - 40]


def changed(number, old, new):
    return named(number).replace(old, new)


KINDS = {  # of files: how they are made, and the code of the error
    "texte": (lambda number: b"Mandats de mars %d\n" % number, "input.not-xml"),
    "vide": (lambda _: b"", "input.empty"),
    "coupe": (cut, "input.not-xml"),
    "retour": (lambda _: b'<?xml version="1.0"?>\n<PES_Retour/>', "input.not-pes"),
    "codcol": (lambda number: changed(number, b'<CodCol V="123"/>', b'<CodCol V="12345"/>'),
               "input.invalid"),
    "demat": (lambda number: changed(number, b'<InfoDematerialisee V="1"/>',
                                     b'<InfoDematerialisee V="0"/>'),
              "input.not-dematerialised"),
}


class Many(DepositTest):

    def test_the_report_is_exact(self):
        expected = {}
        for number in range(GOOD):
            self.dropped(f"bon-{number:05}.xml", named(number))
            expected[f"bon-{number:05}.xml"] = ("sent", None)
        for rank, (kind, (content, code)) in enumerate(KINDS.items(), start=1):
            for number in range(BAD):
                self.dropped(f"{kind}-{number:03}.xml", content(100_000 * rank + number))
                expected[f"{kind}-{number:03}.xml"] = ("refused", code)
        for number in range(BAD):
            self.dropped(f"lot-{number:03}.zip", b"PK no zip")
            expected[f"lot-{number:03}.zip"] = ("refused", "input.invalid")
            self.dropped(f"manifeste-{number:03}/manifest.xml", manifest("absent.xml"))
            expected[f"manifeste-{number:03}"] = ("refused", "input.invalid")
            # The same bytes as a good one: one of the two makes the dossier, the other finds it.
            self.dropped(f"double-{number:03}.xml", named(number))

        answer = self.pes(*self.words("--jobs", "8", "--json"))
        self.assertEqual(answer.status, 3, answer.err[-2000:])
        *lines, summary = answer.documents
        found = {os.path.relpath(line["file"], self.drop).removesuffix("/absent.xml"):
                 (line["result"], line["error"] and line["error"]["code"]) for line in lines}
        self.assertEqual(len(lines), len(found))
        doubles = collections.Counter()
        for number in range(BAD):
            one, other = f"bon-{number:05}.xml", f"double-{number:03}.xml"
            doubles[tuple(sorted((found.pop(one)[0], found.pop(other)[0])))] += 1
            del expected[one]
        self.assertEqual(doubles, {("already-known", "sent"): BAD})
        self.assertEqual(found, expected)
        kinds = len(KINDS) + 2
        self.assertEqual((summary["sent"], summary["already_known"], summary["refused"],
                          summary["failed"], summary["pending"], summary["not_started"]),
                         (GOOD, BAD, BAD * kinds, 0, 0, 0))
        self.assertEqual(len(self.names_in(self.refusals)), BAD * kinds)
        self.assertEqual(len(self.names_in(self.filed)), GOOD + BAD)
        self.assertEqual(self.names_in(self.drop), [])
        count = self.done("sandbox", "count", "--json").document
        self.assertEqual((count["accepted"], count["accepted_twice"]), (GOOD, 0))
        self.done("journal", "--verify")


if __name__ == "__main__":
    support.main()
