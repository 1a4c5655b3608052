"""The French catalogue says all that the sources say, and the tool speaks it."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest

import support

HERE = pathlib.Path(__file__).resolve()
CATALOGUE = HERE.parents[3] / "lib" / "catalogue"
PLACEHOLDER = re.compile(r"\{[1-9]\}")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
COMMAND = re.compile(r"[:|] (pes [a-z]+)")


class Entry:
    """A text of a .po file, with its translation."""

    def __init__(self, lines):
        self.is_fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        self.english, self.french = self._strings(lines)

    @staticmethod
    def _strings(lines):
        strings = []
        for line in lines:
            if line.startswith(("msgid ", "msgstr ")):
                strings.append("")
            if not line.startswith("#"):
                strings[-1] += json.loads(line[line.index('"'):])
        return strings


def entries(file):
    """What a .po file holds, save its header; an obsolete entry has no text."""
    blocks = file.read_text("utf-8").split("\n\n")
    blocks = [block.splitlines() for block in blocks if "\nmsgid " in f"\n{block}"]
    return [entry for entry in map(Entry, blocks) if entry.english]


def texts_of_the_sources():
    with tempfile.TemporaryDirectory(prefix="pes-cli.") as place:
        template = pathlib.Path(place) / "pes.pot"
        subprocess.run([CATALOGUE / "extract.sh", template], check=True)
        return {entry.english for entry in entries(template)}


FRENCH = entries(CATALOGUE / "fr.po")


class Completeness(unittest.TestCase):
    maxDiff = None

    def test_every_text_of_the_sources_is_in_the_catalogue_and_conversely(self):
        sources = texts_of_the_sources()
        self.assertGreater(len(sources), 500)
        catalogue = {entry.english for entry in FRENCH}
        self.assertEqual(sorted(sources - catalogue), [], "to be translated")
        self.assertEqual(sorted(catalogue - sources), [], "no longer said")

    def test_every_text_is_translated_for_good(self):
        for entry in FRENCH:
            with self.subTest(entry.english):
                self.assertNotEqual(entry.french, "")
                self.assertFalse(entry.is_fuzzy)


class Faithfulness(unittest.TestCase):
    """What must be the same in both languages."""

    def assert_same(self, pattern):
        for entry in FRENCH:
            with self.subTest(entry.english):
                self.assertEqual(set(pattern.findall(entry.english)),
                                 set(pattern.findall(entry.french)))

    def test_placeholders(self):
        self.assert_same(PLACEHOLDER)

    def test_options(self):
        self.assert_same(OPTION)

    def test_commands(self):
        self.assert_same(COMMAND)

    def test_a_small_letter_at_the_start_and_no_full_stop_at_the_end(self):
        for entry in FRENCH:
            with self.subTest(entry.english):
                if entry.english[0].islower():
                    self.assertFalse(entry.french[:1].isupper(), entry.french)
                self.assertEqual(entry.english.endswith("."), entry.french.endswith("."))

    def test_a_space_before_double_punctuation(self):
        glued = re.compile(r"\w[;?!](?:\s|$)|[\w)»}]:(?:\s|$)")
        for entry in FRENCH:
            with self.subTest(entry.french):
                # env:, file:, fd: and sandbox: are what is to be typed.
                text = re.sub(r"\b(?:env|file|fd|sandbox):", "", entry.french)
                self.assertNotRegex(text, glued)


class Speech(support.ToolTest):
    """The tool itself."""

    def in_language(self, locale, *words):
        return self.pes(*words, env={"LC_ALL": locale})

    def meanings(self, locale, *words):
        """What the help says of each command and option, by its name."""
        lines = self.in_language(locale, "help", *words).out.splitlines()
        described = [re.split(r"\s{2,}", line.strip(), maxsplit=1)
                     for line in lines if line.startswith("  ")]
        return {re.split(r"[ ,]", pair[0])[0]: pair[1] for pair in described if len(pair) == 2}

    def test_an_error_is_told_in_french_although_the_locale_is_not_installed(self):
        for locale in ("fr_FR.UTF-8", "fr_ZZ.UTF-8"):
            answer = self.in_language(locale, "status", "?")
            self.assertEqual(answer.err.splitlines()[0].split(" : ")[0], "erreur", answer)
            self.assertEqual(answer.err.splitlines()[-1].split(" : ")[0], "conseil", answer)

    def test_another_language_gets_english(self):
        for locale in ("C", "C.UTF-8", "de_DE.UTF-8"):
            answer = self.in_language(locale, "status", "?")
            self.assertTrue(answer.err.startswith("error: "), answer)

    def test_the_language_changes_no_status_nor_code(self):
        answers = [self.in_language(locale, "status", "O5uC72H", "--json")
                   for locale in ("C.UTF-8", "fr_FR.UTF-8")]
        english, french = (answer.failure for answer in answers)
        self.assertNotEqual(english["message"], french["message"])
        for told in (english, french):
            del told["message"], told["hint"]
        self.assertEqual(english, french)
        self.assertEqual(answers[0].status, answers[1].status)

    def test_nothing_of_the_help_stays_in_english(self):
        commands = [name.split() for name in self.meanings("C.UTF-8") if not name.startswith("-")]
        self.assertIn(["send"], commands)
        for words in [[]] + commands:
            with self.subTest(words):
                english = self.meanings("C.UTF-8", *words)
                french = self.meanings("fr_FR.UTF-8", *words)
                self.assertEqual(list(english), list(french))
                same = [name for name in english if english[name] == french[name]]
                self.assertEqual(same, [])


if __name__ == "__main__":
    unittest.main()
