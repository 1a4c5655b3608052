#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace pes::cmd {

/// A report in JUnit's XML, as pipelines read it.
class JunitDocument {
 public:
  /// @param name of the whole: `pes verify`
  explicit JunitDocument(std::string_view name);
  /// The root, `testsuites`.
  [[nodiscard]] pugi::xml_node suites() const { return document_.document_element(); }
  [[nodiscard]] std::string text() const;

 private:
  pugi::xml_document document_;
};

/// An attribute, without control characters, which XML 1.0 cannot hold, nor what is no UTF-8.
void set(pugi::xml_node node, const char* name, std::string_view value);
void add_text(pugi::xml_node node, std::string_view lines);

pugi::xml_node append_case(pugi::xml_node suite, const std::string& classname,
                           const std::string& name);

struct JunitCounts {
  std::size_t tests = 0, failures = 0, errors = 0;
};
void set_counts(pugi::xml_node node, const JunitCounts& counts);

}  // namespace pes::cmd
