#include "helios/flow_reader.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xml/canonical_writer.hpp"
#include "xml/tag_scanner.hpp"

#include <string>

namespace pes::helios {

namespace {

/// Far more than any flow has: NbrPce stops at 99 999 (pes §4), and of Ids there is one a
/// bordereau and a handful a signature.
constexpr std::size_t most_bordereaux = 100'000;
constexpr std::size_t most_ids = 1'000'000;

/// All that some reader of XML takes for an ID, variants of case included (signature §8, row 3).
bool is_id(const xml::Attribute& attribute) {
  const bool may_be = attribute.prefix.empty() || attribute.prefix == "xml";
  return may_be && attribute.local.size() == 2 && (attribute.local[0] | ' ') == 'i' &&
         (attribute.local[1] | ' ') == 'd';
}

void refuse_more_than(std::size_t most, std::size_t count, const xml::DocumentReader& document) {
  if (count < most) return;
  throw Error(ErrorCode::input_too_large, say("{1} has more than {2} bordereaux or Ids",
                                              {document.name(), std::to_string(most)}));
}

}  // namespace

FlowReader::FlowReader(xml::DocumentReader& document, const ReadLimits& limits,
                       const DigestPlan& plan, Reading& reading)
    : document_(document),
      limits_(limits),
      plan_(plan),
      reading_(reading),
      fields_(reading.flow, plan.is_empty() ? Lists::collected : Lists::left_out),
      signatures_(document, limits, reading.signatures) {}

void FlowReader::start_element(const xml::StartElement& element, const xml::Tag& tag) {
  check_attributes(element, tag);
  if (!plan_.is_empty()) check_namespaces(element, tag);
  Open open;
  if (open_.empty()) {
    check_root(element, tag);
    open.place = Place::root;
  } else {
    Open& parent = open_.back();
    if (parent.last_signature) reading_.signatures[*parent.last_signature].last_child = false;
    parent.last_signature.reset();
    if (element.name.uri.empty()) {
      open.place = place_of(parent.place, element.name.local);
      read_value(parent.place, element, tag);
      if (open.place == Place::elsewhere && element.name.local == "Bordereau") {
        note_stray(element, tag);
      }
    }
  }
  collect_ids(element, tag);
  fields_.enter(open.place, element, tag);
  if (open.place == Place::root || open.place == Place::bordereau) {
    open_signable(open, element, tag);
  }
  if (is_signature(element.name)) open_signature(open, tag);
  signatures_.start_element(element);
  if (root_digest_) root_digest_->start_element(element);
  if (bordereau_digest_) bordereau_digest_->start_element(element);
  scope_.open(element.namespaces);
  open_.push_back(open);
}

void FlowReader::end_element(const xml::ElementName& name, const xml::Tag& tag) {
  if (root_digest_) root_digest_->end_element(name);
  if (bordereau_digest_) bordereau_digest_->end_element(name);
  const Open& open = open_.back();
  signatures_.end_element(name);
  if (open.signature) signatures_.close(*open.signature, tag);
  if (open.element) close_signable(*open.element, tag);
  open_.pop_back();
  scope_.close();
}

void FlowReader::text(std::string_view text) {
  if (root_digest_) root_digest_->text(text);
  if (bordereau_digest_) bordereau_digest_->text(text);
  signatures_.text(text);
}

/// Those before and after the root belong to no element.
void FlowReader::processing_instruction(std::string_view target, std::string_view data) {
  if (root_digest_) root_digest_->processing_instruction(target, data);
  if (bordereau_digest_) bordereau_digest_->processing_instruction(target, data);
  signatures_.processing_instruction(target, data);
}

void FlowReader::finish() {
  for (auto& [rank, digests] : queue_.take()) reading_.elements[rank].digests = std::move(digests);
}

void FlowReader::check_attributes(const xml::StartElement& element, const xml::Tag& tag) const {
  if (element.attributes.size() + element.namespaces.size() <= limits_.max_attributes) return;
  const Position at = tag.at();
  throw Error(ErrorCode::input_too_large,
              say("{1}:{2}:{3}: an element has more than {4} attributes",
                  {document_.name(), std::to_string(at.line), std::to_string(at.column),
                   std::to_string(limits_.max_attributes)}),
              tr("those of a PES have a few: export the file again"))
      .at({at.line, at.column});
}

void FlowReader::check_namespaces(const xml::StartElement& element, const xml::Tag& tag) const {
  const auto relative = xml::relative_namespace(element.namespaces);
  if (!relative) return;
  const Position at = tag.at();
  throw Error(
      ErrorCode::input_invalid,
      say("{1}:{2}:{3}: the namespace « {4} » is not an absolute URI, so the flow has no "
          "canonical form and no signature of it could be verified",
          {document_.name(), std::to_string(at.line), std::to_string(at.column), *relative}),
      tr("have the file produced again without that declaration"));
}

void FlowReader::check_root(const xml::StartElement& element, const xml::Tag& tag) const {
  if (element.name.local == "PES_Aller" && element.name.uri == aller_namespace) return;
  const std::string found = element.name.uri.empty()
                                ? std::string(element.name.local)
                                : fill("{{1}}{2}", {element.name.uri, element.name.local});
  const Position at = tag.at();
  throw Error(ErrorCode::input_not_pes,
              say("{1}:{2}:{3}: the root element is {4}, not PES_Aller",
                  {document_.name(), std::to_string(at.line), std::to_string(at.column), found}),
              fill(tr("a PES Aller starts with PES_Aller in the namespace {1}"), {aller_namespace}))
      .at({at.line, at.column});
}

void FlowReader::collect_ids(const xml::StartElement& element, const xml::Tag& tag) {
  for (const xml::Attribute& attribute : element.attributes) {
    if (!is_id(attribute)) continue;
    refuse_more_than(most_ids, reading_.ids.size(), document_);
    std::string name(attribute.prefix);
    if (!name.empty()) name += ":";
    name += attribute.local;
    reading_.ids.push_back({std::string(attribute.value), name, tag.at()});
  }
}

void FlowReader::read_value(Place parent, const xml::StartElement& element, const xml::Tag& tag) {
  if (parent == Place::elsewhere) return;
  const std::string_view value = attribute(element, "V");
  fields_.read_value(parent, element.name.local, value, tag);
  const bool in_header = parent == Place::entete_depense || parent == Place::entete_recette;
  if (!in_header || element.name.local != "InfoDematerialisee") return;
  DematValue demat;
  demat.domain = parent == Place::entete_depense ? Domain::depense : Domain::recette;
  demat.value = value;
  if (const auto raw = document_.raw().slice(tag.begin, tag.end)) {
    if (const auto place = xml::attribute_value(*raw, "V")) {
      demat.bytes = {tag.begin + place->first, tag.begin + place->second};
    }
  }
  reading_.demat.push_back(demat);
}

void FlowReader::open_signable(Open& open, const xml::StartElement& element, const xml::Tag& tag) {
  refuse_more_than(most_bordereaux, reading_.elements.size(), document_);
  open.element = reading_.elements.size();
  SignableElement& signable = reading_.elements.emplace_back();
  signable.id = attribute(element, "Id");
  signable.at = tag.at();
  signable.begin = tag.begin;
  if (open.place == Place::bordereau) {
    signable.kind = reading_.flow.bordereaux.back().domain == Domain::depense
                        ? SignableElement::Kind::depense
                        : SignableElement::Kind::recette;
  }
  const bool is_root = open.place == Place::root;
  const std::vector<port::DigestAlgorithm>& algorithms = is_root ? plan_.root : plan_.bordereaux;
  if (!algorithms.empty()) (is_root ? root_digest_ : bordereau_digest_).emplace(algorithms, queue_);
}

void FlowReader::note_stray(const xml::StartElement& element, const xml::Tag& tag) {
  refuse_more_than(most_bordereaux, reading_.strays.size(), document_);
  StrayBordereau& stray = reading_.strays.emplace_back();
  stray.id = attribute(element, "Id");
  stray.at = tag.at();
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const bool in_its_signature = i + 1 < open_.size() && open_[i + 1].signature;
    if (open_[i].element && !in_its_signature) stray.within.push_back(*open_[i].element);
  }
}

void FlowReader::open_signature(Open& open, const xml::Tag& tag) {
  const std::optional<std::size_t> parent = open_.empty() ? std::nullopt : open_.back().element;
  open.signature = signatures_.open(tag, parent, scope_);
  if (parent) ++reading_.elements[*parent].signatures;
  ++reading_.flow.signatures;
  if (open_.empty()) return;
  open_.back().last_signature = open.signature;
  if (open_.back().place == Place::root) reading_.flow.root_is_signed = true;
  if (open_.back().place == Place::bordereau) reading_.flow.bordereaux.back().is_signed = true;
}

void FlowReader::close_signable(std::size_t rank, const xml::Tag& tag) {
  SignableElement& signable = reading_.elements[rank];
  if (tag.kind == xml::Tag::Kind::end) signable.end_tag = tag.begin;
  std::optional<ElementDigest>& digest =
      signable.kind == SignableElement::Kind::root ? root_digest_ : bordereau_digest_;
  if (!digest) return;
  digest->finish(rank);
  signable.canonical_bytes = digest->canonical_bytes();
  digest.reset();
}

}  // namespace pes::helios
