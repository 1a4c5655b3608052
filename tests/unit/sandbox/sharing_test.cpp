#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>

namespace pes::test {
namespace {

constexpr const char* import_script = "/modules/helios/api/helios_importer_fichier.php?api=1";

/// A sandbox in a process of its own, which can be killed as a power cut would.
class ServerProcess {
 public:
  explicit ServerProcess(const std::filesystem::path& folder) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) serve(folder, ends[1]);
    ::close(ends[1]);
    std::array<char, 256> url{};
    const ssize_t size = ::read(ends[0], url.data(), url.size());
    ::close(ends[0]);
    REQUIRE(size > 0);
    url_.assign(url.data(), static_cast<std::size_t>(size));
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess() { kill(); }

  void kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = 0;
  }

  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  [[noreturn]] static void serve(const std::filesystem::path& folder, int end) {
    const std::unique_ptr<sandbox::Server> server = sandbox::start(options_in(folder));
    const std::string url = server->tdt_url();
    if (::write(end, url.data(), url.size()) < 0) ::_exit(1);
    server->wait([] { return false; });
    ::_exit(0);
  }

  pid_t child_ = 0;
  std::string url_;
};

Client client_of(const ServerProcess& process, const sandbox::Identities& identities) {
  Client client(process.url(), identities);
  client.log_in(agent(identities));
  return client;
}

/// Sends the head of a form and the beginning of its file, then does something.
void send_half(Client& client, const std::string& flow, const std::function<void()>& then) {
  const std::string head =
      "--limite\r\nContent-Disposition: form-data; name=\"enveloppe\"; filename=\"a.xml\"\r\n"
      "Content-Type: text/xml\r\n\r\n";
  const std::size_t announced = head.size() + flow.size() + 100;
  const httplib::Result result = client.http().Post(
      import_script, announced,
      [&](std::size_t, std::size_t, httplib::DataSink& sink) {
        sink.write(head.data(), head.size());
        sink.write(flow.data(), flow.size() / 2);
        then();
        return false;
      },
      "multipart/form-data; boundary=limite");
  CHECK_FALSE(result);
}

TEST_SUITE("sandbox") {
  TEST_CASE("an import that was accepted survives the death of the process") {
    const Scratch scratch;
    const sandbox::Identities identities = sandbox::prepare(options_in(scratch.path()).folder);
    ServerProcess first(scratch.path());
    Client client = client_of(first, identities);
    const httplib::Response answer =
        client.post(import_script, {{"enveloppe", flow_named("A"), "a.xml", "text/xml"}});
    REQUIRE(element(answer.body, "resultat") == "OK");

    first.kill();

    const ServerProcess second(scratch.path());
    Client after = client_of(second, identities);
    CHECK(sandbox::transactions(scratch.path()).size() == 1);
    const httplib::Response again =
        after.post(import_script, {{"enveloppe", flow_named("A"), "a.xml", "text/xml"}});
    CHECK(element(again.body, "message").find("doublon") != std::string::npos);
  }

  TEST_CASE("a process killed in the middle of an import leaves nothing to be seen") {
    const Scratch scratch;
    const sandbox::Identities identities = sandbox::prepare(options_in(scratch.path()).folder);
    ServerProcess first(scratch.path());
    Client client = client_of(first, identities);

    send_half(client, flow_named("A"), [&] { first.kill(); });

    CHECK(sandbox::transactions(scratch.path()).empty());
    const ServerProcess second(scratch.path());
    Client after = client_of(second, identities);
    const httplib::Response again =
        after.post(import_script, {{"enveloppe", flow_named("A"), "a.xml", "text/xml"}});
    CHECK(element(again.body, "resultat") == "OK");
  }

  TEST_CASE("a client that goes away in the middle of an import leaves nothing") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));

    send_half(bench.client, flow_named("A"), [] {});

    bench.import_accepted(flow_named("A"));
    CHECK(sandbox::transactions(scratch.path()).size() == 1);
  }

  TEST_CASE("several servers on one folder are one TdT") {
    const Scratch scratch;
    const sandbox::Identities identities = sandbox::prepare(options_in(scratch.path()).folder);
    const ServerProcess first(scratch.path());
    const ServerProcess second(scratch.path());
    Client one = client_of(first, identities);
    Client other = client_of(second, identities);

    const std::string id = element(
        one.post(import_script, {{"enveloppe", flow_named("A"), "a.xml", "text/xml"}}).body, "id");
    const std::string status = element(
        other.get("/modules/helios/api/helios_transac_get_status.php?api=1&transaction=" + id).body,
        "status");
    const std::string twice = element(
        other.post(import_script, {{"enveloppe", flow_named("A"), "a.xml", "text/xml"}}).body,
        "message");
    const std::string next = element(
        other.post(import_script, {{"enveloppe", flow_named("B"), "a.xml", "text/xml"}}).body,
        "id");

    CHECK(id == "1");
    CHECK(status == "2");
    CHECK(twice == "doublon détecté. Ce fichier a déjà été posté.");
    CHECK(next == "2");
  }
}

}  // namespace
}  // namespace pes::test
