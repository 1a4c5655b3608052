#pragma once

#include <string>

namespace pes::test {

/// What a small PES Aller says, ISO-8859-1; only what the TdT and the DGFiP look at.
struct FlowText {
  std::string prolog = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
  std::string root = "PES_Aller";
  std::string root_namespace = "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller";
  std::string nom_fic = "FLUX-1";
  std::string header =
      "<DteStr V=\"2026-01-05\"/><IdPost V=\"034000\"/><IdColl V=\"12345678912345\"/>"
      "<CodCol V=\"123\"/><CodBud V=\"12\"/><LibelleColBud V=\"COMMUNE\"/>";
  std::string body;  // after EnTetePES

  [[nodiscard]] std::string bytes() const;
};

/// A block of dépense whose bordereaux bear these numbers, with one piece of one line each.
std::string depense(const std::string& first_number, const std::string& second_number = {});
std::string recette(const std::string& number);
std::string pieces_jointes(const std::string& id_unique);

/// A flow of that name with one bordereau.
std::string flow_named(const std::string& nom_fic);

}  // namespace pes::test
