#include "trust/chain.hpp"

#include "crypto/openssl_errors.hpp"

#include <new>

namespace pes::trust {

namespace {

/// Dates are a row of their own, which must tell of all certificates of the path.
int pass_over_dates(int ok, X509_STORE_CTX* context) {
  const int error = X509_STORE_CTX_get_error(context);
  const bool is_date =
      error == X509_V_ERR_CERT_NOT_YET_VALID || error == X509_V_ERR_CERT_HAS_EXPIRED;
  return ok == 1 || is_date ? 1 : 0;
}

bool says_unknown(int error) {
  switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return true;
    default:
      return false;
  }
}

CertificateStack stack_of(const std::vector<X509Certificate>& first,
                          const std::vector<X509Certificate>& second) {
  CertificateStack stack(sk_X509_new_null());
  if (!stack) throw std::bad_alloc();
  for (const auto* list : {&first, &second}) {
    for (const X509Certificate& one : *list) {
      if (sk_X509_push(stack.get(), one.get()) == 0) throw std::bad_alloc();
      X509_up_ref(one.get());
    }
  }
  return stack;
}

std::vector<X509Certificate> path_of(X509_STORE_CTX& context) {
  std::vector<X509Certificate> path;
  STACK_OF(X509)* const chain = X509_STORE_CTX_get0_chain(&context);
  const int size = sk_X509_num(chain);
  path.reserve(size < 0 ? 0 : static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) path.push_back(shared(*sk_X509_value(chain, i)));
  return path;
}

}  // namespace

Chain find_chain(const TrustStore::Impl& store, X509& certificate,
                 const std::vector<X509Certificate>& others, Instant at) {
  const CertificateStack between = stack_of(store.intermediates, others);
  const VerifyContext context(X509_STORE_CTX_new());
  if (!context ||
      X509_STORE_CTX_init(context.get(), store.anchors.get(), &certificate, between.get()) != 1) {
    throw std::bad_alloc();
  }
  X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(rules, at.time_since_epoch().count());
  X509_STORE_CTX_set_verify_cb(context.get(), pass_over_dates);

  Chain chain;
  if (X509_verify_cert(context.get()) == 1) {
    chain.outcome = Chain::Outcome::found;
    chain.path = path_of(*context);
  } else {
    const int error = X509_STORE_CTX_get_error(context.get());
    chain.outcome = says_unknown(error) ? Chain::Outcome::unknown_issuer : Chain::Outcome::broken;
    chain.why = X509_verify_cert_error_string(error);
  }
  crypto::drain_errors();
  return chain;
}

}  // namespace pes::trust
