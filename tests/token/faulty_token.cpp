// A PKCS#11 module in front of SoftHSM that behaves as real tokens do and SoftHSM does not:
// it is pulled out, its PIN blocks, it has a keypad. PES_TEST_TOKEN says which:
//
//   removed-at:<n>  from the n-th signature on, the token is no longer there
//   few, last       after a wrong PIN, few tries are left, or one
//   blocking        a wrong PIN blocks it
//   blocked         it is blocked
//   keypad          the PIN is typed on the reader
//
// SoftHSM's own module is in PES_TEST_MODULE. Every try of a PIN adds a line to the file that
// PES_TEST_TRIES names.

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

namespace {

constexpr const char* keypad_pin = "4826-essai";

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? "" : value;
}

struct State {
  CK_FUNCTION_LIST real{};
  CK_FUNCTION_LIST shown{};
  std::string fault = variable("PES_TEST_TOKEN");
  long signatures = 0;
  bool was_wrong = false;

  [[nodiscard]] bool is_removed() const {
    return fault.starts_with("removed-at:") && signatures >= std::stol(fault.substr(11));
  }
};

State& state() {
  static State only;
  return only;
}

CK_FLAGS flags_of_pin() {
  const std::string& fault = state().fault;
  if (fault == "keypad") return CKF_PROTECTED_AUTHENTICATION_PATH;
  if (fault == "blocked") return CKF_USER_PIN_LOCKED;
  if (!state().was_wrong) return 0;
  if (fault == "few") return CKF_USER_PIN_COUNT_LOW;
  if (fault == "last") return CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY;
  if (fault == "blocking") return CKF_USER_PIN_LOCKED;
  return 0;
}

CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  const CK_RV answer = state().real.C_GetTokenInfo(slot, info);
  if (answer != CKR_OK) return answer;
  info->flags &=
      ~static_cast<CK_FLAGS>(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
  info->flags |= flags_of_pin();
  return CKR_OK;
}

CK_RV log_in(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  if (const std::string tries = variable("PES_TEST_TRIES"); !tries.empty()) {
    std::ofstream(tries, std::ios::app) << "try\n";
  }
  std::string typed = keypad_pin;
  if (pin == nullptr && state().fault == "keypad") {
    pin = reinterpret_cast<CK_UTF8CHAR_PTR>(typed.data());
    length = typed.size();
  }
  const CK_RV answer = state().real.C_Login(session, user, pin, length);
  if (answer == CKR_PIN_INCORRECT) state().was_wrong = true;
  return answer;
}

CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG size, CK_BYTE_PTR signature,
           CK_ULONG_PTR length) {
  if (++state().signatures; state().is_removed()) return CKR_DEVICE_REMOVED;
  return state().real.C_Sign(session, data, size, signature, length);
}

CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void* application, CK_NOTIFY notify,
                   CK_SESSION_HANDLE_PTR session) {
  if (state().is_removed()) return CKR_TOKEN_NOT_PRESENT;
  return state().real.C_OpenSession(slot, flags, application, notify, session);
}

}  // namespace

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  void* library = ::dlopen(variable("PES_TEST_MODULE").c_str(), RTLD_NOW);
  if (library == nullptr) return CKR_GENERAL_ERROR;
  const auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST_PTR real = nullptr;
  if (get == nullptr || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  State& now = state();
  now = State();
  now.real = *real;
  now.shown = *real;
  now.shown.C_GetTokenInfo = get_token_info;
  now.shown.C_OpenSession = open_session;
  now.shown.C_Login = log_in;
  now.shown.C_Sign = sign;
  *list = &now.shown;
  return CKR_OK;
}
