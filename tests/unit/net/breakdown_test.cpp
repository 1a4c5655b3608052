#include "net/breakdown.hpp"

#include "net/https_client.hpp"
#include "pes/error.hpp"
#include "support/raw_server.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

using pes::Error;
using pes::ErrorCode;
using pes::HttpsAccess;
using namespace pes::net;
using namespace pes::test;
using std::chrono::seconds;

namespace {

/// How a submission ended without answer.
struct Ending {
  ErrorCode code = ErrorCode::internal;
  bool is_thrown = false;  // certainly nothing was treated
  std::string message, hint, cause;
};

struct World {
  Scratch scratch;
  TestAuthority authority{scratch.path(), "authority"};
  TestIdentity server = authority.issue_server("127.0.0.1");
  std::filesystem::path file = scratch.path() / "pes.xml";

  World() { std::ofstream(file) << std::string(2'000'000, 'x'); }

  HttpsAccess access(const std::string& url) const {
    return {.url = url,
            .ca = authority.certificate(),
            .connect_timeout = seconds(5),
            .timeout = seconds(5)};
  }

  Ending submission(const HttpsAccess& access) const {
    HttpsClient client(access, "tdt");
    const auto ending = [](const Error& error, bool is_thrown) {
      return Ending{error.code(), is_thrown, error.message(), error.hint(), error.cause()};
    };
    try {
      const Posted posted = client.post("/", {FormFile{"enveloppe", "pes.xml", file, 0, {}}});
      REQUIRE(std::holds_alternative<Unanswered>(posted));
      return ending(std::get<Unanswered>(posted).error, false);
    } catch (const Error& error) {
      return ending(error, true);
    }
  }

  Ending submission(const RawServer& raw) const { return submission(access(raw.url())); }

  ErrorCode question(const RawServer& raw) const {
    HttpsClient client(access(raw.url()), "tdt");
    try {
      client.get("/");
    } catch (const Error& error) {
      return error.code();
    }
    FAIL("an answer came");
    return ErrorCode::internal;
  }
};

/// A port where nobody listens.
std::string closed_url() {
  const RawServer gone([](int) {});
  return gone.url();
}

}  // namespace

