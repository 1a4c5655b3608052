#pragma once

#include "helios/flow_path.hpp"
#include "pes/pes_aller.hpp"
#include "xml/events.hpp"
#include "xml/tag.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace pes::helios {

/// Whether the lists of identifiers and codes are wanted: they may grow with the file.
enum class Lists { collected, left_out };

/// Fills a PesAller from its elements (pes §5). Of a value that may stand once the first
/// that is not empty counts.
class FlowFields {
 public:
  FlowFields(PesAller& flow, Lists lists);

  /// An element that has a place of its own.
  void enter(Place place, const xml::StartElement& element, const xml::Tag& tag);
  /// An element without namespace under one that has a place: `V` may be one of our values.
  void read_value(Place parent, std::string_view name, std::string_view value, const xml::Tag& tag);

 private:
  /// Keeps distinct values in the order in which they come.
  class Distinct {
   public:
    explicit Distinct(std::vector<std::string>& values) : values_(values) {}
    void add(std::string_view value);

   private:
    /// Lets a view be looked for without a string made of it.
    struct Hash : std::hash<std::string_view> {
      using is_transparent = void;
    };

    std::vector<std::string>& values_;
    std::unordered_set<std::string, Hash, std::equal_to<>> seen_;
    std::string last_;  // most values come many times in a row
  };

  Distinct* list_for(Place parent, std::string_view name);

  PesAller& flow_;
  Lists lists_;
  Domain domain_ = Domain::depense;
  Distinct exercices_, id_bords_, id_pces_, natures_, fonctions_, id_pjs_;
};

/// The value of an attribute without namespace; empty when absent.
std::string_view attribute(const xml::StartElement& element, std::string_view name);

}  // namespace pes::helios
