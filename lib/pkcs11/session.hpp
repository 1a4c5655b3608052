#pragma once

#include "pkcs11/module.hpp"
#include "support/encoding.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::pkcs11 {

/// A read-only session on a token, closed with this object.
class Session {
 public:
  /// Throws key_missing, key_unsupported; `token` is named in messages.
  Session(std::shared_ptr<const Modules> modules, CK_FUNCTION_LIST* functions, CK_SLOT_ID slot,
          std::string token);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  [[nodiscard]] CK_FUNCTION_LIST& functions() const noexcept { return *functions_; }
  [[nodiscard]] CK_SESSION_HANDLE handle() const noexcept { return handle_; }
  [[nodiscard]] CK_SLOT_ID slot() const noexcept { return slot_; }
  [[nodiscard]] const std::string& token() const noexcept { return token_; }

  /// Objects with these attributes.
  [[nodiscard]] std::vector<CK_OBJECT_HANDLE> find(std::vector<CK_ATTRIBUTE> wanted) const;
  /// nullopt when the object has no such attribute or does not show it.
  [[nodiscard]] std::optional<Bytes> attribute(CK_OBJECT_HANDLE object,
                                               CK_ATTRIBUTE_TYPE type) const;
  [[nodiscard]] bool is_true(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
  void require_ok(CK_RV answer) const;

 private:
  std::shared_ptr<const Modules> modules_;
  CK_FUNCTION_LIST* functions_;
  CK_SLOT_ID slot_;
  std::string token_;
  CK_SESSION_HANDLE handle_ = 0;
};

/// An attribute to search for, which looks at `value` without keeping it.
template <typename T>
CK_ATTRIBUTE wanted(CK_ATTRIBUTE_TYPE type, T& value) {
  return {type, &value, sizeof(T)};
}

}  // namespace pes::pkcs11
