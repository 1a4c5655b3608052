#pragma once

#include "deposit_report.hpp"
#include "pes/deposit.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "signing_key.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace pes::cmd {

/// How far a deposit takes a flow.
enum class Until { created, signed_here, sent };
/// Where the title of a dossier comes from; `what_there_is`: the manifest's, or the file's name.
enum class ObjetFrom { what_there_is, nomfic, name, manifest };

struct DepositRules {
  Until until = Until::sent;
  ObjetFrom objet_from = ObjetFrom::what_there_is;
  std::string type;                 // empty: the manifest's, or as the flow is signed
  std::optional<std::string> id_e;  // nothing: that of the flow's SIRET
  bool set_dematerialisee = false;
  bool any_usage = false;
};

/// What depositors who work at the same time share. For several threads.
class DepositsInCommon {
 public:
  DepositsInCommon(Session& session, DepositRules rules)
      : rules_(std::move(rules)), keys_(session, rules_.any_usage) {}

  [[nodiscard]] const DepositRules& rules() const noexcept { return rules_; }
  [[nodiscard]] SigningKeys& keys() noexcept { return keys_; }
  /// Why the TdT of an entity takes nothing now: the others are not kept waiting for it.
  [[nodiscard]] std::optional<Error> unreachable(const std::string& id_e) const;
  void is_unreachable(const std::string& id_e, const Error& why);

 private:
  DepositRules rules_;
  SigningKeys keys_;
  mutable std::mutex mutex_;
  std::map<std::string, Error> unreachable_;
};

/// Deposits flows one after the other: makes the dossier, signs it and sends it, from where a
/// deposit before left it.
class Depositor {
 public:
  Depositor(Session& session, DepositsInCommon& common)
      : session_(session),
        common_(common),
        rules_(common.rules()),
        place_(session.workplace([&session] { return session.is_interrupted_by_person(); })) {}

  /// Throws nothing: what fails is told by the result.
  /// @param shown_as the name under which a person finds it
  DepositedFlow deposit(const deposit::Flow& flow, const std::string& shown_as);
  /// Goes on with a flow whose dossier somebody held, from where that one leaves it.
  void go_on_with_held(const deposit::Flow& dropped, DepositedFlow& flow);
  /// What is told of a flow that somebody holds still, and will do what is left to do.
  void give_up_held(DepositedFlow& flow);

 private:
  void deposit(const deposit::Flow& dropped, DepositedFlow& flow);
  [[nodiscard]] flow::Deposit order_for(const deposit::Flow& flow);
  void make_dossier(const deposit::Flow& dropped, DepositedFlow& flow);
  void go_on(DepositedFlow& flow);
  void sign(DepositedFlow& flow);
  void send(DepositedFlow& flow);
  void transmit(DepositedFlow& flow);
  [[nodiscard]] bool has_key(const std::string& id_e);

  Session& session_;
  DepositsInCommon& common_;
  const DepositRules& rules_;
  std::unique_ptr<Workplace> place_;
};

/// What became of what was dropped, when it cannot be looked at.
DepositedFlow not_deposited(const Error& error, const std::string& shown_as);

/// Whether another worker, with the same bytes, or another process has its dossier in hand.
bool is_held(const DepositedFlow& flow);

}  // namespace pes::cmd
