#include "helios/element_digest.hpp"

#include "helios/reading.hpp"

#include <utility>

namespace pes::helios {

bool is_signature(const xml::ElementName& name) {
  return name.local == "Signature" && name.uri == dsig_namespace;
}

ElementDigest::ElementDigest(const std::vector<port::DigestAlgorithm>& algorithms,
                             DigestQueue& queue)
    : queue_(queue), stream_(std::make_shared<StreamDigest>(algorithms)) {}

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

void ElementDigest::finish(std::size_t rank) {
  writer_.flush();
  queue_.finish(std::move(stream_), rank);
}

std::span<char> ElementDigest::room() {
  block_ = std::make_shared_for_overwrite<DigestQueue::Block::element_type>();
  return *block_;
}

void ElementDigest::written(std::size_t count) {
  canonical_bytes_ += count;
  queue_.update(stream_, std::move(block_), count);
}

}  // namespace pes::helios
