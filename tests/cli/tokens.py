"""Keys on tokens, from SoftHSM: as a person and a script use them."""

import os
import pathlib
import subprocess
import unittest

import support
from support import ID

MAKE_TOKEN = os.environ["PES_MAKE_TOKEN"]
FAULTY = os.environ["PES_FAULTY_TOKEN"]
PIN = "4826-essai"
KNOWN_TO_P11_KIT = pathlib.Path("/usr/share/p11-kit/modules/softhsm2.module")


class TokenTest(support.HomeTest):

    def setUp(self):
        super().setUp()
        self.tokens = self.place / "softhsm"
        self.tokens.mkdir()
        self.module = None

    def make(self, label, *keys):
        made = subprocess.run([MAKE_TOKEN, self.tokens, label, *keys], capture_output=True,
                              encoding="utf-8", check=False)
        if made.returncode == 77:
            self.skipTest("SoftHSM is not there")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.module = made.stdout.strip()

    def variables(self, **more):
        return {"SOFTHSM2_CONF": self.tokens / "softhsm2.conf", "PES_SIGN_MODULE": self.module,
                "PIN": PIN, **more}

    def spoilt(self, fault, **more):
        """The same token, which misbehaves."""
        return {**self.variables(**more), "PES_SIGN_MODULE": FAULTY, "PES_TEST_MODULE": self.module,
                "PES_TEST_TOKEN": fault, "PES_TEST_TRIES": self.place / "tries"}

    def tries(self):
        path = self.place / "tries"
        return len(path.read_text().splitlines()) if path.exists() else 0

    def create(self, dossier=ID):
        self.done("create", support.FLOW, "--objet", "Flux", "--id", dossier)

    def signature_count(self, dossier=ID):
        return self.done("show", dossier, "--get", "fichier_pes").out_bytes.count(b"<ds:Signature ")


