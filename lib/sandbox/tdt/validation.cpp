#include "crypto/digest.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/scenario.hpp"
#include "sandbox/tdt/flow.hpp"
#include "sandbox/tdt/platform.hpp"
#include "sandbox/tdt/retours.hpp"
#include "sandbox/tdt/signature_control.hpp"
#include "sandbox/tdt/workers.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace pes::sandbox::tdt {
namespace {

constexpr std::size_t piece_of_file = 65536;
constexpr std::size_t characters_searched = 50;
constexpr std::size_t longest_cod_col = 3;
constexpr std::size_t longest_id_coll = 14;
constexpr std::size_t longest_id = 20;

/// The whole of S²LOW's look at the encoding: a text among the first characters.
bool says_latin1(const std::filesystem::path& file) {
  std::array<char, characters_searched> head{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(head.data(), head.size());
  return contains_ignoring_case({head.data(), static_cast<std::size_t>(stream.gcount())},
                                "iso-8859-1");
}

/// What a scanner of viruses finds in the file made for its tests (eicar.org), wherever it
/// stands: alone, it would be no XML.
bool is_infected(const std::filesystem::path& file) {
  constexpr std::string_view mark = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE";
  std::ifstream stream(file, std::ios::binary);
  std::string window;
  std::array<char, piece_of_file> piece{};
  while (stream.read(piece.data(), piece.size()), stream.gcount() > 0) {
    window.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (window.find(mark) != std::string::npos) return true;
    window.erase(0, window.size() - std::min(window.size(), mark.size() - 1));
  }
  return false;
}

/// False when another transaction of the platform holds this pair, for ever. Both the platform
/// and the authority must have lifted the control for it not to count.
bool reserve(const Layout& layout, const Platform& platform, const State& state) {
  if (!platform.checks_nom_fic && !platform.authority(state.authority).checks_nom_fic) return true;
  const Lock lock(layout.tdt("nomfic.lock"));
  const std::filesystem::path place =
      layout.tdt("nomfic") / crypto::sha256_hex(state.nom_fic + "\n" + state.cod_col);
  if (std::filesystem::exists(place)) return read_file(place, longest_id) == state.id;
  replace_file(place, state.id);
  return true;
}

/// The message of a failed control; empty when the flow may be transmitted.
std::string failed_control(const Layout& layout, const Platform& platform, State& state) {
  const auto failure = [&](std::string_view message) {
    return "Transaction " + state.id + " : " + std::string(message);
  };
  const std::filesystem::path file = flow_of(layout, state.id);
  if (!std::filesystem::exists(file)) {
    return failure("fichier non trouvé en local ou sur le cloud");
  }
  if (std::filesystem::file_size(file) == 0) return failure("le fichier est introuvable");
  if (is_infected(file)) return failure("un virus a été detecté dans le fichier PES");
  if (!says_latin1(file)) return failure("ce fichier n'est pas encodé en ISO-8859-1");
  const std::optional<Flow> flow = read_flow(file);
  if (!flow) return failure("ce fichier n'est pas en XML");
  if (!flow->has_content) return failure("ce fichier ne contient ni bordereau, ni PJ, ni marché");
  state.nom_fic = flow->nom_fic.value_or("");
  state.cod_col = flow->cod_col.value_or("");
  state.scenario = scenario_in(state.nom_fic).value_or(state.scenario);
  if (state.nom_fic.empty()) {
    return failure("La balise Enveloppe/Parametre/NomFic n'est pas présente ou est vide");
  }
  if (state.cod_col.size() > longest_cod_col) return failure("Le CodCol est trop long");
  if (crypto::sha1_hex_of(file) != state.sha1) {
    return "Le fichier a été modifé depuis son postage sur la plateforme";
  }
  if (flow->signatures != 0) {
    if (const std::optional<std::string> reason = signature_fault(layout, file)) {
      return "La signature du fichier est invalide : " + *reason;
    }
  }
  if (!reserve(layout, platform, state)) return failure("ce fichier existe déjà sur la plateforme");
  const std::string id_coll = flow->id_coll.value_or("");
  if (id_coll.size() > longest_id_coll) return failure("La balise IdCol est trop longue");
  if (!id_coll.empty()) learn_siret(layout, id_coll, state.authority);
  return {};
}

}  // namespace

Entry validate(const Layout& layout, State& state) {
  const Platform set_up = platform(layout);
  const std::string failure = failed_control(layout, set_up, state);
  if (!failure.empty()) return {status::error, failure, now_in(layout)};
  return {status::waiting,
          fill("Transaction {1} dans la file d'attente{2}", {state.id, queue_mark(set_up)}),
          now_in(layout)};
}

}  // namespace pes::sandbox::tdt
