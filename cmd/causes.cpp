#include "causes.hpp"

#include <algorithm>
#include <set>

namespace pes::cmd {

ui::Json error_in_line(const std::optional<Error>& error) {
  if (!error) return nullptr;
  return {{"code", std::string(id(error->code()))},
          {"message", error->message()},
          {"hint", ui::text_or_null(error->hint())}};
}

void Causes::add(const Error& error, const std::string& item) {
  const auto same = std::find_if(causes_.begin(), causes_.end(), [&](const Cause& cause) {
    return cause.error.code() == error.code() && cause.error.message() == error.message();
  });
  if (same == causes_.end()) {
    causes_.push_back({error, {item}});
  } else {
    same->items.push_back(item);
  }
}

void Causes::show(ui::Console& console) const {
  for (const Cause& cause : causes_) console.error(cause.error, cause.items);
}

void Causes::show_hints(ui::Console& console) const {
  std::set<std::string> told;
  for (const Cause& cause : causes_) {
    const std::string& hint = cause.error.hint();
    if (!hint.empty() && told.insert(hint).second) console.hint(hint);
  }
}

}  // namespace pes::cmd
