#include "xades/check_row.hpp"

namespace pes::xades {

namespace {

int gravity(Check::Result result) {
  switch (result) {
    case Check::Result::passed:
      return 0;
    case Check::Result::warning:
      return 1;
    case Check::Result::not_run:
      return 2;
    case Check::Result::indeterminate:
      return 3;
    case Check::Result::failed:
      return 4;
  }
  return 4;
}

}  // namespace

CheckRow::CheckRow(int number, const char* code)
    : check_{number, code, Check::Result::passed, {}} {}

void CheckRow::note(Check::Result result, const std::string& message) {
  if (gravity(result) > gravity(check_.result)) check_.result = result;
  if (!check_.message.empty()) check_.message += "; ";
  check_.message += message;
}

void CheckRow::fail(const std::string& message) { note(Check::Result::failed, message); }
void CheckRow::warn(const std::string& message) { note(Check::Result::warning, message); }
void CheckRow::skip(const std::string& message) { note(Check::Result::not_run, message); }

bool has_failed(const Check& check) { return check.result == Check::Result::failed; }

}  // namespace pes::xades
