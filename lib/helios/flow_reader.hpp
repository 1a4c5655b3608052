#pragma once

#include "helios/digest_queue.hpp"
#include "helios/element_digest.hpp"
#include "helios/flow_fields.hpp"
#include "helios/flow_path.hpp"
#include "helios/reading.hpp"
#include "helios/signature_finder.hpp"
#include "xml/document_reader.hpp"
#include "xml/namespace_scope.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace pes::helios {

/// Turns the events of a PES Aller into a Reading. Two canonical forms may grow side by
/// side, that of the root and that of the current Bordereau.
class FlowReader final : public xml::Events {
 public:
  /// @param limits attributes and signatures: here, so that they hold whichever parser reads
  FlowReader(xml::DocumentReader& document, const ReadLimits& limits, const DigestPlan& plan,
             Reading& reading);

  /// Throws input_not_pes on another root element, input_too_large on too many attributes,
  /// Bordereaux, Ids or signatures, input_invalid on a namespace without canonical form when
  /// something is digested.
  void start_element(const xml::StartElement& element, const xml::Tag& tag) override;
  void end_element(const xml::ElementName& name, const xml::Tag& tag) override;
  void text(std::string_view text) override;
  void processing_instruction(std::string_view target, std::string_view data) override;
  void comment(std::string_view /*text*/) override {}  // no canonical form here has any
  /// After the last event: the digests are in the Reading.
  void finish();

 private:
  struct Open {
    Place place = Place::elsewhere;
    std::optional<std::size_t> element;         // rank in Reading::elements
    std::optional<std::size_t> signature;       // rank in Reading::signatures
    std::optional<std::size_t> last_signature;  // child that no element follows yet
  };

  void check_attributes(const xml::StartElement& element, const xml::Tag& tag) const;
  void check_namespaces(const xml::StartElement& element, const xml::Tag& tag) const;
  void check_root(const xml::StartElement& element, const xml::Tag& tag) const;
  void collect_ids(const xml::StartElement& element, const xml::Tag& tag);
  void read_value(Place parent, const xml::StartElement& element, const xml::Tag& tag);
  void open_signable(Open& open, const xml::StartElement& element, const xml::Tag& tag);
  void note_stray(const xml::StartElement& element, const xml::Tag& tag);
  void open_signature(Open& open, const xml::Tag& tag);
  void close_signable(std::size_t rank, const xml::Tag& tag);

  xml::DocumentReader& document_;
  const ReadLimits& limits_;
  const DigestPlan& plan_;
  Reading& reading_;
  FlowFields fields_;
  SignatureFinder signatures_;
  xml::NamespaceScope scope_;
  std::vector<Open> open_;
  DigestQueue queue_;
  std::optional<ElementDigest> root_digest_;
  std::optional<ElementDigest> bordereau_digest_;
};

/// Somebody else who is told all that is read, after the FlowReader: asked for anew each time the
/// document is read from its first byte.
using Watch = std::function<xml::Events&()>;

/// The whole of read_flow but for the file.
/// @param open the same document each time, from its first byte: it is read once by our own
///        parser, and again by libxml2 when that one will not tell what it is
Reading read_flow(const std::function<std::unique_ptr<xml::ByteSource>()>& open,
                  const ReadLimits& limits, const DigestPlan& plan, const Watch& watch = {});

}  // namespace pes::helios
