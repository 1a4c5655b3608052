#include "pkcs11/token.hpp"

#include <array>
#include <optional>

namespace pes::pkcs11 {

namespace {

std::vector<CK_SLOT_ID> slots_with_token(CK_FUNCTION_LIST& functions) {
  CK_ULONG count = 0;
  if (functions.C_GetSlotList(CK_TRUE, nullptr, &count) != CKR_OK) return {};
  std::vector<CK_SLOT_ID> slots(count);
  if (functions.C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) return {};
  slots.resize(std::min<std::size_t>(slots.size(), count));
  return slots;
}

bool fits_slot(const Uri& uri, CK_FUNCTION_LIST& functions, CK_SLOT_ID slot) {
  constexpr auto any = static_cast<CK_SLOT_ID>(-1);  // p11-kit's word for "not in the URI"
  const CK_SLOT_ID wanted = p11::uri_get_slot_id(uri.get());
  if (wanted != any && wanted != slot) return false;
  CK_SLOT_INFO info{};
  return functions.C_GetSlotInfo(slot, &info) == CKR_OK &&
         p11::uri_match_slot_info(uri.get(), &info) != 0;
}

bool fits_module(const Uri& uri, CK_FUNCTION_LIST* functions) {
  CK_INFO info{};
  if (functions->C_GetInfo(&info) != CKR_OK) return false;
  if (p11::uri_match_module_info(uri.get(), &info) == 0) return false;
  const char* const wanted = p11::uri_get_module_name(uri.get());
  if (wanted == nullptr) return true;
  const Text name(p11::module_get_name(functions));
  return name && std::string_view(name.get()) == wanted;
}

std::optional<CK_TOKEN_INFO> usable_token(CK_FUNCTION_LIST& functions, CK_SLOT_ID slot) {
  CK_TOKEN_INFO info{};
  if (functions.C_GetTokenInfo(slot, &info) != CKR_OK) return std::nullopt;
  if ((info.flags & CKF_TOKEN_INITIALIZED) == 0) return std::nullopt;
  return info;
}

}  // namespace

std::string Token::label() const {
  const Text text(p11::space_strdup(info.label, sizeof(info.label)));
  return text ? text.get() : "";
}

std::shared_ptr<Session> Token::open() const {
  return std::make_shared<Session>(modules, functions, slot, label());
}

std::vector<Token> find_tokens(const std::shared_ptr<const Modules>& modules, const Uri& uri) {
  std::vector<Token> found;
  for (CK_FUNCTION_LIST* functions : modules->all()) {
    if (!fits_module(uri, functions)) continue;
    for (const CK_SLOT_ID slot : slots_with_token(*functions)) {
      if (!fits_slot(uri, *functions, slot)) continue;
      const std::optional<CK_TOKEN_INFO> info = usable_token(*functions, slot);
      if (info && p11::uri_match_token_info(uri.get(), &*info) != 0) {
        found.push_back({modules, functions, slot, *info});
      }
    }
  }
  return found;
}

CK_TOKEN_INFO token_info(const Session& session) {
  CK_TOKEN_INFO info{};
  session.require_ok(session.functions().C_GetTokenInfo(session.slot(), &info));
  return info;
}

}  // namespace pes::pkcs11
