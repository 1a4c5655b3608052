#include "sandbox/tdt/shapes.hpp"

#include "sandbox/latin1.hpp"
#include "support/text.hpp"

#include <array>
#include <cstdio>

namespace pes::sandbox::tdt {
namespace {

/// Number of the authority inside the TdT; any will do.
constexpr std::string_view authority = "7";

/// As libxml2 writes text of a document whose encoding is known.
std::string xml_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
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
      default:
        result += c;
    }
  }
  return result;
}

/// As libxml2 writes text of a document without encoding: beyond ASCII, references.
std::string xml_referenced(std::string_view text) {
  std::string result;
  for (const char32_t code : code_points(xml_escaped(text))) {
    if (code < 0x80) {
      result += static_cast<char>(code);
      continue;
    }
    std::array<char, 16> reference{};
    std::snprintf(reference.data(), reference.size(), "&#x%X;", static_cast<unsigned>(code));
    result += reference.data();
  }
  return result;
}

std::string import_answer(std::string_view id, std::string_view result, std::string_view message) {
  return fill(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<import>\n"
      "  {1}\n"
      "  <resultat>{2}</resultat>\n"
      "  <message>{3}</message>\n"
      "</import>\n",
      {id, result, xml_escaped(message)});
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
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
        result += "&#039;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string login_refusal(std::string_view message) {
  return "KO\n" + latin1_from_utf8(html_escaped(message)) + "\n";
}

std::string import_accepted(std::string_view id) {
  return import_answer(fill("<id>{1}</id>", {id}), "OK", "Téléchargement du fichier réussi.");
}

std::string import_refused(std::string_view message) {
  return import_answer("<id/>", "KO", message);
}

std::string status_answer(std::string_view id, std::string_view result, std::string_view message,
                          std::string_view status) {
  return fill(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
      "<transaction >\n"
      "        <id>{1}</id><resultat>{2}</resultat><message>{3}</message>"
      "<status>{4}</status></transaction>\n"
      "            ",
      {html_escaped(id), result, html_escaped(message), status});
}

std::string retour_list(std::string_view date_demande, const std::vector<RetourEntry>& retours) {
  std::string answer = fill(
      "<?xml version=\"1.0\"?>\n"
      "<liste>\n"
      "  <idColl>{1}</idColl>\n"
      "  <resultat/>\n"
      "  <message>{2}</message>\n"
      "  <dateDemande>{3}</dateDemande>\n",
      {authority, xml_referenced("liste réussi"), date_demande});
  for (const RetourEntry& retour : retours) {
    answer += fill(
        "  <pes_retour>\n"
        "    <id>{1}</id>\n"
        "    <nom>{2}</nom>\n"
        "    <date>{3}</date>\n"
        "  </pes_retour>\n",
        {retour.id, xml_referenced(retour.name), retour.date});
  }
  return answer + "</liste>\n";
}

std::string retour_list_refused(std::string_view message) {
  return fill(
      "<?xml version=\"1.0\"?>\n"
      "<liste>\n"
      "  <resultat>KO</resultat>\n"
      "  <message>{1}</message>\n"
      "</liste>\n",
      {xml_referenced(message)});
}

std::string retour_refused(std::string_view id, std::string_view message) {
  return fill(
      "<?xml version=\"1.0\"?>\n"
      "<get_retour><id>{1}</id><resultat>KO</resultat><message>{2}</message></get_retour>\n",
      {xml_referenced(id), xml_referenced(message)});
}

std::string retour_marked(std::string_view id, std::string_view result, std::string_view message) {
  return fill(
      "<?xml version=\"1.0\"?>\n"
      "<transaction><idRetour>{1}</idRetour><resultat>{2}</resultat><message>{3}</message>"
      "</transaction>\n",
      {xml_referenced(id), result, xml_referenced(message)});
}

}  // namespace pes::sandbox::tdt