class Signing(TokenTest):
    key = ["--key", "pkcs11:token=mairie", "--pin-from", "env:PIN"]

    def test_keys_of_every_size_sign_a_dossier(self):
        for bits in ("2048", "3072", "4096"):
            with self.subTest(bits):
                label = f"mairie{bits}"
                self.make(label, bits)
                dossier = f"A{bits}AA"
                self.create(dossier)
                self.done("sign", dossier, "--key", f"pkcs11:token={label}", "--pin-from", "env:PIN",
                          env=self.variables())
                self.assertEqual(self.signature_count(dossier), 2)

    def test_the_uri_of_the_list_signs_without_any_other_word(self):
        self.make("mairie", "2048", "2048")
        keys = self.done("keys", "list", "pkcs11:", "--json", env=self.variables()).document["keys"]
        self.assertEqual(len(keys), 2)
        for rank, key in enumerate(keys):
            flow = self.write("flux.xml", support.flow())
            env = self.variables()
            del env["PES_SIGN_MODULE"]  # the URI names it
            self.done("sign", "--in", flow, "--out", self.place / f"signe{rank}.xml", "--key",
                      key["key"], "--pin-from", "env:PIN", env=env)

    @unittest.skipUnless(KNOWN_TO_P11_KIT.exists(), "p11-kit does not know SoftHSM here")
    def test_a_module_that_p11_kit_knows_needs_no_name(self):
        self.make("mairie", "2048")
        self.create()
        env = self.variables()
        del env["PES_SIGN_MODULE"]
        self.done("sign", ID, *self.key, env=env)
        self.assertEqual(self.signature_count(), 2)

    def test_a_key_that_wants_its_pin_each_time_signs_every_bordereau(self):
        self.make("mairie", "2048,always")
        self.create()
        self.done("sign", ID, *self.key, env=self.variables())
        self.assertEqual(self.signature_count(), 2)

    def test_a_wrong_pin_is_tried_once_for_all_dossiers(self):
        self.make("mairie", "2048")
        for dossier in (ID, "JV63Fyu"):
            self.create(dossier)
        answer = self.pes("sign", ID, "JV63Fyu", *self.key,
                          env=self.spoilt("few", PIN="0000-faux"))
        self.assertEqual(answer.status, 23, answer)
        self.assertEqual(self.tries(), 1)
        self.assertEqual(len(answer.lines_of("error")), 1, answer)
        self.assertIn("few tries", answer.lines_of("hint")[0])
        self.assertNotIn("0000-faux", answer.err + answer.out)
        self.assert_nothing_half_written([ID, "JV63Fyu"])

    def test_a_blocked_token_has_its_own_status_and_is_not_tried(self):
        self.make("mairie", "2048")
        self.create()
        self.refused(24, "sign", ID, *self.key, env=self.spoilt("blocked"), says=["mairie"])
        self.assertEqual(self.tries(), 0)

    def test_a_pin_that_blocks_the_token_is_said_to_have_done_so(self):
        self.make("mairie", "2048")
        self.create()
        self.refused(24, "sign", ID, *self.key, env=self.spoilt("blocking", PIN="0000-faux"))

    def test_a_token_pulled_out_between_two_bordereaux_leaves_the_dossier_as_it_was(self):
        self.make("mairie", "2048")
        self.create()
        before = self.shown()
        self.refused(22, "sign", ID, *self.key, env=self.spoilt("removed-at:2"), says=["mairie"])
        self.assertEqual(self.shown(), before)
        self.assertEqual(self.signature_count(), 0)
        self.assert_nothing_half_written([ID])
        self.done("sign", ID, *self.key, env=self.variables())
        self.assertEqual(self.signature_count(), 2)

    def test_a_keypad_is_announced_and_no_pin_is_asked_here(self):
        self.make("mairie", "2048")
        self.create()
        answer = self.done("sign", ID, "--key", "pkcs11:token=mairie", "--no-input",
                           env=self.spoilt("keypad"))
        self.assertIn("reader", answer.err)

    def test_a_pin_that_nobody_can_give_is_a_question_without_answer(self):
        self.make("mairie", "2048")
        self.create()
        answer = self.refused(2, "sign", ID, "--key", "pkcs11:token=mairie", "--no-input",
                              env=self.variables())
        self.assertIn("--pin-from", answer.lines_of("hint")[0])

    def test_what_may_not_sign_is_refused_before_its_pin(self):
        self.make("mairie", "2048,expired")
        self.make("carte", "2048,authentication")
        self.make("courbe", "ec")
        self.create()
        for label, says in (("mairie", "expired"), ("carte", "nonRepudiation"), ("courbe", "RSA")):
            self.refused(22, "sign", ID, "--key", f"pkcs11:token={label}", "--pin-from", "env:PIN",
                         env=self.spoilt(""), says=[says])
        self.assertEqual(self.tries(), 0)

    def test_a_pin_in_the_uri_is_refused_and_not_repeated(self):
        self.make("mairie", "2048")
        answer = self.refused(21, "sign", ID, "--key", f"pkcs11:token=mairie?pin-value={PIN}",
                              env=self.variables())
        self.assertNotIn(PIN, answer.err)

    def test_a_dry_run_asks_for_no_pin(self):
        self.make("mairie", "2048")
        self.create()
        self.done("sign", ID, "--key", "pkcs11:token=mairie", "--dry-run", env=self.spoilt(""))
        self.assertEqual(self.tries(), 0)


