#include "crypto/digest.hpp"
#include "pes/sandbox.hpp"
#include "sandbox/faults.hpp"
#include "sandbox/layout.hpp"
#include "sandbox/sae/checks.hpp"
#include "sandbox/sae/state.hpp"
#include "sandbox/sae/transfer.hpp"
#include "sandbox/tdt/state.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <limits>
#include <set>
#include <utility>

namespace pes::sandbox {
namespace {

constexpr std::size_t largest_bordereau = 1U << 26U;

/// The flows that the TdT has, found by any digest of theirs.
class Flows {
 public:
  explicit Flows(const Layout& layout) : layout_(layout) {
    for (const std::string& id : tdt::all_ids(layout)) {
      if (const std::optional<tdt::State> state = tdt::find(layout, id)) add(*state);
    }
  }

  /// Null when no flow has this digest.
  FlowCount* with_digest(port::DigestAlgorithm algorithm, const std::string& hex) {
    auto& known = by_digest_[algorithm];
    if (known.empty()) known = index(algorithm);
    const auto found = known.find(hex);
    return found == known.end() ? nullptr : &flows_[found->second];
  }

  std::vector<FlowCount> finish() { return std::move(flows_); }

 private:
  using Index = std::map<std::string, std::size_t>;

  void add(const tdt::State& state) {
    const auto [place, is_new] = by_sha1_.emplace(state.sha1, flows_.size());
    if (is_new) {
      flows_.emplace_back();
      flows_.back().sha256 = crypto::digest_file(tdt::flow_of(layout_, state.id)).sha256;
    }
    FlowCount& flow = flows_[place->second];
    flow.nom_fic = state.nom_fic;
    flow.cod_col = state.cod_col;
    flow.transactions.push_back(state.id);
    if (!state.acquit_name.empty()) ++flow.acquitted;
  }

  [[nodiscard]] Index index(port::DigestAlgorithm algorithm) const {
    Index result;
    for (std::size_t rank = 0; rank < flows_.size(); ++rank) {
      const FlowCount& flow = flows_[rank];
      result.emplace(algorithm == port::DigestAlgorithm::sha256
                         ? flow.sha256
                         : digest_of(algorithm, flow.transactions.front()),
                     rank);
    }
    return result;
  }

  [[nodiscard]] std::string digest_of(port::DigestAlgorithm algorithm,
                                      const std::string& id) const {
    return hex(crypto::digest(
        algorithm, read_file(tdt::flow_of(layout_, id), std::numeric_limits<std::size_t>::max())));
  }

  const Layout& layout_;
  std::vector<FlowCount> flows_;
  Index by_sha1_;
  std::map<port::DigestAlgorithm, Index> by_digest_;
};

std::vector<sae::Attachment> attachments_of(const Layout& layout, const std::string& key) {
  const auto bordereau = sae::parse_bordereau(
      read_file(sae::file_of(layout, key, "bordereau.xml"), largest_bordereau));
  const auto transfer = bordereau ? sae::read_transfer(*bordereau) : std::nullopt;
  return transfer ? transfer->attachments : std::vector<sae::Attachment>();
}

/// Adds a transfer to the flows that it holds; false when it holds none.
bool add_transfer(Flows& flows, const Layout& layout, const std::string& key) {
  const std::optional<sae::State> state = sae::find(layout, key);
  if (!state) return true;
  std::set<FlowCount*> held;
  for (const sae::Attachment& attachment : attachments_of(layout, key)) {
    const auto algorithm = sae::digest_algorithm(attachment);
    if (!algorithm) continue;
    if (FlowCount* flow = flows.with_digest(*algorithm, lowered_ascii(attachment.digest))) {
      held.insert(flow);
    }
  }
  for (FlowCount* flow : held) {
    ++flow->deposited;
    if (sae::means_accepted(state->reply_code)) ++flow->archived;
  }
  return !held.empty();
}

}  // namespace

Count count(const std::filesystem::path& folder) try {
  const Layout layout(folder);
  Count result;
  if (!std::filesystem::exists(layout.tdt("transactions"))) return result;
  Flows flows(layout);
  for (const std::string& key : sae::all_keys(layout)) {
    if (!add_transfer(flows, layout, key)) ++result.other_transfers;
  }
  result.flows = flows.finish();
  result.faults = suffered(layout);
  return result;
} catch (const std::filesystem::filesystem_error& failure) {
  throw_io(tr("cannot read"), failure.path1(), failure.code().value());
}

}  // namespace pes::sandbox
