#include "adapter/postgresql/connection.hpp"

#include "support/text.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>

namespace pes::postgresql {

namespace {

// Numbers of types in the catalogue of every server (src/include/catalog/pg_type.dat).
constexpr Oid type_bytea = 17;
constexpr Oid type_int8 = 20;
constexpr Oid type_text = 25;

/// Said once a session:
///   - a transaction that is told done has reached the disk, whatever the server's habit;
///   - who waits for the journal waits ten seconds, as for the journal in a file;
///   - a machine that vanishes keeps neither the journal nor its dossiers: the server notices
///     within a minute and ends its session;
///   - a session is kept for the next dossier, however long that takes to come.
constexpr const char* manners = R"(
SELECT set_config('synchronous_commit', 'on', false)
  WHERE current_setting('synchronous_commit') = 'off';
SET lock_timeout = '10s';
SET idle_in_transaction_session_timeout = '60s';
SET idle_session_timeout = 0;
SET tcp_keepalives_idle = 20;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 4;
SET default_transaction_isolation = 'read committed';
)";

void drop_notice(void* /*nobody*/, const PGresult* /*notice*/) {}

std::string trimmed_message(const char* message) {
  std::string text(trimmed(message == nullptr ? "" : message));
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

pq::Handle connected(const std::string& url, const Secret* password) {
  // A server that vanishes is noticed within a minute too. The address, after these, may say other.
  std::vector<const char*> names{
      "connect_timeout",  "fallback_application_name", "keepalives_idle", "keepalives_interval",
      "keepalives_count", "tcp_user_timeout",          "dbname",          "client_encoding"};
  std::vector<const char*> values{"10", "pes", "20", "10", "4", "60000", url.c_str(), "UTF8"};
  if (password != nullptr) {
    names.push_back("password");
    values.push_back(password->reveal().c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  constexpr int dbname_is_an_address = 1;
  return pq::Handle(pq::connect(names.data(), values.data(), dbname_is_an_address));
}

std::string name_of(const PGconn& connection) {
  const auto text = [](const char* word) { return std::string(word == nullptr ? "" : word); };
  auto* const asked = const_cast<PGconn*>(&connection);  // NOLINT: libpq knows no const
  return fill("postgresql://{1}:{2}/{3}",
              {text(pq::host(asked)), text(pq::port(asked)), text(pq::database(asked))});
}

[[noreturn]] void throw_unreachable(PGconn& connection, const std::string& name) {
  const std::string words = trimmed_message(pq::error_message(&connection));
  const bool was_refused =
      pq::needs_password(&connection) != 0 || pq::used_password(&connection) != 0;
  if (was_refused) {
    throw Error(ErrorCode::identity_refused, say("{1} refuses who asks", {name}),
                tr("say where the password is with store_password, or in the file of PGPASSFILE"),
                words);
  }
  throw Error(ErrorCode::service_unreachable, say("{1} cannot be reached: {2}", {name, words}),
              tr("see that the server runs and the address is right: pes config show store"));
}

}  // namespace

Value::Value(std::string_view text) : type_(type_text), referred_(text) {}

Value::Value(std::int64_t number) : Value(std::optional(number)) {}

Value::Value(std::optional<std::int64_t> number) : type_(type_int8) {
  if (!number) return;
  auto rest = static_cast<std::uint64_t>(*number);
  number_.emplace();
  for (auto digit = number_->rbegin(); digit != number_->rend(); ++digit) {
    *digit = static_cast<char>(rest & 0xFFU);
    rest >>= 8U;
  }
}

Value Value::bytes(std::string_view bytes) {
  Value value;
  value.type_ = type_bytea;
  value.referred_ = bytes;
  return value;
}

const char* Value::data() const noexcept {
  if (number_) return number_->data();
  if (!referred_) return nullptr;
  return referred_->empty() ? "" : referred_->data();
}

std::size_t Value::size() const noexcept {
  if (number_) return number_->size();
  return referred_ ? referred_->size() : 0;
}

std::size_t Rows::size() const { return static_cast<std::size_t>(pq::rows(answer_.get())); }

std::string_view Rows::text(std::size_t row, int column) const {
  const int rank = static_cast<int>(row);
  return {pq::value(answer_.get(), rank, column),
          static_cast<std::size_t>(pq::length(answer_.get(), rank, column))};
}

std::int64_t Rows::number(std::size_t row, int column) const {
  const std::string_view digits = text(row, column);
  std::int64_t number = 0;
  const auto [rest, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failure == std::errc() && rest == digits.data() + digits.size()) return number;
  throw Error(ErrorCode::internal, say("{1} is not a number", {digits}));
}

std::uint64_t Rows::position(std::size_t row, int column) const {
  return static_cast<std::uint64_t>(number(row, column));
}

bool Rows::is_null(std::size_t row, int column) const {
  return pq::is_null(answer_.get(), static_cast<int>(row), column) != 0;
}

Connection::Connection(const std::string& url, const Secret* password)
    : handle_(connected(url, password)) {
  if (!handle_) throw Error(ErrorCode::internal, tr("no memory is left for a connection"));
  name_ = name_of(*handle_);
  if (pq::status(handle_.get()) != CONNECTION_OK) throw_unreachable(*handle_, name_);
  pq::set_notice_receiver(handle_.get(), drop_notice, nullptr);
  execute(manners);
}

void Connection::execute(const char* statements) {
  checked(pq::Answer(pq::execute(handle_.get(), statements)));
}

Rows Connection::ask(const std::string& statement, const std::vector<Value>& values) {
  return asked(statement, values, Form::text);
}

Rows Connection::ask_bytes(const std::string& statement, const std::vector<Value>& values) {
  return asked(statement, values, Form::bytes);
}

Rows Connection::asked(const std::string& statement, const std::vector<Value>& values, Form form) {
  std::vector<Oid> types;
  std::vector<const char*> data;
  std::vector<int> sizes;
  for (const Value& value : values) {
    types.push_back(value.type());
    data.push_back(value.data());
    sizes.push_back(static_cast<int>(value.size()));
  }
  const std::vector<int> forms(values.size(), static_cast<int>(Form::bytes));
  return checked(pq::Answer(pq::execute_with(
      handle_.get(), statement.c_str(), static_cast<int>(values.size()), types.data(), data.data(),
      sizes.data(), forms.data(), static_cast<int>(form))));
}

Rows Connection::checked(pq::Answer answer) const {
  const ExecStatusType status = pq::result_status(answer.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(answer.get());
  return Rows(std::move(answer));
}

void Connection::fail(const PGresult* answer) const {
  const auto field = [&](int code) {
    const char* const text = answer == nullptr ? nullptr : pq::error_field(answer, code);
    return std::string(text == nullptr ? "" : text);
  };
  const std::string cause = trimmed_message(pq::error_message(handle_.get()));
  if (!is_open()) {
    throw Error(ErrorCode::io_failed, say("the connection to {1} was lost", {name_}),
                tr("run the command again once the server answers"), cause);
  }
  const std::string state = field(PG_DIAG_SQLSTATE);
  if (state == "55P03") {
    throw Error(
        ErrorCode::io_failed,
        say("another process has kept the journal of {1} for more than ten seconds", {name_}),
        tr("see which one in pg_stat_activity; an append takes a few milliseconds"), cause);
  }
  throw Error(ErrorCode::io_failed,
              say("{1} refuses: {2}", {name_, field(PG_DIAG_MESSAGE_PRIMARY)}),
              tr("see the log of the server"), fill("{1} {2}", {state, cause}));
}

bool Connection::is_open() const { return pq::status(handle_.get()) == CONNECTION_OK; }

bool Connection::is_idle() const {
  if (!is_open() || pq::transaction_status(handle_.get()) != PQTRANS_IDLE) return false;
  // What comes unasked is the end of the session, or news that nobody here waits for.
  pollfd watched{.fd = pq::socket(handle_.get()), .events = POLLIN, .revents = 0};
  return ::poll(&watched, 1, 0) == 0;
}

bool Connection::wait_for_notification(std::chrono::milliseconds longest) {
  pollfd watched{.fd = pq::socket(handle_.get()), .events = POLLIN, .revents = 0};
  const int ready = ::poll(&watched, 1, static_cast<int>(longest.count()));
  if (ready > 0 && pq::consume_input(handle_.get()) == 0) fail(nullptr);
  bool some = false;
  while (pq::Notification(pq::notifies(handle_.get()))) some = true;
  return some;
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
  connection_.execute(kind == Kind::usual ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ");
}

Transaction::~Transaction() {
  if (is_over_) return;
  try {
    connection_.execute("ROLLBACK");
  } catch (const Error&) {
    // The session is gone, and the transaction with it.
    return;
  }
}

void Transaction::commit() {
  is_over_ = true;
  connection_.execute("COMMIT");
}

}  // namespace pes::postgresql
