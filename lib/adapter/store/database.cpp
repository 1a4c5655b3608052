#include "adapter/store/database.hpp"

#include "adapter/store/sqlite.hpp"
#include "support/file.hpp"

#include <fcntl.h>

namespace pes::store {

namespace {

[[noreturn]] void fail(sqlite3* database, int code) {
  throw DatabaseFailure(code, database == nullptr ? "" : sqlite::error_message(database));
}

}  // namespace

bool DatabaseFailure::is_damage() const noexcept {
  constexpr int primary = 0xFF;
  const int code = code_ & primary;
  // An error in our own words: the tables are those of something else.
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
}

void DatabaseCloser::operator()(sqlite3* database) const noexcept { sqlite::close(database); }
void StatementCloser::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite::finalize(statement);
}

Statement::Statement(sqlite3& database, std::string_view sql) : database_(database) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite::prepare(&database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
  check(code);
}

Statement& Statement::bind(std::string_view text) {
  // It is copied: SQLite's own word for that is a cast that C++ frowns on.
  // NOLINTNEXTLINE(performance-no-int-to-ptr,cppcoreguidelines-pro-type-cstyle-cast)
  const auto copied = reinterpret_cast<sqlite3_destructor_type>(std::intptr_t{-1});
  // Without an address it would be no text at all.
  const char* const bytes = text.empty() ? "" : text.data();
  check(
      sqlite::bind_text(statement_.get(), ++bound_, bytes, static_cast<int>(text.size()), copied));
  return *this;
}

Statement& Statement::bind(std::int64_t number) {
  check(sqlite::bind_int64(statement_.get(), ++bound_, number));
  return *this;
}

Statement& Statement::bind(std::optional<std::int64_t> number) {
  if (number) return bind(*number);
  check(sqlite::bind_null(statement_.get(), ++bound_));
  return *this;
}

bool Statement::next() {
  const int code = sqlite::step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(&database_, code);
  return false;
}

void Statement::run() {
  while (next()) {
  }
  reset();
}

void Statement::reset() {
  check(sqlite::reset(statement_.get()));
  bound_ = 0;
}

std::string_view Statement::text(int column) const {
  const unsigned char* const bytes = sqlite::column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite::column_bytes(statement_.get(), column))};
}

std::int64_t Statement::number(int column) const {
  return sqlite::column_int64(statement_.get(), column);
}

bool Statement::is_null(int column) const {
  return sqlite::column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail(&database_, code);
}

namespace {

/// Only a new one: to close an opening of ours would free the locks that SQLite has on it.
///
/// SQLite's own right would let others read it; what stands beside it has its rights and its owner.
void make_private(const std::filesystem::path& file) {
  constexpr int owner_only = 0600;
  const FileDescriptor made(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
  if (made.is_open()) give_to_owner_of(file.parent_path(), made);
}

}  // namespace

Database::Database(const std::filesystem::path& file) {
  if (!file.empty()) make_private(file);
  constexpr int patience = 10'000;  // milliseconds for which another process may write
  sqlite3* database = nullptr;
  const std::string name = file.empty() ? ":memory:" : file.native();
  const int code =
      sqlite::open(name.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  database_.reset(database);
  if (code != SQLITE_OK) fail(database, code);
  sqlite::busy_timeout(database, patience);
}

void Database::execute(const char* sql) {
  const int code = sqlite::execute(database_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(database_.get(), code);
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!is_open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const DatabaseFailure&) {
    // SQLite has rolled it back itself.
    return;
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  is_open_ = false;
}

}  // namespace pes::store
