#pragma once

#include "pes/port/tdt.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// The list of PES Retours (tdt §9.1).
struct S2lowRetourList {
  std::string resultat;  // empty, or KO
  std::string message;
  std::vector<port::TdtRetour> retours;
};
/// nullopt for anything but a whole document of root `liste` whose retours have numbers.
std::optional<S2lowRetourList> read_retour_list(std::string_view body);

/// True for a whole XML document of root PES_ACQUIT, in any namespace (tdt §8.1), or PES_NonAcquit,
/// by which a whole flow is refused (pes §1).
bool is_pes_acquit(std::string_view body);
/// True for a whole XML document of root PES_Retour, in any namespace.
bool is_pes_retour(std::string_view body);

/// The largest file in bytes, when a refusal tells it: « … (128 Mo maximum). » (tdt §4.2).
std::optional<std::uint64_t> size_limit_in(std::string_view message);

/// True for the two ways of saying that the account lacks a right, or is inactive.
bool is_about_rights(std::string_view message);

/// The sentence of an answer that begins with KO and a line end: S²LOW's way to refuse an
/// account (tdt §2.3); nullopt for any other. Its accents are not to be relied on.
std::optional<std::string> account_refusal(std::string_view body);

}  // namespace pes::tdt
