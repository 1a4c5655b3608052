#pragma once

#include "pes/export.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// A local authority or a part of it (workflow §4.6).
struct Entity {
  std::string id_e;
  std::string denomination;
  std::string siren;        // 9 digits, or empty
  std::string entite_mere;  // id_e of the parent
  bool is_active = true;
};

/// The tree under « Entité Racine » (id_e "0", which is never listed among `all`).
class PES_EXPORT EntityTree {
 public:
  EntityTree() = default;
  /// Throws config_invalid: unknown or cyclic parent, two entities with one id, SIREN
  /// whose Luhn key is wrong, empty denomination.
  explicit EntityTree(std::vector<Entity> entities);

  /// Depth first, children by denomination.
  [[nodiscard]] const std::vector<Entity>& all() const noexcept { return entities_; }
  /// By id_e, by denomination where only one bears it, or by path
  /// (`zTest_Megalis/test`). Throws entity_unknown.
  [[nodiscard]] const Entity& find(std::string_view designation) const;
  /// The active entity whose SIREN a SIRET begins with; zeros that a flow left out in front of it
  /// do not count. Throws entity_unknown when there is none, or more than one.
  [[nodiscard]] const Entity& find_by_siret(std::string_view siret) const;
  /// « Entité Racine / zTest_Megalis / test »
  [[nodiscard]] std::string path(std::string_view id_e) const;
  /// From the entity itself up to, and without, the root.
  [[nodiscard]] std::vector<std::string> line_of(std::string_view id_e) const;
  [[nodiscard]] std::vector<Entity> children(std::string_view id_e) const;
  [[nodiscard]] int depth(std::string_view id_e) const;

 private:
  std::vector<Entity> entities_;
};

inline constexpr std::string_view root_denomination = "Entité Racine";

}  // namespace pes
