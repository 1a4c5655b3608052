#include "sandbox/sae/worker.hpp"

#include "pes/error.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/sae/agreement.hpp"
#include "sandbox/sae/checks.hpp"
#include "sandbox/sae/messages.hpp"
#include "sandbox/sae/state.hpp"
#include "sandbox/sae/transfer.hpp"
#include "sandbox/scenario.hpp"
#include "sandbox/sequence.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace pes::sandbox::sae {
namespace {

constexpr std::size_t largest_bordereau = 1U << 26U;

/// A transfer that was found sound when it was deposited.
struct Deposit {
  std::string bytes;
  pugi::xml_document bordereau;
  Transfer transfer;
};

Deposit reread(const std::filesystem::path& file) {
  std::string bytes = read_file(file, largest_bordereau);
  std::optional<pugi::xml_document> bordereau = parse_bordereau(bytes);
  if (bordereau) {
    if (std::optional<Transfer> transfer = read_transfer(*bordereau)) {
      return {std::move(bytes), *std::move(bordereau), *std::move(transfer)};
    }
  }
  throw Error(ErrorCode::state_damaged, say("{1} is damaged", {file.native()}));
}

/// What the SAE decides: of a sound transfer, what the scenario wants.
Verdict decide(const Layout& layout, const std::string& key, const State& state,
               const Deposit& deposit, const std::filesystem::path& seda_schema) {
  Verdict verdict = judge(deposit.bytes, deposit.transfer, file_of(layout, key, "archive"),
                          agreement(layout), seda_schema);
  if (!verdict.is_acceptance() || state.scenario != Scenario::sae_rejects) return verdict;
  const std::optional<std::string> asked = reply_code_in(deposit.transfer.nom_fic);
  verdict.code = asked.value_or("300");
  verdict.reason = asked ? "le bac à sable répond " + *asked + ", comme le NomFic le demande"
                         : "l'archiviste du bac à sable refuse ce versement";
  return verdict;
}

}  // namespace

bool advance(const Layout& layout, const std::string& key,
             const std::filesystem::path& seda_schema) {
  if (!find(layout, key)) return false;
  const Lock lock(layout.sae("transfers") / key);
  State state = find(layout, key).value();
  switch (state.stage) {
    case Stage::deposited: {
      const Deposit deposit = reread(file_of(layout, key, "bordereau.xml"));
      replace_file(
          file_of(layout, key, "ar.xml"),
          acknowledgement(deposit.transfer, next_number(layout.sae("last_id")), now_in(layout)));
      state.stage = Stage::acknowledged;
      save(layout, state);
      return true;
    }
    case Stage::acknowledged: {
      const Deposit deposit = reread(file_of(layout, key, "bordereau.xml"));
      const Verdict verdict = decide(layout, key, state, deposit, seda_schema);
      replace_file(file_of(layout, key, "reply.xml"),
                   reply(deposit.transfer, verdict, deposit.bordereau,
                         next_number(layout.sae("last_id")), now_in(layout)));
      state.stage = Stage::replied;
      state.reply_code = verdict.code;
      save(layout, state);
      forget_pending(layout, key);
      return true;
    }
    case Stage::replied:
      return false;
  }
  return false;
}

}  // namespace pes::sandbox::sae
