"""What pes says of itself."""

import re
import subprocess


def run(*words):
    return subprocess.run(["pes", *words], check=True, capture_output=True,
                          encoding="utf-8").stdout


def paragraph(text, title):
    """Lines under a title of the help, as (what it names, what it means)."""
    entries = []
    within = False
    for line in text.splitlines():
        if not line.startswith(" "):
            within = line == title
        elif within:
            name, meaning = re.split(r"\s{2,}", line.strip(), maxsplit=1)
            entries.append((name, meaning))
    return entries


class Command:
    """A command, from its help."""

    def __init__(self, *words):
        self.words = words
        self.help = run("help", *words)
        self.below = [Command(*words, name) for name, _ in paragraph(self.help, "Commands:")]

    @property
    def name(self):
        return " ".join(self.words)

    @property
    def usage(self):
        return re.search(r"^Usage: (.*)$", self.help, re.M).group(1)

    @property
    def manual_page(self):
        return re.search(r"man (pes\S*)$", self.help, re.M).group(1)

    @property
    def options(self):
        """Its own, as they are written; without --help, which all have."""
        title = "Options:" if self.words else "Options of every command:"
        return [name for name, _ in paragraph(self.help, title)
                if self.words == () or name != "-h, --help"]

    def all(self):
        """Itself and those below, the deepest last."""
        return [self] + [command for below in self.below for command in below.all()]


def completions(*words):
    """What `pes` offers in the place of the last word, as (value, meaning)."""
    answer = run("__complete", *words)
    return [tuple(line.partition("\t")[::2]) for line in answer.splitlines()]
