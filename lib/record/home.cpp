#include "record/home.hpp"

#include "pes/adapters.hpp"
#include "record/node.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>

#include <cerrno>

namespace pes {

namespace record {

namespace {

constexpr std::string_view schema = "pes.home/1";
constexpr std::size_t largest_marker = 4096;

std::filesystem::path marker(const std::filesystem::path& home) { return home / "home.json"; }

std::string read_marker(const std::filesystem::path& home) {
  try {
    return read_file(marker(home), largest_marker);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::file_unknown) throw;
    throw Error(ErrorCode::home_unknown, say("there is no home in {1}", {home.native()}),
                tr("make one with pes init, or name another with --home"));
  }
}

/// A home has a journal from its first day, so that a missing one is a lost one.
void make_empty_journal(const std::filesystem::path& file) {
  constexpr int owner_only = 0600;
  FileDescriptor journal(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, owner_only));
  if (!journal.is_open()) throw_io(tr("cannot write"), file, errno);
  journal.close(file);
  sync_directory(file.parent_path());
}

}  // namespace

std::filesystem::path dossiers_folder(const std::filesystem::path& home) {
  return home / "dossiers";
}

std::filesystem::path retours_folder(const std::filesystem::path& home) { return home / "retours"; }

std::filesystem::path journal_folder(const std::filesystem::path& home) { return home / "journal"; }

std::filesystem::path index_folder(const std::filesystem::path& home) { return home / "index"; }

std::filesystem::path journal_file(const std::filesystem::path& home) {
  return journal_folder(home) / "journal.jsonl";
}

void require_home(const std::filesystem::path& home) {
  const std::string text = read_marker(home);
  const Source source{.name = [&] { return marker(home).native(); }};
  const Json document = parse_document(text, source);
  require_schema(Node(document, source), schema);
}

}  // namespace record

void create_home(const std::filesystem::path& home) {
  std::error_code unreachable;
  if (std::filesystem::exists(record::marker(home), unreachable)) {
    throw Error(ErrorCode::state_forbids, say("there is a home already in {1}", {home.native()}));
  }
  make_directories(home);
  make_directory(record::dossiers_folder(home));
  make_directory(record::journal_folder(home));
  record::make_empty_journal(record::journal_file(home));
  // Last: a home without its marker is one whose making was interrupted, and is made again.
  const record::Json marker = {{"schema", record::schema}};
  replace_file(record::marker(home), record::to_text(marker, 2) + "\n");
}

}  // namespace pes
