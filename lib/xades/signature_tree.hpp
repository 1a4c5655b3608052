#pragma once

#include "helios/reading.hpp"
#include "xades/check_row.hpp"
#include "xades/xml_tree.hpp"

#include <string>

namespace pes::xades {

/// A `ds:Signature` taken apart. An element that is missing, or of which there are several, is
/// none; check 5 says so.
struct SignatureTree {
  XmlDocument document;
  Element signature;
  Element signed_info;
  Element signature_value;
  Element key_info;
  Element object;
  Element qualifying_properties;
  Element signed_properties;
  Element signed_signature_properties;
  std::string id;
  std::string xades;  // namespace of QualifyingProperties
};

SignatureTree take_apart(const helios::SignatureElement& element);
/// The same for a signature that stands in a document of its own.
SignatureTree take_apart(XmlDocument document, Element signature);

/// Check 5 of signature §8: one of each, in its place, and nothing that could be shown in the
/// place of what is signed.
CheckRow check_shape(const SignatureTree& tree);

}  // namespace pes::xades
