#include "pkcs11/session.hpp"

#include "pkcs11/failure.hpp"

#include <array>
#include <utility>

namespace pes::pkcs11 {

namespace {

/// Ends a search whatever happens in it: a session has one at a time.
class Search {
 public:
  Search(const Session& session, std::vector<CK_ATTRIBUTE>& wanted) : session_(session) {
    session.require_ok(
        session.functions().C_FindObjectsInit(session.handle(), wanted.data(), wanted.size()));
  }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;
  ~Search() { session_.functions().C_FindObjectsFinal(session_.handle()); }

  [[nodiscard]] std::vector<CK_OBJECT_HANDLE> all() const {
    std::vector<CK_OBJECT_HANDLE> found;
    std::array<CK_OBJECT_HANDLE, 16> some{};
    CK_ULONG count = 0;
    do {
      session_.require_ok(
          session_.functions().C_FindObjects(session_.handle(), some.data(), some.size(), &count));
      found.insert(found.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    } while (count > 0);
    return found;
  }

 private:
  const Session& session_;
};

}  // namespace

Session::Session(std::shared_ptr<const Modules> modules, CK_FUNCTION_LIST* functions,
                 CK_SLOT_ID slot, std::string token)
    : modules_(std::move(modules)), functions_(functions), slot_(slot), token_(std::move(token)) {
  require_ok(functions_->C_OpenSession(slot_, CKF_SERIAL_SESSION, nullptr, nullptr, &handle_));
}

// Closing the last session of a token logs out of it.
Session::~Session() { functions_->C_CloseSession(handle_); }

std::vector<CK_OBJECT_HANDLE> Session::find(std::vector<CK_ATTRIBUTE> wanted) const {
  return Search(*this, wanted).all();
}

std::optional<Bytes> Session::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
  CK_ATTRIBUTE attribute{type, nullptr, 0};
  if (functions_->C_GetAttributeValue(handle_, object, &attribute, 1) != CKR_OK ||
      attribute.ulValueLen == CK_UNAVAILABLE_INFORMATION) {
    return std::nullopt;
  }
  Bytes value(attribute.ulValueLen);
  attribute.pValue = value.data();
  require_ok(functions_->C_GetAttributeValue(handle_, object, &attribute, 1));
  value.resize(attribute.ulValueLen);
  return value;
}

bool Session::is_true(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
  const std::optional<Bytes> value = attribute(object, type);
  return value && value->size() == sizeof(CK_BBOOL) && value->front() != std::byte{CK_FALSE};
}

void Session::require_ok(CK_RV answer) const { pkcs11::require_ok(answer, token_); }

}  // namespace pes::pkcs11
