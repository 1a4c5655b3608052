#pragma once

#include "pes/export.hpp"

#include <string>
#include <vector>

namespace pes {

struct LibraryVersion {
  std::string name;
  std::string version;  // of the library that runs, not of its headers
};
/// The libraries that read, protect or carry what matters.
PES_EXPORT std::vector<LibraryVersion> library_versions();

}  // namespace pes
