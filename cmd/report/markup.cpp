#include "report/markup.hpp"

#include "ui/characters.hpp"

namespace pes::cmd {

namespace {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : ui::printable(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace

void Markup::element(std::string_view name, Attributes attributes, std::string_view text) {
  element(name, attributes, [&] { this->text(text); });
}

void Markup::leaf(std::string_view name, Attributes attributes) {
  begin(name, attributes);
  page_ += "/>";
}

void Markup::text(std::string_view text) { page_ += escaped(text); }

void Markup::open(std::string_view name, Attributes attributes) {
  begin(name, attributes);
  page_ += '>';
}

void Markup::close(std::string_view name) {
  page_ += "</";
  page_ += name;
  page_ += ">\n";
}

void Markup::begin(std::string_view name, Attributes attributes) {
  page_ += '<';
  page_ += name;
  for (const auto& [attribute, value] : attributes) {
    page_ += ' ';
    page_ += attribute;
    page_ += "=\"";
    page_ += escaped(value);
    page_ += '"';
  }
}

}  // namespace pes::cmd
