#include "pes/dossier_type.hpp"

#include "pes/error.hpp"

#include <doctest/doctest.h>

TEST_SUITE("domain") {
  TEST_CASE("a type is found by identifier, by label, and without the brackets") {
    CHECK(pes::dossier_type("pes-avec-signature").label == "PES (avec signature)");
    CHECK(pes::dossier_type("PES (avec signature)").id == "pes-avec-signature");
    CHECK(pes::dossier_type("PES avec signature").id == "pes-avec-signature");
    CHECK(pes::dossier_type("PES").id == "pes");
    CHECK_THROWS_AS(pes::dossier_type("Délibérations"), pes::Error);
    CHECK_THROWS_AS(pes::dossier_type("pes-sans"), pes::Error);
  }
}
