#include "sandbox/sae/agreement.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

namespace pes::sandbox::sae {
namespace {

constexpr std::size_t largest_agreement_file = 65536;

}  // namespace

Agreement agreement(const Layout& layout) try {
  const std::filesystem::path file = layout.sae("agreement.json");
  if (!std::filesystem::exists(file)) return {};
  const nlohmann::json given = nlohmann::json::parse(read_file(file, largest_agreement_file));
  const auto list = [&](const char* key) { return given.value(key, std::vector<std::string>()); };
  Agreement result{.originating = list("originating"),
                   .archival = list("archival"),
                   .transferring = list("transferring"),
                   .agreements = list("agreements"),
                   .mime_types = list("mime_types"),
                   .profile = given.value("profile", std::string()),
                   .max_bytes = std::nullopt,
                   .extra_files = given.value("extra_files", false),
                   .pieces = given.value("pieces", true),
                   .max_part_bytes = std::nullopt};
  const auto take = [&](const char* key, std::optional<std::uint64_t>& value) {
    if (given.contains(key)) value = given.at(key).get<std::uint64_t>();
  };
  take("max_bytes", result.max_bytes);
  take("max_part_bytes", result.max_part_bytes);
  return result;
} catch (const nlohmann::json::exception& failure) {
  throw Error(ErrorCode::config_invalid, tr("agreement.json cannot be understood"), {},
              failure.what());
}

}  // namespace pes::sandbox::sae
