#include "preflight/attachment.hpp"

#include "support/text.hpp"
#include "xml/character_scan.hpp"

namespace pes::preflight {

namespace {

/// What gzip writes first, 1F 8B 08 (RFC 1952 §2.3), in base64.
constexpr std::string_view gzip_in_base64 = "H4sI";
constexpr std::size_t quantum = 4;  // RFC 4648 §4

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

void Attachment::begin(xml::Position at) {
  *this = Attachment();
  at_ = at;
}

void Attachment::text(std::string_view base64) {
  while (!base64.empty()) {
    const char* const end = base64.data() + base64.size();
    const char* const other = xml::find_beyond_base64(base64.data(), end);
    const auto letters = static_cast<std::size_t>(other - base64.data());
    add_letters(base64.substr(0, letters));
    if (other == end) return;
    if (*other == '=') ++padding_;
    if (*other != '=' && !is_blank(*other)) is_base64_ = false;
    base64.remove_prefix(letters + 1);
  }
}

void Attachment::add_letters(std::string_view letters) {
  if (letters.empty()) return;
  if (padding_ > 0) is_base64_ = false;
  letters_ += letters.size();
  if (first_.size() < gzip_in_base64.size()) {
    first_ += letters.substr(0, gzip_in_base64.size() - first_.size());
  }
}

void Attachment::end(Findings& findings) {
  if (letters_ + padding_ == 0) {
    findings.add("pj.empty", tr("the PJ is empty"), at_);
    return;
  }
  if (!is_base64_ || padding_ > 2 || (letters_ + padding_) % quantum != 0) {
    findings.add("pj.base64", tr("the content of the PJ is not base64, or is cut"), at_);
    return;
  }
  if (first_ != gzip_in_base64) {
    findings.add("pj.not-gzip",
                 tr("the content of the PJ is not compressed: Hélios wants the base64 of what gzip "
                    "makes of the document"),
                 at_);
  }
}

}  // namespace pes::preflight
