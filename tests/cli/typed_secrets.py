"""A PIN or a password typed at a terminal: asked once, hidden, and never repeated."""

import os
import pty
import select
import signal
import subprocess
import termios
import time

import support
from support import ID
from tokens import PIN, TokenTest

WRONG = "0000-faux"


class Person:
    """The tool at a terminal of its own, and who types there."""

    def __init__(self, folder, words, env):
        self.screen = b""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it
            os.chdir(folder)
            os.execve(support.PES, [support.PES, *map(str, words)], env)

    def wait_for(self, text):
        while text.encode() not in self.screen:
            if not select.select([self.terminal], [], [], support.LONGEST)[0]:
                raise AssertionError(f"no « {text} » in {self.screen}")
            try:
                self.screen += os.read(self.terminal, 65536)
            except OSError:  # Linux's end of a terminal
                raise AssertionError(f"ended without « {text} »: {self.screen}") from None

    def read_what_came(self):
        while select.select([self.terminal], [], [], 0)[0]:
            self.screen += os.read(self.terminal, 65536)

    def echoes(self):
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)

    def type(self, text):
        os.write(self.terminal, text.encode())

    def leave(self):
        """The status of the tool, once it has ended."""
        self.screen += support.read_all(self.terminal)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])

    @property
    def text(self):
        return support.without_styles(self.screen.decode())


class Typing(TokenTest):
    key = ["--key", "pkcs11:token=mairie"]

    def at_terminal(self, *words, env):
        person = Person(self.folder, words, support.environment(self.place, **env))
        self.addCleanup(self.assert_hidden, person)
        return person

    def assert_hidden(self, person):
        for secret in (PIN, WRONG):
            self.assertNotIn(secret, person.text)

    def test_the_pin_is_asked_once_hidden_and_the_terminal_is_given_back(self):
        self.make("mairie", "2048")
        self.create()
        person = self.at_terminal("sign", ID, *self.key, env=self.variables())
        person.wait_for("PIN of the token mairie (Amélie MARTIN, expires on 01/01/2034): ")
        self.assertFalse(person.echoes())
        person.type(PIN + "\n")
        self.assertEqual(person.leave(), 0, person.text)
        self.assertEqual(person.text.count("PIN of"), 1)
        self.assertEqual(self.signature_count(), 2)
        self.assertNotIn(PIN, self.done("journal", "--limit", "1000", "--json").out)

    def test_what_is_waited_for_is_not_drawn_over_the_question(self):
        self.make("mairie", "2048")
        self.create()
        person = self.at_terminal("sign", ID, *self.key, env=self.variables())
        person.wait_for("01/01/2034): ")
        asked = len(person.screen)
        time.sleep(1)  # the line of progress comes after half a second
        person.read_what_came()
        self.assertEqual(person.screen[asked:], b"")
        person.type(PIN + "\n")
        self.assertEqual(person.leave(), 0, person.text)

    def test_a_wrong_pin_is_not_tried_again_and_what_remains_is_said(self):
        self.make("mairie", "2048")
        self.create()
        for fault, says in (("few", "few tries are left"), ("last", "one try is left"),
                            ("", "does not tell how many tries remain")):
            with self.subTest(fault):
                before = self.tries()
                person = self.at_terminal("sign", ID, *self.key, env=self.spoilt(fault))
                person.wait_for("): ")
                person.type(WRONG + "\n")
                self.assertEqual(person.leave(), 23, person.text)
                self.assertEqual(self.tries() - before, 1)
                self.assertEqual(person.text.count("PIN of the token mairie ("), 1)
                self.assertIn(says, person.text)
                self.assertEqual(self.signature_count(), 0)
        self.assert_nothing_half_written([ID])

    def test_a_key_that_wants_its_pin_each_time_says_for_which_signature(self):
        self.make("mairie", "2048,always")
        self.create()
        person = self.at_terminal("sign", ID, *self.key, env=self.variables())
        for question in ("expires on 01/01/2034): ", "for signature 2 of 2: "):
            person.wait_for(question)
            person.type(PIN + "\n")
        self.assertEqual(person.leave(), 0, person.text)
        self.assertEqual(self.signature_count(), 2)

    def test_whoever_gives_up_at_the_question_spends_no_try(self):
        self.make("mairie", "2048")
        self.create()
        person = self.at_terminal("sign", ID, *self.key, env=self.spoilt(""))
        person.wait_for("): ")
        person.type(WRONG[:4] + "\x03")
        self.assertIn(person.leave(), (6, 130), person.text)
        self.assertEqual(self.tries(), 0)
        self.assert_nothing_half_written([ID])

    def test_after_a_wrong_password_of_a_file_it_is_to_be_typed_again(self):
        self.create()
        key = self.place / "signataire.p12"
        self.protect(key)
        person = self.at_terminal("sign", ID, "--key", key, env={})
        person.wait_for("signataire.p12: ")
        self.assertFalse(person.echoes())
        person.type(WRONG + "\n")
        self.assertEqual(person.leave(), 23, person.text)
        self.assertIn("type it again; capital letters count", person.text)
        self.assertEqual(person.text.count("PIN or password of"), 1)

    def protect(self, key):
        """The test signatory's key under a password."""
        identities = self.home / "sandbox" / "identities"
        whole = self.place / "whole.pem"
        for words in (["-in", identities / "signing.p12", "-passin",
                       f"file:{identities / 'signing.password'}", "-nodes", "-out", whole],
                      ["-export", "-in", whole, "-passout", f"pass:{PIN}", "-out", key]):
            done = subprocess.run(["openssl", "pkcs12", *map(str, words)],
                                          capture_output=True, check=False)
            if done.returncode != 0:
                self.skipTest(f"openssl: {done.stderr}")


if __name__ == "__main__":
    support.main()
