#pragma once

#include "crypto/digest.hpp"
#include "pes/port/signer.hpp"
#include "support/encoding.hpp"
#include "support/lane.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace pes::helios {

using Digests = std::map<port::DigestAlgorithm, Bytes>;

/// Digests of one stream of bytes.
class StreamDigest {
 public:
  explicit StreamDigest(const std::vector<port::DigestAlgorithm>& algorithms);
  void update(std::string_view bytes);
  Digests finish();

 private:
  std::map<port::DigestAlgorithm, crypto::Digester> digesters_;
};

/// Digests streams block by block, on a thread beside the one that reads when there is enough
/// for a thread to pay: digesting takes about as long as all the rest.
class DigestQueue {
 public:
  static constexpr std::size_t block_size = 65536;
  using Block = std::shared_ptr<std::array<char, block_size>>;

  void update(std::shared_ptr<StreamDigest> stream, Block block, std::size_t size);
  /// The digests of this stream will be those of the element of that rank.
  void finish(std::shared_ptr<StreamDigest> stream, std::size_t rank);
  /// Of all streams finished, with their ranks, once they are known.
  std::vector<std::pair<std::size_t, Digests>> take();

 private:
  template <typename Job>
  void perform(Job job);

  std::uint64_t bytes_ = 0;
  std::vector<std::pair<std::size_t, Digests>> finished_;
  std::optional<Lane> lane_;  // last: its jobs use the others
};

}  // namespace pes::helios
