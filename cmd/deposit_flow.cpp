#include "deposit_flow.hpp"

#include "dossier_text.hpp"
#include "dry_run.hpp"
#include "error_of.hpp"
#include "pes/dossier_type.hpp"
#include "pes/pes_aller.hpp"
#include "pes/standing.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace pes::cmd {

namespace {

using Result = DepositedFlow::Result;

/// Whether correcting what was dropped is what helps; otherwise the next run may succeed.
bool is_fault_of_flow(ErrorCode code) {
  switch (code) {
    case ErrorCode::entity_unknown:
    case ErrorCode::type_unknown:
    case ErrorCode::field_invalid:
    case ErrorCode::service_refused:
    case ErrorCode::input_empty:
    case ErrorCode::input_not_xml:
    case ErrorCode::input_doctype:
    case ErrorCode::input_not_pes:
    case ErrorCode::input_encoding:
    case ErrorCode::input_too_large:
    case ErrorCode::input_no_id:
    case ErrorCode::input_duplicate_id:
    case ErrorCode::input_already_signed:
    case ErrorCode::input_not_dematerialised:
    case ErrorCode::input_invalid:
      return true;
    default:
      return false;
  }
}

/// Errors that the next flow for the same TdT would meet as well.
bool is_of_the_service(ErrorCode code) {
  return code == ErrorCode::service_unreachable || code == ErrorCode::identity_refused ||
         code == ErrorCode::config_missing || code == ErrorCode::config_invalid;
}

bool is_transmitted(const Dossier& dossier) {
  return !dossier.value(field::pes_tedetis_transaction_id).empty();
}

bool is_ordered(const Dossier& dossier) { return dossier.job && !dossier.job->is_lock; }

/// Another process may have transmitted what this one ordered.
Result result_once_transmitted(const DepositedFlow& flow) {
  return flow.changed ? Result::sent : Result::already_known;
}

bool may(const Dossier& dossier, Action action) {
  const auto possible = flow::possible_actions(dossier);
  return std::find(possible.begin(), possible.end(), action) != possible.end();
}

bool waits_for_signature(const Dossier& dossier) {
  return dossier_type(dossier.type).signature == SignatureStep::required &&
         dossier.value(field::signature).empty() && may(dossier, Action::modification);
}

/// Empty for that of the file's name.
std::string objet_of(const deposit::Flow& flow, ObjetFrom from) {
  switch (from) {
    case ObjetFrom::nomfic:
      return read_pes_aller({flow.file, flow.name}).nom_fic;
    case ObjetFrom::manifest:
      if (!flow.objet.empty()) return flow.objet;
      throw Error(ErrorCode::input_invalid, say("no manifest gives {1} a title", {flow.name}),
                  say("give it a manifest, or change {1}", {"--objet-from"}));
    case ObjetFrom::what_there_is:
      return flow.objet;
    case ObjetFrom::name:
      break;
  }
  return {};
}

void fail(DepositedFlow& flow, const Error& error) {
  flow.result = is_fault_of_flow(error.code()) ? Result::refused : Result::failed;
  flow.error = error;
}

}  // namespace

DepositedFlow not_deposited(const Error& error, const std::string& shown_as) {
  DepositedFlow flow;
  flow.file = shown_as;
  fail(flow, error);
  return flow;
}

bool is_held(const DepositedFlow& flow) {
  return flow.error && flow.error->code() == ErrorCode::dossier_locked;
}

std::optional<Error> DepositsInCommon::unreachable(const std::string& id_e) const {
  const std::lock_guard alone(mutex_);
  const auto known = unreachable_.find(id_e);
  return known == unreachable_.end() ? std::nullopt : std::optional(known->second);
}

void DepositsInCommon::is_unreachable(const std::string& id_e, const Error& why) {
  const std::lock_guard alone(mutex_);
  unreachable_.emplace(id_e, why);
}

DepositedFlow Depositor::deposit(const deposit::Flow& dropped, const std::string& shown_as) {
  DepositedFlow flow;
  flow.file = shown_as;
  flow.warnings = dropped.warnings;
  deposit(dropped, flow);
  return flow;
}

void Depositor::go_on_with_held(const deposit::Flow& dropped, DepositedFlow& flow) {
  flow.error.reset();
  deposit(dropped, flow);
}

void Depositor::give_up_held(DepositedFlow& flow) {
  if (!flow.dossier) return;
  try {
    flow.dossier = place_->services.store.read(flow.dossier->id_d);
  } catch (const std::exception& thrown) {
    return fail(flow, error_of(thrown));
  }
  if (is_transmitted(*flow.dossier)) {
    flow.result = result_once_transmitted(flow);
    flow.error.reset();
  } else if (is_ordered(*flow.dossier)) {
    flow.result = Result::pending;
    flow.error.reset();
  }
}

