#pragma once

#include <string>
#include <string_view>

namespace pes::net {

/// A value as a form puts it in a URL (application/x-www-form-urlencoded): a space is `+`.
std::string form_url_encoded(std::string_view value);

}  // namespace pes::net
