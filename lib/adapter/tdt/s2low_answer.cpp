#include "adapter/tdt/s2low_answer.hpp"

#include "net/excerpt.hpp"
#include "support/text.hpp"

#include <pugixml.hpp>

#include <charconv>
#include <initializer_list>

namespace pes::tdt {

namespace {

std::string value(const pugi::xml_node& parent, const char* child) {
  return net::one_line(parent.child_value(child));
}

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

/// A document that a script wrote: nullopt unless it is whole and has this root.
std::optional<pugi::xml_node> root_of(std::string_view body, std::string_view name,
                                      pugi::xml_document& document) {
  const std::string text = net::utf8_of(body);
  if (!document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8)) {
    return std::nullopt;
  }
  const pugi::xml_node root = document.document_element();
  return root.name() == name ? std::optional(root) : std::nullopt;
}

/// S²LOW compares the roots of files without case (pes §1).
bool has_root(std::string_view body, std::initializer_list<std::string_view> names) {
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size(), pugi::parse_minimal)) return false;
  const std::string root = lowered_ascii(local_name(document.document_element().name()));
  for (const std::string_view name : names) {
    if (root == name) return true;
  }
  return false;
}

}  // namespace

std::optional<S2lowAnswer> read_s2low_answer(std::string_view body, std::string_view root) {
  pugi::xml_document document;
  const auto answer = root_of(body, root, document);
  if (!answer) return std::nullopt;
  return S2lowAnswer{value(*answer, "id"), value(*answer, "resultat"), value(*answer, "message"),
                     value(*answer, "status")};
}

std::optional<S2lowRetourList> read_retour_list(std::string_view body) {
  pugi::xml_document document;
  const auto answer = root_of(body, "liste", document);
  if (!answer) return std::nullopt;
  S2lowRetourList list{value(*answer, "resultat"), value(*answer, "message"), {}};
  for (const pugi::xml_node& retour : answer->children("pes_retour")) {
    const std::string id = value(retour, "id");
    const bool is_number = !id.empty() && id.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number) return std::nullopt;
    list.retours.push_back({id, value(retour, "nom"), value(retour, "date")});
  }
  return list;
}

bool is_pes_acquit(std::string_view body) {
  return has_root(body, {"pes_acquit", "pes_nonacquit"});
}

bool is_pes_retour(std::string_view body) { return has_root(body, {"pes_retour"}); }

std::optional<std::uint64_t> size_limit_in(std::string_view message) {
  constexpr std::string_view unit = " Mo maximum";
  constexpr std::uint64_t mebibyte = 1024 * 1024;
  const std::size_t end = message.find(unit);
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t before = message.find_last_not_of("0123456789", end - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::uint64_t megabytes = 0;
  const auto [last, fault] =
      std::from_chars(message.data() + begin, message.data() + end, megabytes);
  const bool is_size =
      fault == std::errc() && last == message.data() + end && megabytes < (std::uint64_t{1} << 40U);
  return is_size ? std::optional(megabytes * mebibyte) : std::nullopt;
}

bool is_about_rights(std::string_view message) {
  return message == "Accès refusé" || contains_ignoring_case(message, "authentification");
}

std::optional<std::string> account_refusal(std::string_view body) {
  const bool is_refusal = body == "KO" || body.starts_with("KO\n") || body.starts_with("KO\r\n");
  if (!is_refusal) return std::nullopt;
  return net::excerpt(body.substr(2));
}

}  // namespace pes::tdt
