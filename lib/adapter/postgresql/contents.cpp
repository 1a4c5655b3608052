#include "adapter/postgresql/contents.hpp"

#include "crypto/digest.hpp"
#include "support/encoding.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace pes::postgresql {

namespace {

constexpr std::size_t part_size = 1U << 20U;

/// A content being kept, part after part.
class Keeping {
 public:
  explicit Keeping(Connection& connection)
      : connection_(connection),
        id_(connection.ask("INSERT INTO pes_content DEFAULT VALUES RETURNING id").number(0, 0)) {}

  void add(std::string_view part) {
    connection_.ask("INSERT INTO pes_content_part VALUES ($1, $2, $3)",
                    {id_, rank_++, Value::bytes(part)});
    digester_.update(part);
    size_ += part.size();
  }
  KeptContent finish() {
    return {.id = id_, .content = {.size = size_, .sha256 = hex(digester_.finish())}};
  }

 private:
  Connection& connection_;
  std::int64_t id_;
  std::int64_t rank_ = 0;
  std::uint64_t size_ = 0;
  crypto::Digester digester_{port::DigestAlgorithm::sha256};
};

/// Fills the buffer, save at the end of the file.
std::size_t read_part(const FileDescriptor& input, std::vector<char>& buffer,
                      const std::filesystem::path& source) {
  std::size_t have = 0;
  while (have < buffer.size()) {
    const ssize_t count = ::read(input.get(), buffer.data() + have, buffer.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), source, errno);
    if (count == 0) break;
    have += static_cast<std::size_t>(count);
  }
  return have;
}

}  // namespace

KeptContent keep_file(Connection& connection, const std::filesystem::path& source) {
  const FileDescriptor input = open_for_reading(source);
  Keeping keeping(connection);
  std::vector<char> buffer(part_size);
  while (const std::size_t size = read_part(input, buffer, source)) {
    keeping.add({buffer.data(), size});
  }
  return keeping.finish();
}

KeptContent keep_bytes(Connection& connection, std::string_view bytes) {
  Keeping keeping(connection);
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, part_size);
    keeping.add(part);
    bytes.remove_prefix(part.size());
  }
  return keeping.finish();
}

store::Content fetch(Connection& connection, std::int64_t id, const std::filesystem::path& target) {
  std::string temporary = target.native() + ".XXXXXX";
  FileDescriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) throw_io(tr("cannot write"), target, errno);
  crypto::Digester digester(port::DigestAlgorithm::sha256);
  store::Content content;
  try {
    for (std::int64_t rank = 0; true; ++rank) {
      const Rows rows = connection.ask_bytes(
          "SELECT bytes FROM pes_content_part WHERE content = $1 AND rank = $2", {id, rank});
      if (rows.empty()) break;
      write_all(file.get(), rows.text(0, 0), target);
      digester.update(rows.text(0, 0));
      content.size += rows.text(0, 0).size();
    }
    file.close(target);
    if (::rename(temporary.c_str(), target.c_str()) != 0) {
      throw_io(tr("cannot write"), target, errno);
    }
  } catch (const Error&) {
    ::unlink(temporary.c_str());
    throw;
  }
  content.sha256 = hex(digester.finish());
  return content;
}

}  // namespace pes::postgresql
