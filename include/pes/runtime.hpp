#pragma once

#include "pes/export.hpp"

#include <string>
#include <vector>

namespace pes {

/// The one-time set-up of libxml2, OpenSSL's legacy needs and curl, made first in `main`
/// and released last. Cheap parts are done at once, the rest when first used.
class PES_EXPORT Runtime {
 public:
  Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  ~Runtime();
};

struct LibraryVersion {
  std::string name;
  std::string version;  // of the library that runs, not of its headers
};
/// The libraries that read, protect or carry what matters.
PES_EXPORT std::vector<LibraryVersion> library_versions();

}  // namespace pes
