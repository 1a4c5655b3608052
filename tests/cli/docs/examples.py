"""The examples of the manual pages are real command lines: they run, and succeed.

Those that are run stand in EXAMPLES after `$ `. What must be there first is said by comments of
the page: `.\\" before: <command>`, and `.\\" folder: new` when it begins outside of a home.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import manual

FLOW = pathlib.Path(sys.argv[2])
HOME = pathlib.Path("demo").resolve()  # copied for each page: its keys are long to draw
MARGIN = len("           $ ")
# Pages of the formats: where in a home that holds a dossier their examples begin.
FORMATS = {"pes-journal.5": "journal", "pes-state.5": "."}


def comments(page, name):
    return re.findall(rf'^\.\\" {name}: (.*)$', page.source, re.M)


def examples(page):
    """Command lines, without those that need a program that is not there."""
    lines = [line[2:] for line in page.shown("EXAMPLES") if line.startswith("$ ")]
    for line in lines:
        if "jq" in line.split() and shutil.which("jq") is None:
            print(f"skipped: {page.path.name}: jq is not there: {line}")
        else:
            yield line


def scene(page):
    """What is done in an empty folder before the examples."""
    bring_flow = f"cp {quoted(str(FLOW))} ."
    if comments(page, "folder") == ["new"]:
        return [bring_flow] + comments(page, "before")
    home = [f"cp -a {HOME}/. .", bring_flow]
    if page.path.name in FORMATS:
        return home + [f"pes create {FLOW.name}", f"cd {FORMATS[page.path.name]}"]
    return home + comments(page, "before")


def failure(page):
    """Runs the examples of a page in one shell; what went wrong, or nothing."""
    commands = list(examples(page))
    if not commands:
        return f"{page.path.name}: no example" if page.path.suffix == ".1" else ""
    for command in commands:
        if MARGIN + len(command) > 80:
            return f"{page.path.name}: longer than a line of 80 columns: {command}"
    script = "".join(f"echo {quoted('$ ' + line)} >&2\n{line}\n"
                     for line in scene(page) + commands)
    with tempfile.TemporaryDirectory(dir=os.getcwd()) as place:
        done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=place,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, encoding="utf-8")
    print(f"{page.path.name}: {len(commands)} examples")
    if done.returncode == 0:
        return ""
    return f"{page.path.name}: status {done.returncode} after\n{done.stderr}"


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def main():
    if not manual.has_mandoc():
        manual.skip("mandoc is not there")
    subprocess.run(["pes", "init", HOME, "--sandbox", "--user", "adminMegalis"], check=True)
    failures = [failure(page) for page in manual.pages(sys.argv[1]).values() if not page.alias_of]
    told = [text for text in failures if text]
    print("\n".join(told))
    return 1 if told else 0


sys.exit(main())
