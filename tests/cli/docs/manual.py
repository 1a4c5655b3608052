"""The manual pages, read as sources and as a reader sees them."""

import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77  # SKIP_RETURN_CODE of the tests


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def has_mandoc():
    return shutil.which("mandoc") is not None


class Page:
    def __init__(self, path):
        self.path = path
        self.name = path.stem
        self.source = path.read_text(encoding="utf-8")

    @property
    def alias_of(self):
        """The page that this one is another name of, such as pes-config.1."""
        return self.path.readlink().name if self.path.is_symlink() else None

    def section(self, title):
        """Source lines of a section."""
        lines = []
        within = False
        for line in self.source.splitlines():
            if line.startswith(".Sh "):
                within = line == f".Sh {title}"
            elif within:
                lines.append(line)
        return lines

    def options(self):
        """What OPTIONS describes, by subsection; outside of any, under an empty title."""
        found = {"": []}
        title = ""
        for line in self.section("OPTIONS"):
            if line.startswith(".Ss "):
                title = line[len(".Ss "):]
                found[title] = []
            elif line.startswith(".It Fl "):
                found[title].append(written(line))
        return found

    def variables(self):
        """The names that ENVIRONMENT describes."""
        names = []
        for line in self.section("ENVIRONMENT"):
            if line.startswith(".It Ev "):
                names += line[len(".It Ev "):].split(" , ")
        return names

    def shown(self, title):
        """Lines of a section as a reader sees them, without their margin."""
        lines = []
        within = False
        for line in self._rendered().splitlines():
            if line and not line[0].isspace():
                within = line == title
            elif within:
                lines.append(line.strip())
        return lines

    def _rendered(self):
        wide = 400  # examples stay on one line
        rendered = subprocess.run(
            ["mandoc", "-T", "utf8", "-O", f"width={wide}", self.path],
            check=True, capture_output=True, encoding="utf-8").stdout
        return re.sub(r".\x08", "", rendered)


def written(item):
    """`.It Fl o , Fl -output Ar <file>` as a person writes it: `-o, --output <file>`."""
    text = item[len(".It "):].replace("Fl ", "-").replace(" , ", ", ")
    return text.replace(" Ar ", " ")


def pages(folder):
    """All pages of a folder, by file name."""
    return {path.name: Page(path)
            for path in sorted(pathlib.Path(folder).iterdir()) if re.search(r"\.\d$", path.name)}
