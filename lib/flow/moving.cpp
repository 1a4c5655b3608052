#include "pes/moving.hpp"

#include "crypto/digest.hpp"
#include "flow/in_hand.hpp"
#include "pes/adapters.hpp"
#include "pes/retours.hpp"
#include "support/text.hpp"

#include <memory>
#include <optional>
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

class Moving {
 public:
  Moving(Services& services, port::Records& from, port::Records& to)
      : services_(services),
        from_(from),
        to_(to),
        store_(to.store()),
        journal_(to.journal()),
        stamps_(to.stamps()),
        here_(from.retours()),
        there_(to.retours()) {}

  Move run() {
    const auto place = from_.moved_to();
    if (place && *place != to_.name()) throw moved_home(from_.name(), *place);
    const bool is_over = place && !to_.moved_to();
    if (is_over) return {.changed = false};
    const std::uint64_t have = require_beginning();
    close_both();
    bring_journal(have);
    services_.stamps.visit([&](const port::Stamp& stamp) {
      stamps_->keep(stamp);
      return true;
    });
    bring_dossiers();
    erase_what_was_deleted();
    bring_retours();
    const Move moved = verify();
    to_.set_moved_to(std::nullopt);
    return moved;
  }

 private:
  /// @return where the target's journal ends
  std::uint64_t require_beginning() {
    const auto end = end_of_beginning(*journal_, services_.journal);
    bool is_other = !end;
    if (end == 0) {
      is_other = store_->query({.limit = 1}).total > 0;
      there_->visit([&](const port::Retour&) { is_other = true; },
                    [&](const std::string&, const Error&) { is_other = true; });
    }
    if (!is_other) return *end;
    throw Error(ErrorCode::state_forbids,
                say("{1} holds another home, or more than {2} does", {to_.name(), from_.name()}),
                tr("choose a place that is empty, or that this home was in before"));
  }

  /// Each says that the other has it: nobody changes anything.
  void close_both() {
    if (!to_.moved_to()) to_.set_moved_to(from_.name());
    from_.set_moved_to(to_.name());
  }

  void bring_journal(std::uint64_t position) {
    while (true) {
      const Lines lines = lines_at(services_.journal, position, at_once);
      if (lines.empty()) return;
      journal_->continue_with(lines);
      position += length_of(lines);
    }
  }

  void bring_dossiers() {
    services_.store.visit([&](const Dossier& dossier) { bring(dossier.id_d); },
                          [](const DossierId&, const Error& error) { throw error; });
  }

  /// Held: whoever had it in hand has let it go, and what a death left is completed.
  void bring(const DossierId& id) {
    std::optional<InHand> hand;
    try {
      hand.emplace(services_, id);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::dossier_unknown) return;  // its deletion was completed
      throw;
    }
    const Dossier& dossier = hand->dossier();
    const std::optional<Dossier> there = found_there(id);
    if (there != dossier) copy(dossier, there.has_value());
    if (dossier.attempt && dossier.attempt->kind == Attempt::Kind::tdt_import) {
      (void)store_->claim(dossier.attempt->flow_name(), id, std::nullopt);
    }
  }

  [[nodiscard]] std::optional<Dossier> found_there(const DossierId& id) const {
    try {
      return store_->read(id);
    } catch (const Error& error) {
      // What is damaged there is replaced.
      if (error.code() == ErrorCode::dossier_unknown) return std::nullopt;
      throw;
    }
  }

  void copy(const Dossier& dossier, bool is_there) {
    const std::uint64_t position = journal_->position();
    const auto held = is_there ? store_->hold(dossier.id_d, services_.command, position)
                               : store_->create(dossier.id_d, services_.command, position);
    for (const auto& [field, file] : dossier.files) {
      const StoredFile kept =
          held->keep(first_field(file), file.name, services_.store.path(dossier.id_d, file));
      if (kept != file) throw differs(described(dossier, file), from_, to_);
    }
    held->save(dossier);
  }

  /// Since the target was this home.
  void erase_what_was_deleted() {
    std::vector<DossierId> deleted;
    store_->visit(
        [&](const Dossier& dossier) {
          if (!is_here(dossier.id_d)) deleted.push_back(dossier.id_d);
        },
        [](const DossierId&, const Error& error) { throw error; });
    for (const DossierId& id : deleted) {
      store_->hold(id, services_.command, journal_->position())->erase();
    }
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
    here_->visit(
        [&](const port::Retour& retour) { there_->keep(retour, retour_bytes(*here_, retour)); },
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
    here_->visit([&](const port::Retour& retour) { verify(retour, moved); },
                 [](const std::string&, const Error& error) { throw error; });
    return moved;
  }

  void verify_stamps(Move& moved) {
    std::vector<std::string> digests;
    const auto digest_of = [](const port::Stamp& stamp) {
      return crypto::sha256_hex(stamp.sha256 + std::to_string(stamp.position) + stamp.reply);
    };
    services_.stamps.visit([&](const port::Stamp& stamp) {
      digests.push_back(digest_of(stamp));
      return true;
    });
    stamps_->visit([&](const port::Stamp& stamp) {
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
      const crypto::FileDigest found = crypto::digest_file(store_->path(dossier.id_d, file));
      if (found.sha256 != file.sha256 || found.size != file.size) {
        throw differs(described(dossier, file), from_, to_);
      }
      ++moved.files;
      moved.bytes += file.size;
    }
    ++moved.dossiers;
  }

  void verify(const port::Retour& retour, Move& moved) {
    if (there_->read(retour.id) != retour) {
      throw differs(say("PES Retour {1}", {retour.id}), from_, to_);
    }
    (void)retour_bytes(*there_, retour);
    ++moved.retours;
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
  std::unique_ptr<port::Retours> here_, there_;
};

}  // namespace

Move move_home(Services& services, port::Records& from, port::Records& to) {
  return Moving(services, from, to).run();
}

}  // namespace pes::flow
