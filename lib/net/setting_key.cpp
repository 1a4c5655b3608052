#include "net/setting_key.hpp"

#include "support/text.hpp"

namespace pes::net {

std::string setting_key(std::string_view settings, std::string_view name) {
  const bool is_a_table = settings.find('.') == std::string_view::npos;
  if (is_a_table) return fill("{1}.{2}", {settings, name});
  return name == "url" ? std::string(settings) : fill("{1}_{2}", {settings, name});
}

}  // namespace pes::net
