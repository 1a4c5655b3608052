#include "adapter/postgresql/journal.hpp"

#include "adapter/journal/verification.hpp"
#include "adapter/postgresql/schema.hpp"
#include "support/text.hpp"

#include <optional>
#include <string>
#include <utility>

namespace pes::postgresql {

namespace {

using journal::Tail;

constexpr const char* end_of_the_journal =
    "SELECT id_j, sha256, ends, residence, other_place FROM pes_home";

Tail tail_in(const Rows& row) {
  return {
      .id_j = row.position(0, 0), .sha256 = std::string(row.text(0, 1)), .end = row.position(0, 2)};
}

/// Nobody else adds a line before the transaction is over.
Rows locked_end(Connection& connection) {
  return connection.ask(std::string(end_of_the_journal) + " FOR UPDATE");
}

[[noreturn]] void throw_shortened(const Connection& connection, std::uint64_t id_j) {
  throw Error(ErrorCode::journal_damaged,
              say("the journal of {1} has lost events: {2} is the next, and the one before is not "
                  "there",
                  {connection.name(), std::to_string(id_j)}),
              restore_hint());
}

/// The line, and with it the end of the journal.
void add_line(Connection& connection, const Tail& then, std::string_view line) {
  const Rows done = connection.ask(
      "WITH line AS (INSERT INTO pes_journal SELECT $1, $2, $3, $3::text::json->>'id_d' WHERE $1 = "
      "1 OR "
      "EXISTS (SELECT FROM pes_journal WHERE id_j = $1 - 1) RETURNING id_j) "
      "UPDATE pes_home SET id_j = $1, ends = $2, sha256 = $4 WHERE EXISTS (SELECT FROM line) "
      "RETURNING id_j",
      {Value::position(then.id_j), Value::position(then.end), line, then.sha256});
  if (done.empty()) throw_shortened(connection, then.id_j);
}

class DatabaseJournal final : public port::Journal {
 public:
  explicit DatabaseJournal(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}

  Event append(Event event) override {
    const Lease lease(pool_);
    Transaction transaction(*lease);
    event = append_in(*lease, std::move(event));
    transaction.commit();
    return event;
  }

  void continue_with(const std::vector<std::string>& lines) override {
    const Lease lease(pool_);
    Transaction transaction(*lease);
    Tail tail = tail_in(locked_end(*lease));
    for (const std::string& line : lines) {
      tail = journal::after(tail, std::vector{line});
      add_line(*lease, tail, line);
    }
    transaction.commit();
  }

  [[nodiscard]] std::uint64_t position() const override {
    const Lease lease(pool_);
    return lease->ask("SELECT ends FROM pes_home").position(0, 0);
  }

  std::uint64_t visit(std::uint64_t from,
                      const std::function<bool(const Event&)>& callback) const override;
  void visit_dossier(const DossierId& id, std::uint64_t first,
                     const std::function<bool(const Event&)>& callback) const override;
  [[nodiscard]] std::optional<Event> find(std::uint64_t id_j) const override;
  [[nodiscard]] std::vector<port::JournalFault> verify(
      std::vector<port::Witness> witnesses) const override;

