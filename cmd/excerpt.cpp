#include "excerpt.hpp"

#include <algorithm>
#include <fstream>
#include <limits>

namespace pes::cmd {

namespace {

constexpr std::uint64_t before = 40;
constexpr std::uint64_t after = 40;

/// Flows are mostly ISO-8859-1: what is not ASCII is not worth a wrong guess.
char shown(char c) { return c >= ' ' && c <= '~' ? c : (c == '\t' ? ' ' : '?'); }

bool skip_lines(std::istream& stream, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) {
    stream.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return stream.good();
}

}  // namespace

std::string excerpt(const std::filesystem::path& file, std::uint64_t line, std::uint64_t column) {
  if (line == 0 || column == 0) return {};
  std::ifstream stream(file, std::ios::binary);
  if (!skip_lines(stream, line - 1)) return {};
  const std::uint64_t start = column > before ? column - before : 1;
  stream.seekg(static_cast<std::streamoff>(start - 1), std::ios::cur);
  std::string text;
  for (char c = '\0'; text.size() < before + after && stream.get(c) && c != '\n' && c != '\r';) {
    text += shown(c);
  }
  const std::uint64_t caret = column - start;
  if (text.size() < caret) return {};
  return text + "\n" + std::string(caret, ' ') + "^";
}

}  // namespace pes::cmd
