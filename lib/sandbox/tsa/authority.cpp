#include "sandbox/tsa/authority.hpp"

#include "pes/error.hpp"
#include "sandbox/identities.hpp"
#include "sandbox/pki.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ts.h>

namespace pes::sandbox::tsa {

namespace {

using Bio = Owned<BIO, BIO_free_all>;
using Number = Owned<BIGNUM, BN_free>;
using Policy = Owned<ASN1_OBJECT, ASN1_OBJECT_free>;
using Answering = Owned<TS_RESP_CTX, TS_RESP_CTX_free>;
using Reply = Owned<TS_RESP, TS_RESP_free>;

/// Under the arc that is kept for examples (ITU-T X.660, 2.999).
constexpr const char* policy_of_a_test = "2.999.3161";
constexpr int serial_bits = 127;

void require(bool is_done) {
  if (!is_done) throw Error(ErrorCode::internal, tr("the sandbox's TSA cannot answer"));
}

/// Never the same twice (RFC 3161 §2.4.2), whichever process answers.
ASN1_INTEGER* random_serial(TS_RESP_CTX* /*context*/, void* /*user*/) {
  const Number number(BN_new());
  const bool is_drawn =
      number && BN_rand(number.get(), serial_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1;
  return is_drawn ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr;  // the caller's
}

}  // namespace

std::string answer(const Layout& layout, const std::string& query) {
  const X509Certificate certificate = certificate_from_pem(read_identity(layout, "tsa.pem"));
  const PrivateKey key = key_from_pem(read_identity(layout, "tsa.key"));
  const Policy policy(OBJ_txt2obj(policy_of_a_test, 1));
  const Answering context(TS_RESP_CTX_new());
  const Bio asked(BIO_new_mem_buf(query.data(), static_cast<int>(query.size())));
  require(policy && context && asked);
  require(TS_RESP_CTX_set_signer_cert(context.get(), certificate.get()) == 1 &&
          TS_RESP_CTX_set_signer_key(context.get(), key.get()) == 1 &&
          TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()) == 1 &&
          TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256()) == 1 &&
          TS_RESP_CTX_set_def_policy(context.get(), policy.get()) == 1 &&
          TS_RESP_CTX_add_md(context.get(), EVP_sha256()) == 1);
  TS_RESP_CTX_set_serial_cb(context.get(), random_serial, nullptr);
  const Reply reply(TS_RESP_create_response(context.get(), asked.get()));
  require(reply != nullptr);
  unsigned char* der = nullptr;
  const int size = i2d_TS_RESP(reply.get(), &der);
  require(size > 0);
  const Owned<unsigned char, [](unsigned char* bytes) { OPENSSL_free(bytes); }> owned(der);
  return {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)};
}

}  // namespace pes::sandbox::tsa
