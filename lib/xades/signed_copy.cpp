#include "xades/signed_copy.hpp"

#include "helios/flow_source.hpp"
#include "support/lane.hpp"
#include "xades/digest_forecast.hpp"

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

namespace pes::xades {

namespace {

constexpr std::string_view bordereau_end = "</Bordereau";

}  // namespace

SignedCopy::SignedCopy(std::filesystem::path original, const std::filesystem::path& copy,
                       helios::DigestPlan digests)
    : original_(std::move(original)),
      digests_(std::move(digests)),
      file_(copy),
      root_end_(last_end_tag(original_)) {}

/// Wherever a signature goes, it is before the end tag of what it signs.
void SignedCopy::follow(std::string_view piece) {
  if (!following_) return;
  if (!digests_.root.empty()) return copy(piece);
  held_ += piece;
  const void* const mark =
      ::memmem(held_.data(), held_.size(), bordereau_end.data(), bordereau_end.size());
  const std::string_view held = held_;
  const std::size_t safe =
      mark == nullptr ? held.size() - std::min(held.size(), bordereau_end.size())
                      : static_cast<std::size_t>(static_cast<const char*>(mark) - held.data());
  following_ = mark == nullptr;
  copy(held.substr(0, safe));
  held_.erase(0, safe);
}

void SignedCopy::copy(std::string_view bytes) {
  if (copied_ + bytes.size() >= root_end_) {
    following_ = false;
    bytes = bytes.substr(0, root_end_ - copied_);
  }
  file_.write(bytes);
  copied_ += bytes.size();
  if (!read_back_ && copied_ >= Lane::worthwhile) {
    try {
      read_back_.emplace(file_.temporary(), digests_);
    } catch (const std::system_error&) {
      following_ = false;  // the system has no thread to give
    }
  }
  if (read_back_) read_back_->publish(copied_);
}

helios::Reading SignedCopy::complete(std::vector<helios::Replacement> changes) {
  std::sort(changes.begin(), changes.end(), [](const auto& left, const auto& right) {
    return left.bytes.begin < right.bytes.begin;
  });
  if (!changes.empty() && changes.front().bytes.begin < copied_) start_again();
  write_rest(std::move(changes));
  if (!read_back_) return helios::read_flow(file_.temporary(), ReadLimits{}, digests_);
  return read_back_->finish();
}

/// The guess of where signatures go was wrong.
void SignedCopy::start_again() {
  read_back_.reset();
  file_.clear();
  copied_ = 0;
}

void SignedCopy::write_rest(std::vector<helios::Replacement> changes) {
  for (helios::Replacement& change : changes) {
    change.bytes.begin -= copied_;
    change.bytes.end -= copied_;
  }
  helios::FileSource original(original_);
  original.start_at(copied_);
  helios::PatchedSource patched(original, std::move(changes));
  for (std::string_view piece = patched.next(); !piece.empty(); piece = patched.next()) {
    file_.write(piece);
  }
}

}  // namespace pes::xades
