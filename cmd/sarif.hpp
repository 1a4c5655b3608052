#pragma once

#include "ui/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pes::cmd {

/// Something that a tool looks at, as SARIF names it (2.1.0, 3.49).
struct SarifRule {
  std::string id;
  std::string meaning;
  ui::Json properties = ui::Json::object();
};

/// What was found (3.27). A place that is not known is the first of the file.
struct SarifResult {
  std::string_view rule;
  const char* level = "error";  // or "warning", "note"
  std::string message;
  std::string file;
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  ui::Json properties = ui::Json::object();
};

/// A log of SARIF 2.1.0 (OASIS) with one run of this tool.
class SarifLog {
 public:
  explicit SarifLog(std::vector<SarifRule> rules) : rules_(std::move(rules)) {}

  /// A file that was looked at, as the person named it.
  void add_file(const std::string& name);
  /// Of one of the rules.
  void add(SarifResult result);
  [[nodiscard]] ui::Json document() const;

 private:
  [[nodiscard]] std::size_t index_of(std::string_view rule) const;
  [[nodiscard]] ui::Json rules_json() const;

  std::vector<SarifRule> rules_;
  ui::Json artifacts_ = ui::Json::array();
  ui::Json results_ = ui::Json::array();
};

}  // namespace pes::cmd
