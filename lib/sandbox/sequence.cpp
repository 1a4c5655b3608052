#include "sandbox/sequence.hpp"

#include "pes/error.hpp"
#include "sandbox/lock.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <charconv>
#include <string>

namespace pes::sandbox {
namespace {

constexpr std::size_t longest_number = 20;

std::uint64_t last_number(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return 0;
  const std::string text = read_file(file, longest_number);
  std::uint64_t number = 0;
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || rest != text.data() + text.size()) {
    throw Error(ErrorCode::state_damaged, say("{1} holds no number", {file.native()}));
  }
  return number;
}

}  // namespace

std::uint64_t next_number(const std::filesystem::path& file) {
  const Lock lock(file.native() + ".lock");
  const std::uint64_t number = last_number(file) + 1;
  replace_file(file, std::to_string(number));
  return number;
}

}  // namespace pes::sandbox
