#pragma once

#include "pes/export.hpp"
#include "pes/file_place.hpp"
#include "pes/finding.hpp"
#include "pes/named_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pes {

enum class Domain { depense, recette };

/// A `Bordereau` of PES_DepenseAller or PES_RecetteAller (pes §4, §5). Values are the
/// `V` attributes as they stand, empty when absent.
struct Bordereau {
  Domain domain = Domain::depense;
  std::string id;  // attribute Id
  std::string exer, id_bord, dte_bord_em, typ_bord, nbr_pce, mt_cumul_annuel, mt_bord_ht,
      mt_bord_tva;
  std::uint64_t pieces = 0;
  std::uint64_t lignes = 0;
  bool is_signed = false;
  std::uint64_t line = 0;    // of its start tag
  std::uint64_t column = 0;  // of its start tag
  bool operator==(const Bordereau&) const = default;
};

/// What a user is shown of a PES Aller, read in one pass (pes §5).
struct PesAller {
  std::string root_id;              // attribute Id of the root
  std::string encoding;             // as declared; empty when the declaration names none
  bool latin1_in_first_50 = false;  // S²LOW's own textual test (tdt §7, control 4)
  std::uint64_t size = 0;           // bytes of the file
  std::string version, typ_fic, nom_fic;
  std::string dte_str, id_post, id_coll, cod_col, cod_bud, libelle_col_bud;
  bool has_depense = false, has_recette = false, has_facture = false, has_marche = false,
       has_pj = false;
  /// InfoDematerialisee of each header; nullopt when the element or the block is absent.
  std::optional<std::string> demat_depense, demat_recette;
  std::vector<Bordereau> bordereaux;
  /// Distinct values in document order (the rule of Pastell, pes §5).
  std::vector<std::string> exercices, id_bords, id_pces, natures, fonctions, id_pjs;
  bool root_is_signed = false;
  std::uint64_t signatures = 0;  // ds:Signature elements, anywhere
  // Where their start tags stand; nowhere when they are not there.
  FilePlace root_at, parametres_at, entete_pes_at, depense_at, recette_at;
  FilePlace nom_fic_at, id_post_at, id_coll_at, cod_col_at, cod_bud_at;
  bool c1_bytes = false;  // 0x80–0x9F in an ISO-8859-1 file: Windows-1252 text, certainly
  /// "PES_RecetteAller, PES_DepenseAller…" in the order of sae §8; PES_PJ only when alone.
  [[nodiscard]] PES_EXPORT std::string domains() const;
  bool operator==(const PesAller&) const = default;
};

/// Bounds of what is read; beyond them input_too_large.
struct ReadLimits {
  std::uint64_t max_bytes = 4ULL << 30U;
  int max_depth = 256;
  std::size_t max_attributes = 256;  // of one element, namespace declarations included
  /// All signatures are held together until they are judged: far more than any flow has, a
  /// Bordereau and the root having one each, of some kilobytes.
  std::size_t max_signatures = 5'000;
  std::uint64_t max_signature_bytes = 64ULL << 20U;  // of all, with the namespaces in scope of each
};

/// Reads a PES Aller in one forward pass, in memory that does not grow with the file.
/// Throws file_unknown, input_empty, input_not_xml (with line and column), input_doctype,
/// input_not_pes, input_encoding, input_too_large.
PES_EXPORT PesAller read_pes_aller(const NamedFile& file, const ReadLimits& limits = {});

/// What the headers and bordereaux of a flow tell: the TdT's own controls in their order (tdt §7),
/// the rule of InfoDematerialisee, Ids, numbers. The whole is check_flow (preflight.hpp).
PES_EXPORT std::vector<Finding> check_pes_aller(const PesAller& flow, std::uint64_t max_bytes);

/// The first faults of a flow against the official schemas of PES V2, as warnings with their
/// lines: Hélios judges by schemas of its own day. In one more pass, in memory that does not grow
/// with the file, and without network; may be called from several threads.
/// @param schemas folder of the set as the DGFiP gives it, which holds `PES_V2/Rev0/PES_Aller.xsd`;
///        empty: no set is at hand, and there is nothing to say
/// Throws config_invalid when the schemas cannot be loaded, and as read_pes_aller.
PES_EXPORT std::vector<Finding> schema_faults(const NamedFile& file,
                                              const std::filesystem::path& schemas);

}  // namespace pes
