#pragma once

#include "crypto/openssl_handles.hpp"

#include <openssl/ocsp.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace pes::trust {

using crypto::X509Certificate;

// Some of OpenSSL's release functions are macros, or do not release what a stack holds.
inline void free_certificates(STACK_OF(X509) * stack) noexcept {
  sk_X509_pop_free(stack, X509_free);
}
inline void free_points(STACK_OF(DIST_POINT) * stack) noexcept {
  sk_DIST_POINT_pop_free(stack, DIST_POINT_free);
}
inline void free_addresses(STACK_OF(OPENSSL_STRING) * stack) noexcept { X509_email_free(stack); }

using CertificateStack = Owned<STACK_OF(X509), free_certificates>;
using DistributionPoints = Owned<STACK_OF(DIST_POINT), free_points>;
using Addresses = Owned<STACK_OF(OPENSSL_STRING), free_addresses>;
using X509Crl = Owned<X509_CRL, X509_CRL_free>;
using X509Store = Owned<X509_STORE, X509_STORE_free>;
using VerifyContext = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;
using OcspRequest = Owned<OCSP_REQUEST, OCSP_REQUEST_free>;
using OcspResponse = Owned<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using OcspBasicResponse = Owned<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using OcspCertificateId = Owned<OCSP_CERTID, OCSP_CERTID_free>;
using IssuingPoint = Owned<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;

/// One more owner of the same certificate.
inline X509Certificate shared(X509& certificate) {
  X509_up_ref(&certificate);
  return X509Certificate(&certificate);
}

}  // namespace pes::trust
