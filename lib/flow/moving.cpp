#include "pes/moving.hpp"

#include "crypto/digest.hpp"
#include "flow/in_hand.hpp"
#include "pes/adapters.hpp"
#include "pes/retours.hpp"
#include "support/text.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pes::flow {

namespace {

using Lines = std::vector<std::string>;

std::uint64_t length_of(const Lines& lines) {
  std::uint64_t length = 0;
  for (const std::string& line : lines) length += line.size() + 1;
  return length;
}

/// Whole lines from a position on, until so many bytes are reached.
Lines lines_at(const port::Journal& journal, std::uint64_t position, std::uint64_t enough) {
  Lines lines;
  std::uint64_t length = 0;
  journal.visit(position, [&](const Event& event) {
    lines.push_back(event.line);
    length += event.line.size() + 1;
    return length < enough;
  });
  return lines;
}

constexpr std::uint64_t at_once = 1U << 20U;

/// Where a journal ends that is, byte for byte, the beginning of the other; nothing when it is not.
std::optional<std::uint64_t> end_of_beginning(const port::Journal& journal,
                                              const port::Journal& longer) {
  std::uint64_t position = 0;
  while (true) {
    const Lines lines = lines_at(journal, position, at_once);
    if (lines.empty()) return position;
    if (lines_at(longer, position, length_of(lines)) != lines) return std::nullopt;
    position += length_of(lines);
  }
}

/// The field under which a stored file was kept first: it begins its path.
std::string first_field(const StoredFile& file) {
  return file.path.substr(0, file.path.rfind('-'));
}

Error differs(const std::string& what, const port::Records& from, const port::Records& to) {
  return {ErrorCode::state_damaged,
          say("{1} is not in {2} as it is in {3}", {what, to.name(), from.name()}),
          tr("nothing is lost: run pes store migrate again, and should it say the same, verify the "
             "journal and restore what is damaged from a backup")};
}

Error disturbed(const port::Records& records) {
  return {ErrorCode::state_forbids,
          say("another process moves the home in {1}, or called the move off", {records.name()}),
          tr("see where it lives, then run pes store migrate again if need be")};
}

class Moving {
 public:
  Moving(Services& services, port::Records& from, port::Records& to)
      : services_(services),
        from_(from),
        to_(to),
        store_(to.store()),
        journal_(to.journal()),
        stamps_(to.stamps()),
        retours_here_(from.retours()),
        retours_there_(to.retours()) {}

  Move run() {
    if (is_over()) return {.changed = false};
    const std::uint64_t have = require_beginning();
    if (from_.residence().kind == Kind::here) require_sound_source();
    close_both();
    const std::uint64_t end = services_.journal.position();
    bring_journal(have);
    services_.stamps.visit(0, [&](const port::Stamp& stamp) {
      stamps_->keep(stamp);
      return true;
    });
    bring_dossiers();
    erase_what_was_deleted();
    bring_retours();
    const Move moved = verify();
    arrive(end);
    return moved;
  }

 private:
  using Kind = Residence::Kind;

  /// Throws when the home does not live in the source, or is between that and a third place.
  [[nodiscard]] bool is_over() const {
    const Residence here = from_.residence();
    const Residence there = to_.residence();
    const bool may_be_left =
        here.kind == Kind::here || (here.kind != Kind::arriving && here.place == to_.name());
    if (!may_be_left) throw not_at_home(from_.name(), here);
    if (there.kind == Kind::leaving) throw not_at_home(to_.name(), there);
    if (here.kind != Kind::left ||
        there == Residence{.kind = Kind::arriving, .place = from_.name()}) {
      return false;
    }
    if (there.kind == Kind::left) throw not_at_home(to_.name(), there);
    if (there.kind == Kind::here && end_of_beginning(services_.journal, *journal_)) return true;
    throw Error(ErrorCode::state_damaged,
                say("the home in {1} went to {2}, where it is no more", {from_.name(), to_.name()}),
                tr("restore what was there from a backup: it knows what was sent since"));
  }

  /// @return where the target's journal ends
  std::uint64_t require_beginning() {
    const auto end = end_of_beginning(*journal_, services_.journal);
    bool is_other = !end;
    if (end == 0) {
      is_other = store_->query({.limit = 1}).total > 0;
      retours_there_->visit([&](const port::Retour&) { is_other = true; },
                            [&](const std::string&, const Error&) { is_other = true; });
    }
    if (!is_other) return *end;
    throw Error(ErrorCode::state_forbids,
                say("{1} holds another home, or more than {2} does", {to_.name(), from_.name()}),
                tr("choose a place that is empty, or that this home was in before"));
  }

