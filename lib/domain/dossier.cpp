#include "pes/dossier.hpp"

#include "pes/event.hpp"

#include <utility>

namespace pes {

std::string field::earlier(std::string_view field, std::size_t rank) {
  return std::string(field) + "_" + std::to_string(rank);
}

std::string Dossier::titre() const {
  const std::string_view objet = value(field::objet);
  return objet.empty() ? id_d.text() : std::string(objet);
}

Action Dossier::state() const { return etats.empty() ? Action::creation : etats.back().action; }

const Row& Dossier::last_row() const { return etats.back(); }

std::string_view Dossier::value(std::string_view field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

const StoredFile* Dossier::file(std::string_view field) const {
  const auto found = files.find(field);
  return found == files.end() ? nullptr : &found->second;
}

std::vector<std::string> Dossier::earlier(std::string_view field) const {
  std::vector<std::string> present;
  for (std::size_t rank = 1;; ++rank) {
    std::string name = field::earlier(field, rank);
    if (file(name) == nullptr) return present;
    present.push_back(std::move(name));
  }
}

namespace {

template <typename Map, typename Changes>
void merge(Map& map, const Changes& changes) {
  for (const auto& [name, value] : changes) {
    if (value) {
      map.insert_or_assign(name, *value);
    } else if (const auto found = map.find(name); found != map.end()) {
      map.erase(found);
    }
  }
}

void add_row(Dossier& dossier, Action action, const Event& event) {
  const bool again = !dossier.etats.empty() && dossier.etats.back().action == action &&
                     dossier.etats.back().user.id_u == event.user.id_u;
  if (again) {
    dossier.etats.back().date = event.date;
    dossier.etats.back().id_j = event.id_j;
    return;
  }
  dossier.etats.push_back(
      {.action = action, .date = event.date, .user = event.user, .id_j = event.id_j});
}

}  // namespace

void apply(Dossier& dossier, const Event& event) {
  dossier.id_j = event.id_j;
  dossier.id_j_sha256 = event.sha256;
  if (event.type == EventType::consultation) dossier.readers.insert(event.user.id_u);
  if (!event.change) return;
  const Change& change = *event.change;
  if (dossier.etats.empty()) dossier.creation = event.date;
  dossier.modification = event.date;
  merge(dossier.fields, change.fields);
  merge(dossier.files, change.files);
  if (change.job) dossier.job = *change.job;
  if (change.attempt) dossier.attempt = *change.attempt;
  if (change.row) add_row(dossier, *change.row, event);
}

}  // namespace pes
