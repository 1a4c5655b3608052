#pragma once

#include "pes/flow.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace pes::flow {

/// What a step wants journaled; the rest of the event is known from the dossier.
struct Record {
  EventType type = EventType::dossier_action;
  User user;
  std::string action;
  std::string message;
  Change change;
  std::string attempt;
  std::string reason;
};

/// A dossier taken: held by this process, completed from the journal when its last
/// holder died, and changed through `record` alone.
class InHand {
 public:
  InHand(Services& services, const DossierId& id);
  /// A new dossier, without any state before the first record.
  static InHand create(Services& services, const DossierId& id, std::string id_e, std::string type);

  [[nodiscard]] const Dossier& dossier() const noexcept { return dossier_; }
  [[nodiscard]] Services& services() const noexcept { return services_; }
  [[nodiscard]] port::HeldDossier& files() const noexcept { return *held_; }
  /// Where the bytes of one of its files are, as long as it is in hand. Throws state_damaged when
  /// it has none.
  [[nodiscard]] const std::filesystem::path& path(std::string_view field) const;
  [[nodiscard]] const std::filesystem::path& path(const StoredFile& file) const;

  /// Journals the event, applies it, saves the state, in this order.
  void record(const Record& record);
  /// False after a record that was journaled but whose state could not be saved: the next
  /// holder completes it, and nothing more may be recorded by this one.
  [[nodiscard]] bool is_saved() const { return !held_->owes_save(); }
  /// Replaces the job alone. It is a plan, not history: no event tells of it.
  void plan(const std::optional<Job>& job);
  /// Erases the dossier; its last event must be journaled already.
  void erase();

 private:
  InHand(Services& services, std::unique_ptr<port::HeldDossier> held, Dossier dossier);
  void complete_from_journal();

  Services& services_;
  std::unique_ptr<port::HeldDossier> held_;
  Dossier dossier_;
  mutable std::map<std::string, ReadableFile> read_;  // by their path
};

/// The job that follows a state: its automatic follower, due now.
std::optional<Job> next_job(Action state, Instant now);

void notify(const Services& services, Notice::Kind kind, const DossierId& id, std::string text);

}  // namespace pes::flow
