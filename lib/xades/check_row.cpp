#include "xades/check_row.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace pes::xades {

void CheckRow::note(Weight weight, std::string message) {
  note(weight, reason_, std::move(message));
}

void CheckRow::note(Weight weight, SubIndication reason, std::string message) {
  constexpr std::ptrdiff_t most_told = 20;
  const auto alike = std::count_if(notes_.begin(), notes_.end(), [&](const Note& note) {
    return note.weight == weight && note.reason == reason;
  });
  if (alike == most_told) {
    ++untold_;
  } else {
    notes_.push_back({weight, reason, std::move(message)});
  }
}

bool CheckRow::is_refused() const {
  return std::any_of(notes_.begin(), notes_.end(), [](const Note& note) {
    return note.weight == Weight::refusal || note.weight == Weight::refusal_everywhere;
  });
}

bool CheckRow::stands() const {
  return !is_refused() && std::none_of(notes_.begin(), notes_.end(), [](const Note& note) {
    return note.weight == Weight::not_judged;
  });
}

std::string CheckRow::message() const {
  std::string all;
  for (const Note& note : notes_) all += (all.empty() ? "" : "; ") + note.message;
  if (untold_ != 0) all += "; " + say("{1} more", {std::to_string(untold_)});
  return all;
}

}  // namespace pes::xades
