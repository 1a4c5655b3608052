#pragma once

#include "support/owned.hpp"

#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

namespace pes::crypto {

using TimeStampReply = Owned<TS_RESP, TS_RESP_free>;
using TimeStampQuery = Owned<TS_REQ, TS_REQ_free>;
using MessageImprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Algorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using Integer = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using Certificates = Owned<X509_STORE, X509_STORE_free>;
using VerificationContext = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;

}  // namespace pes::crypto
