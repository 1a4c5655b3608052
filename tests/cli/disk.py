"""A home that cannot be written to, or not any more."""

import os
import shutil
import subprocess
import unittest

import support
from support import ID


def has_own_mounts():
    """Whether a process can be given mounts of its own here."""
    if not shutil.which("unshare"):
        return False
    words = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@unittest.skipUnless(has_own_mounts(), "no mounts of one's own here")
class Disk(support.SignedTest):

    def after(self, mounts, *words):
        """The tool, in a process for which these mounts were made."""
        script = f'set -e; cd "$0"; {mounts}; cd "$0"; exec "$@"'
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script, str(self.home), support.PES,
                               *map(str, words)],
                              env=support.environment(self.place), capture_output=True,
                              timeout=support.LONGEST, check=False)
        return support.Answer(done.returncode, done.stdout, done.stderr)

    def assert_said(self, answer, *words):
        self.assertEqual(answer.status, 1, answer)
        errors = answer.lines_of("error")
        self.assertEqual(len(errors), 1, answer)
        for word in words:
            self.assertIn(word, errors[0])


class ReadOnly(Disk):

    MOUNTS = 'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"'

    def test_what_writes_says_so_and_what_reads_works(self):
        before = self.shown()
        for words in (["create", support.FLOW, "--objet", "X"], ["edit", ID, "--objet", "X"],
                      ["send", ID, "--yes", "--wait"], ["delete", ID, "--yes"]):
            with self.subTest(words[0]):
                self.assert_said(self.after(self.MOUNTS, *words), "ead-only")
        for words in (["show", ID], ["status", ID], ["list"], ["journal", "--verify"],
                      ["check", support.FLOW]):
            with self.subTest(words[0]):
                self.assertEqual(self.after(self.MOUNTS, *words).status, 0)
        self.assertEqual(self.shown(), before)
        self.assert_nothing_half_written([ID])


class Full(Disk):

    def full_after(self, free, *words):
        """On a disk that holds the home and has this many kilobytes left."""
        mounts = (f'mount -t tmpfs -o size=8m none /mnt; cp -a . /mnt/home; '
                  f'room=$(($(df -k --output=avail /mnt | tail -n 1) - {free})); '
                  'dd if=/dev/zero of=/mnt/ballast bs=1k count=$room status=none; '
                  'mount --bind /mnt/home "$0"')
        script = (f'set -e; cd "$0"; {mounts}; cd "$0"; status=0; "$@" || status=$?; '
                  'for check in "journal --verify" "list --json"; do "$1" $check > /dev/null '
                  '|| status="$status, then $check: $?"; done; '
                  'rm /mnt/ballast; "$1" create "$FLOW" --objet Ensuite -q > /dev/null '
                  '|| status="$status, then create: $?"; '
                  '"$1" list --json; { find dossiers -type f -path "*/.*"; find . -name "demande*"; } '
                  '| wc -l; echo "$status"')
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script, str(self.home), support.PES,
                               *map(str, words)],
                              env=support.environment(self.place, FLOW=support.FLOW),
                              capture_output=True, timeout=support.LONGEST, check=False)
        return support.Answer(done.returncode, done.stdout, done.stderr)

    def test_a_creation_leaves_nothing_and_the_next_one_succeeds(self):
        big = self.write("grand.xml", support.flow(
            (b"R\xe9paration de la toiture de l'\xe9cole", b"A" * 400_000)))
        for free in (0, 8, 64, 256):
            with self.subTest(free=free):
                answer = self.full_after(free, "create", big, "--objet", "X")
                listed, leftovers, status = answer.out.splitlines()[-3:]
                self.assertEqual(status, "1", answer)
                self.assertEqual(leftovers, "0")
                titles = [d["titre"] for d in support.json.loads(listed)["dossiers"]]
                self.assertEqual(sorted(titles), ["Ensuite", "TEST-PES-0322"])
                errors = answer.lines_of("error")
                self.assertEqual(len(errors), 1, answer)
                self.assertIn("No space left", errors[0])

    def test_a_request_to_sign_elsewhere_is_whole_or_absent(self):
        certificate = self.home / "certificat.pem"
        identities = self.home / "sandbox" / "identities"
        subprocess.run(["openssl", "pkcs12", "-in", identities / "signing.p12", "-nokeys",
                        "-passin", f"file:{identities / 'signing.password'}",
                        "-out", certificate], check=True)
        answer = self.full_after(0, "sign", "--in", support.FLOW, "--prepare", "demande.json",
                                 "--certificate", certificate)
        leftovers, status = answer.out.splitlines()[-2:]
        self.assertEqual((leftovers, status), ("0", "1"), answer)
        self.assertIn("No space left", answer.lines_of("error")[0])

    def test_a_sending_stops_before_the_post_or_is_known(self):
        for free in (0, 4, 12):
            with self.subTest(free=free):
                answer = self.full_after(free, "send", ID, "--yes", "--wait", "--timeout", "10s")
                status = answer.out.splitlines()[-1]
                self.assertIn(status, ("1", "30", "31", "32"), answer)
                self.assertEqual(len(answer.lines_of("error")), 1, answer)


class NotOurs(support.SignedTest):

    @unittest.skipIf(os.geteuid() == 0, "root writes where it wants")
    def test_a_home_without_the_right_to_write(self):
        self.home.chmod(0o500)
        (self.home / "dossiers").chmod(0o500)
        self.refused(1, "create", support.FLOW, "--objet", "X", says=["ermission"])
        (self.home / "dossiers").chmod(0o700)
        self.home.chmod(0o700)
        self.assert_nothing_half_written([ID])


if __name__ == "__main__":
    support.main()
