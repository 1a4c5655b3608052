#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pes::tdt {

/// The XML by which S²LOW answers an import or a question (tdt §4.2, §5.1), in UTF-8.
struct S2lowAnswer {
  std::string id;
  std::string resultat;  // OK or KO
  std::string message;   // one line of at most 512 characters
  std::string status;
};

/// nullopt for anything but a whole document of root `root`.
std::optional<S2lowAnswer> read_s2low_answer(std::string_view body, std::string_view root);

/// True for a whole XML document of root PES_ACQUIT, in any namespace (tdt §8.1).
bool is_pes_acquit(std::string_view body);

/// The sentence of an answer that begins with KO and a line end: S²LOW's way to refuse an
/// account (tdt §2.3); nullopt for any other. Its accents are not to be relied on.
std::optional<std::string> account_refusal(std::string_view body);

}  // namespace pes::tdt
