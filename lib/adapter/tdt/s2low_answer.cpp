#include "adapter/tdt/s2low_answer.hpp"

#include "net/excerpt.hpp"

#include <pugixml.hpp>

namespace pes::tdt {

namespace {

std::string value(const pugi::xml_node& parent, const char* child) {
  return net::one_line(parent.child_value(child));
}

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

}  // namespace

std::optional<S2lowAnswer> read_s2low_answer(std::string_view body, std::string_view root) {
  const std::string text = net::utf8_of(body);
  pugi::xml_document document;
  if (!document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8)) {
    return std::nullopt;
  }
  const pugi::xml_node answer = document.document_element();
  if (answer.name() != root) return std::nullopt;
  return S2lowAnswer{value(answer, "id"), value(answer, "resultat"), value(answer, "message"),
                     value(answer, "status")};
}

bool is_pes_acquit(std::string_view body) {
  pugi::xml_document document;
  return document.load_buffer(body.data(), body.size(), pugi::parse_minimal) &&
         local_name(document.document_element().name()) == "PES_ACQUIT";
}

std::optional<std::string> account_refusal(std::string_view body) {
  const bool is_refusal = body == "KO" || body.starts_with("KO\n") || body.starts_with("KO\r\n");
  if (!is_refusal) return std::nullopt;
  return net::excerpt(body.substr(2));
}

}  // namespace pes::tdt
