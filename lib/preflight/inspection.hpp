#pragma once

#include "preflight/asap_rules.hpp"
#include "preflight/attachment.hpp"
#include "preflight/bordereau_totals.hpp"
#include "preflight/findings.hpp"
#include "preflight/pj_links.hpp"
#include "preflight/structure.hpp"
#include "preflight/values.hpp"
#include "xml/document_events.hpp"

#include <string_view>
#include <vector>

namespace pes::preflight {

/// What can be said of a PES Aller while it is read: its structure, its values, and the rules of
/// Hélios about them (pes §4, §12). In memory that does not grow with the file.
class Inspection final : public xml::Events {
 public:
  void start_element(const xml::StartElement& element, const xml::Tag& tag) override;
  void end_element(const xml::ElementName& name, const xml::Tag& tag) override;
  void text(std::string_view text) override;
  void processing_instruction(std::string_view /*target*/, std::string_view /*data*/) override {}
  void comment(std::string_view /*text*/) override {}

  /// After the last event.
  std::vector<Finding> take();

 private:
  void note(Field field, const xml::StartElement& element, const xml::Tag& tag);
  void apply_rules(Shape ended);

  Findings findings_;
  Structure structure_{findings_};
  Values values_;
  Attachment attachment_;
  BordereauTotals totals_;
  PjLinks links_;
  AsapTiers asap_tiers_;
  AsapOfTitre asap_of_titre_;
};

}  // namespace pes::preflight
