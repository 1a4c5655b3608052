#pragma once

#include "pes/export.hpp"
#include "pes/file_place.hpp"

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pes {

/// Why something failed. The list is closed: a code has one stable text form
/// (`id`) and, in the tool, one exit status.
enum class ErrorCode {
  usage,                 // usage.invalid            wrong call
  answer_needed,         // usage.answer-needed      a question nobody could be asked
  cancelled,             // usage.cancelled          the person said no
  internal,              // internal.bug
  io_failed,             // io.failed                disk full, read-only home, permission
  dossier_unknown,       // dossier.unknown
  entity_unknown,        // entity.unknown
  type_unknown,          // type.unknown
  file_unknown,          // file.unknown             no such file given by the user
  home_unknown,          // home.unknown             no home where one was expected
  dossier_locked,        // dossier.locked           the message names the holder
  state_forbids,         // state.forbids            action not allowed in this state
  dossier_failed,        // dossier.failed           it came to rest in an error state
  state_damaged,         // state.damaged
  state_newer,           // state.newer              written by a newer version
  journal_damaged,       // journal.damaged          the message names the line
  journal_newer,         // journal.newer
  input_empty,           // input.empty
  input_not_xml,         // input.not-xml            not well-formed; message has line and column
  input_doctype,         // input.doctype            DOCTYPE or entity declarations, refused
  input_not_pes,         // input.not-pes            another root element
  input_encoding,        // input.encoding           not decodable, or not signable
  input_too_large,       // input.too-large          a size or depth bound
  input_no_id,           // input.no-id              nothing that can be signed has an Id
  input_duplicate_id,    // input.duplicate-id
  input_already_signed,  // input.already-signed
  input_not_dematerialised,  // input.not-dematerialised   InfoDematerialisee is not 1
  input_invalid,             // input.invalid            any other fault of the flow
  field_invalid,             // field.invalid            a form field (Objet…)
  config_missing,            // config.missing
  config_invalid,            // config.invalid           message has file and line or key
  key_missing,               // key.missing              no key or certificate found
  key_expired,               // key.expired
  key_not_yet_valid,         // key.not-yet-valid
  key_mismatch,              // key.mismatch             key and certificate do not belong together
  key_unsupported,           // key.unsupported          algorithm, container or usage not accepted
  pin_wrong,                 // pin.wrong                PIN or password
  pin_blocked,               // pin.blocked
  identity_refused,          // service.identity-refused 401, 403, TLS client certificate, KO login
  service_unreachable,  // service.unreachable      never reached or overloaded; nothing accepted
  service_unexpected,   // service.unexpected       an answer that is not the protocol's (HTML, 3xx)
  service_refused,      // service.refused          understood and refused
  fate_unknown,         // service.fate-unknown     sent, no answer: may have been accepted
  timed_out,            // timed-out                --timeout ran out before the answer
};

/// Stable text form of a code, e.g. `service.fate-unknown`.
PES_EXPORT std::string_view id(ErrorCode code);

/// The only exception type that leaves the library. Copying never throws.
class PES_EXPORT Error final : public std::exception {
 public:
  /// @param message what happened, to which file, dossier or address; lower
  ///        case, no full stop, already in the reader's language
  /// @param hint what to do next; may be empty
  /// @param cause raw words of OpenSSL, libxml2, curl or a service; may be empty
  Error(ErrorCode code, std::string_view message, std::string_view hint = {},
        std::string_view cause = {});

  /// The same, found at that place of the file that was read; the message says it as well.
  [[nodiscard]] Error at(FilePlace place) const;

  [[nodiscard]] ErrorCode code() const noexcept;
  [[nodiscard]] const std::string& message() const noexcept;
  [[nodiscard]] const std::string& hint() const noexcept;
  [[nodiscard]] const std::string& cause() const noexcept;
  [[nodiscard]] FilePlace place() const noexcept;
  [[nodiscard]] const char* what() const noexcept override;

  /// How long the service wants to be left alone, as it said itself (Retry-After, RFC 9110
  /// §10.2.3) or as we decided after it failed too often; nothing when nobody knows.
  [[nodiscard]] std::optional<std::chrono::seconds> retry_after() const noexcept;
  /// The same error, which tells that.
  [[nodiscard]] Error with_retry_after(std::chrono::seconds pause) const;

 private:
  struct Parts;
  explicit Error(Parts parts);

  std::shared_ptr<const Parts> parts_;
};

}  // namespace pes
