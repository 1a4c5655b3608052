#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pes::sandbox::tdt {

/// A `V` attribute: none when its element is absent.
using Value = std::optional<std::string>;

struct FlowPiece {
  std::string number;
  std::string last_line;  // IdLigne
};

/// What Hélios answers about, one by one.
struct FlowElement {
  enum class Kind { depense, recette, piece_jointe, marche, facture };
  Kind kind = Kind::depense;
  std::string number;    // IdBord, IdUnique of the PJ, IdContrat
  std::string exercice;  // bordereaux only
  FlowPiece last_piece;  // bordereaux only
};

/// What S²LOW and Hélios look at in a file that was sent, whatever its root. Read by code
/// of the sandbox's own: it must not take the tool's reading for granted.
struct Flow {
  std::string root;  // local name
  /// The root has an un-namespaced child other than Enveloppe and EnTetePES.
  bool has_content = false;
  bool has_en_tete = false;
  Value nom_fic, dte_str, id_post, id_coll, cod_col, cod_coll, cod_bud, libelle_col_bud;
  std::vector<FlowElement> elements;
  std::uint64_t signatures = 0;
};

/// Reads in one pass, in memory that does not grow with the file's texts. None when the
/// file is not well-formed XML; a DOCTYPE counts as such, although S²LOW's parser takes it.
std::optional<Flow> read_flow(const std::filesystem::path& file);

/// The same for a file that was read before. Throws state_damaged when it changed since.
Flow read_sound_flow(const std::filesystem::path& file);

}  // namespace pes::sandbox::tdt
