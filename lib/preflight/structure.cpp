#include "preflight/structure.hpp"

#include "helios/reading.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace pes::preflight {

namespace {

constexpr Child root{.name = "PES_Aller", .shape = Shape::flow, .type = {}};
constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The name that the tables have; empty for an element of another namespace.
std::string_view table_name(const xml::ElementName& name) {
  if (name.uri.empty()) return name.local;
  if (name.uri == helios::dsig_namespace && name.local == "Signature") return signature_name;
  return {};
}

bool may_have(Shape shape, std::string_view attribute) {
  switch (shape) {
    case Shape::leaf:
      return attribute == "V";
    case Shape::attachment:
      return attribute == "MIMEType";
    case Shape::flow:
    case Shape::bordereau_depense:
    case Shape::bordereau_recette:
      return attribute == "Id";
    default:
      return shape == Shape::opaque;
  }
}

const xml::Attribute* own_attribute(const xml::StartElement& element, std::string_view name) {
  const auto found = std::find_if(element.attributes.begin(), element.attributes.end(),
                                  [&](const xml::Attribute& attribute) {
                                    return attribute.uri.empty() && attribute.local == name;
                                  });
  return found == element.attributes.end() ? nullptr : &*found;
}

}  // namespace

const Child* Structure::enter(const xml::StartElement& element, const xml::Tag& tag) {
  if (opaque_depth_ > 0) {
    ++opaque_depth_;
    return nullptr;
  }
  if (open_.empty()) return enter_root(element, tag);
  const std::string_view name = table_name(element.name);
  if (name.empty()) {
    findings_.add("structure.namespace",
                  say("{1} is in the namespace {2}: below the root elements have none",
                      {element.name.local, element.name.uri}),
                  tag.at());
  }
  const Child* child = name.empty() ? nullptr : place(name, tag);
  if (child == nullptr || child->shape == Shape::opaque) {
    opaque_depth_ = 1;
    return nullptr;
  }
  Open open;
  open.shape = child->shape;
  open.rule = &element_rule(child->shape);
  open.name = child->name;
  // Who asks has lines counted, and most leaves are empty.
  if (child->shape != Shape::leaf || tag.kind == xml::Tag::Kind::start) open.at = tag.at();
  check_attributes(*child, element, tag);
  check_value(*child, element, tag, open);
  open_.push_back(std::move(open));
  return child;
}

const Child* Structure::enter_root(const xml::StartElement& element, const xml::Tag& tag) {
  Open& open = open_.emplace_back();
  open.shape = root.shape;
  open.rule = &element_rule(root.shape);
  open.name = root.name;
  open.at = tag.at();
  check_attributes(root, element, tag);
  return &root;
}

/// The child of that name where it may stand; what is wrong about its place is told.
const Child* Structure::place(std::string_view name, const xml::Tag& tag) {
  Open& parent = open_.back();
  const auto children = parent.rule->children;
  if (parent.repeating && children[parent.next - 1].name == name) return &children[parent.next - 1];
  for (std::size_t i = parent.next; i < children.size(); ++i) {
    if (children[i].name != name) continue;
    choose_branch(children[i], tag);
    if (i > parent.next) skip(parent, i, tag.at());
    parent.next = i + 1;
    parent.repeating = is_repeatable(children[i].occurs);
    return &children[i];
  }
  return misplaced(name, tag);
}

