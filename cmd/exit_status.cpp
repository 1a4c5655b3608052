#include "exit_status.hpp"

#include "pes/standing.hpp"

#include <algorithm>

namespace pes::cmd {

int exit_status_of(ErrorCode code) {
  using namespace exit_status;
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::answer_needed:
      return usage;
    case ErrorCode::cancelled:
      return cancelled;
    case ErrorCode::internal:
      return bug;
    case ErrorCode::io_failed:
    case ErrorCode::dossier_failed:
      return failure;
    case ErrorCode::dossier_unknown:
    case ErrorCode::entity_unknown:
    case ErrorCode::type_unknown:
    case ErrorCode::file_unknown:
      return unknown;
    case ErrorCode::dossier_locked:
      return locked;
    case ErrorCode::state_forbids:
      return state_forbids;
    case ErrorCode::state_damaged:
    case ErrorCode::state_newer:
    case ErrorCode::journal_damaged:
    case ErrorCode::journal_newer:
      return damaged;
    case ErrorCode::input_empty:
    case ErrorCode::input_not_xml:
    case ErrorCode::input_doctype:
    case ErrorCode::input_not_pes:
    case ErrorCode::input_encoding:
    case ErrorCode::input_too_large:
    case ErrorCode::input_no_id:
    case ErrorCode::input_duplicate_id:
    case ErrorCode::input_already_signed:
    case ErrorCode::input_not_dematerialised:
    case ErrorCode::input_invalid:
    case ErrorCode::field_invalid:
      return input_refused;
    case ErrorCode::home_unknown:
    case ErrorCode::config_missing:
    case ErrorCode::config_invalid:
      return configuration;
    case ErrorCode::key_missing:
    case ErrorCode::key_expired:
    case ErrorCode::key_not_yet_valid:
    case ErrorCode::key_mismatch:
    case ErrorCode::key_unsupported:
      return key_unusable;
    case ErrorCode::pin_wrong:
      return pin_wrong;
    case ErrorCode::pin_blocked:
      return pin_blocked;
    case ErrorCode::identity_refused:
      return identity_refused;
    case ErrorCode::service_unreachable:
      return unreachable;
    case ErrorCode::service_unexpected:
    case ErrorCode::service_refused:
      return service_refused;
    case ErrorCode::fate_unknown:
      return fate_unknown;
    case ErrorCode::timed_out:
      return pending;
  }
  return bug;
}

int exit_status_of(const Dossier& dossier) {
  using namespace exit_status;
  switch (standing_of(dossier)) {
    case Standing::draft:
    case Standing::under_way:
      return pending;
    case Standing::finished:
      return done;
    case Standing::refused:
    case Standing::rejected:
      return refused;
    case Standing::tdt_error:
      return service_refused;
    case Standing::failed:
    case Standing::suspended:
      return failure;
    case Standing::fate_unknown:
      return fate_unknown;
  }
  return bug;
}

int exit_status_of(const std::vector<int>& statuses) {
  using namespace exit_status;
  if (statuses.empty()) return done;
  const bool all_the_same = std::all_of(statuses.begin(), statuses.end(),
                                        [&](int status) { return status == statuses.front(); });
  if (all_the_same) return statuses.front();
  // Answers short of success are no failures: the gravest of them is told.
  const bool none_failed = std::all_of(statuses.begin(), statuses.end(), [](int status) {
    return status == done || status == pending || status == refused;
  });
  return none_failed ? *std::max_element(statuses.begin(), statuses.end()) : some_failed;
}

}  // namespace pes::cmd
