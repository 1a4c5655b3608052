#include "support/shared.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pes;
using namespace pes::test;

namespace {

/// A sample that follows the official schemas, signed.
std::string sound_flow() {
  const Bench bench(read_bytes(shared() / "samples/pes/aller-dep-three-bordereaux.xml"));
  SigningRequest request = bench.request();
  request.set_dematerialisee = true;
  sign_pes_aller(request, test_signer());
  return read_bytes(bench.output());
}

VerifyOptions with_schemas(Profile profile = Profile::helios, bool strict = false) {
  VerifyOptions options = usual_rules();
  options.profile = profile;
  options.strict = strict;
  options.schemas = shared() / "schemas/pes";
  return options;
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("what does not follow the schemas is a warning of check 2, in every profile") {
  if (!has_shared()) return;
  // Outside of what is signed.
  const std::string text = replaced(sound_flow(), "<IdColl ", "<Inconnu V=\"1\"/><IdColl ");

  for (const Profile profile : {Profile::helios, Profile::s2low, Profile::etsi}) {
    for (const bool strict : {false, true}) {
      const Check check = check_of(verified(text, with_schemas(profile, strict)), 2);
      CHECK(check.result == Check::Result::warning);
      CHECK(check.message.find("Inconnu") != std::string::npos);
      CHECK(check.message.starts_with("line "));
    }
  }
  CHECK(verified(text, with_schemas()).valid);
}

TEST_CASE("a flow that follows the schemas, or that nobody wanted validated, has no warning") {
  if (!has_shared()) return;
  const std::string text = sound_flow();

  CHECK(check_of(verified(text, with_schemas()), 2).result == Check::Result::passed);
  const std::string wrong = replaced(text, "<IdColl ", "<Inconnu V=\"1\"/><IdColl ");
  CHECK(check_of(verified(wrong), 2).result == Check::Result::passed);
  CHECK(check_of(verified(wrong), 2).message.empty());
}

TEST_CASE("only the first faults are told, and how many there are") {
  if (!has_shared()) return;
  std::string text = sound_flow();
  for (const std::string name : {"CodCol", "IdPost", "DteStr"}) {
    text = replaced(text, "<" + name + " V=\"", "<" + name + " V=\"x");
  }

  const Check check = check_of(verified(text, with_schemas()), 2);

  CHECK(check.message.find(" more") != std::string::npos);
}

TEST_SUITE_END();
