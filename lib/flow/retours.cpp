#include "pes/retours.hpp"

#include "crypto/digest.hpp"
#include "pes/pes_retour.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace pes::flow {

namespace {

constexpr std::size_t largest_retour = 160U * 1024 * 1024;
constexpr std::size_t siret_digits = 14;
constexpr std::size_t siren_digits = 9;

/// IdColl is a number there: its leading zeros do not matter, nor may they be there (pes §10).
std::string siret_of(std::string_view id_coll) {
  if (id_coll.empty() || id_coll.size() >= siret_digits) return std::string(id_coll);
  return std::string(siret_digits - id_coll.size(), '0') + std::string(id_coll);
}

/// To whom a SIRET belongs. The dossiers are only read once the SIREN does not tell.
class Owners {
 public:
  Owners(const Services& services, std::string asking)
      : services_(services), asking_(std::move(asking)) {}

  void attach(port::Retour& retour) {
    const std::string siret = siret_of(retour.id_coll);
    const std::set<std::string> by_siren = of_siren(siret.substr(0, siren_digits));
    if (by_siren.size() == 1) return set(retour, *by_siren.begin(), "siren");
    const std::set<std::string>& by_flows = senders()[siret];
    if (!siret.empty() && by_flows.size() == 1) return set(retour, *by_flows.begin(), "flux");
    set(retour, asking_, "compte");
  }

 private:
  static void set(port::Retour& retour, std::string id_e, std::string rattachement) {
    retour.id_e = std::move(id_e);
    retour.rattachement = std::move(rattachement);
  }

  [[nodiscard]] std::set<std::string> of_siren(const std::string& siren) const {
    std::set<std::string> found;
    for (const Entity& entity : services_.settings.entities().all()) {
      if (!siren.empty() && entity.siren == siren) found.insert(entity.id_e);
    }
    return found;
  }

  std::map<std::string, std::set<std::string>>& senders() {
    if (!senders_) {
      senders_.emplace();
      services_.store.visit(
          [this](const Dossier& dossier) {
            const std::string siret = siret_of(dossier.value(field::id_coll));
            if (!siret.empty()) (*senders_)[siret].insert(dossier.id_e);
          },
          [](const DossierId&, const Error&) {});
    }
    return *senders_;
  }

  const Services& services_;
  std::string asking_;
  std::optional<std::map<std::string, std::set<std::string>>> senders_;
};

/// What its header says; a file that cannot be read is kept all the same.
void describe(port::Retour& retour, std::string_view bytes) {
  try {
    const PesRetour read = read_pes_retour(bytes, retour.nom);
    retour.typ_fic = read.typ_fic;
    retour.domaines = read.domains();
    retour.typ_restit = read.typ_restit;
    retour.dte_str = read.dte_str;
    retour.id_coll = read.id_coll;
    retour.cod_coll = read.cod_coll;
    retour.cod_bud = read.cod_bud;
  } catch (const Error&) {
    return;
  }
}

Event event_about(const Services& services, const port::Retour& retour) {
  Event event;
  event.date = services.clock.now();
  event.id_e = retour.id_e;
  event.user = services.user;
  event.titre = retour.nom;
  event.action = "pes-retour";
  return event;
}

/// The next ones would fail as well.
bool is_the_end(const Error& error) {
  switch (error.code()) {
    case ErrorCode::service_unreachable:
    case ErrorCode::identity_refused:
    case ErrorCode::cancelled:
    case ErrorCode::io_failed:
    case ErrorCode::journal_damaged:
    case ErrorCode::journal_newer:
      return true;
    default:
      return false;
  }
}

class Fetching {
 public:
  Fetching(Services& services, port::Retours& retours, port::Tdt& tdt, const RetourOrder& order)
      : services_(services),
        retours_(retours),
        tdt_(tdt),
        marking_(order.marking),
        owners_(services, order.id_e) {
    retours.visit(
        [this](const port::Retour& retour) {
          if (retour.tdt == tdt_.name()) kept_.emplace(retour.tdt_id, retour);
        },
        [](const std::string&, const Error&) {});
  }

