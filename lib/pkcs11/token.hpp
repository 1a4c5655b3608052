#pragma once

#include "pkcs11/module.hpp"
#include "pkcs11/session.hpp"

#include <memory>
#include <string>
#include <vector>

namespace pes::pkcs11 {

/// A token in its slot.
struct Token {
  std::shared_ptr<const Modules> modules;
  CK_FUNCTION_LIST* functions = nullptr;
  CK_SLOT_ID slot = 0;
  CK_TOKEN_INFO info{};

  /// As people gave it, without the blanks that fill it.
  [[nodiscard]] std::string label() const;
  /// Shared: the tokens of a module go with its last session.
  [[nodiscard]] std::shared_ptr<Session> open() const;
};

/// The tokens that the URI fits, present and initialised. A module or a slot that does not
/// answer is passed over: another one may hold the key.
std::vector<Token> find_tokens(const std::shared_ptr<const Modules>& modules, const Uri& uri);

/// What the token says of itself now.
CK_TOKEN_INFO token_info(const Session& session);

}  // namespace pes::pkcs11
