#include "unit/sandbox/flows.hpp"

namespace pes::test {
namespace {

std::string bordereau(const std::string& number) {
  return "<Bordereau><BlocBordereau><Exer V=\"2026\"/><IdBord V=\"" + number +
         "\"/></BlocBordereau><Piece><BlocPiece><InfoPce><IdPce V=\"832\"/></InfoPce></BlocPiece>"
         "<LigneDePiece><BlocLignePiece><InfoLignePce><IdLigne V=\"1\"/></InfoLignePce>"
         "</BlocLignePiece></LigneDePiece></Piece></Bordereau>";
}

}  // namespace

std::string FlowText::bytes() const {
  return prolog + "<n:" + root + " xmlns:n=\"" + root_namespace +
         "\"><Enveloppe><Parametres><Version V=\"2\"/><TypFic V=\"PESALR2\"/><NomFic V=\"" +
         nom_fic + "\"/></Parametres></Enveloppe><EnTetePES>" + header + "</EnTetePES>" + body +
         "</n:" + root + ">";
}

std::string depense(const std::string& first_number, const std::string& second_number) {
  return "<PES_DepenseAller>" + bordereau(first_number) +
         (second_number.empty() ? "" : bordereau(second_number)) + "</PES_DepenseAller>";
}

std::string recette(const std::string& number) {
  return "<PES_RecetteAller><Bordereau><BlocBordereau><Exer V=\"2026\"/><IdBord V=\"" + number +
         "\"/></BlocBordereau><Piece><BlocPiece><IdPce V=\"7\"/></BlocPiece></Piece></Bordereau>"
         "</PES_RecetteAller>";
}

std::string pieces_jointes(const std::string& id_unique) {
  return "<PES_PJ><PJ><IdUnique V=\"" + id_unique + "\"/></PJ></PES_PJ>";
}

std::string flow_named(const std::string& nom_fic) {
  FlowText flow;
  flow.nom_fic = nom_fic;
  flow.body = depense("1");
  return flow.bytes();
}

}  // namespace pes::test
