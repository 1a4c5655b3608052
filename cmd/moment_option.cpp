#include "moment_option.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

namespace pes::cmd {

Instant moment_of(const char* option, const std::string& text, ui::DayEdge edge) {
  if (const auto instant = ui::parse_moment(text, edge)) return *instant;
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {option, text}),
              tr("write a day, 2022-03-02, or an instant, 2022-03-02T14:48:08Z"));
}

}  // namespace pes::cmd
