#include "flow/in_hand.hpp"

#include "support/text.hpp"

#include <utility>

namespace pes::flow {

InHand::InHand(Services& services, const DossierId& id)
    : InHand(services, services.store.hold(id, services.command, services.journal.position()),
             Dossier{}) {
  dossier_ = held_->dossier();
  complete_from_journal();
}

InHand::InHand(Services& services, std::unique_ptr<port::HeldDossier> held, Dossier dossier)
    : services_(services), held_(std::move(held)), dossier_(std::move(dossier)) {}

InHand InHand::create(Services& services, const DossierId& id, std::string id_e, std::string type) {
  Dossier dossier;
  dossier.id_d = id;
  dossier.id_e = std::move(id_e);
  dossier.type = std::move(type);
  return {services, services.store.create(id, services.command, services.journal.position()),
          std::move(dossier)};
}

void InHand::complete_from_journal() {
  const bool in_flight = dossier_.attempt && !dossier_.attempt->unknown;
  const auto since = held_->interrupted_since();
  if (!since && !in_flight) return;
  // A power cut can lose the mark of the dead holder, never an attempt: then the whole
  // journal is read.
  services_.journal.visit(since.value_or(0), [&](const Event& event) {
    if (event.id_d == dossier_.id_d && event.id_j > dossier_.id_j) apply(dossier_, event);
    return true;
  });
  if (dossier_.state() == Action::supression) {
    held_->erase();
    throw Error(ErrorCode::dossier_unknown, say("dossier {1} was deleted", {dossier_.id_d.text()}),
                say("its journal remains: pes journal {1}", {dossier_.id_d.text()}));
  }
  // Even when nothing was missing: saving is what takes the dead holder's mark away.
  held_->save(dossier_);
}

const std::filesystem::path& InHand::path(std::string_view field) const {
  const StoredFile* file = dossier_.file(field);
  if (file == nullptr) {
    throw Error(ErrorCode::state_damaged,
                say("dossier {1} has no file {2}", {dossier_.id_d.text(), field}));
  }
  return path(*file);
}

const std::filesystem::path& InHand::path(const StoredFile& file) const {
  auto found = read_.find(file.path);
  if (found == read_.end()) {
    found = read_.emplace(file.path, services_.store.readable(dossier_.id_d, file)).first;
  }
  return found->second.path();
}

void InHand::record(const Record& record) {
  Event event;
  event.type = record.type;
  event.date = services_.clock.now();
  event.id_e = dossier_.id_e;
  event.user = record.user;
  event.id_d = dossier_.id_d;
  event.document_type = dossier_.type;
  event.action = record.action;
  event.message = record.message;
  event.attempt = record.attempt;
  event.reason = record.reason;
  // A failure that leaves all as it was is an event, not a modification.
  if (record.change != Change{}) event.change = record.change;
  // The title as it will be read beside the event, so after the change.
  Dossier after = dossier_;
  apply(after, event);
  event.titre = after.titre();
  const std::optional<Attempt> before = dossier_.attempt;
  held_->record(dossier_, std::move(event));
  if (before && !dossier_.attempt) services_.store.let_go(before->flow_name(), dossier_.id_d);
  if (record.change.row) {
    notify(services_, Notice::Kind::state, dossier_.id_d, std::string(label(*record.change.row)));
  }
}

void InHand::plan(const std::optional<Job>& job) {
  dossier_.job = job;
  held_->save(dossier_);
}

void InHand::erase() { held_->erase(); }

std::optional<Job> next_job(Action state, Instant now) {
  const auto action = follower(state);
  if (!action) return std::nullopt;
  Job job;
  job.etat_cible = *action;
  job.next_try = now;
  return job;
}

void notify(const Services& services, Notice::Kind kind, const DossierId& id, std::string text) {
  if (services.listener) services.listener({.kind = kind, .id_d = id, .text = std::move(text)});
}

}  // namespace pes::flow
