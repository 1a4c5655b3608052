#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pes::net {

struct HttpAnswer {
  long status = 0;
  std::string content_type;
  std::string file_name;  // of Content-Disposition, without folder; empty when it gives none
  std::string location;   // where a redirection leads, as written; never followed
  std::optional<std::chrono::seconds> retry_after;  // from now on, as the service asks
  std::string body;  // as received; but of an error (not 200), our credentials are masked
};

/// The file name that a Content-Disposition header proposes (RFC 6266), in UTF-8 and reduced
/// to its last part; empty when there is none that names a file.
std::string proposed_file_name(std::string_view content_disposition);

/// The pause that a Retry-After header asks for (RFC 9110 §10.2.3): a number of seconds, or a date,
/// counted from the answer's own Date header so that no clock of ours matters. Nothing for what is
/// neither, or cannot be counted; at most a day, for a service that miscounts.
std::optional<std::chrono::seconds> asked_pause(std::string_view retry_after,
                                                std::string_view date);

/// True for what begins like HTML or XML.
bool looks_like_markup(std::string_view body);

/// True for an HTML page or a piece of one, whatever its Content-Type says.
bool is_html(const HttpAnswer& answer);

}  // namespace pes::net
