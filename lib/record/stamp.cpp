#include "record/stamp.hpp"

#include "record/node.hpp"
#include "record/parts.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

namespace pes::record {

namespace {

constexpr std::string_view schema = "pes.stamp/1";

std::string read_bytes(const Node& node) {
  const auto bytes = from_base64(node.text());
  if (!bytes) node.reject(tr("{1}: {2} is not base64"));
  return std::string(as_text(*bytes));
}

}  // namespace

std::string write_stamp(const port::Stamp& stamp) {
  const Json document = {{"schema", schema},
                         {"id_j", stamp.id_j},
                         {"sha256", stamp.sha256},
                         {"position", stamp.position},
                         {"preuve", base64(as_bytes(stamp.reply))}};
  constexpr int on_one_line = -1;
  return to_text(document, on_one_line);
}

port::Stamp read_stamp(std::string_view line, const Source& source) {
  const Json document = parse_document(line, source);
  const Node root(document, source);
  require_schema(root, schema);
  return {.id_j = root.at("id_j").number(),
          .sha256 = root.at("sha256").digest(sha256_digits),
          .position = root.at("position").number(),
          .reply = read_bytes(root.at("preuve"))};
}

}  // namespace pes::record
