#pragma once

#include <string>
#include <string_view>

namespace pes::net {

struct HttpAnswer {
  long status = 0;
  std::string content_type;
  std::string file_name;  // of Content-Disposition, without folder; empty when it gives none
  std::string location;   // where a redirection leads, as written; never followed
  std::string body;       // as received; but of an error (not 200), our credentials are masked
};

/// The file name that a Content-Disposition header proposes (RFC 6266), in UTF-8 and reduced
/// to its last part; empty when there is none that names a file.
std::string proposed_file_name(std::string_view content_disposition);

/// True for what begins like HTML or XML.
bool looks_like_markup(std::string_view body);

/// True for an HTML page or a piece of one, whatever its Content-Type says.
bool is_html(const HttpAnswer& answer);

}  // namespace pes::net
