#include "flow/received.hpp"

namespace pes::flow {

void receive(InHand& hand, Change& change, std::string_view field, const std::string& name,
             const std::string& bytes) {
  const StoredFile kept = hand.files().keep_bytes(field, name, bytes);
  const StoredFile* const before = hand.dossier().file(field);
  if (before != nullptr && before->sha256 != kept.sha256) {
    set_aside(hand.dossier(), change, field);
  }
  change.files.insert_or_assign(std::string(field), kept);
}

void set_aside(const Dossier& dossier, Change& change, std::string_view field) {
  const StoredFile* const there = dossier.file(field);
  if (there == nullptr) return;
  change.files.emplace(field::earlier(field, dossier.earlier(field).size() + 1), *there);
  change.files.emplace(field, std::nullopt);
}

}  // namespace pes::flow
