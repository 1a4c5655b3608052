#include "pes/ids.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>

namespace pes {

namespace {
constexpr std::string_view symbols =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t id_length = 7;
}  // namespace

std::optional<DossierId> DossierId::parse(std::string_view text) {
  const bool valid = text.size() == id_length && std::all_of(text.begin(), text.end(), [](char c) {
                       return symbols.find(c) != std::string_view::npos;
                     });
  if (!valid) return std::nullopt;
  return DossierId(text);
}

DossierId DossierId::draw() {
  std::string text;
  while (text.size() < id_length) {
    std::array<unsigned char, 32> random{};
    if (::getrandom(random.data(), random.size(), 0) < 0) {
      if (errno == EINTR) continue;
      throw Error(ErrorCode::internal, tr("the system gives no random numbers"));
    }
    for (const unsigned char byte : random) {
      // Values from 248 would make the first symbols more likely than the others.
      constexpr unsigned fair = 256 - 256 % symbols.size();
      if (byte < fair && text.size() < id_length) text += symbols[byte % symbols.size()];
    }
  }
  return DossierId(text);
}

DossierId DossierId::derived_from(std::string_view sha256_hex) {
  constexpr std::size_t digits = 16;  // 64 bits: no symbol is likelier than another by a millionth
  std::uint64_t number = 0;
  std::from_chars(sha256_hex.data(), sha256_hex.data() + std::min(digits, sha256_hex.size()),
                  number, digits);
  std::string text;
  for (; text.size() < id_length; number /= symbols.size())
    text += symbols[number % symbols.size()];
  return DossierId(text);
}

}  // namespace pes
