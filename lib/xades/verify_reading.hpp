#pragma once

#include "helios/reading.hpp"
#include "pes/verification.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pes::xades {

/// The same reading when it has every digest that its signatures ask for, else one of the same
/// file that has: forecasts are right but for files made to deceive them and for algorithms hardly
/// anyone uses, so one pass is nearly always enough.
/// @param digested what the reading was asked to digest
helios::Reading with_all_digests(helios::Reading reading, const NamedFile& file,
                                 const ReadLimits& limits, const helios::DigestPlan& digested);

/// What the file tells beside what was read of it.
struct FileFindings {
  std::vector<Finding> schema_faults;
  /// By rank of the signature, why its content digest is another one, when that is known.
  std::map<std::size_t, std::string> explanations;
};

/// Judges what was read of a file, with all its digests.
VerifyReport verify_reading(helios::Reading reading, const VerifyOptions& options,
                            const FileFindings& findings = {});

}  // namespace pes::xades
