#include "junit.hpp"

#include "ui/characters.hpp"

#include <sstream>

namespace pes::cmd {

using pugi::xml_node;

JunitDocument::JunitDocument(std::string_view name) {
  xml_node declaration = document_.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  set(document_.append_child("testsuites"), "name", name);
}

std::string JunitDocument::text() const {
  std::ostringstream output;
  document_.save(output, "  ", pugi::format_indent, pugi::encoding_utf8);
  return output.str();
}

void set(xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(ui::printable(value).c_str());
}

void add_text(xml_node node, std::string_view lines) {
  node.append_child(pugi::node_pcdata).set_value(std::string(lines).c_str());
}

xml_node append_case(xml_node suite, const std::string& classname, const std::string& name) {
  xml_node node = suite.append_child("testcase");
  set(node, "classname", classname);
  set(node, "name", name);
  return node;
}

void set_counts(xml_node node, const JunitCounts& counts) {
  node.append_attribute("tests") = counts.tests;
  node.append_attribute("failures") = counts.failures;
  node.append_attribute("errors") = counts.errors;
}

}  // namespace pes::cmd