  FetchedRetour fetch(const port::TdtRetour& listed) {
    FetchedRetour fetched;
    fetched.tdt_id = listed.id;
    try {
      const auto known = kept_.find(listed.id);
      fetched.is_new = known == kept_.end();
      fetched.retour = fetched.is_new ? keep(listed) : known->second;
      // Before it leaves the TdT's list, what is here must be what it was.
      (void)retour_bytes(retours_, *fetched.retour);
      if (marking_ == Marking::mark_as_read) {
        mark(*fetched.retour);
        fetched.is_marked = true;
      }
    } catch (const Error& error) {
      fetched.error = error;
    }
    return fetched;
  }

 private:
  port::Retour keep(const port::TdtRetour& listed) {
    const port::TdtFile file = tdt_.retour(listed.id);
    constexpr std::size_t enough = 8;
    port::Retour retour;
    retour.tdt = tdt_.name();
    retour.tdt_id = listed.id;
    retour.received = listed.received;
    retour.fetched = services_.clock.now();
    retour.nom = file.name.empty() ? listed.name : file.name;
    retour.taille = file.bytes.size();
    retour.sha256 = crypto::sha256_hex(file.bytes);
    retour.id = listed.id + "-" + retour.sha256.substr(0, enough);
    describe(retour, file.bytes);
    owners_.attach(retour);
    // First, so that none is ever here without the journal knowing.
    Event event = event_about(services_, retour);
    event.message = fill("PES Retour {1} reçu ({2}, n° {3}), SHA-256 {4}",
                         {retour.id, retour.tdt, retour.tdt_id, retour.sha256});
    services_.journal.append(event);
    return retours_.keep(retour, file.bytes) ? retour : retours_.read(retour.id);
  }

  void mark(const port::Retour& retour) {
    tdt_.mark_retour_read(retour.tdt_id);
    Event event = event_about(services_, retour);
    event.message = fill("PES Retour {1} marqué comme lu ({2}, n° {3})",
                         {retour.id, retour.tdt, retour.tdt_id});
    services_.journal.append(event);
  }

  Services& services_;
  port::Retours& retours_;
  port::Tdt& tdt_;
  Marking marking_;
  Owners owners_;
  std::map<std::string, port::Retour> kept_;  // of this TdT, by its number there
};

std::vector<port::TdtRetour> wanted(port::Tdt& tdt, const RetourOrder& order) {
  std::vector<port::TdtRetour> list = tdt.unread_retours();
  if (order.only.empty()) return list;
  std::vector<port::TdtRetour> chosen;
  for (const std::string& id : order.only) {
    const auto listed =
        std::find_if(list.begin(), list.end(), [&](const auto& retour) { return retour.id == id; });
    // One that somebody has read is not in the list, and can be had all the same.
    chosen.push_back(listed == list.end() ? port::TdtRetour{id, {}, {}} : *listed);
  }
  return chosen;
}

}  // namespace

std::vector<FetchedRetour> fetch_retours(Services& services, port::Retours& retours, port::Tdt& tdt,
                                         const RetourOrder& order) {
  Fetching fetching(services, retours, tdt, order);
  std::vector<FetchedRetour> done;
  for (const port::TdtRetour& listed : wanted(tdt, order)) {
    if (services.clock.is_over()) break;
    done.push_back(fetching.fetch(listed));
    if (done.back().error && is_the_end(*done.back().error)) break;
  }
  return done;
}

std::string retour_bytes(const port::Retours& retours, const port::Retour& retour) {
  const ReadableFile readable = retours.readable(retour);
  const std::filesystem::path& file = readable.path();
  std::string bytes = read_file(file, largest_retour);
  if (crypto::sha256_hex(bytes) == retour.sha256) return bytes;
  throw Error(ErrorCode::state_damaged, say("{1} is not as it was received", {file.native()}),
              say("restore it from a backup, or fetch it again: remove its folder, then pes retour "
                  "get {1}",
                  {retour.tdt_id}));
}

void record_consultation(Services& services, const port::Retour& retour) {
  Event event = event_about(services, retour);
  event.type = EventType::consultation;
  event.action = "Consulté";
  event.message = fill("{1} a consulté le PES Retour {2}", {services.user.name, retour.id});
  services.journal.append(event);
}

}  // namespace pes::flow