  /// What cannot be read stops the move before it begins, rather than half-way.
  void require_sound_source() {
    services_.journal.visit(0, [](const Event&) { return true; });
    services_.stamps.visit(0, [](const port::Stamp&) { return true; });
    each_dossier_in_hand([&](const Dossier& dossier) {
      for (const auto& [field, file] : dossier.files) {
        if (is_whole(services_.store, dossier.id_d, file)) continue;
        throw Error(
            ErrorCode::state_damaged,
            say("{1} is not in {2} as it was kept", {described(dossier, file), from_.name()}),
            tr("restore it from a backup, or delete the dossier; nothing was moved"));
      }
    });
    retours_here_->visit(
        [&](const port::Retour& retour) { (void)retour_bytes(*retours_here_, retour); },
        [](const std::string&, const Error& error) { throw error; });
  }

  /// The target first: a home that is told to leave has somewhere to go.
  void close_both() {
    change(to_, {.kind = Kind::arriving, .place = from_.name()});
    if (from_.residence().kind == Kind::here) {
      change(from_, {.kind = Kind::leaving, .place = to_.name()});
    }
  }

  /// The source first: once it says that the home has left, nobody can call the move off.
  /// @param end of the journal when the source was closed: one that went on was opened since
  void arrive(std::uint64_t end) {
    if (services_.journal.position() != end) throw disturbed(from_);
    const Residence leaving{.kind = Kind::leaving, .place = to_.name()};
    const Residence left{.kind = Kind::left, .place = to_.name()};
    if (from_.residence() != left) change(from_, leaving, left);
    change(to_, {.kind = Kind::arriving, .place = from_.name()}, {});
  }

  static void change(port::Records& records, const Residence& after) {
    change(records, records.residence(), after);
  }

  static void change(port::Records& records, const Residence& before, const Residence& after) {
    if (!records.change_residence(before, after)) throw disturbed(records);
  }

  void bring_journal(std::uint64_t position) {
    while (true) {
      const Lines lines = lines_at(services_.journal, position, at_once);
      if (lines.empty()) return;
      journal_->continue_with(lines);
      position += length_of(lines);
    }
  }

  /// Held: whoever had one in hand has let it go, and what a death left is completed.
  void each_dossier_in_hand(const std::function<void(const Dossier&)>& callback) {
    services_.store.visit(
        [&](const Dossier& dossier) {
          std::optional<InHand> hand;
          try {
            hand.emplace(services_, dossier.id_d);
          } catch (const Error& error) {
            if (error.code() == ErrorCode::dossier_unknown) return;  // its deletion was completed
            throw;
          }
          callback(hand->dossier());
        },
        [](const DossierId&, const Error& error) { throw error; });
  }

  void bring_dossiers() {
    each_dossier_in_hand([&](const Dossier& dossier) {
      const std::optional<Dossier> there = found_there(dossier.id_d);
      if (there != dossier) copy(dossier, there.has_value());
      if (dossier.attempt && dossier.attempt->kind == Attempt::Kind::tdt_import) {
        (void)store_->claim(dossier.attempt->flow_name(), dossier.id_d, std::nullopt);
      }
    });
  }

  [[nodiscard]] std::optional<Dossier> found_there(const DossierId& id) const {
    try {
      return store_->read(id);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::dossier_unknown) return std::nullopt;
      throw;
    }
  }

  void copy(const Dossier& dossier, bool is_there) {
    const std::uint64_t position = journal_->position();
    const auto held = is_there ? store_->hold(dossier.id_d, services_.command, position)
                               : store_->create(dossier.id_d, services_.command, position);
    for (const auto& [field, file] : dossier.files) {
      const StoredFile kept = held->keep(first_field(file), file.name,
                                         services_.store.readable(dossier.id_d, file).path());
      if (kept != file) throw differs(described(dossier, file), from_, to_);
    }
    held->save(dossier);
  }

  /// Since the target was this home.
  void erase_what_was_deleted() {
    std::set<DossierId> missing;
    store_->visit(
        [&](const Dossier& dossier) {
          if (!is_here(dossier.id_d)) missing.insert(dossier.id_d);
        },
        [](const DossierId&, const Error& error) { throw error; });
    if (missing.empty()) return;
    require_deleted(missing);
    for (const DossierId& id : missing) {
      store_->hold(id, services_.command, journal_->position())->erase();
    }
  }

