#pragma once

#include "verified_file.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// JUnit XML: a suite for each file, with a case for each signature and one for the file itself.
std::string junit_report(const std::vector<VerifiedFile>& files);

}  // namespace pes::cmd
