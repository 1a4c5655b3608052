#pragma once

#include "preflight/findings.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pes::preflight {

/// The content of a PJ as it passes: base64 of something that gzip compressed (pes §6). It is
/// not decompressed, only its first bytes are looked at.
class Attachment {
 public:
  void begin(xml::Position at);
  void text(std::string_view base64);
  void end(Findings& findings);

 private:
  void add_letters(std::string_view letters);

  xml::Position at_;
  std::string first_;  // letters of base64
  std::uint64_t letters_ = 0;
  std::size_t padding_ = 0;
  bool is_base64_ = true;
};

}  // namespace pes::preflight
