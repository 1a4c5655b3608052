"""bash, zsh and fish offer what pes answers: commands, dossiers with their state, values, paths."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import manual
from interactive_shell import InteractiveShell

SCRIPTS = pathlib.Path(sys.argv.pop(1))
FLOW = sys.argv.pop(1)
SHELL = sys.argv.pop(1)

BASH_RC = r"""
PS1='> '
source {scripts}/pes.bash
bind 'set enable-bracketed-paste off'
bind 'set bell-style none'
bind -x '"\C-g": printf "LINE<%s>ENIL" "$READLINE_LINE"'
bind '"\C-t": possible-completions'
echo READY
"""

ZSH_RC = r"""
PS1='> '
fpath=({scripts} $fpath)
autoload -Uz compinit
compinit -u -d $HOME/zcompdump
show_line() {{ print -nr -- "LINE<$BUFFER>ENIL" }}
zle -N show_line
bindkey -e
bindkey '^G' show_line
bindkey '^T' list-choices
unset zle_bracketed_paste
setopt NO_BEEP
print READY
"""

LIST = b"\x14"


class ByTyping:
    """bash and zsh: somebody types under a terminal."""

    def __init__(self, program, name, rc):
        path = pathlib.Path(os.environ["HOME"]) / name
        path.write_text(rc.format(scripts=SCRIPTS), encoding="utf-8")
        environment = dict(os.environ, ZDOTDIR=os.environ["HOME"], COLUMNS="300")
        self.shell = InteractiveShell([word.format(path) for word in program], environment)
        self.shell.wait_for("READY")

    def completed(self, typed):
        return self.shell.complete(typed)[0]

    def listed(self, typed):
        return self.shell.complete(typed, LIST)[1]

    def close(self):
        self.shell.close()


class ByAsking:
    """fish tells its completions without a terminal."""

    def _candidates(self, typed):
        script = f"source {SCRIPTS}/pes.fish; complete -C '{typed}'"
        return subprocess.run(["fish", "--no-config", "-c", script], check=True,
                              capture_output=True, encoding="utf-8").stdout

    def completed(self, typed):
        """The line, once its last word is replaced by the only candidate."""
        candidates = self._candidates(typed).splitlines()
        if len(candidates) != 1:
            return typed
        last_word = re.compile(r"(?:\\.|[^ \\])*$")
        candidate = candidates[0].split("\t")[0].replace(" ", "\\ ")
        return last_word.sub(lambda _: candidate, typed, count=1)

    def listed(self, typed):
        return self._candidates(typed)

    def close(self):
        pass


def opened():
    if SHELL == "bash":
        return ByTyping(["bash", "--noprofile", "--rcfile", "{}", "-i"], "bashrc", BASH_RC)
    if SHELL == "zsh":
        return ByTyping(["zsh", "-d", "-i"], ".zshrc", ZSH_RC)
    return ByAsking()


def pes(*words):
    subprocess.run(["pes", *words], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


class Completions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        pes("init", "demo", "--sandbox")
        os.makedirs("a folder")
        shutil.copy(FLOW, "a flow.xml")
        for identifier, title in (("O5uC72H", "TEST: PES-0322"), ("JV63Fyu", "Gone")):
            pes("--home", "demo", "create", FLOW, "--objet", title, "--id", identifier)
            pes("--home", "demo", "sign", identifier)
        pes("--home", "demo", "send", "JV63Fyu", "--yes", "--wait")
        os.environ["PES_HOME"] = str(pathlib.Path("demo").resolve())
        cls.shell = opened()

    @classmethod
    def tearDownClass(cls):
        cls.shell.close()

    def assert_completed(self, typed, expected):
        self.assertEqual(self.shell.completed(typed).rstrip(), expected)

    def test_the_tool_prints_the_script_that_is_installed(self):
        script = {"bash": "pes.bash", "zsh": "_pes", "fish": "pes.fish"}[SHELL]
        printed = subprocess.run(["pes", "completion", SHELL], check=True, capture_output=True)
        self.assertEqual((SCRIPTS / script).read_bytes(), printed.stdout)

    def test_a_command_is_completed(self):
        self.assert_completed("pes jour", "pes journal")
        self.assert_completed("pes config sh", "pes config show")

    def test_an_option_is_completed(self):
        self.assert_completed("pes send --transac", "pes send --transaction")

    def test_a_dossier_is_completed(self):
        self.assert_completed("pes sign O5", "pes sign O5uC72H")

    def test_a_dossier_is_listed_with_its_title_and_state(self):
        self.assertRegex(self.shell.listed("pes status "),
                         r"O5uC72H[^\n]*TEST: PES-0322, En cours de rédaction")

    def test_a_dossier_that_the_command_cannot_take_is_not_offered(self):
        self.assertNotIn("JV63Fyu", self.shell.listed("pes sign "))
        self.assertIn("JV63Fyu", self.shell.listed("pes status "))

    def test_a_value_is_completed_after_a_space_and_after_an_equals_sign(self):
        self.assert_completed("pes list --state tdt-", "pes list --state tdt-error")
        self.assert_completed("pes list --state=tdt-", "pes list --state=tdt-error")

    def test_a_value_with_blanks_is_quoted(self):
        self.assert_completed("pes show O5uC72H --onglet Info",
                              "pes show O5uC72H --onglet Information\\ PES\\ Aller")

    def test_a_file_is_completed(self):
        self.assert_completed("pes create a\\ fl", "pes create a\\ flow.xml")

    def test_a_folder_is_completed_after_a_space_and_after_an_equals_sign(self):
        self.assert_completed("pes --home dem", "pes --home demo/")
        self.assert_completed("pes --home=dem", "pes --home=demo/")

    def test_nothing_is_offered_where_nothing_is_known(self):
        self.assert_completed("pes create --objet a", "pes create --objet a")


if __name__ == "__main__":
    if shutil.which(SHELL) is None:
        manual.skip(f"{SHELL} is not there")
    unittest.main()
