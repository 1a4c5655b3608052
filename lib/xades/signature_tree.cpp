#include "xades/signature_tree.hpp"

#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/check_row.hpp"

#include <algorithm>
#include <utility>

namespace pes::xades {

using helios::dsig_namespace;

namespace {

/// The only child, when it is of that local name and a XAdES namespace.
Element qualifying_properties_in(Element object) {
  const std::vector<Element> children = object.children();
  if (children.size() != 1 || children.front().name() != "QualifyingProperties") return {};
  return xades_version(children.front().uri()).empty() ? Element() : children.front();
}

void check_children(const SignatureTree& tree, CheckRow& row) {
  std::vector<std::string> names;
  for (const Element child : tree.signature.children()) {
    names.emplace_back(child.uri() == dsig_namespace ? child.name() : "?");
  }
  if (names != std::vector<std::string>{"SignedInfo", "SignatureValue", "KeyInfo", "Object"}) {
    row.fail(
        say("the signature holds {1} where SignedInfo, SignatureValue, KeyInfo and Object "
            "are expected, one of each",
            {names.empty() ? tr("nothing") : join(names, ", ")}));
  }
}

void check_properties(const SignatureTree& tree, CheckRow& row) {
  if (!tree.qualifying_properties) {
    row.fail(tr("its Object does not hold XAdES QualifyingProperties, and nothing else"));
    return;
  }
  if (!tree.signed_properties) row.fail(tr("it does not have exactly one SignedProperties"));
  const std::string target = tree.qualifying_properties.attribute("Target").value_or("");
  if (target != tree.id && target != "#" + tree.id) {
    row.fail(say("its properties say that they belong to \"{1}\"", {target}));
  }
  for (const Element child : tree.qualifying_properties.children()) {
    if (child.is(tree.xades, "UnsignedProperties")) {
      row.warn(tr("it has unsigned properties, which are not taken into account"));
    } else if (child != tree.signed_properties) {
      row.fail(say("its properties hold an unexpected {1}", {child.name()}));
    }
  }
}

/// A second set of properties, or references listed elsewhere, anywhere below.
void check_no_double(const SignatureTree& tree, CheckRow& row) {
  for (const Element element : tree.signature.subtree()) {
    const std::string_view name = element.name();
    const bool is_double =
        (name == "QualifyingProperties" && element != tree.qualifying_properties) ||
        (name == "SignedProperties" && element != tree.signed_properties) || name == "Manifest" ||
        name == "QualifyingPropertiesReference";
    if (is_double) row.fail(say("it holds an unexpected {1}", {name}));
  }
}

}  // namespace

SignatureTree take_apart(const helios::SignatureElement& element) {
  XmlDocument document = parse_document(element.wrapped);
  const Element signature = Element::root_of(document).only(dsig_namespace, "Signature");
  return take_apart(std::move(document), signature);
}

SignatureTree take_apart(XmlDocument document, Element signature) {
  SignatureTree tree;
  tree.document = std::move(document);
  tree.signature = signature;
  tree.signed_info = tree.signature.only(dsig_namespace, "SignedInfo");
  tree.signature_value = tree.signature.only(dsig_namespace, "SignatureValue");
  tree.key_info = tree.signature.only(dsig_namespace, "KeyInfo");
  tree.object = tree.signature.only(dsig_namespace, "Object");
  tree.qualifying_properties = qualifying_properties_in(tree.object);
  tree.xades = tree.qualifying_properties.uri();
  tree.signed_properties = tree.qualifying_properties.only(tree.xades, "SignedProperties");
  tree.signed_signature_properties =
      tree.signed_properties.only(tree.xades, "SignedSignatureProperties");
  tree.id = tree.signature.attribute("Id").value_or("");
  return tree;
}

CheckRow check_shape(const SignatureTree& tree) {
  CheckRow row(5, "signature.shape", SubIndication::format_failure);
  if (!tree.signature) {
    row.fail(tr("the signature is too large, or its text cannot be taken out of the file"));
    return row;
  }
  if (tree.id.empty()) row.note(Weight::refusal_everywhere, tr("the signature has no Id"));
  check_children(tree, row);
  check_properties(tree, row);
  check_no_double(tree, row);
  return row;
}

}  // namespace pes::xades
