#include "sandbox/tdt/shapes.hpp"

#include "sandbox/latin1.hpp"
#include "support/text.hpp"

#include <array>
#include <cstdio>

namespace pes::sandbox::tdt {
namespace {

constexpr std::size_t longest_message = 512;  // characters

/// The first characters of a UTF-8 text.
std::string_view cut(std::string_view utf8, std::size_t characters) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0U) != 0x80U;
    if (begins && characters-- == 0) return utf8.substr(0, i);
  }
  return utf8;
}

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

/// The older prolog names no encoding.
std::string import_answer(Generation generation, std::string_view id, std::string_view result,
                          std::string_view message) {
  const bool is_v4 = generation == Generation::v4;
  return fill(
      "<?xml version=\"1.0\"{1}?>\n"
      "<import>\n"
      "  {2}\n"
      "  <resultat>{3}</resultat>\n"
      "  <message>{4}</message>\n"
      "</import>\n",
      {is_v4 ? "" : " encoding=\"UTF-8\"", id, result,
       is_v4 ? xml_referenced(message) : xml_escaped(message)});
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

std::string encoded(Generation generation, std::string_view utf8) {
  return generation == Generation::v4 ? latin1_from_utf8(utf8) : std::string(utf8);
}

std::string plain_refusal(Generation generation, std::string_view message) {
  return "KO\n" + encoded(generation, message);
}

std::string import_accepted(Generation generation, std::string_view id) {
  return import_answer(generation, fill("<id>{1}</id>", {id}), "OK",
                       "Téléchargement du fichier réussi.");
}

std::string import_refused(Generation generation, std::string_view message) {
  return import_answer(generation, "<id/>", "KO", message);
}

std::string status_answer(Generation generation, std::string_view id, std::string_view result,
                          std::string_view message, std::string_view status) {
  const bool is_v4 = generation == Generation::v4;
  const std::string answer = fill(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
      "<transaction >\n"
      "{1}<id>{2}</id><resultat>{3}</resultat><message>{4}</message>"
      "<status>{5}</status></transaction>\n"
      "{6}",
      {is_v4 ? "\t\t" : "        ", html_escaped(id), result,
       html_escaped(cut(message, longest_message)), status, is_v4 ? "\t\t\t" : "            "});
  return encoded(generation, answer);
}

std::string retour_list(int authority, std::string_view date_demande,
                        const std::vector<RetourEntry>& retours) {
  std::string answer = fill(
      "<?xml version=\"1.0\"?>\n"
      "<liste>\n"
      "  <idColl>{1}</idColl>\n"
      "  <resultat/>\n"
      "  <message>{2}</message>\n"
      "  <dateDemande>{3}</dateDemande>\n",
      {std::to_string(authority), xml_referenced("liste réussi"), date_demande});
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

std::string retour_lost(std::string_view id, std::string_view path) {
  return fill("<br>helios Tansaction_class: sendFile Le fichier '{1}' n'est pas/plus disponible.",
              {path}) +
         retour_refused(id, fill("Erreur d'envoi du fichier {1} : fichier introuvable", {path}));
}

std::string retour_marked(std::string_view id, std::string_view result, std::string_view message) {
  return fill(
      "<?xml version=\"1.0\"?>\n"
      "<transaction><idRetour>{1}</idRetour><resultat>{2}</resultat><message>{3}</message>"
      "</transaction>\n",
      {xml_referenced(id), result, xml_referenced(message)});
}

}  // namespace pes::sandbox::tdt
