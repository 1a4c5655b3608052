#include "support/encoding.hpp"

#include <array>

namespace pes {

std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string_view as_text(std::span<const std::byte> bytes) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): char may alias any object.
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string hex(std::span<const std::byte> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  result.reserve(bytes.size() * 2);
  for (const std::byte b : bytes) {
    const auto value = std::to_integer<unsigned>(b);
    result += digits[value >> 4U];
    result += digits[value & 0xFU];
  }
  return result;
}

namespace {
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64(std::span<const std::byte> bytes, std::size_t columns) {
  std::string result;
  result.reserve(bytes.size() * 4 / 3 + 8);
  std::size_t column = 0;
  const auto put = [&](char c) {
    if (columns != 0 && column == columns) {
      result += '\n';
      column = 0;
    }
    result += c;
    ++column;
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8U) | (k < have ? std::to_integer<unsigned>(bytes[i + k]) : 0U);
    }
    put(alphabet[(group >> 18U) & 63U]);
    put(alphabet[(group >> 12U) & 63U]);
    put(have > 1 ? alphabet[(group >> 6U) & 63U] : '=');
    put(have > 2 ? alphabet[group & 63U] : '=');
  }
  return result;
}

std::optional<Bytes> from_base64(std::string_view text) {
  Bytes result;
  result.reserve(text.size() * 3 / 4);
  unsigned group = 0;
  unsigned bits = 0;
  bool padded = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '=') {
      padded = true;
      continue;
    }
    const std::size_t value = alphabet.find(c);
    if (padded || value == std::string_view::npos) return std::nullopt;
    group = (group << 6U) | static_cast<unsigned>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      result.push_back(static_cast<std::byte>((group >> bits) & 0xFFU));
    }
  }
  // Six bits left over would be a lone character, which encodes nothing.
  if (bits == 6) return std::nullopt;
  return result;
}

}  // namespace pes
