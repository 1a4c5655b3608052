#include "ui/json.hpp"

namespace pes::ui {

namespace {
std::string schema(std::string_view name) { return "pes." + std::string(name) + "/1"; }
}  // namespace

Json with_schema(std::string_view name) { return {{"schema", schema(name)}}; }

Json typed_line(std::string_view type, std::string_view schema_name) {
  return {{"type", std::string(type)}, {"schema", schema(schema_name)}};
}

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}

std::string serialised(const Json& json) {
  constexpr int on_one_line = -1;
  return json.dump(on_one_line, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace pes::ui
