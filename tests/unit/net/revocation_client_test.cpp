#include "pes/trust.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>

using namespace pes;

namespace {

/// A responder over plain HTTP, on loopback.
class Responder {
 public:
  Responder() {
    server_.Get("/liste.crl", [this](const httplib::Request&, httplib::Response& response) {
      ++asked_;
      response.set_content("la liste", "application/pkix-crl");
    });
    server_.Get("/ailleurs", [this](const httplib::Request&, httplib::Response& response) {
      ++asked_;
      response.set_redirect(url("/liste.crl"));
    });
    server_.Post("/ocsp", [](const httplib::Request& request, httplib::Response& response) {
      response.set_content(request.get_header_value("Content-Type") + " " + request.body, "x/y");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;
  ~Responder() {
    server_.stop();
    thread_.join();
  }

  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  httplib::Server server_;
  std::atomic<int> asked_{0};
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_SUITE("net") {
  TEST_CASE("a list is downloaded, a question is posted") {
    const Responder responder;
    const FetchRevocation fetch = make_revocation_client({});

    CHECK(fetch({responder.url("/liste.crl"), {}}).content == "la liste");
    CHECK(fetch({responder.url("/ocsp"), "question"}).content ==
          "application/ocsp-request question");
  }

  TEST_CASE("what is elsewhere or absent is no answer") {
    const Responder responder;
    const FetchRevocation fetch = make_revocation_client({});

    const RevocationAnswer absent = fetch({responder.url("/absente.crl"), {}});
    CHECK_FALSE(absent.content);
    CHECK(absent.failure == "no answer: HTTP status 404");
    CHECK(fetch({responder.url("/ailleurs"), {}}).failure == "no answer: HTTP status 302");
    CHECK(responder.asked() == 1);
  }

  TEST_CASE("an address that is not of the web is never opened") {
    const test::Scratch scratch;
    std::ofstream(scratch.path() / "liste.crl") << "la liste";
    const FetchRevocation fetch = make_revocation_client({});

    const RevocationAnswer answer =
        fetch({"file://" + (scratch.path() / "liste.crl").native(), {}});
    CHECK_FALSE(answer.content);
    CHECK(answer.failure.starts_with("no answer: "));
  }

  TEST_CASE("each request is traced") {
    const Responder responder;
    std::string traced;
    const FetchRevocation fetch =
        make_revocation_client([&](const std::string& line) { traced += line + "\n"; });

    static_cast<void>(fetch({responder.url("/liste.crl"), {}}));

    static_cast<void>(fetch({responder.url("/absente.crl"), {}}));

    CHECK(traced == "GET " + responder.url("/liste.crl") + ": 8 bytes\nGET " +
                        responder.url("/absente.crl") + ": no answer: HTTP status 404\n");
  }
}
