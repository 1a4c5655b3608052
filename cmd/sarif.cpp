#include "sarif.hpp"

#include "version_text.hpp"

#include <algorithm>
#include <utility>

namespace pes::cmd {

namespace {

constexpr const char* schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '/';
}

/// RFC 3986: a relative reference, or a file: URI for an absolute path.
std::string uri_of(const std::string& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr unsigned low = 0x0F;
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (is_unreserved(c)) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += {'%', digits[byte >> 4U], digits[byte & low]};
  }
  return uri;
}

}  // namespace

void SarifLog::add_file(const std::string& name) {
  artifacts_.push_back({{"location", {{"uri", uri_of(name)}}}});
}

void SarifLog::add(SarifResult result) {
  const std::uint64_t line = std::max<std::uint64_t>(result.line, 1);
  const std::uint64_t column = std::max<std::uint64_t>(result.column, 1);
  ui::Json json{{"ruleId", std::string(result.rule)},
                {"ruleIndex", index_of(result.rule)},
                {"level", result.level},
                {"message", {{"text", std::move(result.message)}}},
                {"locations",
                 {{{"physicalLocation",
                    {{"artifactLocation", {{"uri", uri_of(result.file)}}},
                     {"region", {{"startLine", line}, {"startColumn", column}}}}}}}}};
  if (!result.properties.empty()) json["properties"] = std::move(result.properties);
  results_.push_back(std::move(json));
}

std::size_t SarifLog::index_of(std::string_view rule) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [&](const SarifRule& candidate) { return candidate.id == rule; });
  return static_cast<std::size_t>(found - rules_.begin());
}

ui::Json SarifLog::rules_json() const {
  ui::Json rules = ui::Json::array();
  for (const SarifRule& rule : rules_) {
    rules.push_back({{"id", rule.id},
                     {"shortDescription", {{"text", rule.meaning}}},
                     {"properties", rule.properties}});
  }
  return rules;
}

ui::Json SarifLog::document() const {
  const ui::Json driver{{"name", "pes"}, {"version", version_number()}, {"rules", rules_json()}};
  ui::Json run{{"tool", {{"driver", driver}}},
               {"columnKind", "unicodeCodePoints"},
               {"artifacts", artifacts_},
               {"results", results_}};
  ui::Json runs = ui::Json::array();
  runs.push_back(std::move(run));
  return {{"$schema", schema}, {"version", "2.1.0"}, {"runs", runs}};
}

}  // namespace pes::cmd