/// One that may not stand here: it came before, or never may.
const Child* Structure::misplaced(std::string_view name, const xml::Tag& tag) {
  Open& parent = open_.back();
  const auto children = parent.rule->children;
  const auto before = children.first(parent.next);
  const auto known = std::find_if(before.begin(), before.end(),
                                  [&](const Child& child) { return child.name == name; });
  if (known == before.end()) {
    const std::string shown(name);
    findings_.add("structure.unknown",
                  parent.shape == Shape::leaf
                      ? say("{1} stands inside {2}, which has a value only", {shown, parent.name})
                      : say("{1} is no element that {2} has", {shown, parent.name}),
                  tag.at());
    return nullptr;
  }
  if (&*known == &children[parent.next - 1]) {
    findings_.add("structure.repeated", say("{1} has {2} once only", {parent.name, name}),
                  tag.at());
  } else {
    std::erase_if(parent.skipped, [&](const Skipped& one) { return one.child == &*known; });
    findings_.add(
        "structure.order",
        say("in {1}, {2} comes before {3}", {parent.name, name, children[parent.next - 1].name}),
        tag.at());
  }
  return &*known;
}

void Structure::choose_branch(const Child& child, const xml::Tag& tag) {
  Open& parent = open_.back();
  if (child.branch == 0) return;
  if (parent.branch == 0) parent.branch = child.branch;
  if (parent.branch == child.branch) return;
  findings_.add("structure.choice",
                say("in {1}, {2} excludes what stands before it", {parent.name, child.name}),
                tag.at());
}

/// Of the children up to `end` that have not come, those that had to.
void Structure::skip(Open& parent, std::size_t end, xml::Position at) {
  for (std::size_t i = parent.next; i < end; ++i) {
    const Child& child = parent.rule->children[i];
    const bool is_wanted = child.branch == 0 || child.branch == parent.branch;
    if (is_wanted && is_required(child.occurs)) parent.skipped.push_back({&child, at});
  }
}

void Structure::tell_missing(Open& open) {
  skip(open, open.rule->children.size(), open.at);
  for (const Skipped& missing : open.skipped) {
    findings_.add("structure.missing", say("{1} has no {2}", {open.name, missing.child->name}),
                  missing.at);
  }
  if (open.rule->wanted_branch == nullptr || open.branch != 0) return;
  findings_.add("structure.missing",
                say("{1} has no {2}", {open.name, tr(open.rule->wanted_branch)}), open.at);
}

void Structure::check_attributes(const Child& child, const xml::StartElement& element,
                                 const xml::Tag& tag) {
  for (const xml::Attribute& attribute : element.attributes) {
    if (attribute.uri == instance_namespace) continue;
    if (attribute.uri.empty() && may_have(child.shape, attribute.local)) continue;
    findings_.add("structure.attribute",
                  say("{1} has no attribute {2}", {child.name, attribute.local}), tag.at());
  }
}

void Structure::check_value(const Child& child, const xml::StartElement& element,
                            const xml::Tag& tag, Open& open) {
  if (child.shape == Shape::attachment && own_attribute(element, "MIMEType") == nullptr) {
    findings_.add("value.missing", say("{1} has no attribute {2}", {child.name, "MIMEType"}),
                  tag.at());
  }
  if (child.shape != Shape::leaf) return;
  const xml::Attribute* value = own_attribute(element, "V");
  if (value == nullptr) {
    open.text_told = true;
    findings_.add("value.missing",
                  say("{1} has no attribute V: it is written <{1} V=\"…\"/>", {child.name}),
                  tag.at());
    return;
  }
  if (auto fault = fault_of(child.type, child.name, value->value)) {
    findings_.add(fault->code, std::move(fault->message), tag.at());
  }
}

void Structure::text(std::string_view text) {
  if (opaque_depth_ > 0 || open_.empty()) return;
  Open& open = open_.back();
  if (open.shape == Shape::attachment || open.text_told || is_blank(text)) return;
  open.text_told = true;
  findings_.add("structure.text", say("{1} has a text, which nobody reads", {open.name}), open.at);
}

Shape Structure::leave() {
  if (opaque_depth_ > 0) {
    --opaque_depth_;
    return Shape::opaque;
  }
  const Shape shape = open_.back().shape;
  if (shape != Shape::leaf) tell_missing(open_.back());
  open_.pop_back();
  return shape;
}

}  // namespace pes::preflight
