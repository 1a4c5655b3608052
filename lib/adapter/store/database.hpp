#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace pes::store {

/// A database that cannot be used now, in SQLite's words. It never leaves the store: what is in
/// the database can be had without it.
class DatabaseFailure : public std::runtime_error {
 public:
  DatabaseFailure(int code, const std::string& message)
      : std::runtime_error(message), code_(code) {}
  /// What is written in the file makes no sense: another one may be better.
  [[nodiscard]] bool is_damage() const noexcept;

 private:
  int code_;
};

struct DatabaseCloser {
  void operator()(sqlite3* database) const noexcept;
};
struct StatementCloser {
  void operator()(sqlite3_stmt* statement) const noexcept;
};

/// A question, or an order, with places for values. Every function throws DatabaseFailure.
class Statement {
 public:
  Statement(sqlite3& database, std::string_view sql);

  /// The value of the next place.
  Statement& bind(std::string_view text);
  Statement& bind(std::int64_t number);
  Statement& bind(std::optional<std::int64_t> number);

  /// Goes to the next row; false when there is none.
  bool next();
  /// Makes it ready for other values.
  void reset();
  /// Runs it to its end, then `reset`.
  void run();

  /// Columns of the row, from 0. The text is valid until the next step.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  void check(int code) const;

  sqlite3& database_;
  std::unique_ptr<sqlite3_stmt, StatementCloser> statement_;
  int bound_ = 0;
};

/// An SQLite database, in a file or, with an empty path, in memory alone.
class Database {
 public:
  explicit Database(const std::filesystem::path& file);

  void execute(const char* sql);
  Statement statement(std::string_view sql) { return {*database_, sql}; }

 private:
  std::unique_ptr<sqlite3, DatabaseCloser> database_;
};

/// All that is done until `commit` is done at once, or not at all. Others may read meanwhile,
/// and wait to write.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Database& database_;
  bool is_open_ = true;
};

}  // namespace pes::store
