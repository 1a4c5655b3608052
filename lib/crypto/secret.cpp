#include "pes/signature.hpp"

#include <openssl/crypto.h>

namespace pes {

namespace {

/// A short text lives inside the string object, and swapping leaves a copy of it in the other
/// one: the whole capacity is wiped.
void wipe(std::string& text) noexcept {
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace

Secret::Secret(std::string value) noexcept {
  value_.swap(value);
  wipe(value);
}

Secret::Secret(Secret&& other) noexcept {
  value_.swap(other.value_);
  wipe(other.value_);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe(value_);
    value_.swap(other.value_);
    wipe(other.value_);
  }
  return *this;
}

Secret::~Secret() { wipe(value_); }

}  // namespace pes