void Depositor::deposit(const deposit::Flow& dropped, DepositedFlow& flow) {
  try {
    make_dossier(dropped, flow);
    if (!session_.options().dry_run) go_on(flow);
  } catch (const std::exception& thrown) {
    fail(flow, error_of(thrown));
  }
}

void Depositor::make_dossier(const deposit::Flow& dropped, DepositedFlow& flow) {
  if (flow.dossier) {
    flow.dossier = place_->services.store.read(flow.dossier->id_d);
  } else {
    const flow::Deposit order = order_for(dropped);
    const flow::Outcome made =
        session_.options().dry_run
            ? rehearsed(session_, [&](auto& services) { return flow::deposit(services, order); })
            : flow::deposit(place_->services, order);
    flow.dossier = made.dossier;
    flow.changed = made.changed;
  }
  flow.result = flow.changed ? Result::created : Result::already_known;
}

flow::Deposit Depositor::order_for(const deposit::Flow& flow) {
  flow::Deposit order;
  order.file = flow.file;
  order.file_name = std::filesystem::path(flow.name).filename().native();
  order.type = rules_.type.empty() ? flow.type : rules_.type;
  order.id_e = rules_.id_e ? *rules_.id_e
                           : session_.settings()
                                 .entities()
                                 .find_by_siret(read_pes_aller({flow.file, flow.name}).id_coll)
                                 .id_e;
  order.objet = objet_of(flow, rules_.objet_from);
  order.envoi_sae = flow.envoi_sae;
  if (rules_.until != Until::created && has_key(order.id_e)) {
    order.signing = flow::SigningWish{.set_dematerialisee = rules_.set_dematerialisee};
  }
  return order;
}

bool Depositor::has_key(const std::string& id_e) {
  return !session_.settings().text("sign.key", id_e).empty();
}

void Depositor::go_on(DepositedFlow& flow) {
  if (rules_.until == Until::created) return;
  if (waits_for_signature(*flow.dossier) && has_key(flow.dossier->id_e)) sign(flow);
  if (rules_.until == Until::sent) send(flow);
}

void Depositor::sign(DepositedFlow& flow) {
  const std::string id_e = flow.dossier->id_e;
  const flow::Outcome made =
      flow::sign(place_->services, flow.dossier->id_d,
                 {.make =
                      [&](const SigningRequest& request) {
                        return sign_pes_aller(request, *common_.keys().signer_for(id_e));
                      },
                  .wish = {.set_dematerialisee = rules_.set_dematerialisee}});
  flow.dossier = made.dossier;
  flow.changed = flow.changed || made.changed;
  flow.result = Result::signed_here;
}

void Depositor::send(DepositedFlow& flow) {
  // What was sent before, and is held back since, goes on when a person says so.
  const bool is_draft = standing_of(*flow.dossier) == Standing::draft;
  if (is_draft && may(*flow.dossier, Action::orientation)) {
    const flow::Outcome ordered = flow::send(place_->services, flow.dossier->id_d);
    flow.dossier = ordered.dossier;
    flow.changed = flow.changed || ordered.changed;
  }
  if (is_ordered(*flow.dossier) && !is_transmitted(*flow.dossier)) transmit(flow);
  if (is_transmitted(*flow.dossier)) {
    // What became of it since is no matter of a deposit.
    flow.result = result_once_transmitted(flow);
    return;
  }
  if (flow.error) return;
  const auto error = trouble(*flow.dossier, last_message(session_.journal(), *flow.dossier));
  if (!error) return;
  flow.result = is_fault_of_flow(error->code()) ? Result::refused : Result::pending;
  flow.error = error;
}

/// As far as the TdT, whose answer comes later.
void Depositor::transmit(DepositedFlow& flow) {
  const std::string& id_e = flow.dossier->id_e;
  if (auto known = common_.unreachable(id_e)) {
    flow.result = Result::pending;
    flow.error = std::move(known);
    return;
  }
  flow::Services& services = place_->services;
  const flow::Partners partners = place_->connections.partners();
  flow::Step step;
  do {
    step = flow::advance(services, partners, flow.dossier->id_d);
    flow.dossier = step.dossier;
    flow.changed = flow.changed || step.result == flow::Step::Result::moved;
  } while (step.result == flow::Step::Result::moved && !is_transmitted(step.dossier) &&
           !services.clock.is_over());
  flow.result = Result::pending;
  if (!step.error || step.error->code() == ErrorCode::cancelled) return;
  flow.error = step.error;
  if (is_of_the_service(step.error->code())) common_.is_unreachable(id_e, *step.error);
}

}  // namespace pes::cmd
