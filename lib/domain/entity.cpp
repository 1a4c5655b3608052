#include "pes/entity.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace pes {

namespace {

constexpr std::string_view root_id = "0";

/// The key of a SIREN is Luhn's: from the right, every second digit counts double.
bool is_siren(std::string_view siren) {
  if (siren.size() != 9) return false;
  int sum = 0;
  for (std::size_t i = 0; i < siren.size(); ++i) {
    const char c = siren[siren.size() - 1 - i];
    if (c < '0' || c > '9') return false;
    const int digit = (c - '0') * (i % 2 == 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

Error invalid(std::string_view id_e, const std::string& message) {
  return {ErrorCode::config_invalid, say("entity {1}: {2}", {id_e, message}),
          tr("see the entities of the configuration: pes config show")};
}

void require_sound(const Entity& entity) {
  if (entity.id_e.empty() || entity.id_e == root_id) {
    throw invalid(entity.id_e, tr("this identifier is kept for the root"));
  }
  if (trimmed(entity.denomination).empty()) {
    throw invalid(entity.id_e, tr("it has no denomination"));
  }
  if (!entity.siren.empty() && !is_siren(entity.siren)) {
    throw invalid(entity.id_e, say("{1} is no SIREN (9 digits, Luhn key)", {entity.siren}));
  }
}

class DepthFirst {
 public:
  explicit DepthFirst(const std::vector<Entity>& entities) {
    for (const Entity& entity : entities) {
      const std::string& parent =
          entity.entite_mere.empty() ? std::string(root_id) : entity.entite_mere;
      children_[parent].push_back(entity);
    }
    for (auto& [parent, children] : children_) {
      std::sort(children.begin(), children.end(), [](const Entity& a, const Entity& b) {
        return std::tie(a.denomination, a.id_e) < std::tie(b.denomination, b.id_e);
      });
    }
    visit(std::string(root_id));
  }

  std::vector<Entity> found;

 private:
  void visit(const std::string& parent) {
    const auto children = children_.find(parent);
    if (children == children_.end()) return;
    for (Entity entity : children->second) {
      entity.entite_mere = parent;
      found.push_back(entity);
      visit(entity.id_e);
    }
  }

  std::map<std::string, std::vector<Entity>> children_;
};

}  // namespace

EntityTree::EntityTree(std::vector<Entity> entities) {
  for (const Entity& entity : entities) {
    require_sound(entity);
    const auto same = std::count_if(entities.begin(), entities.end(),
                                    [&](const Entity& other) { return other.id_e == entity.id_e; });
    if (same > 1) throw invalid(entity.id_e, tr("two entities have this identifier"));
  }
  entities_ = DepthFirst(entities).found;
  // What the root does not reach hangs from an unknown parent, or in a circle.
  for (const Entity& entity : entities) {
    const bool reached = std::any_of(entities_.begin(), entities_.end(), [&](const Entity& other) {
      return other.id_e == entity.id_e;
    });
    if (!reached) {
      throw invalid(entity.id_e,
                    say("its parent {1} is unknown, or is below it", {entity.entite_mere}));
    }
  }
}

const Entity& EntityTree::find(std::string_view designation) const {
  std::vector<const Entity*> matches;
  for (const Entity& entity : entities_) {
    if (entity.id_e == designation) return entity;
    std::string path;
    for (const std::string& id_e : line_of(entity.id_e)) {
      const auto step = std::find_if(entities_.begin(), entities_.end(),
                                     [&](const Entity& other) { return other.id_e == id_e; });
      if (!path.empty()) path.insert(0, "/");
      path.insert(0, step->denomination);
    }
    if (entity.denomination == designation || path == designation) matches.push_back(&entity);
  }
  if (matches.size() == 1) return *matches.front();
  if (matches.empty()) {
    throw Error(ErrorCode::entity_unknown, say("there is no entity « {1} »", {designation}),
                tr("see the entities: pes entities"));
  }
  throw Error(ErrorCode::entity_unknown, say("several entities are called « {1} »", {designation}),
              tr("name it by its number or its path: pes entities"));
}

const Entity& EntityTree::find_by_siret(std::string_view siret) const {
  constexpr std::size_t length = 14;
  constexpr std::size_t siren_length = 9;
  std::string whole(siret);
  if (whole.size() < length) whole.insert(0, length - whole.size(), '0');
  std::vector<const Entity*> matches;
  for (const Entity& entity : entities_) {
    const bool fits = !siret.empty() && !entity.siren.empty() &&
                      entity.siren == std::string_view(whole).substr(0, siren_length);
    if (fits && entity.is_active) matches.push_back(&entity);
  }
  if (matches.size() == 1) return *matches.front();
  if (matches.empty()) {
    throw Error(ErrorCode::entity_unknown, say("no active entity has the SIRET « {1} »", {siret}),
                tr("give the entity its SIREN in the configuration: pes entities"));
  }
  std::vector<std::string> names;
  for (const Entity* entity : matches) names.push_back(entity->denomination);
  throw Error(ErrorCode::entity_unknown,
              say("several entities have the SIREN of « {1} »: {2}", {siret, join(names, ", ")}),
              tr("deposit its flows apart, with --entity"));
}

std::string EntityTree::path(std::string_view id_e) const {
  std::vector<std::string> names;
  for (const std::string& step : line_of(id_e)) names.push_back(find(step).denomination);
  names.emplace_back(root_denomination);
  std::reverse(names.begin(), names.end());
  return join(names, " / ");
}

std::vector<std::string> EntityTree::line_of(std::string_view id_e) const {
  std::vector<std::string> line;
  std::string current(id_e);
  while (!current.empty() && current != root_id) {
    const auto found = std::find_if(entities_.begin(), entities_.end(),
                                    [&](const Entity& entity) { return entity.id_e == current; });
    if (found == entities_.end()) break;
    line.push_back(current);
    current = found->entite_mere;
  }
  return line;
}

std::vector<Entity> EntityTree::children(std::string_view id_e) const {
  std::vector<Entity> result;
  for (const Entity& entity : entities_) {
    if (entity.entite_mere == id_e) result.push_back(entity);
  }
  return result;
}

int EntityTree::depth(std::string_view id_e) const {
  return static_cast<int>(line_of(id_e).size());
}

}  // namespace pes