TEST_SUITE("net") {
  TEST_CASE("a submission that certainly did not leave is a failure that may be tried again") {
    const World world;

    SUBCASE("nobody listens") {
      const Ending ending = world.submission(world.access(closed_url()));

      CHECK(ending.is_thrown);
      CHECK(ending.code == ErrorCode::service_unreachable);
      CHECK(ending.hint.find("tdt.url") != std::string::npos);
    }
    SUBCASE("the host has no address") {
      const Ending ending = world.submission(world.access("https://tdt.invalid"));

      CHECK(ending.is_thrown);
      CHECK(ending.code == ErrorCode::service_unreachable);
    }
    SUBCASE("the connection is cut before TLS") {
      const RawServer raw([](int) {});
      const Ending ending = world.submission(raw);

      CHECK(ending.is_thrown);
      CHECK(ending.code == ErrorCode::service_unreachable);
    }
    SUBCASE("something else than TLS answers") {
      const RawServer raw([](int socket) {
        constexpr std::string_view words = "220 mail.example.org ready\r\n";
        static_cast<void>(::send(socket, words.data(), words.size(), MSG_NOSIGNAL));
      });
      const Ending ending = world.submission(raw);

      CHECK(ending.is_thrown);
      CHECK(ending.code == ErrorCode::service_unreachable);
    }
    SUBCASE("nothing answers the TLS greeting") {
      const RawServer raw([](int socket) {
        char byte = 0;
        while (::read(socket, &byte, 1) > 0) {
        }
      });
      HttpsAccess access = world.access(raw.url());
      access.connect_timeout = seconds(1);
      const Ending ending = world.submission(access);

      CHECK(ending.is_thrown);
      CHECK(ending.code == ErrorCode::service_unreachable);
      CHECK(ending.hint.find("tdt.timeout") != std::string::npos);
    }
    SUBCASE("only an old TLS is spoken") {
      const RawServer raw(world.server, {.version = TLS1_1_VERSION, .client_ca = {}},
                          [](TlsConnection&) {});
      const Ending ending = world.submission(raw);

      CHECK(ending.is_thrown);
      CHECK(ending.code == ErrorCode::service_unreachable);
      CHECK(raw.served() == 0);
    }
  }

  TEST_CASE("a service that wants another certificate than ours has treated nothing") {
    const World world;
    int version = 0;
    SUBCASE("TLS 1.2 says so in the handshake") { version = TLS1_2_VERSION; }
    SUBCASE("TLS 1.3 says so once the request has left") { version = TLS1_3_VERSION; }
    const RawServer raw(world.server,
                        {.version = version, .client_ca = world.authority.certificate()},
                        [](TlsConnection&) {});
    HttpsAccess access = world.access(raw.url());

    const Ending without = world.submission(access);
    const Scratch elsewhere;
    const TestIdentity stranger = TestAuthority(elsewhere.path(), "other").issue_client("stranger");
    access.certificate = stranger.certificate;
    access.key = stranger.key;
    const Ending with_another = world.submission(access);

    CAPTURE(without.cause);
    CAPTURE(with_another.cause);
    CHECK(without.is_thrown);
    CHECK(without.code == ErrorCode::identity_refused);
    CHECK(without.message == raw.url() + " wants a certificate from us");
    CHECK(without.hint.find("tdt.certificate") != std::string::npos);
    CHECK(with_another.is_thrown);
    CHECK(with_another.code == ErrorCode::identity_refused);
    CHECK(with_another.message.find("stranger") != std::string::npos);
    CHECK_FALSE(with_another.cause.empty());
    CHECK(raw.served() == 0);
  }

  TEST_CASE("a submission that left and was not answered has an unknown fate") {
    const World world;
    RawServer::TlsBehaviour behaviour;
    ErrorCode expected = ErrorCode::service_unreachable;
    HttpsAccess access;

    SUBCASE("cut before anything was read") {
      behaviour = [](TlsConnection&) {};
    }
    SUBCASE("cut while the file was on its way") {
      behaviour = [](TlsConnection& connection) { connection.read_head(); };
    }
    SUBCASE("cut after the whole request") {
      behaviour = [](TlsConnection& connection) { connection.read_request(); };
    }
    SUBCASE("cut inside the body of the answer") {
      behaviour = [](TlsConnection& connection) {
        connection.read_request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<import><id>1</id>");
      };
    }
    SUBCASE("an answer that is not HTTP") {
      expected = ErrorCode::service_unexpected;
      behaviour = [](TlsConnection& connection) {
        connection.read_request();
        connection.write("220 mail.example.org ready\r\n");
      };
    }
    SUBCASE("an answer without end") {
      expected = ErrorCode::service_unexpected;
      behaviour = [](TlsConnection& connection) {
        connection.read_request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n");
        connection.write(std::string(1'500'000, 'x'));
        connection.wait_for_the_end();
      };
    }
    const RawServer raw(world.server, {}, behaviour);
    const Ending ending = world.submission(raw);

    CHECK_FALSE(ending.is_thrown);
    CHECK(ending.code == expected);
    CHECK(raw.served() == 1);
  }

  TEST_CASE("a submission that nobody answers in time has an unknown fate") {
    const World world;
    std::filesystem::resize_file(world.file, 100);  // a small form has no time of its own
    const RawServer raw(world.server, {}, [](TlsConnection& connection) {
      connection.read_request();
      connection.wait_for_the_end();
    });
    HttpsAccess access = world.access(raw.url());
    access.timeout = seconds(1);

    const Ending ending = world.submission(access);

    CHECK_FALSE(ending.is_thrown);
    CHECK(ending.message == raw.url() + " did not answer in time");
    CHECK(raw.served() == 1);
  }

  TEST_CASE("a file that shrinks while it is sent is told, and its fate is unknown") {
    const World world;
    std::filesystem::resize_file(world.file, 50'000'000);
    const RawServer raw(world.server, {}, [&world](TlsConnection& connection) {
      connection.read_head();
      std::filesystem::resize_file(world.file, 10);
      connection.wait_for_the_end();
    });

    const Ending ending = world.submission(raw);

    CHECK_FALSE(ending.is_thrown);
    CHECK(ending.code == ErrorCode::io_failed);
    CHECK(ending.message.find(world.file.native()) != std::string::npos);
  }

  TEST_CASE("a machine without certificate authorities is told apart from a file without any") {
    const HttpsAccess access{.url = "https://tdt.example.org"};
    const ServiceAddress address(access.url, "tdt.url");
    const std::optional<ClientIdentity> nobody;
    const std::string settings = "tdt";

    const Error error =
        explain({.code = CURLE_SSL_CACERT_BADFILE}, {access, address, nobody, {}, settings});

    CHECK(error.code() == ErrorCode::config_missing);
    CHECK(error.hint().find("ca-certificates") != std::string::npos);
    CHECK(error.hint().find("tdt.ca") != std::string::npos);
  }

  TEST_CASE("a question that is not answered is a failure that may be tried again") {
    const World world;

    SUBCASE("cut before the answer") {
      const RawServer raw(world.server, {},
                          [](TlsConnection& connection) { connection.read_head(); });
      CHECK(world.question(raw) == ErrorCode::service_unreachable);
    }
    SUBCASE("cut inside the answer") {
      const RawServer raw(world.server, {}, [](TlsConnection& connection) {
        connection.read_head();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<PES_ACQUIT>");
      });
      CHECK(world.question(raw) == ErrorCode::service_unreachable);
    }
  }
}
