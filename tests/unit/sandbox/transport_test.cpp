#include "pes/error.hpp"
#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <thread>
#include <vector>

namespace pes::test {
namespace {

std::uint16_t port_of(const sandbox::Server& server) {
  const std::string url = server.tdt_url();
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

TEST_SUITE("sandbox") {
  TEST_CASE("the addresses are those of loopback") {
    const Scratch scratch;

    const std::unique_ptr<sandbox::Server> server = sandbox::start(options_in(scratch.path()));

    CHECK(server->tdt_url().starts_with("https://127.0.0.1:"));
    CHECK(server->sae_url() == server->tdt_url() + "/restservices");
  }

  TEST_CASE("without a client certificate the handshake fails and nothing is answered") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    httplib::SSLClient anonymous("127.0.0.1", port_of(*bench.server));
    anonymous.set_ca_cert_path(bench.identities.ca.native());

    const httplib::Result result = anonymous.Get("/api/test-connexion.php");

    CHECK_FALSE(result);
    CHECK(result.error() == httplib::Error::SSLConnection);
  }

  TEST_CASE("a certificate of another authority fails the handshake") {
    const Scratch scratch;
    const Scratch elsewhere;
    Bench bench(options_in(scratch.path()));
    const sandbox::Identities foreign = sandbox::prepare(elsewhere.path());
    Client client(bench.server->tdt_url(), bench.identities, foreign.client_certificate,
                  foreign.client_key);

    const httplib::Result result = client.http().Get("/api/test-connexion.php");

    CHECK_FALSE(result);
  }

  TEST_CASE("the server proves that it is 127.0.0.1 to whoever trusts the test authority") {
    const Scratch scratch;
    const Scratch elsewhere;
    Bench bench(options_in(scratch.path()));
    const sandbox::Identities foreign = sandbox::prepare(elsewhere.path());
    bench.client.http().set_ca_cert_path(foreign.ca.native());

    const httplib::Result distrusted = bench.client.http().Get("/api/test-connexion.php");

    CHECK_FALSE(distrusted);
    CHECK(Client(bench.server->tdt_url(), bench.identities).get("/restservices/ping").status ==
          200);
  }

  TEST_CASE("a port that is taken is an error, not shared with its holder") {
    const Scratch scratch;
    const std::unique_ptr<sandbox::Server> first = sandbox::start(options_in(scratch.path()));
    sandbox::Options options = options_in(scratch.path());
    options.port = port_of(*first);

    CHECK_THROWS_AS(sandbox::start(options), Error);
  }

  TEST_CASE("nothing but loopback can reach the server") {
    const Scratch scratch;
    const std::unique_ptr<sandbox::Server> server = sandbox::start(options_in(scratch.path()));
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in elsewhere{};
    elsewhere.sin_family = AF_INET;
    elsewhere.sin_port = htons(port_of(*server));
    elsewhere.sin_addr.s_addr = htonl(0x7F000002);  // 127.0.0.2, as any address but 127.0.0.1

    const int connected =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&elsewhere), sizeof elsewhere);
    ::close(socket);

    CHECK(connected != 0);
  }

  TEST_CASE("every answer says that it comes from a test") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    CHECK(bench.client.get("/api/test-connexion.php").get_header_value("X-Sandbox") == "TEST");
    CHECK(bench.client.get("/nowhere").body.find("ceci est un test") != std::string::npos);
  }

  TEST_CASE("what is asked is told to the log, without query string nor password") {
    const Scratch scratch;
    std::vector<std::string> lines;
    sandbox::Options options = options_in(scratch.path());
    options.log = [&](const std::string& line) { lines.push_back(line); };
    {
      Bench bench(options);
      bench.client.get("/api/test-connexion.php?login=x&hash=secret");
    }

    CHECK(lines == std::vector<std::string>{"GET /api/test-connexion.php 200"});
  }

  TEST_CASE("many clients are served at once") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    std::vector<std::thread> threads;
    std::vector<std::string> answers(12);

    for (std::size_t rank = 0; rank < answers.size(); ++rank) {
      threads.emplace_back([&, rank] {
        Client client(bench.server->tdt_url(), bench.identities);
        client.log_in(agent(bench.identities));
        const std::string flow = flow_named("FLUX-" + std::to_string(rank));
        const auto result = client.http().Post(
            "/modules/helios/api/helios_importer_fichier.php?api=1",
            httplib::MultipartFormDataItems{{"enveloppe", flow, "a.xml", "text/xml"}});
        if (result) answers[rank] = element(result->body, "id");
      });
    }
    for (std::thread& thread : threads) thread.join();

    std::sort(answers.begin(), answers.end());
    CHECK(std::unique(answers.begin(), answers.end()) == answers.end());
    CHECK(sandbox::transactions(scratch.path()).size() == answers.size());
  }
}

}  // namespace
}  // namespace pes::test
