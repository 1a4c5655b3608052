#include "pes/time_stamp.hpp"

#include "pes/error.hpp"
#include "sandbox_authority.hpp"
#include "support/refusal.hpp"
#include "support/test_pki.hpp"

#include <doctest/doctest.h>

#include <string>

using pes::ErrorCode;
using pes::read_time_stamp;
using pes::TimeStampAuthorities;
using pes::verify_time_stamp;
using namespace pes::test;

TEST_SUITE("time stamp") {
  TEST_CASE("a token proves its digest, by whom and when, without network") {
    std::string reply;
    std::unique_ptr<TimeStampAuthorities> authorities;
    {
      const SandboxAuthority sandbox;
      reply = sandbox.tsa()->stamp(sha256_of_abc);
      authorities = std::make_unique<TimeStampAuthorities>(sandbox.authorities());
    }

    const auto verdict = verify_time_stamp(reply, sha256_of_abc, authorities.get());

    CHECK(verdict.fault.empty());
    REQUIRE(verdict.stamp.has_value());
    CHECK(verdict.stamp->authority == "Horodatage de test");
    CHECK(verdict.stamp->policy == "2.999.3161");
    CHECK_FALSE(verdict.stamp->serial.empty());
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    CHECK(verdict.stamp->time <= now);
    CHECK(verdict.stamp->time > now - std::chrono::minutes(10));
  }

  TEST_CASE("a token proves nothing else") {
    const SandboxAuthority sandbox;
    const TimeStampAuthorities authorities = sandbox.authorities();
    const std::string reply = sandbox.tsa()->stamp(sha256_of_abc);
    const auto fault = [&](const std::string& bytes, const std::string& sha256) {
      return verify_time_stamp(bytes, sha256, &authorities).fault;
    };

    CHECK(fault(reply, sha256_of_nothing).find("something else") != std::string::npos);
    CHECK(fault("", sha256_of_abc).find("no reply") != std::string::npos);
    CHECK(fault(reply + "x", sha256_of_abc).find("no reply") != std::string::npos);
    CHECK(fault(reply.substr(0, reply.size() / 2), sha256_of_abc).find("no reply") !=
          std::string::npos);
  }

  TEST_CASE("a byte that is changed in a reply is found, or says nothing that counts") {
    const SandboxAuthority sandbox;
    const TimeStampAuthorities authorities = sandbox.authorities();
    const std::string reply = sandbox.tsa()->stamp(sha256_of_abc);
    const pes::Instant time = read_time_stamp(reply)->time;

    int accepted = 0;
    for (std::size_t i = 0; i < reply.size(); i += 3) {
      std::string changed = reply;
      changed[i] = static_cast<char>(changed[i] ^ 0x01);
      const auto verdict = verify_time_stamp(changed, sha256_of_abc, &authorities);
      if (!verdict.fault.empty()) continue;
      ++accepted;
      CHECK(verdict.stamp->time == time);  // what is not signed says nothing that counts
    }
    CHECK(accepted < 64);
  }

  TEST_CASE("a token of an authority that nobody trusts is valid only while nobody judges") {
    const SandboxAuthority sandbox;
    const std::string reply = sandbox.tsa()->stamp(sha256_of_abc);
    const Scratch scratch;
    const TestAuthority other(scratch.path(), "other");
    const TimeStampAuthorities authorities(other.certificate());

    CHECK(verify_time_stamp(reply, sha256_of_abc, nullptr).fault.empty());
    CHECK(verify_time_stamp(reply, sha256_of_abc, &authorities).fault.find("trusted authority") !=
          std::string::npos);
  }

  TEST_CASE("authorities are certificates in a file") {
    const Scratch scratch;
    write(scratch.path() / "no.pem", "no certificate");

    CHECK(refusal([&] { TimeStampAuthorities{scratch.path() / "absent.pem"}; }).code() ==
          ErrorCode::file_unknown);
    CHECK(refusal([&] { TimeStampAuthorities{scratch.path() / "no.pem"}; }).code() ==
          ErrorCode::config_invalid);
  }
}
