#include "version_text.hpp"

#include "pes/library_versions.hpp"
#include "pes/version.hpp"

#include <CLI/Version.hpp>
#include <nlohmann/json.hpp>

namespace pes::cmd {

std::string_view version_number() { return version; }

std::string version_text() {
  std::string text = "pes " + std::string(version) + "\n";
  for (const LibraryVersion& library : library_versions()) {
    text += library.name + " " + library.version + "\n";
  }
  text += "CLI11 " CLI11_VERSION "\n";
  text += "nlohmann/json " + std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + "." +
          std::to_string(NLOHMANN_JSON_VERSION_MINOR) + "." +
          std::to_string(NLOHMANN_JSON_VERSION_PATCH) + "\n";
  return text;
}

}  // namespace pes::cmd
