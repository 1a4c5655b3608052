#include "sandbox/tdt/certificate_control.hpp"

#include "pes/error.hpp"
#include "sandbox/pki.hpp"
#include "support/file.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <vector>

namespace pes::sandbox::tdt {
namespace {

using Bio = Owned<BIO, BIO_free_all>;
using Crl = Owned<X509_CRL, X509_CRL_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;
using StoreContext = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;
using Items = Owned<STACK_OF(X509_INFO), [](STACK_OF(X509_INFO) * items) {
  sk_X509_INFO_pop_free(items, X509_INFO_free);
}>;

constexpr std::size_t largest_store = std::size_t{1} << 26U;

/// The certificates and CRLs of a PEM file.
Items read_items(const std::filesystem::path& file) {
  const std::string pem = read_file(file, largest_store);
  const Bio memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Items items(PEM_X509_INFO_read_bio(memory.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (items == nullptr) {
    throw Error(ErrorCode::config_invalid, say("{1} holds no certificates", {file.native()}));
  }
  return items;
}

X509Certificate parsed(const Certificate& certificate) {
  const auto* der = reinterpret_cast<const unsigned char*>(certificate.der.data());
  return X509Certificate(d2i_X509(nullptr, &der, static_cast<long>(certificate.der.size())));
}

/// A certificate that its issuer has revoked is refused whatever the date.
bool is_revoked(const STACK_OF(X509_INFO) & items, X509& certificate) {
  for (int i = 0; i < sk_X509_INFO_num(&items); ++i) {
    X509_CRL* const crl = sk_X509_INFO_value(&items, i)->crl;
    X509_REVOKED* entry = nullptr;
    if (crl != nullptr &&
        X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_issuer_name(&certificate)) == 0 &&
        X509_CRL_get0_by_cert(crl, &entry, &certificate) == 1) {
      return true;
    }
  }
  return false;
}

/// S²LOW passes over a CRL that is not there, not yet valid or out of date.
int pass_over_missing_crl(int is_sound, X509_STORE_CTX* context) {
  switch (X509_STORE_CTX_get_error(context)) {
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED:
      return 1;
    default:
      return is_sound;
  }
}

Store store_of(const STACK_OF(X509_INFO) & items) {
  Store store(X509_STORE_new());
  for (int i = 0; i < sk_X509_INFO_num(&items); ++i) {
    const X509_INFO* const item = sk_X509_INFO_value(&items, i);
    if (item->x509 != nullptr) X509_STORE_add_cert(store.get(), item->x509);
    if (item->crl != nullptr) X509_STORE_add_crl(store.get(), item->crl);
  }
  X509_STORE_set_flags(store.get(), X509_V_FLAG_CRL_CHECK);
  X509_STORE_set_verify_cb(store.get(), pass_over_missing_crl);
  return store;
}

std::optional<std::string> chain_fault(const STACK_OF(X509_INFO) & items, X509& certificate,
                                       Instant signing_time) {
  const Store store = store_of(items);
  const StoreContext context(X509_STORE_CTX_new());
  if (context == nullptr ||
      X509_STORE_CTX_init(context.get(), store.get(), &certificate, nullptr) != 1) {
    throw std::bad_alloc();
  }
  X509_STORE_CTX_set_time(context.get(), 0, std::chrono::system_clock::to_time_t(signing_time));
  const bool is_sound = X509_verify_cert(context.get()) == 1;
  ERR_clear_error();
  if (is_sound) return std::nullopt;
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

std::optional<std::string> date_fault(const Certificate& signer, Instant signing_time) {
  const char* words = nullptr;
  if (signing_time < signer.not_before) {
    words = X509_verify_cert_error_string(X509_V_ERR_CERT_NOT_YET_VALID);
  }
  if (signing_time > signer.not_after) {
    words = X509_verify_cert_error_string(X509_V_ERR_CERT_HAS_EXPIRED);
  }
  return words == nullptr ? std::nullopt : std::optional<std::string>(words);
}

}  // namespace

std::optional<std::string> certificate_fault(const Layout& layout, const Certificate& signer,
                                             Instant signing_time) {
  const std::filesystem::path file = layout.tdt("authorities.pem");
  if (!std::filesystem::exists(file)) return date_fault(signer, signing_time);
  const Items items = read_items(file);
  const X509Certificate certificate = parsed(signer);
  if (is_revoked(*items, *certificate)) {
    return X509_verify_cert_error_string(X509_V_ERR_CERT_REVOKED);
  }
  return chain_fault(*items, *certificate, signing_time);
}

}  // namespace pes::sandbox::tdt
