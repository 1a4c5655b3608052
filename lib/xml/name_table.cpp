#include "xml/name_table.hpp"

#include "xml/ascii_names.hpp"

#include <cstring>

namespace pes::xml {

namespace {

/// A small PES has less than two hundred names, a large one some four hundred.
constexpr std::size_t fewest_slots = 512;
constexpr std::size_t most_names = 4096;
constexpr std::size_t most_bytes = 1U << 18U;
/// Names made to fall on one slot are not searched one by one.
constexpr std::size_t most_probes = 32;

template <typename Word>
std::uint64_t word_at(const char* bytes) {
  Word word{};
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// Of the length, the first and the last bytes: reading the whole of a name costs more than
/// the comparison that follows anyway.
std::uint64_t hash_of(std::string_view text) {
  const char* const first = text.data();
  const std::size_t size = text.size();
  std::uint64_t mixed = size;
  if (size >= 8) {
    mixed += word_at<std::uint64_t>(first) ^ (word_at<std::uint64_t>(first + size - 8) << 7U);
  } else if (size >= 4) {
    mixed += (word_at<std::uint32_t>(first) << 32U) | word_at<std::uint32_t>(first + size - 4);
  } else if (size > 0) {
    mixed += (word_at<std::uint8_t>(first) << 16U) |
             (word_at<std::uint8_t>(first + size / 2) << 8U) |
             word_at<std::uint8_t>(first + size - 1);
  }
  mixed *= 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio: Fibonacci hashing
  return mixed >> 32U;
}

}  // namespace

NameTable::NameTable() : slots_(fewest_slots) {}

Name* NameTable::find(std::string_view qualified) {
  Name** const slot = slot_of(qualified);
  if (slot == nullptr) return nullptr;
  return *slot == nullptr ? add(qualified, slot) : *slot;
}

Name** NameTable::slot_of(std::string_view qualified) {
  const std::size_t last = slots_.size() - 1;
  std::size_t slot = hash_of(qualified) & last;
  for (std::size_t probes = 0; probes < most_probes; ++probes) {
    if (slots_[slot] == nullptr || slots_[slot]->qualified == qualified) return &slots_[slot];
    slot = (slot + 1) & last;
  }
  return nullptr;
}

/// A name that finds no slot is not found again: what asks for it then goes another way.
void NameTable::grow() {
  slots_.assign(2 * slots_.size(), nullptr);
  for (Name& name : names_) {
    if (Name** const slot = slot_of(name.qualified)) *slot = &name;
  }
}

Name* NameTable::add(std::string_view qualified, Name** slot) {
  const std::size_t colon = qualified.find(':');
  const bool prefixed = colon != std::string_view::npos;
  const std::string_view local = qualified.substr(prefixed ? colon + 1 : 0);
  const bool is_qualified = !local.empty() && is_name_start(local.front()) &&
                            is_name_start(qualified.front()) &&
                            local.find(':') == std::string_view::npos;
  if (!is_qualified || names_.size() == most_names) return nullptr;
  const auto kept = keep(qualified);
  if (!kept) return nullptr;
  Name& name = names_.emplace_back();
  name.qualified = *kept;
  name.prefix = kept->substr(0, prefixed ? colon : 0);
  name.local = kept->substr(kept->size() - local.size());
  name.declares = (prefixed ? name.prefix : name.local) == "xmlns";
  *slot = &name;
  if (2 * names_.size() == slots_.size()) grow();
  return &name;
}

std::optional<std::string_view> NameTable::keep(std::string_view text) {
  const auto known = texts_.find(text);
  if (known != texts_.end()) return *known;
  if (text.size() > most_bytes - kept_bytes_) return std::nullopt;
  kept_bytes_ += text.size();
  return *texts_.emplace(text).first;
}

}  // namespace pes::xml
