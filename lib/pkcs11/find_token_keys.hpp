#pragma once

#include "pes/token.hpp"
#include "pkcs11/certificates.hpp"
#include "pkcs11/token.hpp"

#include <vector>

namespace pes::pkcs11 {

/// A certificate that may sign, on the token where its key is.
struct Candidate {
  Token token;
  StoredCertificate stored;
  TokenKey key;
};

/// The tokens that the place's URI fits, in its module or in those of p11-kit.
std::vector<Token> tokens_at(const TokenPlace& place, const Uri& uri);

/// The module to be named in a URI so that the key is found again; empty: p11-kit finds it.
std::filesystem::path module_of(const TokenPlace& place, const Uri& uri);

std::vector<Candidate> candidates_at(const TokenPlace& place);

}  // namespace pes::pkcs11
