#pragma once

#include "helios/digest_queue.hpp"
#include "pes/port/signer.hpp"
#include "xml/byte_sink.hpp"
#include "xml/canonical_writer.hpp"
#include "xml/events.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace pes::helios {

bool is_signature(const xml::ElementName& name);

/// Digests the canonical form of one element while its events pass, its own direct child
/// `ds:Signature` left out: what a reference with the transforms enveloped-signature then
/// exclusive canonicalisation covers (signature §4).
class ElementDigest final : private xml::ByteSink {
 public:
  /// @param queue outlives it
  ElementDigest(const std::vector<port::DigestAlgorithm>& algorithms, DigestQueue& queue);

  void start_element(const xml::StartElement& element);
  void end_element(const xml::ElementName& name);
  void text(std::string_view text);
  void processing_instruction(std::string_view target, std::string_view data);

  /// After the end of the element: its digests go to the queue under this rank.
  void finish(std::size_t rank);
  [[nodiscard]] std::uint64_t canonical_bytes() const { return canonical_bytes_; }

 private:
  std::span<char> room() override;
  void written(std::size_t count) override;
  [[nodiscard]] bool leaves_out() const { return left_out_depth_ != 0; }

  DigestQueue& queue_;
  std::shared_ptr<StreamDigest> stream_;
  DigestQueue::Block block_;
  xml::CanonicalWriter writer_{*this};
  std::size_t depth_ = 0;
  std::size_t left_out_depth_ = 0;  // of the open signature that is left out; 0: none
  std::uint64_t canonical_bytes_ = 0;
};

}  // namespace pes::helios
