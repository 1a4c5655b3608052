#include "crypto/digest.hpp"
#include "sandbox/now.hpp"
#include "sandbox/tdt/flow.hpp"
#include "sandbox/tdt/platform.hpp"
#include "sandbox/tdt/workers.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace pes::sandbox::tdt {
namespace {

/// Known since 5.1.1.
bool is_acquit_retour(const Flow& flow, const Platform& platform) {
  return platform.generation != Generation::v4 && flow.root == "PES_ACQUIT_RETOUR";
}

/// A field that routes the flow to the DGFiP: present, and of an exact length if there is one.
struct RoutingField {
  std::string_view name;
  Value value;
  std::optional<std::size_t> length;
};

std::string fault_of(const RoutingField& field) {
  if (field.value.value_or("").empty()) {
    return fill("La balise {1} n'est pas présente ou est vide", {field.name});
  }
  const std::size_t length = length_in_characters(*field.value);
  if (length == field.length.value_or(length)) return {};
  return fill("Non-conformité PES aller : la balise {1} contient {2} caractères ({3} attendus).",
              {field.name, std::to_string(length), std::to_string(*field.length)});
}

std::string failed_routing(const Flow& flow, const Platform& platform) {
  if (!flow.has_en_tete) return "La balise EnTetePES n'est pas présente ou est vide";
  const auto exactly = [&](std::size_t length) {
    const bool counts = platform.generation != Generation::v4;
    return counts ? std::optional(length) : std::nullopt;
  };
  const std::array<RoutingField, 3> fields{
      {{"EnTetePES/CodCol ou EnTetePES/CodColl",
        is_acquit_retour(flow, platform) ? flow.cod_coll : flow.cod_col, exactly(3)},
       {"EnTetePES/IdPost", flow.id_post, exactly(6)},
       {"EnTetePES/CodBud", flow.cod_bud, exactly(2)}}};
  for (const RoutingField& field : fields) {
    if (std::string fault = fault_of(field); !fault.empty()) return fault;
  }
  return {};
}

std::string failed_destination(const Platform& platform, const State& state) {
  if (!platform.authority(state.authority).has_destination) {
    return "les propriétés Helios FTP ne sont pas configurées correctement";
  }
  if (platform.queue == Queue::wrong) {
    return "la transaction a été aiguillée sur la mauvaise file passtrans";
  }
  return {};
}

bool left_in(const State& state, const Window& window) {
  return std::any_of(state.workflow.begin(), state.workflow.end(), [&](const Entry& entry) {
    const bool left =
        entry.status == status::transmitted || entry.status == status::no_acquit_expected;
    return left && entry.date >= window.from && entry.date < window.until;
  });
}

std::uint64_t consumed(const Layout& layout, const Window& window) {
  std::uint64_t bytes = 0;
  for (const std::string& id : all_ids(layout)) {
    const std::optional<State> other = find(layout, id);
    if (other && left_in(*other, window)) bytes += other->size;
  }
  return bytes;
}

/// No window for now: flows leave.
bool has_room(const Layout& layout, const Platform& platform, const State& state) {
  const Instant date = now_in(layout);
  const auto window =
      std::find_if(platform.windows.begin(), platform.windows.end(),
                   [&](const Window& each) { return date >= each.from && date < each.until; });
  if (window == platform.windows.end()) return true;
  return window->bytes > consumed(layout, *window) + state.size;
}

}  // namespace

std::string_view queue_mark(const Platform& platform) {
  return platform.queue == Queue::gateway ? "" : " [Passtrans]";
}

std::optional<Entry> send(const Layout& layout, const State& state) {
  const Platform set_up = platform(layout);
  if (!has_room(layout, set_up, state)) return std::nullopt;
  const auto failure = [&](std::string_view message) {
    return Entry{status::error, fill("Transaction {1} : {2}", {state.id, message}), now_in(layout)};
  };
  const std::filesystem::path file = flow_of(layout, state.id);
  if (crypto::sha1_hex_of(file) != state.sha1) {
    return failure(
        "le fichier a été altéré depuis son postage ou sa signature sur la plateforme\n");
  }
  const Flow flow = read_sound_flow(file);
  if (const std::string fault = failed_routing(flow, set_up); !fault.empty()) {
    return failure(fault);
  }
  if (const std::string fault = failed_destination(set_up, state); !fault.empty()) {
    return failure(fault);
  }
  if (!set_up.is_dgfip_reachable) return std::nullopt;
  return Entry{is_acquit_retour(flow, set_up) ? status::no_acquit_expected : status::transmitted,
               fill("Transaction {1} transmise au serveur.{2}", {state.id, queue_mark(set_up)}),
               now_in(layout)};
}

}  // namespace pes::sandbox::tdt
