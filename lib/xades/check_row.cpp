#include "xades/check_row.hpp"

#include <algorithm>
#include <utility>

namespace pes::xades {

void CheckRow::note(Weight weight, std::string message) {
  note(weight, reason_, std::move(message));
}

void CheckRow::note(Weight weight, SubIndication reason, std::string message) {
  notes_.push_back({weight, reason, std::move(message)});
}

bool CheckRow::is_refused() const {
  return std::any_of(notes_.begin(), notes_.end(), [](const Note& note) {
    return note.weight == Weight::refusal || note.weight == Weight::refusal_everywhere;
  });
}

std::string CheckRow::message() const {
  std::string all;
  for (const Note& note : notes_) all += (all.empty() ? "" : "; ") + note.message;
  return all;
}

}  // namespace pes::xades
