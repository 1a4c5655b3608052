#pragma once

#include <string>
#include <vector>

namespace pes::test {

/// Well-formed documents, each with something that makes canonicalisation hard.
std::vector<std::string> hard_documents();

}  // namespace pes::test
