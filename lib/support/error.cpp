#include "pes/error.hpp"

#include <utility>

namespace pes {

struct Error::Parts {
  ErrorCode code;
  std::string message;
  std::string hint;
  std::string cause;
  std::optional<std::chrono::seconds> retry_after;
  FilePlace place;
};

Error::Error(Parts parts) : parts_(std::make_shared<const Parts>(std::move(parts))) {}

Error::Error(ErrorCode code, std::string_view message, std::string_view hint,
             std::string_view cause)
    : Error(Parts{code, std::string(message), std::string(hint), std::string(cause), {}, {}}) {}

Error Error::at(FilePlace place) const {
  Parts parts = *parts_;
  parts.place = place;
  return Error(std::move(parts));
}

ErrorCode Error::code() const noexcept { return parts_->code; }
const std::string& Error::message() const noexcept { return parts_->message; }
const std::string& Error::hint() const noexcept { return parts_->hint; }
const std::string& Error::cause() const noexcept { return parts_->cause; }
FilePlace Error::place() const noexcept { return parts_->place; }
const char* Error::what() const noexcept { return parts_->message.c_str(); }
std::optional<std::chrono::seconds> Error::retry_after() const noexcept {
  return parts_->retry_after;
}

Error Error::with_retry_after(std::chrono::seconds pause) const {
  Parts parts = *parts_;
  parts.retry_after = pause;
  return Error(std::move(parts));
}

std::string_view id(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return "usage.invalid";
    case ErrorCode::answer_needed:
      return "usage.answer-needed";
    case ErrorCode::cancelled:
      return "usage.cancelled";
    case ErrorCode::internal:
      return "internal.bug";
    case ErrorCode::io_failed:
      return "io.failed";
    case ErrorCode::dossier_unknown:
      return "dossier.unknown";
    case ErrorCode::entity_unknown:
      return "entity.unknown";
    case ErrorCode::type_unknown:
      return "type.unknown";
    case ErrorCode::file_unknown:
      return "file.unknown";
    case ErrorCode::home_unknown:
      return "home.unknown";
    case ErrorCode::dossier_locked:
      return "dossier.locked";
    case ErrorCode::state_forbids:
      return "state.forbids";
    case ErrorCode::dossier_failed:
      return "dossier.failed";
    case ErrorCode::state_damaged:
      return "state.damaged";
    case ErrorCode::state_newer:
      return "state.newer";
    case ErrorCode::journal_damaged:
      return "journal.damaged";
    case ErrorCode::journal_newer:
      return "journal.newer";
    case ErrorCode::input_empty:
      return "input.empty";
    case ErrorCode::input_not_xml:
      return "input.not-xml";
    case ErrorCode::input_doctype:
      return "input.doctype";
    case ErrorCode::input_not_pes:
      return "input.not-pes";
    case ErrorCode::input_encoding:
      return "input.encoding";
    case ErrorCode::input_too_large:
      return "input.too-large";
    case ErrorCode::input_no_id:
      return "input.no-id";
    case ErrorCode::input_duplicate_id:
      return "input.duplicate-id";
    case ErrorCode::input_already_signed:
      return "input.already-signed";
    case ErrorCode::input_not_dematerialised:
      return "input.not-dematerialised";
    case ErrorCode::input_invalid:
      return "input.invalid";
    case ErrorCode::field_invalid:
      return "field.invalid";
    case ErrorCode::config_missing:
      return "config.missing";
    case ErrorCode::config_invalid:
      return "config.invalid";
    case ErrorCode::key_missing:
      return "key.missing";
    case ErrorCode::key_expired:
      return "key.expired";
    case ErrorCode::key_not_yet_valid:
      return "key.not-yet-valid";
    case ErrorCode::key_mismatch:
      return "key.mismatch";
    case ErrorCode::key_unsupported:
      return "key.unsupported";
    case ErrorCode::pin_wrong:
      return "pin.wrong";
    case ErrorCode::pin_blocked:
      return "pin.blocked";
    case ErrorCode::identity_refused:
      return "service.identity-refused";
    case ErrorCode::service_unreachable:
      return "service.unreachable";
    case ErrorCode::service_unexpected:
      return "service.unexpected";
    case ErrorCode::service_refused:
      return "service.refused";
    case ErrorCode::fate_unknown:
      return "service.fate-unknown";
    case ErrorCode::timed_out:
      return "timed-out";
  }
  return "internal.bug";
}

}  // namespace pes
