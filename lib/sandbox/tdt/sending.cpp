#include "crypto/digest.hpp"
#include "sandbox/now.hpp"
#include "sandbox/tdt/flow.hpp"
#include "sandbox/tdt/workers.hpp"
#include "support/text.hpp"

#include <array>

namespace pes::sandbox::tdt {
namespace {

constexpr std::string_view acquit_retour = "PES_ACQUIT_RETOUR";

/// A field that routes the flow to the DGFiP: present, and of an exact length.
struct RoutingField {
  std::string_view name;
  Value value;
  std::size_t length;
};

std::string fault_of(const RoutingField& field) {
  if (field.value.value_or("").empty()) {
    return fill("La balise {1} n'est pas présente ou est vide", {field.name});
  }
  const std::size_t length = length_in_characters(*field.value);
  if (length == field.length) return {};
  return fill("Non-conformité PES aller : la balise {1} contient {2} caractères ({3} attendus).",
              {field.name, std::to_string(length), std::to_string(field.length)});
}

std::string failed_control(const Flow& flow) {
  if (!flow.has_en_tete) return "La balise EnTetePES n'est pas présente ou est vide";
  const bool acknowledges = flow.root == acquit_retour;
  const std::array<RoutingField, 3> fields{
      {{"EnTetePES/CodCol ou EnTetePES/CodColl", acknowledges ? flow.cod_coll : flow.cod_col, 3},
       {"EnTetePES/IdPost", flow.id_post, 6},
       {"EnTetePES/CodBud", flow.cod_bud, 2}}};
  for (const RoutingField& field : fields) {
    if (std::string fault = fault_of(field); !fault.empty()) return fault;
  }
  return {};
}

}  // namespace

Entry send(const Layout& layout, const State& state) {
  const std::filesystem::path file = flow_of(layout, state.id);
  if (crypto::sha1_hex_of(file) != state.sha1) {
    return {status::error,
            fill("Transaction {1} : le fichier a été altéré depuis son postage ou sa signature sur "
                 "la plateforme\n",
                 {state.id}),
            now()};
  }
  const Flow flow = read_sound_flow(file);
  if (const std::string fault = failed_control(flow); !fault.empty()) {
    return {status::error, fill("Transaction {1} : {2}", {state.id, fault}), now()};
  }
  const int sent = flow.root == acquit_retour ? status::no_acquit_expected : status::transmitted;
  return {sent, fill("Transaction {1} transmise au serveur.", {state.id}), now()};
}

}  // namespace pes::sandbox::tdt
