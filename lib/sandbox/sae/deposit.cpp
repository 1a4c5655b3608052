#include "sandbox/sae/deposit.hpp"

#include "sandbox/now.hpp"
#include "sandbox/sae/transfer.hpp"
#include "sandbox/scenario.hpp"
#include "support/file.hpp"

namespace pes::sandbox::sae {
namespace {

constexpr std::size_t largest_bordereau = 1U << 26U;

Refusal duplicate(const State& state) {
  return {.status = 400,
          .text = "Un transfert d'identifiant " + state.id + " a déjà été déposé par " +
                  state.agency + " (TEST, bac à sable de pes)"};
}

}  // namespace

std::variant<State, Refusal> announce(const Context& context,
                                      const std::filesystem::path& bordereau) {
  if (std::filesystem::file_size(bordereau) == 0) {
    return Refusal{.text =
                       "Erreur de donnée du formulaire : la taille du fichier transmis "
                       "\"bordereau.xml\" est nulle"};
  }
  const auto document = parse_bordereau(read_file(bordereau, largest_bordereau));
  if (!document) {
    return Refusal{.text = "Le bordereau n'est pas un document XML (TEST, bac à sable de pes)"};
  }
  const std::optional<Transfer> transfer = read_transfer(*document);
  if (!transfer) {
    return Refusal{.text =
                       "Le bordereau n'est pas un transfert du SEDA, ou n'a pas d'identifiant "
                       "(TEST, bac à sable de pes)"};
  }
  const State state{.agency = transfer->transferring.identification,
                    .id = transfer->id,
                    .stage = Stage::deposited,
                    .scenario = scenario_in(transfer->nom_fic).value_or(context.scenario),
                    .received = now_in(context.layout)};
  if (state.scenario == Scenario::sae_refuses_deposit) {
    return Refusal{.status = 500,
                   .text = "Ce connecteur bouchon est configuré pour renvoyer une erreur"};
  }
  if (find(context.layout, key_of(state.agency, state.id))) return duplicate(state);
  return state;
}

std::optional<Refusal> complete(const Context& context, Staging& received, const State& state) {
  if (enter(context.layout, received, state)) return std::nullopt;
  return duplicate(state);
}

}  // namespace pes::sandbox::sae
