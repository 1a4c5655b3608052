#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <iostream>
#include <memory>

namespace pes::test {
namespace {

struct Outcome {
  std::string output;
  int exit_status = 0;
};

/// The command line of another HTTP implementation than the sandbox's.
Outcome curl(const std::string& arguments) {
  const std::string command = "curl --silent --show-error " + arguments + " 2>&1";
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Outcome outcome;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    outcome.output.append(buffer.data(), size);
  }
  outcome.exit_status = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

/// False, and says so, where the command is absent: the test then returns.
bool has_curl() {
  if (curl("--version").exit_status == 0) return true;
  std::cout << "SKIPPED: no curl command\n";
  return false;
}

std::string identity_options(const sandbox::Identities& identities) {
  return "--cacert " + identities.ca.native() + " --cert " +
         identities.client_certificate.native() + " --key " + identities.client_key.native() +
         " --user " + identities.tdt_login + ":" + content_of(identities.tdt_password_file) + " ";
}

TEST_SUITE("sandbox") {
  TEST_CASE("curl sends a flow and follows it") {
    if (!has_curl()) return;
    const Scratch scratch;
    const Bench bench(options_in(scratch.path()));
    const std::filesystem::path flow = scratch.path() / "mon flux.xml";
    write(flow, flow_named("A"));
    const std::string options = identity_options(bench.identities);
    const std::string base = bench.server->tdt_url() + "/modules/helios/api/";

    const Outcome sent = curl(options + "--form 'enveloppe=@\"" + flow.native() + "\"' " + base +
                              "helios_importer_fichier.php?api=1");
    const Outcome followed =
        curl(options + "'" + base + "helios_transac_get_status.php?api=1&transaction=1'");

    CHECK(element(sent.output, "id") == "1");
    CHECK(element(followed.output, "status") == "2");
    CHECK(sandbox::transactions(scratch.path()).at(0).file_name == "mon flux.xml");
  }

  TEST_CASE("curl sends a large flow, asking first whether it may") {
    if (!has_curl()) return;
    const Scratch scratch;
    const Bench bench(options_in(scratch.path()));
    const std::filesystem::path flow = scratch.path() / "grand.xml";
    const std::string bytes = flow_named("A") + std::string(3'000'000, '\n');
    write(flow, bytes);

    const Outcome sent =
        curl(identity_options(bench.identities) +
             "--header 'Expect: 100-continue' --form 'enveloppe=@" + flow.native() + "' " +
             bench.server->tdt_url() + "/modules/helios/api/helios_importer_fichier.php?api=1");

    CHECK(element(sent.output, "resultat") == "OK");
    CHECK(content_of(scratch.path() / "tdt/transactions/1/pes.xml") == bytes);
  }

  TEST_CASE("curl without a certificate cannot even connect") {
    if (!has_curl()) return;
    const Scratch scratch;
    const Bench bench(options_in(scratch.path()));
    constexpr int tls_connect_failed = 35;

    const Outcome refused = curl("--cacert " + bench.identities.ca.native() + " " +
                                 bench.server->tdt_url() + "/api/test-connexion.php");

    CHECK(refused.exit_status == tls_connect_failed);
  }
}

}  // namespace
}  // namespace pes::test
