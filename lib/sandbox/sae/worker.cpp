#include "sandbox/sae/worker.hpp"

#include "pes/error.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/sae/agreement.hpp"
#include "sandbox/sae/checks.hpp"
#include "sandbox/sae/messages.hpp"
#include "sandbox/sae/state.hpp"
#include "sandbox/sae/transfer.hpp"
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

std::string make_reply(const Layout& layout, const std::string& key, const State& state,
                       const std::filesystem::path& seda_schema, std::uint64_t number) {
  const Deposit deposit = reread(file_of(layout, key, "bordereau.xml"));
  Verdict verdict = judge(deposit.bytes, deposit.transfer, file_of(layout, key, "archive"),
                          agreement(layout), seda_schema);
  if (verdict.is_acceptance() && state.scenario == Scenario::sae_rejects) {
    verdict = {
        .code = "300", .reason = "l'archiviste du bac à sable refuse ce versement", .sizes = {}};
  }
  return reply(deposit.transfer, verdict, deposit.bordereau, number, now());
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
      replace_file(file_of(layout, key, "ar.xml"),
                   acknowledgement(deposit.transfer, next_number(layout.sae("last_id")), now()));
      state.stage = Stage::acknowledged;
      save(layout, state);
      return true;
    }
    case Stage::acknowledged:
      replace_file(file_of(layout, key, "reply.xml"),
                   make_reply(layout, key, state, seda_schema, next_number(layout.sae("last_id"))));
      state.stage = Stage::replied;
      save(layout, state);
      forget_pending(layout, key);
      return true;
    case Stage::replied:
      return false;
  }
  return false;
}

}  // namespace pes::sandbox::sae
