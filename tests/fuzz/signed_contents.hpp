#pragma once

#include "pes/verification.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pes::fuzz {

/// What was really signed in some flows of ours. Nobody can sign anything else in the name of
/// their certificates: the keys were thrown away.
class SignedContents {
 public:
  /// @param folder with the flows in `seeds/verify`, each behind a byte that is left out, and
  ///        their `authority.pem` and `authority.crl`
  explicit SignedContents(const std::filesystem::path& folder);

  /// The signed flows, in the order of their names.
  [[nodiscard]] const std::vector<std::string>& flows() const { return flows_; }
  /// Rules by which these flows are TOTAL-PASSED in the profile of Hélios, whenever that is.
  [[nodiscard]] VerifyOptions rules(Profile profile) const;
  /// Ends the process when a signature that is valid by such rules covers something else, or is
  /// told to be of someone else, than what was signed.
  void require_known(std::string_view document, const VerifyReport& report, Profile profile) const;

 private:
  void learn(const std::string& flow);

  TrustStore authority_;
  std::vector<std::string> flows_;
  std::set<std::string> contents_;
  std::set<std::string> signatories_;
};

}  // namespace pes::fuzz
