#include "adapter/journal/head.hpp"

#include "record/node.hpp"
#include "support/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <tuple>

namespace pes::journal {

namespace {

constexpr std::string_view schema = "pes.journal-head/1";
/// Less than a sector, always the same: overwritten at once, it is not torn.
constexpr std::size_t head_size = 256;

}  // namespace

std::optional<Head> read_head(const std::filesystem::path& file) {
  const record::Source source{.name = [&] { return file.native(); }};
  try {
    const record::Json document = record::parse_document(read_file(file, head_size), source);
    const record::Node root(document, source);
    record::require_schema(root, schema);
    return Head{.id_j = root.at("id_j").number(), .sha256 = root.at("sha256").text()};
  } catch (const Error&) {
    return std::nullopt;
  }
}

void write_head(const std::filesystem::path& file, const Head& head) {
  const record::Json document = {{"schema", schema}, {"id_j", head.id_j}, {"sha256", head.sha256}};
  std::string bytes = record::to_text(document, -1);
  bytes.resize(head_size - 1, ' ');
  bytes += '\n';
  constexpr int owner_only = 0600;
  const FileDescriptor target(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, owner_only));
  if (target.is_open()) std::ignore = ::pwrite(target.get(), bytes.data(), bytes.size(), 0);
}

}  // namespace pes::journal
