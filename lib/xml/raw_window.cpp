#include "xml/raw_window.hpp"

#include <algorithm>

namespace pes::xml {

void RawWindow::append(std::string_view piece, std::uint64_t needed) {
  const std::uint64_t end = begin_ + bytes_.size();
  if (held_ && end - *held_ > hold_limit_) held_.reset();
  const std::uint64_t keep = std::min({needed, held_.value_or(needed), end});
  if (keep > begin_) {
    bytes_.erase(0, keep - begin_);
    begin_ = keep;
  }
  bytes_ += piece;
}

std::optional<std::string_view> RawWindow::slice(std::uint64_t begin, std::uint64_t end) const {
  if (begin < begin_ || end < begin || end > begin_ + bytes_.size()) return std::nullopt;
  return std::string_view(bytes_).substr(begin - begin_, end - begin);
}

}  // namespace pes::xml
