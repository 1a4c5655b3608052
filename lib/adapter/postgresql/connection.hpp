#pragma once

#include "adapter/postgresql/libpq.hpp"
#include "pes/error.hpp"
#include "pes/signature.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Talking to a PostgreSQL server. What fails is a pes::Error that names the database, and never
/// tells a password.
namespace pes::postgresql {

/// A value for a place of a statement. Texts and bytes are kept by reference.
class Value {
 public:
  // NOLINTBEGIN(google-explicit-constructor): they are what the statement says.
  Value(std::string_view text);
  Value(const std::string& text) : Value(std::string_view(text)) {}
  Value(const char* text) : Value(std::string_view(text)) {}
  Value(std::int64_t number);
  Value(std::optional<std::int64_t> number);
  // NOLINTEND(google-explicit-constructor)
  static Value position(std::uint64_t position) { return {static_cast<std::int64_t>(position)}; }
  static Value bytes(std::string_view bytes);

  [[nodiscard]] Oid type() const noexcept { return type_; }
  /// In the server's binary form; null for « no value ».
  [[nodiscard]] const char* data() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  Value() = default;

  Oid type_ = 0;
  std::optional<std::string_view> referred_;
  std::optional<std::array<char, sizeof(std::int64_t)>> number_;
};

/// The rows that a statement gave back. Rows and columns count from 0.
class Rows {
 public:
  explicit Rows(pq::Answer answer) : answer_(std::move(answer)) {}

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  /// Valid as long as this object.
  [[nodiscard]] std::string_view text(std::size_t row, int column) const;
  [[nodiscard]] std::int64_t number(std::size_t row, int column) const;
  [[nodiscard]] std::uint64_t position(std::size_t row, int column) const;
  [[nodiscard]] bool is_null(std::size_t row, int column) const;

 private:
  pq::Answer answer_;
};

/// A session on the server, for one thread at a time.
class Connection {
 public:
  /// @param password null: libpq finds it where it usually does, or none is wanted
  /// Throws service_unreachable, identity_refused.
  Connection(const std::string& url, const Secret* password);

  /// `postgresql://host:port/database`: what was reached, for people.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// Statements without places, one or several.
  void execute(const char* statements);
  /// One statement, with places `$1`, `$2`…
  Rows ask(const std::string& statement, const std::vector<Value>& values = {});
  /// The same; its columns are bytes.
  Rows ask_bytes(const std::string& statement, const std::vector<Value>& values);

  /// False once the server or the network cut it.
  [[nodiscard]] bool is_open() const;
  /// Open, in no transaction, and nothing came from the server that nobody asked for.
  [[nodiscard]] bool is_idle() const;

  /// Waits for a notification, until then at most. True when some came; all are taken.
  bool wait_for_notification(std::chrono::milliseconds longest);

 private:
  enum class Form : int { text = 0, bytes = 1 };
  Rows asked(const std::string& statement, const std::vector<Value>& values, Form form);
  Rows checked(pq::Answer answer) const;
  [[noreturn]] void fail(const PGresult* answer) const;

  pq::Handle handle_;
  std::string name_;
};

/// All that is done until `commit` is done at once, or not at all.
class Transaction {
 public:
  enum class Kind { usual, of_one_moment };  // the latter sees all as it was when it began
  explicit Transaction(Connection& connection, Kind kind = Kind::usual);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Connection& connection_;
  bool is_over_ = false;
};

}  // namespace pes::postgresql
