#pragma once

#include "unit/sandbox/client.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pes::test {

using Files = std::vector<std::pair<std::string, std::string>>;

/// A gzipped tar of these files, made by libarchive.
std::string tar_gz(const Files& files);
std::string zip(const Files& files);

/// A SEDA 1.0 bordereau for these files, with true digests.
struct BordereauText {
  std::string id = "transfert_1";
  std::string nom_fic = "FLUX-1";
  Files files = {{"flux.xml", "<flux/>"}, {"acquit.xml", "<acquit/>"}};

  [[nodiscard]] std::string bytes() const;
};

/// A running sandbox and a client logged in as the depositor.
struct SaeBench : Bench {
  explicit SaeBench(sandbox::Options options);

  httplib::Response deposit(const std::string& bordereau, const std::string& archive);
  httplib::Response acknowledgement(const std::string& id = "transfert_1",
                                    const std::string& agency = "VERSANT");
  httplib::Response reply(const std::string& id = "transfert_1",
                          const std::string& agency = "VERSANT");
  /// Code of the reply to a deposit that must be taken.
  std::string code_for(const std::string& bordereau, const std::string& archive);

  Client sae;
};

}  // namespace pes::test