 private:
  std::shared_ptr<Pool> pool_;
};

record::Source source_of(const Connection& connection, std::uint64_t id_j) {
  return journal::journal_source(
      [name = connection.name(), id_j] {
        return say("event {1} of {2}", {std::to_string(id_j), name});
      },
      restore_hint());
}

/// Some lines after a position, in order. The bound is on bytes: whole lines, however long, and
/// little memory. At least one when there is any.
Rows some_lines(Connection& connection, std::uint64_t from) {
  constexpr std::int64_t at_once = 4 * static_cast<std::int64_t>(journal::longest_line);
  Rows rows = connection.ask(
      "SELECT id_j, ends, line FROM pes_journal WHERE ends > $1 AND ends <= $1 + $2 ORDER BY id_j",
      {Value::position(from), at_once});
  if (!rows.empty()) return rows;
  return connection.ask(
      "SELECT id_j, ends, line FROM pes_journal WHERE ends > $1 ORDER BY id_j LIMIT 1",
      {Value::position(from)});
}

/// Goes through the lines after a position, until `see` returns false.
/// @return the position after the last one
template <typename See>
std::uint64_t each_line(Connection& connection, std::uint64_t from, See see) {
  while (true) {
    const Rows rows = some_lines(connection, from);
    if (rows.empty()) return from;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      from = rows.position(row, 1);
      if (!see(rows.position(row, 0), from, rows.text(row, 2))) return from;
    }
  }
}

std::uint64_t DatabaseJournal::visit(std::uint64_t from,
                                     const std::function<bool(const Event&)>& callback) const {
  const Lease lease(pool_);
  if (from > tail_in(lease->ask(end_of_the_journal)).end) {
    throw Error(ErrorCode::journal_damaged,
                say("no line of {1} begins at position {2}, where one was due",
                    {lease->name(), std::to_string(from)}),
                restore_hint());
  }
  std::optional<Tail> before;
  if (from == 0) before.emplace();
  std::uint64_t begin = from;
  return each_line(*lease, from, [&](std::uint64_t id_j, std::uint64_t end, std::string_view line) {
    const record::Source source = source_of(*lease, id_j);
    const Event event = journal::read_line(
        {.offset = begin, .bytes = line, .too_long = line.size() >= journal::longest_line}, source);
    const bool follows =
        !before || (event.id_j == before->id_j + 1 && event.previous == before->sha256);
    if (!follows || begin + line.size() + 1 != end || event.id_j != id_j) {
      record::throw_damaged(source, say("{1} does not follow the line before it", {source.name()}));
    }
    before = {.id_j = event.id_j, .sha256 = event.sha256, .end = end};
    begin = end;
    return callback(event);
  });
}

void DatabaseJournal::visit_dossier(const DossierId& id, std::uint64_t first,
                                    const std::function<bool(const Event&)>& callback) const {
  const Lease lease(pool_);
  while (true) {
    const Rows rows = lease->ask(
        "SELECT id_j, line FROM pes_journal WHERE id_d = $1 AND id_j >= $2 ORDER BY id_j LIMIT 16",
        {id.text(), Value::position(first)});
    if (rows.empty()) return;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      first = rows.position(row, 0) + 1;
      const record::Source source = source_of(*lease, rows.position(row, 0));
      if (!callback(journal::read_line({.bytes = rows.text(row, 1)}, source))) return;
    }
  }
}

std::optional<Event> DatabaseJournal::find(std::uint64_t id_j) const {
  const Lease lease(pool_);
  const Rows row =
      lease->ask("SELECT line FROM pes_journal WHERE id_j = $1", {Value::position(id_j)});
  if (row.empty()) return std::nullopt;
  return journal::read_line({.bytes = row.text(0, 0)}, source_of(*lease, id_j));
}

std::vector<port::JournalFault> DatabaseJournal::verify(
    std::vector<port::Witness> witnesses) const {
  const Lease lease(pool_);
  // What is added meanwhile would be a line that the head does not know.
  Transaction one_moment(*lease, Transaction::Kind::of_one_moment);
  const Tail tail = tail_in(lease->ask(end_of_the_journal));
  witnesses.push_back(
      {.id_j = tail.id_j, .sha256 = tail.sha256, .source = tr("the table pes_home")});
  journal::Verification verification(std::move(witnesses));
  std::uint64_t number = 0;
  each_line(*lease, 0, [&](std::uint64_t /*id_j*/, std::uint64_t /*end*/, std::string_view line) {
    verification.add(journal::link_of({.bytes = line}, ++number));
    return true;
  });
  return verification.finish();
}

}  // namespace

Residence residence_in(const Connection& connection, const Rows& row, int column) {
  if (const auto kind = parse_residence(row.text(0, column))) {
    return {*kind, std::string(row.text(0, column + 1))};
  }
  throw Error(ErrorCode::state_damaged,
              say("{1} does not say where the home lives", {connection.name()}), restore_hint());
}

Event append_in(Connection& connection, Event event) {
  const Rows end = locked_end(connection);
  const Residence residence = residence_in(connection, end, 3);
  if (residence != Residence{}) throw not_at_home(connection.name(), residence);
  const Tail tail = tail_in(end);
  event = journal::chained(std::move(event), tail);
  add_line(connection, journal::after(tail, event), event.line);
  return event;
}

std::unique_ptr<port::Journal> open_journal(std::shared_ptr<Pool> pool) {
  return std::make_unique<DatabaseJournal>(std::move(pool));
}

}  // namespace pes::postgresql
