#include "helios/element_digest.hpp"

#include "helios/reading.hpp"

namespace pes::helios {

bool is_signature(const xml::ElementName& name) {
  return name.local == "Signature" && name.uri == dsig_namespace;
}

ElementDigest::ElementDigest(const std::vector<port::DigestAlgorithm>& algorithms) {
  for (const port::DigestAlgorithm algorithm : algorithms) {
    digesters_.try_emplace(algorithm, algorithm);
  }
}

void ElementDigest::start_element(const xml::StartElement& element) {
  ++depth_;
  if (depth_ == 2 && is_signature(element.name)) left_out_depth_ = depth_;
  if (!leaves_out()) writer_.start_element(element);
}

void ElementDigest::end_element(const xml::ElementName& name) {
  if (!leaves_out()) writer_.end_element(name);
  if (left_out_depth_ == depth_) left_out_depth_ = 0;
  --depth_;
}

void ElementDigest::text(std::string_view text) {
  if (!leaves_out()) writer_.text(text);
}

void ElementDigest::processing_instruction(std::string_view target, std::string_view data) {
  if (!leaves_out()) writer_.processing_instruction(target, data);
}

std::map<port::DigestAlgorithm, Bytes> ElementDigest::finish() {
  writer_.flush();
  std::map<port::DigestAlgorithm, Bytes> digests;
  for (auto& [algorithm, digester] : digesters_) digests.emplace(algorithm, digester.finish());
  return digests;
}

void ElementDigest::write(std::string_view bytes) {
  canonical_bytes_ += bytes.size();
  for (auto& [algorithm, digester] : digesters_) digester.update(bytes);
}

}  // namespace pes::helios
