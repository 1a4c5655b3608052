#pragma once

#include "pes/signature.hpp"

#include <string>
#include <string_view>

namespace pes::ui {

/// What the person allows the tool to ask.
struct Questions {
  bool answered_yes = false;  // --yes
  bool forbidden = false;     // --no-input
};

/// Asks before what cannot be taken back; no is the default. Throws cancelled, and
/// answer_needed, naming --yes, where nobody can be asked.
void confirm(const Questions& questions, std::string_view question);

/// The gravest: the person types `expected` itself. Throws as `confirm`, naming `option`.
void confirm_by_typing(const Questions& questions, std::string_view question,
                       std::string_view expected, std::string_view option);

/// Asks a secret on the terminal. Throws answer_needed, naming `option`, where nobody can
/// be asked.
Secret ask_secret(const Questions& questions, std::string_view question, std::string_view option);

}  // namespace pes::ui
