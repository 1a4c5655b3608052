"""Help, manual pages and completions know the same commands, options and variables."""

import re
import sys
import unittest

import manual
import tool

PAGES = manual.pages(sys.argv.pop(1))
ROOT = tool.Command()
COMMANDS = [command for command in ROOT.all() if command.words]


def page_of(command):
    page = PAGES[f"{command.manual_page}.1"]
    return PAGES[page.alias_of] if page.alias_of else page


def manual_options(command):
    described = page_of(command).options()
    under_its_name = described.get(f"pes {command.name}")
    if under_its_name is not None:
        return under_its_name
    return described[""] if len(command.words) <= 1 else []


def long_names(options):
    return {name for option in options for name in re.findall(r"--[a-z-]+", option)}


def accepted_names(command):
    """Options may stand after the words that they do not belong to: those above count too."""
    above = [other for other in [ROOT] + COMMANDS
             if other.words == command.words[:len(other.words)]]
    return {name for other in above for name in long_names(other.options)}


class Options(unittest.TestCase):
    def test_every_option_of_the_help_is_in_the_manual_and_conversely(self):
        for command in [ROOT] + COMMANDS:
            with self.subTest(command.name):
                self.assertEqual(command.options, manual_options(command))

    def test_every_option_of_the_help_is_completed_and_conversely(self):
        for command in COMMANDS:
            with self.subTest(command.name):
                offered = {value for value, _ in tool.completions(*command.words, "--")}
                self.assertEqual(accepted_names(command), offered)

    def test_every_completed_option_has_a_meaning(self):
        for command in COMMANDS:
            for value, meaning in tool.completions(*command.words, "--"):
                self.assertTrue(meaning, f"pes {command.name} {value}")

    def test_titles_of_the_manual_name_commands(self):
        titles = {f"pes {command.name}" for command in COMMANDS}
        for page in PAGES.values():
            for title in page.options():
                if title:
                    self.assertIn(title, titles, page.path.name)


class Commands(unittest.TestCase):
    def test_every_command_has_its_page_and_conversely(self):
        named = {f"{command.manual_page}.1" for command in [ROOT] + COMMANDS}
        self.assertEqual(named, {name for name in PAGES if name.endswith(".1")})

    def test_every_command_is_completed_and_conversely(self):
        for command in [ROOT] + COMMANDS:
            if command.below:
                offered = [value for value, _ in tool.completions(*command.words, "")]
                self.assertEqual([below.words[-1] for below in command.below], offered)

    @unittest.skipUnless(manual.has_mandoc(), "mandoc is not there")
    def test_the_manual_writes_commands_as_the_help_does(self):
        for command in [ROOT] + COMMANDS:
            if command.words and command.below:
                continue
            with self.subTest(command.name):
                synopsis = page_of(command).shown("SYNOPSIS")
                self.assertIn(command.usage, synopsis)

    def test_the_manual_lists_every_command(self):
        listed = re.findall(r"^\.It Cm (\S+)$", PAGES["pes.1"].source, re.M)
        self.assertEqual(sorted(command.name for command in ROOT.below), sorted(listed))


class Variables(unittest.TestCase):
    def test_every_key_of_the_configuration_has_its_variable_in_the_manual_and_conversely(self):
        keys = [line.split("\t")[0] for line in tool.run("config", "show").splitlines()]
        expected = {"PES_" + key.upper().replace(".", "_") for key in keys}
        general = {"PES_CONFIG", "PES_HOME", "PES_ENTITY", "PES_VERBOSE", "PES_COLOR",
                   "PES_NO_INPUT", "PES_TIMEOUT"}
        described = {name for name in PAGES["pes.1"].variables() if name.startswith("PES_")}
        self.assertEqual(expected | general, described)


if __name__ == "__main__":
    unittest.main()
