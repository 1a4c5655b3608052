#pragma once

#include "pes/adapters.hpp"
#include "support/https_server.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace pes::test {

/// A platform that wants a client certificate, and an account there.
struct Platform {
  Scratch scratch;
  TestAuthority authority{scratch.path(), "authority"};
  TestIdentity identity = authority.issue_server("127.0.0.1");
  TestIdentity agent = authority.issue_client("agent");
  HttpsServer server{identity, authority.certificate()};
  std::filesystem::path file = scratch.path() / "pes.xml";
  std::vector<std::string> told;  // traces

  Platform() { std::ofstream(file) << "<PES_Aller/>"; }

  S2lowAccess access(const std::string& url) {
    S2lowAccess access;
    access.https.url = url;
    access.https.ca = authority.certificate();
    access.https.certificate = agent.certificate;
    access.https.key = agent.key;
    access.https.timeout = std::chrono::seconds(5);
    access.https.trace = [this](const std::string& line) { told.push_back(line); };
    return access;
  }

  std::unique_ptr<port::Tdt> tdt() { return make_s2low(access(server.url())); }

  port::TdtSubmission submission() { return tdt()->submit(file, "pes.xml"); }
};

}  // namespace pes::test
