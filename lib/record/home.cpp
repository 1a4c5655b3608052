#include "record/home.hpp"

#include "pes/adapters.hpp"
#include "record/node.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

namespace pes {

namespace record {

namespace {

constexpr std::string_view schema = "pes.home/1";
constexpr std::size_t largest_marker = 4096;

std::filesystem::path marker(const std::filesystem::path& home) { return home / "home.json"; }

constexpr std::string_view notice_schema = "pes.moved/2";

std::filesystem::path notice(const std::filesystem::path& home) { return home / "moved.json"; }

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

Residence residence(const std::filesystem::path& home) {
  const std::filesystem::path file = notice(home);
  std::error_code unreachable;
  if (!std::filesystem::exists(file, unreachable)) return {};
  const std::string text = read_file(file, largest_marker);
  const Source source{.name = [&] { return file.native(); }};
  const Json document = parse_document(text, source);
  const Node root(document, source);
  require_schema(root, notice_schema);
  // The first version knew of nothing else.
  if (const auto to = root.find("to")) return {Residence::Kind::left, to->text()};
  const auto kind = parse_residence(root.at("residence").text());
  if (kind) return {*kind, root.at("place").text()};
  throw_damaged(source, say("{1} does not say where the home lives", {source.name()}));
}

void set_residence(const std::filesystem::path& home, const Residence& residence) {
  if (residence.kind != Residence::Kind::here) {
    const Json document = {
        {"schema", notice_schema}, {"residence", id(residence.kind)}, {"place", residence.place}};
    return replace_file(notice(home), to_text(document, 2) + "\n");
  }
  if (::unlink(notice(home).c_str()) != 0 && errno != ENOENT) {
    throw_io(tr("cannot remove"), notice(home), errno);
  }
  sync_directory(home);
}

}  // namespace record

Error not_at_home(const std::string& name, const Residence& residence) {
  switch (residence.kind) {
    case Residence::Kind::arriving:
      return {ErrorCode::home_unknown,
              say("the home lives in {2} until all of it is in {1}", {name, residence.place}),
              tr("configure the place that it leaves, then pes store migrate: to the other place, "
                 "to go on; to the place that it leaves, to call the move off")};
    case Residence::Kind::leaving:
      return {ErrorCode::home_unknown,
              say("the home in {1} is on its way to {2}", {name, residence.place}),
              tr("run pes store migrate: to that place, to go on; to the place that it leaves, to "
                 "call the move off")};
    case Residence::Kind::left:
    case Residence::Kind::here:
      break;
  }
  return {ErrorCode::home_unknown, say("the home in {1} lives in {2} now", {name, residence.place}),
          tr("name it with store in pes.toml; pes store migrate brings a home from one place to "
             "another")};
}

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