  /// A state that is not there proves nothing.
  void require_deleted(const std::set<DossierId>& missing) const {
    std::set<DossierId> lost = missing;
    services_.journal.visit(0, [&](const Event& event) {
      if (!event.change || !event.change->row || !missing.contains(event.id_d)) return true;
      if (event.change->row == Action::supression) {
        lost.erase(event.id_d);
      } else {
        lost.insert(event.id_d);
      }
      return true;
    });
    if (lost.empty()) return;
    throw Error(ErrorCode::state_damaged,
                say("dossier {1} is in {2} and no more in {3}, and no event tells of its deletion",
                    {lost.begin()->text(), to_.name(), from_.name()}),
                tr("restore its state from a backup, then run pes store migrate again"));
  }

  [[nodiscard]] bool is_here(const DossierId& id) const {
    try {
      (void)services_.store.read(id);
      return true;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::dossier_unknown) return false;
      throw;
    }
  }

  void bring_retours() {
    retours_here_->visit(
        [&](const port::Retour& retour) {
          retours_there_->keep(retour, retour_bytes(*retours_here_, retour));
        },
        [](const std::string&, const Error& error) { throw error; });
  }

  /// All that is there is read again.
  Move verify() {
    Move moved;
    const auto end = end_of_beginning(services_.journal, *journal_);
    if (end != journal_->position() || !journal_->verify({}).empty()) {
      throw differs(tr("the journal"), from_, to_);
    }
    journal_->visit(0, [&](const Event&) { return ++moved.events > 0; });
    verify_stamps(moved);
    services_.store.visit([&](const Dossier& dossier) { verify(dossier, moved); },
                          [](const DossierId&, const Error& error) { throw error; });
    retours_here_->visit([&](const port::Retour& retour) { verify(retour, moved); },
                         [](const std::string&, const Error& error) { throw error; });
    return moved;
  }

  void verify_stamps(Move& moved) {
    std::vector<std::string> digests;
    const auto digest_of = [](const port::Stamp& stamp) {
      return crypto::sha256_hex(stamp.sha256 + std::to_string(stamp.position) + stamp.reply);
    };
    services_.stamps.visit(0, [&](const port::Stamp& stamp) {
      digests.push_back(digest_of(stamp));
      return true;
    });
    stamps_->visit(0, [&](const port::Stamp& stamp) {
      const bool is_same =
          moved.stamps < digests.size() && digests[moved.stamps] == digest_of(stamp);
      if (!is_same) throw differs(tr("a time stamp"), from_, to_);
      return ++moved.stamps > 0;
    });
    if (moved.stamps != digests.size()) throw differs(tr("a time stamp"), from_, to_);
  }

  void verify(const Dossier& dossier, Move& moved) {
    if (found_there(dossier.id_d) != dossier) {
      throw differs(say("dossier {1}", {dossier.id_d.text()}), from_, to_);
    }
    for (const auto& [field, file] : dossier.files) {
      if (!is_whole(*store_, dossier.id_d, file)) {
        throw differs(described(dossier, file), from_, to_);
      }
      ++moved.files;
      moved.bytes += file.size;
    }
    ++moved.dossiers;
  }

  void verify(const port::Retour& retour, Move& moved) {
    if (retours_there_->read(retour.id) != retour) {
      throw differs(say("PES Retour {1}", {retour.id}), from_, to_);
    }
    (void)retour_bytes(*retours_there_, retour);
    ++moved.retours;
  }

  static bool is_whole(const port::Store& store, const DossierId& id, const StoredFile& file) {
    const crypto::FileDigest found = crypto::digest_file(store.readable(id, file).path());
    return found.sha256 == file.sha256 && found.size == file.size;
  }

  static std::string described(const Dossier& dossier, const StoredFile& file) {
    return say("the file {1} of dossier {2}", {file.name, dossier.id_d.text()});
  }

  Services& services_;
  port::Records& from_;
  port::Records& to_;
  std::unique_ptr<port::Store> store_;
  std::unique_ptr<port::Journal> journal_;
  std::unique_ptr<port::Stamps> stamps_;
  std::unique_ptr<port::Retours> retours_here_, retours_there_;
};

}  // namespace

bool call_off_move(port::Records& from) {
  const Residence residence = from.residence();
  if (residence == Residence{}) return false;
  if (residence.kind == Residence::Kind::leaving && from.change_residence(residence, {}))
    return true;
  throw not_at_home(from.name(), from.residence());
}

Move move_home(Services& services, port::Records& from, port::Records& to) {
  return Moving(services, from, to).run();
}

}  // namespace pes::flow
