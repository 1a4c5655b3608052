#include "support/scratch.hpp"
#include "support/shared.hpp"
#include "unit/sandbox/client.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace pes::test {
namespace {

const std::string invalid = "La signature du fichier est invalide : ";

/// Sends a signed sample to a platform that accepts these authorities; the message of its
/// first status.
std::string judged(const std::string& authorities) {
  const Scratch scratch;
  Bench bench(options_in(scratch.path()));
  write(scratch.path() / "tdt/authorities.pem", authorities);
  const std::string id = bench.import_accepted(
      content_of(shared() / "samples/signed/bordereau/pastell-fichier_signe.xml"));
  return bench.message(id);
}

TEST_SUITE("sandbox") {
  TEST_CASE("the certificate of a signature is judged by the authorities of the platform") {
    if (!has_shared()) return;
    const std::filesystem::path certs = shared() / "samples/signed/certs";
    const std::string root = content_of(certs / "ca-adullact-root-g3.pem");
    const std::string users = content_of(certs / "ca-adullact-utilisateurs-g3.pem");

    CHECK(judged(root + users) == "Transaction 1 dans la file d&#039;attente");
    CHECK(judged(root) == invalid + "unable to get local issuer certificate");
  }
}

}  // namespace
}  // namespace pes::test
