"""What each scenario of the sandbox comes to."""

import support
from support import ANSWERED, DEPOSITED, FINISHED, ID, TO_THE_TDT


class Scenarios(support.SignedTest):

    def send(self, scenario, status, *more):
        answer = self.pes("send", ID, "--wait", "--yes", *more,
                          env={"PES_SANDBOX_SCENARIO": scenario})
        self.assertEqual(answer.status, status, answer)
        self.done("journal", "--verify")
        return answer

    def assert_answer(self, status):
        self.assertEqual(self.pes("status", ID, "--exit-status").status, status)
        self.done("status", ID)

    def acquit(self):
        return self.done("show", ID, "--acquit", "--json").document["acquit"]

    def acquitted(self):
        return [row[3] for row in self.done("show", ID, "--acquit").rows]

    def test_accepte_ends_with_everything_done(self):
        self.send("accepte", 0)
        self.assertEqual(self.states(), FINISHED)
        self.assert_answer(0)
        self.assertEqual(self.acquit()["outcome"], "accepted")
        self.assertEqual(self.acquitted(), ["OUI", "OUI", "OUI"])

    def test_partiel_is_never_told_as_accepted_though_archived(self):
        sent = self.send("partiel", 5)
        self.assertIn("Acquittement KO", sent.out + sent.err)
        self.assertEqual(self.states(), FINISHED)
        self.assert_answer(5)
        acquit = self.acquit()
        self.assertEqual((acquit["outcome"], acquit["technical"]), ("partial", False))
        self.assertEqual([(element["num_bord"], element["etat_ack"])
                          for element in acquit["elements"] if element["num_bord"]],
                         [("41", "1"), ("42", "0")])
        self.assertIn("NON", self.acquitted())
        self.assertIn("OUI", self.acquitted())
        self.assertEqual(self.shown()["pes_etat_ack"], "2")

    def test_refuse_refuses_each_element_with_its_reasons(self):
        self.send("refuse", 5)
        self.assert_answer(5)
        acquit = self.acquit()
        self.assertEqual(acquit["outcome"], "refused")
        for element in acquit["elements"]:
            self.assertNotEqual(element["etat_ack"], "1")
            self.assertTrue(element["errors"])
        self.assertEqual(set(self.acquitted()), {"NON"})
        self.assertEqual(self.shown()["pes_etat_ack"], "2")

    def test_require_ack_keeps_a_refused_flow_from_the_sae(self):
        self.pes("send", ID, "--wait", "--yes", "--timeout", "5s",
                 env={"PES_SANDBOX_SCENARIO": "refuse", "PES_SAE_REQUIRE_ACK": "true"})
        self.assertEqual(self.states()[:len(ANSWERED)], ANSWERED)
        self.assertNotIn("Versé au SAE", self.states())

    def test_technique_stops_at_the_tdt_and_says_what_helios_answered(self):
        sent = self.send("technique", 31)
        self.assertIn("Transaction en erreur sur le TdT", sent.err)
        self.assertEqual(self.states(), TO_THE_TDT + ["Erreur sur le TdT"])
        self.assert_answer(31)
        acquit = self.acquit()
        self.assertTrue(acquit["technical"])
        self.assertEqual(acquit["outcome"], "refused")
        self.assertEqual(set(self.acquitted()), {"NON"})

    def test_muet_leaves_the_dossier_with_the_tdt_and_says_come_back(self):
        self.send("muet", 4, "--timeout", "2s")
        self.assertEqual(self.states(), TO_THE_TDT)
        self.assert_answer(4)
        self.refused(10, "show", ID, "--acquit", says=["pes_acquit"])

    def test_an_answer_that_could_not_be_attached_leaves_it_transmitted(self):
        """tdt §8.3: of what comes and is not its acquit the client sees nothing."""
        for scenario in ("illisible", "autre-flux"):
            with self.subTest(scenario):
                support.shutil.rmtree(self.home)
                support.shutil.copytree(self.made_home(), self.home)
                env = {"PES_SANDBOX_SCENARIO": scenario}
                self.done("send", ID, "--yes", env=env)
                self.done("run", env=env)
                for _ in range(3):
                    self.done("sandbox", "tick", env=env)
                support.make_due(self.home)
                asked = self.done("run", env=env)
                self.assertEqual(asked.lines_of("warning"), [])
                self.assertIn("La transaction est dans l'état : Transmis (3)",
                              self.done("status", ID).err)
                self.assertEqual(self.states(), TO_THE_TDT)
                self.refused(10, "show", ID, "--acquit", says=["pes_acquit"])
                came = list((self.home / "sandbox" / "tdt" / "errors").iterdir())
                self.assertEqual(len(came), 1, came)

                # Only the administrator of the TdT can see why.
                support.sent_days_ago(self.home, 6)
                warning, = self.done("run", env=env).lines_of("warning")
                self.assertIn(f"{ID} : La transaction est dans l'état : Transmis (3) ; c'est plus "
                              "long que d'habitude", warning)
                self.assertIn("à l'administrateur du TdT", self.done("status", ID).err)
                self.assertEqual(self.states(), TO_THE_TDT)
                self.assert_nothing_half_written([ID])

    def test_sae_rejette_is_a_no_that_archive_can_retry(self):
        sent = self.send("sae-rejette", 5)
        self.assertIn("La transaction a été refusée par le SAE.", sent.err)
        self.assertEqual(self.states(), DEPOSITED + ["AR SAE reçu", "Archive rejetée par le SAE"])
        self.assert_answer(5)
        self.assertEqual(self.acquit()["outcome"], "accepted")
        self.done("archive", ID, "--yes", "--wait", env={"PES_SANDBOX_SCENARIO": "accepte"})
        self.assert_answer(0)

    def test_sae_plus_tard_waits_for_ticks(self):
        env = {"PES_SANDBOX_SCENARIO": "sae-plus-tard"}
        self.send("sae-plus-tard", 4, "--timeout", "3s")
        for _ in range(20):  # a slow machine may not have come so far in one wait
            if self.states() == DEPOSITED:
                break
            self.pes("status", ID, "--wait", "--timeout", "3s", env=env)
        self.assertEqual(self.states(), DEPOSITED)
        self.assert_answer(4)
        for _ in range(3):
            self.done("sandbox", "tick", env=env)
        finished = self.done("status", ID, "--wait", "--timeout", "60s", env=env)
        self.assertEqual(finished.rows[-1][0], "Traitement terminé")

    def test_a_failure_is_the_last_line_of_the_standard_error_in_json(self):
        for scenario, status in (("technique", 31), ("sae-refuse", 1)):
            with self.subTest(scenario):
                support.shutil.rmtree(self.home)
                support.shutil.copytree(self.made_home(), self.home)
                answer = self.send(scenario, status, "--json")
                failure = answer.failure
                self.assertEqual((failure["type"], failure["exit"], failure["id_d"]),
                                 ("error", status, ID))
                self.assertEqual(answer.documents[0]["error"]["code"], failure["code"])

    def test_the_file_can_choose_its_scenario(self):
        renamed = self.write("partiel.xml", support.flow(
            (b"PESALR2_00000000000018_220302_001", b"SCENARIO-partiel_220302_001")))
        self.done("create", renamed, "--objet", "Partiel", "--id", "JV63Fyu")
        self.done("sign", "JV63Fyu")
        self.assertEqual(self.pes("send", "JV63Fyu", "--wait", "--yes").status, 5)

    def test_the_same_flow_twice_is_a_duplicate(self):
        self.done("send", ID, "--yes", "--wait")
        signed = self.place / "signed.xml"
        self.done("show", ID, "--get", "fichier_pes", "-o", signed)
        self.done("create", signed, "--type", "pes", "--objet", "Encore", "--id", "JV63Fyu")
        answer = self.pes("send", "JV63Fyu", "--wait", "--yes", "--no-check")
        self.assertEqual(answer.status, 31, answer)
        self.assertIn("doublon", answer.err.lower())
        self.assertEqual(len(answer.lines_of("hint")), 1, answer)
        self.assertEqual(self.shown("JV63Fyu")["last_action"], "tdt-error")


if __name__ == "__main__":
    support.main()
