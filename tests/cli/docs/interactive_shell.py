"""A shell under a pseudo-terminal, whose command line is typed into and read back."""

import os
import pty
import re
import select
import signal

ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r")
LINE = re.compile(rb"LINE<(.*?)>ENIL", re.S)
PATIENCE = 60  # seconds; only reached when something is broken


class InteractiveShell:
    """`program` must bind Ctrl-G to print the line being edited as LINE<…>ENIL."""

    def __init__(self, program, environment):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execvpe(program[0], program, environment)

    def complete(self, typed, keys=b"\t"):
        """Types, asks for completions; the line as it stands then, and what was shown."""
        os.write(self.terminal, b"\x15" + typed.encode() + keys + b"\x07")
        shown = self._read_until(LINE)
        line = LINE.search(shown).group(1).decode()
        return line, LINE.sub(b"", shown).decode()

    def wait_for(self, text):
        self._read_until(re.compile(re.escape(text.encode())))

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)

    def _read_until(self, pattern):
        text = b""
        while not pattern.search(text):
            ready, _, _ = select.select([self.terminal], [], [], PATIENCE)
            if not ready:
                raise AssertionError(f"the shell says nothing more: {text!r}")
            text = ESCAPES.sub(b"", text + os.read(self.terminal, 4096))
        return text
