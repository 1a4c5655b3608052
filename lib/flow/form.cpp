#include "flow/form.hpp"

#include "pes/dossier_type.hpp"
#include "pes/flow.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

constexpr std::size_t max_objet = 256;

struct Character {
  char32_t code = 0;
  std::string_view bytes;
  std::size_t rank = 0;  // from 1
};

/// The characters of a valid UTF-8 text.
std::vector<Character> characters(std::string_view text) {
  std::vector<Character> result;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    result.push_back({code, text.substr(i, length), result.size() + 1});
    i += length;
  }
  return result;
}

bool is_control(const Character& c) { return c.code < 0x20 || (c.code >= 0x7F && c.code < 0xA0); }

std::string written_for_objet(const Character& c) {
  if (c.code == U'œ') return "oe";
  if (c.code == U'€') return "EUR";
  return is_control(c) ? " " : std::string(c.bytes);
}

Error objet_refused(const std::string& why) {
  return {ErrorCode::field_invalid, say("the field « {1} » is refused: {2}", {"Objet", why}),
          tr("at most 256 characters, without œ nor €")};
}

std::string missing(std::string_view field_label) {
  return fill("Le formulaire est incomplet : le champ «{1}» est obligatoire.", {field_label});
}

}  // namespace

void require_valid_objet(std::string_view objet) {
  if (!is_valid_utf8(objet)) throw objet_refused(tr("it is not UTF-8 text"));
  const auto text = characters(objet);
  for (const Character& c : text) {
    const std::string rank = std::to_string(c.rank);
    if (c.code == U'œ') throw objet_refused(say("« œ » at position {1}", {rank}));
    if (c.code == U'€') throw objet_refused(say("« € » at position {1}", {rank}));
    if (is_control(c)) throw objet_refused(say("a control character at position {1}", {rank}));
  }
  if (text.size() > max_objet) {
    throw objet_refused(say("it has {1} characters", {std::to_string(text.size())}));
  }
  if (trimmed(objet).empty()) throw objet_refused(tr("it is empty"));
}

std::string objet_from_name(std::string_view file_name) {
  const std::string name =
      is_valid_utf8(file_name) ? std::string(file_name) : utf8_from_latin1(file_name);
  std::string objet;
  for (const Character& c : characters(name)) objet += written_for_objet(c);
  const auto text = characters(objet);
  if (text.size() <= max_objet) return objet;
  std::string shortened;
  for (std::size_t rank = 0; rank < max_objet; ++rank) shortened += text[rank].bytes;
  return shortened;
}

std::vector<std::string> objet_warnings(std::string_view objet) {
  std::vector<std::string> warnings;
  for (const Character& c : characters(objet)) {
    if (c.code <= 0xFF) continue;
    warnings.push_back(
        say("« Objet »: the character at position {1} does not exist in ISO-8859-1 and may be lost",
            {std::to_string(c.rank)}));
  }
  return warnings;
}

std::vector<std::string> form_faults(const Dossier& dossier) {
  std::vector<std::string> faults;
  if (dossier.value(field::objet).empty()) faults.push_back(missing("Objet"));
  const bool has_file = dossier.file(field::fichier_pes) != nullptr;
  if (!has_file) faults.push_back(missing("Fichier PES"));
  const bool must_sign = dossier_type(dossier.type).signature == SignatureStep::required;
  if (has_file && must_sign && dossier.value(field::signature).empty()) {
    faults.push_back(missing("Signer le fichier"));
  }
  return faults;
}

}  // namespace pes::flow
