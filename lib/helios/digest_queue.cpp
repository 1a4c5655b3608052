#include "helios/digest_queue.hpp"

#include <system_error>

namespace pes::helios {

namespace {

constexpr std::size_t most_waiting = 16;

}  // namespace

StreamDigest::StreamDigest(const std::vector<port::DigestAlgorithm>& algorithms) {
  for (const port::DigestAlgorithm algorithm : algorithms) {
    digesters_.try_emplace(algorithm, algorithm);
  }
}

void StreamDigest::update(std::string_view bytes) {
  for (auto& [algorithm, digester] : digesters_) digester.update(bytes);
}

Digests StreamDigest::finish() {
  Digests digests;
  for (auto& [algorithm, digester] : digesters_) digests.emplace(algorithm, digester.finish());
  return digests;
}

/// Once there is a lane everything goes there, so all is done in order.
template <typename Job>
void DigestQueue::perform(Job job) {
  if (!lane_ && bytes_ >= Lane::worthwhile) {
    try {
      lane_.emplace(most_waiting);
    } catch (const std::system_error&) {
      bytes_ = 0;  // the system has no thread to give: later perhaps
    }
  }
  if (lane_) {
    lane_->add(std::move(job));
  } else {
    job();
  }
}

void DigestQueue::update(std::shared_ptr<StreamDigest> stream, Block block, std::size_t size) {
  bytes_ += size;
  perform([stream = std::move(stream), block = std::move(block), size] {
    stream->update({block->data(), size});
  });
}

void DigestQueue::finish(std::shared_ptr<StreamDigest> stream, std::size_t rank) {
  perform(
      [this, stream = std::move(stream), rank] { finished_.emplace_back(rank, stream->finish()); });
}

std::vector<std::pair<std::size_t, Digests>> DigestQueue::take() {
  if (lane_) lane_->finish();
  return std::exchange(finished_, {});
}

}  // namespace pes::helios
