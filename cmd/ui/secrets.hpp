#pragma once

#include "environment.hpp"
#include "pes/settings.hpp"
#include "pes/signature.hpp"
#include "ui/question.hpp"

#include <string>
#include <string_view>

namespace pes::ui {

/// How a secret is asked for when its reference says `prompt`.
struct SecretQuestion {
  std::string text;    // names the token, the certificate and its expiry
  std::string option;  // what to write so as not to be asked: "--pin-from"
};

/// Fetches the secret from where the reference says (cli §7). Of a file, a descriptor or
/// standard input: the first line. Throws config_missing when there is nothing,
/// config_invalid for a file that others can read, and what `ask_secret` throws.
Secret fetch_secret(const SecretReference& reference, const cmd::Environment& environment,
                    const Questions& questions, const SecretQuestion& question);

/// What to do when the secret that was found there is not the right one: the person may have
/// mistyped it, or nobody has looked at that file for a year. Tells the place, never the secret.
std::string hint_after_wrong_secret(const SecretReference& reference);

}  // namespace pes::ui
