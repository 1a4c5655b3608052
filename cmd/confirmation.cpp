#include "confirmation.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"
#include "ui/question.hpp"

#include <set>

namespace pes::cmd {

namespace {

using Act = std::function<flow::Outcome(flow::Services&, const DossierId&)>;

/// The dossiers that would change.
std::vector<Dossier> concerned(Session& session, const std::vector<std::string>& items,
                               const Act& act) {
  std::vector<Dossier> dossiers;
  for (const std::string& item : items) {
    const auto id = DossierId::parse(item);
    if (!id) continue;
    try {
      const flow::Outcome outcome =
          rehearsed(session, [&](flow::Services& services) { return act(services, *id); });
      if (outcome.changed) dossiers.push_back(outcome.dossier);
    } catch (const Error& error) {
      // It will be reported when it fails for real; it only is not counted here.
      session.console().detail(1, error.message());
    }
  }
  return dossiers;
}

std::string entities_of(const std::vector<Dossier>& dossiers, const EntityTree& tree) {
  std::set<std::string> paths;
  for (const Dossier& dossier : dossiers) paths.insert(tree.path(dossier.id_e));
  std::string list;
  for (const std::string& path : paths) list += list.empty() ? path : ", " + path;
  return list;
}

}  // namespace

void confirm_batch(Session& session, const std::vector<std::string>& items, const char* effect,
                   const Act& act) {
  if (session.options().questions.answered_yes) return;
  const std::vector<Dossier> dossiers = concerned(session, items, act);
  if (dossiers.empty()) return;
  const std::string entities = entities_of(dossiers, session.settings().entities());
  const std::string number = std::to_string(dossiers.size());
  const std::string question =
      dossiers.size() == 1
          ? say("{1}, for {2}: « {3} » ({4})?",
                {effect, entities, dossiers.front().titre(), dossiers.front().id_d.text()})
          : say("{1}, for {2}: {3} dossiers?", {effect, entities, number});
  ui::confirm(session.options().questions, question);
}

}  // namespace pes::cmd
