#pragma once

#include "pes/preflight.hpp"
#include "unit/helios/documents.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pes::test {

inline constexpr std::string_view sound_headers = R"(
<Enveloppe>
<Parametres><Version V="2"/><TypFic V="PESALR2"/><NomFic V="PESALR2_21990001600011_250115_003"/></Parametres>
<Emetteur><Sigle V="EDITEUR"/><Adresse V="LOGICIEL 1"/></Emetteur>
</Enveloppe>
<EnTetePES>
<DteStr V="2026-01-15"/>
<IdPost V="034000"/>
<IdColl V="21990001600011"/>
<CodCol V="123"/>
<CodBud V="00"/>
</EnTetePES>
)";

inline constexpr std::string_view sound_depense = R"(
<PES_DepenseAller>
<EnTeteDepense><IdVer V="2"/><InfoDematerialisee V="0"/></EnTeteDepense>
<Bordereau Id="B1">
<BlocBordereau>
<Exer V="2026"/>
<IdBord V="12"/>
<DteBordEm V="2026-01-15"/>
<TypBord V="01"/>
<NbrPce V="1"/>
<MtCumulAnnuel V="3000.00"/>
<MtBordHT V="1200.50"/>
<MtBordTVA V="240.10"/>
</BlocBordereau>
<Piece>
<BlocPiece><InfoPce>
<IdPce V="312"/>
<TypPce V="01"/>
<NatPce V="01"/>
<Obj V="Toiture"/>
<PJRef><Support V="01"/><IdUnique V="PJ1"/></PJRef>
</InfoPce></BlocPiece>
<LigneDePiece>
<BlocLignePiece>
<InfoLignePce>
<IdLigne V="1"/>
<Nature V="615221"/>
<ModRegl V="03"/>
<TVAIntraCom V="0"/>
<MtHT V="1200.50"/>
<MtTVA V="240.10"/>
</InfoLignePce>
</BlocLignePiece>
<Tiers>
<InfoTiers><IdTiers V="12345678200010"/><NatIdTiers V="01"/><CatTiers V="50"/><NatJur V="03"/><Nom V="TOITS"/></InfoTiers>
<Adresse><TypAdr V="1"/><Adr2 V="3 rue Haute"/><CP V="35000"/><Ville V="Rennes"/><CodRes V="0"/></Adresse>
<CpteBancaire><BIC V="AGRIFRPP"/><IBAN V="FR7630006000011234567890189"/><TitCpte V="TOITS"/></CpteBancaire>
</Tiers>
</LigneDePiece>
</Piece>
</Bordereau>
</PES_DepenseAller>
)";

inline constexpr std::string_view sound_recette = R"(
<PES_RecetteAller>
<EnTeteRecette><IdVer V="2"/><InfoDematerialisee V="0"/></EnTeteRecette>
<Bordereau Id="B2">
<BlocBordereau>
<Exer V="2026"/>
<IdBord V="7"/>
<DteBordEm V="2026-01-15"/>
<TypBord V="01"/>
<NbrPce V="1"/>
<MtBordHt V="80"/>
</BlocBordereau>
<Piece>
<BlocPiece><IdPce V="51"/><TypPce V="01"/><NatPce V="01"/><ObjPce V="Cantine"/></BlocPiece>
<LigneDePiece>
<BlocLignePiece>
<InfoLignePiece>
<IdLigne V="1"/>
<CodProdLoc V="CANT"/>
<Nature V="7067"/>
<Majo V="0"/>
<TvaIntraCom V="0"/>
<MtHT V="80.00"/>
</InfoLignePiece>
</BlocLignePiece>
<Tiers>
<InfoTiers><CatTiers V="01"/><NatJur V="01"/><TypTiers V="01"/><Civilite V="MME"/><Nom V="DEMO"/><Prenom V="JEANNE"/></InfoTiers>
<Adresse><TypAdr V="1"/><Adr2 V="4 rue Basse"/><CP V="35000"/><Ville V="Rennes"/><CodRes V="0"/></Adresse>
</Tiers>
</LigneDePiece>
</Piece>
</Bordereau>
</PES_RecetteAller>
)";

inline constexpr std::string_view sound_pj = R"(
<PES_PJ>
<EnTetePES_PJ><IdVer V="1"/></EnTetePES_PJ>
<PJ><Contenu><Fichier MIMEType="application/pdf">H4sIAAAAAAAAAw==</Fichier></Contenu>
<IdUnique V="PJ1"/><NomPJ V="facture.pdf"/><TypePJ V="003"/><Description V="Facture"/></PJ>
</PES_PJ>
)";

/// A flow of both domains that nobody has anything to say about.
inline std::string sound_flow() {
  return flow_of(std::string(sound_headers) + std::string(sound_depense) +
                 std::string(sound_recette) + std::string(sound_pj));
}

/// With the first occurrence of a text replaced.
inline std::string with(std::string document, std::string_view from, std::string_view to) {
  const std::size_t place = document.find(from);
  if (place == std::string::npos) throw std::logic_error("no such text: " + std::string(from));
  return document.replace(place, from.size(), to);
}

inline std::string sound_flow_with(std::string_view from, std::string_view to) {
  return with(sound_flow(), from, to);
}

inline std::vector<Finding> findings_of(std::string_view document,
                                        const std::filesystem::path& schemas = {}) {
  constexpr std::uint64_t tdt_limit = 134'217'728;
  const WrittenFile file(document);
  return check_flow(file.path(),
                    {.limits = {}, .tdt_max_bytes = tdt_limit, .schemas = schemas, .now = {}})
      .findings;
}

inline std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.push_back(finding.code);
  return codes;
}

inline std::vector<std::string> codes_of(std::string_view document) {
  return codes_of(findings_of(document));
}

}  // namespace pes::test