class Choosing(TokenTest):

    def setUp(self):
        super().setUp()
        settings = self.home / "pes.toml"
        lines = settings.read_text().splitlines()
        start = lines.index("[sign]")
        kept = [line for line in lines[start + 1:] if not line.startswith(("key", "pin", "cert"))]
        settings.write_text("\n".join(lines[:start + 1] + kept) + "\n")

    def listed(self):
        return self.done("keys", "list", "--json", env=self.variables()).document["keys"]

    def test_of_two_certificates_the_one_that_signs_is_preselected_and_signs(self):
        self.make("mairie", "2048,authentication", "2048")
        badges = {key["holder"]["key_usage"][0]: key["badge"] for key in self.listed()}
        self.assertEqual(badges, {"digitalSignature": None, "nonRepudiation": "preselected"})
        self.create()
        self.done("sign", ID, "--pin-from", "env:PIN", env=self.variables())

    def test_two_that_can_sign_are_left_to_the_person_and_a_favourite_settles_it(self):
        self.make("mairie", "2048", "2048")
        self.create()
        uris = [key["key"] for key in self.listed()]
        answer = self.refused(2, "sign", ID, "--pin-from", "env:PIN", env=self.variables())
        for uri in uris:
            self.assertIn(uri, answer.err)
        env = self.variables(PES_SIGN_KEY=uris[1])
        keys = self.done("keys", "list", "--json", env=env).document["keys"]
        self.assertEqual({key["key"]: key["badge"] for key in keys},
                         {uris[0]: None, uris[1]: "favourite"})
        self.done("sign", ID, "--pin-from", "env:PIN", env=env)

    def test_a_uri_that_nothing_fits_is_told(self):
        self.make("mairie", "2048")
        self.create()
        self.refused(22, "sign", ID, "--key", "pkcs11:token=absente", env=self.variables(),
                     says=["no certificate on a token fits pkcs11:token=absente"])

    def test_the_list_is_in_the_same_order_each_time_with_those_that_can_sign_first(self):
        self.make("mairie", "2048,authentication", "2048,expired", "2048", "2048")
        for _ in range(3):
            self.assertEqual([key["holder"]["serial"] for key in self.listed()],
                             ["1003", "1004", "1001", "1002"])

    def test_without_any_certificate_the_message_is_that_of_libersign(self):
        self.make("mairie")
        self.create()
        self.refused(22, "sign", ID, env=self.variables(),
                     says=["Aucun certificat de signature détecté"])

    def test_the_list_shows_what_libersign_shows_and_the_uri(self):
        self.make("mairie", "2048")
        row = self.done("keys", "list", env=self.variables()).rows[0]
        self.assertEqual(row[:6],
                         ["preselected", "", "Amélie MARTIN", "AC Élus", "01/01/2034", "1001"])
        self.assertIn("nonRepudiation", row[6])
        self.assertTrue(row[-1].startswith("pkcs11:"), row)

    def test_on_a_terminal_each_key_is_a_block_whose_uri_and_serial_are_whole(self):
        self.make("mairie", "2048,qualified", "2048,authentication")
        uris = [key["key"] for key in self.listed()]
        screen = self.on_terminal("keys", "list", width=80, env=self.variables()).out
        first, second = support.without_styles(screen).split("\n\n")
        self.assertEqual(first.splitlines(), [
            "Nom                Amélie MARTIN",
            "Choice             preselected",
            "Badge              RGS",
            "Émetteur           AC Élus",
            "Date d'expiration  01/01/2034",
            "Serial number      1001",
            "Usage              nonRepudiation",
            "Verdict            can sign",
            uris[0]])
        self.assertEqual(second.splitlines()[-1], uris[1])
        # A sentence goes on under itself, within the width.
        verdict = second[second.index("Verdict"):second.index("\npkcs11:")].splitlines()
        self.assertGreater(len(verdict), 1)
        for line in verdict:
            self.assertLessEqual(len(line), 80)

    def test_a_qualified_certificate_has_the_badge_rgs(self):
        self.make("mairie", "2048,qualified", "2048")
        levels = {key["holder"]["serial"]: key["level"] for key in self.listed()}
        self.assertEqual(levels, {"1001": "RGS", "1002": None})
        rows = self.done("keys", "list", env=self.variables()).rows
        self.assertEqual({row[5]: row[1] for row in rows}, {"1001": "RGS", "1002": ""})

    def test_a_pin_in_a_uri_is_refused_and_not_shown(self):
        answer = self.refused(21, "keys", "list", f"pkcs11:token=mairie?pin-value={PIN}")
        self.assertNotIn(PIN, answer.out + answer.err)

    def test_a_module_that_is_named_and_cannot_be_loaded_is_an_error(self):
        self.refused(22, "keys", "list", "--module", "/absent.so", says=["/absent.so"])
        answer = self.done("keys", "list", env={"PES_SIGN_MODULE": "/absent.so"})
        self.assertIn("/absent.so", answer.lines_of("warning")[0])

    def test_completion_offers_what_is_on_the_tokens(self):
        self.make("mairie", "2048")
        offered = self.done("__complete", "sign", "--key", "", env=self.variables()).out
        self.assertIn("pkcs11:", offered)


if __name__ == "__main__":
    support.main()
