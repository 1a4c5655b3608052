#pragma once

#include "pes/export.hpp"
#include "pes/time.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// Time stamps of RFC 3161: what an authority signs about a SHA-256. A reply is the DER of a
/// TimeStampResp, kept as it came: `openssl ts -reply -in` reads it.
namespace pes {

struct TimeStamp {
  Instant time;           // genTime, by the authority's clock
  std::string authority;  // common name of the certificate that signed
  std::string policy;     // OID
  std::string serial;     // hexadecimal
};

/// Authorities trusted for time stamps.
class PES_EXPORT TimeStampAuthorities {
 public:
  /// @param file PEM certificates. Throws file_unknown, config_invalid when it holds none.
  explicit TimeStampAuthorities(const std::filesystem::path& file);
  TimeStampAuthorities(TimeStampAuthorities&&) noexcept;
  TimeStampAuthorities& operator=(TimeStampAuthorities&&) noexcept;
  TimeStampAuthorities(const TimeStampAuthorities&) = delete;
  TimeStampAuthorities& operator=(const TimeStampAuthorities&) = delete;
  ~TimeStampAuthorities();

  struct Impl;
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// What a reply is worth.
struct TimeStampVerdict {
  std::optional<TimeStamp> stamp;  // when it could be read
  std::string fault;               // why it proves nothing, for a person; empty when it does
};

/// What the reply says, unverified; nullopt for what is no reply that grants a token.
PES_EXPORT std::optional<TimeStamp> read_time_stamp(std::string_view reply);

/// Checks that the reply grants a token over this SHA-256, that the certificate which it carries
/// has signed it and may sign time stamps and, with authorities, that the certificate was valid
/// under one of them when the token was made. Needs no network (RFC 3161 §2.2, §2.4.2).
/// @param sha256 lower-case hexadecimal
/// @param authorities null: who signed is not judged
PES_EXPORT TimeStampVerdict verify_time_stamp(std::string_view reply, std::string_view sha256,
                                              const TimeStampAuthorities* authorities);

}  // namespace pes
