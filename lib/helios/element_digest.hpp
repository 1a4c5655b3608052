#pragma once

#include "crypto/digest.hpp"
#include "pes/port/signer.hpp"
#include "support/encoding.hpp"
#include "xml/canonical_writer.hpp"
#include "xml/events.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace pes::helios {

bool is_signature(const xml::ElementName& name);

/// Digests the canonical form of one element while its events pass, its own direct child
/// `ds:Signature` left out: what a reference with the transforms enveloped-signature then
/// exclusive canonicalisation covers (signature §4).
class ElementDigest final : private xml::ByteSink {
 public:
  explicit ElementDigest(const std::vector<port::DigestAlgorithm>& algorithms);

  void start_element(const xml::StartElement& element);
  void end_element(const xml::ElementName& name);
  void text(std::string_view text);
  void processing_instruction(std::string_view target, std::string_view data);

  /// After the end of the element.
  std::map<port::DigestAlgorithm, Bytes> finish();
  [[nodiscard]] std::uint64_t canonical_bytes() const { return canonical_bytes_; }

 private:
  void write(std::string_view bytes) override;
  [[nodiscard]] bool leaves_out() const { return left_out_depth_ != 0; }

  std::map<port::DigestAlgorithm, crypto::Digester> digesters_;
  xml::CanonicalWriter writer_{*this};
  std::size_t depth_ = 0;
  std::size_t left_out_depth_ = 0;  // of the open signature that is left out; 0: none
  std::uint64_t canonical_bytes_ = 0;
};

}  // namespace pes::helios
