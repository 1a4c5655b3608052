#include "helios/signature_finder.hpp"

#include "helios/rewritten.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

namespace pes::helios {

namespace {

/// The XML declaration and the start tag of an element that puts its content in the same
/// namespaces; empty when the encoding has not the characters of a prefix.
std::string wrapper_start(const xml::Encoding& encoding, const xml::NamespaceScope& scope) {
  const bool is_its_own = encoding.ascii_compatible && !encoding.declared.empty();
  const std::string name = is_its_own ? encoding.declared : "UTF-8";
  std::string start = R"(<?xml version="1.0" encoding=")" + name + R"("?><w)";
  for (const xml::NamespaceDeclaration& declaration : scope.in_force()) {
    const std::optional<std::string> prefix = xml::encoded(declaration.prefix, name);
    if (!prefix) return {};
    start += prefix->empty() ? " xmlns" : " xmlns:" + *prefix;
    start += "=\"" + rewritten(declaration.uri) + "\"";
  }
  return start + ">";
}

Error too_many(const std::string& file, const Position& at, std::string_view bound) {
  return Error(
             ErrorCode::input_too_large,
             fill("{1}:{2}:{3}: {4}",
                  {file, std::to_string(at.line), std::to_string(at.column), bound}),
             tr("a flow has one signature a Bordereau and one of its root: have it produced again"))
      .at({at.line, at.column});
}

}  // namespace

std::size_t SignatureFinder::open(const xml::Tag& tag, std::optional<std::size_t> parent,
                                  const xml::NamespaceScope& scope) {
  if (found_.size() == limits_.max_signatures) {
    throw too_many(
        document_.name(), tag.at(),
        say("it has more than {1} signatures", {std::to_string(limits_.max_signatures)}));
  }
  SignatureElement& signature = found_.emplace_back();
  signature.bytes.begin = tag.begin;
  signature.at = tag.at();
  signature.parent = parent;
  signature.last_child = true;
  if (!document_.raw().is_holding()) document_.raw().hold(tag.begin);
  open_.push_back(
      {found_.size() - 1, wrapper_start(document_.encoding(), scope), rewritten_.size()});
  keep(open_.back().wrapper.size(), signature.at);
  return found_.size() - 1;
}

void SignatureFinder::close(std::size_t rank, const xml::Tag& tag) {
  SignatureElement& signature = found_[rank];
  signature.bytes.end = tag.end;
  const Open open = std::move(open_.back());
  open_.pop_back();
  const auto raw = document_.encoding().ascii_compatible
                       ? document_.raw().slice(signature.bytes.begin, signature.bytes.end)
                       : std::optional(std::string_view(rewritten_).substr(open.rewritten_begin));
  const bool usable = raw && !raw->empty() && raw->size() <= xml::DocumentReader::hold_limit;
  if (usable && !open.wrapper.empty()) {
    keep(raw->size(), signature.at);
    signature.wrapped = fill("{1}{2}</w>", {open.wrapper, *raw});
  }
  if (open_.empty()) {
    document_.raw().release();
    rewritten_.clear();
  }
}

void SignatureFinder::start_element(const xml::StartElement& element) {
  if (rewrites()) rewritten_ += rewritten(element);
}

void SignatureFinder::end_element(const xml::ElementName& name) {
  if (rewrites()) rewritten_ += rewritten_end(name);
}

void SignatureFinder::text(std::string_view text) {
  if (rewrites()) rewritten_ += rewritten(text);
}

void SignatureFinder::processing_instruction(std::string_view target, std::string_view data) {
  if (rewrites()) rewritten_ += rewritten_instruction(target, data);
}

/// One that is already too long has no use for more.
bool SignatureFinder::rewrites() const {
  return !open_.empty() && !document_.encoding().ascii_compatible &&
         rewritten_.size() <= xml::DocumentReader::hold_limit;
}

void SignatureFinder::keep(std::uint64_t bytes, const xml::Position& at) {
  kept_bytes_ += bytes;
  if (kept_bytes_ <= limits_.max_signature_bytes) return;
  throw too_many(document_.name(), at,
                 say("its signatures take more than {1} bytes together",
                     {std::to_string(limits_.max_signature_bytes)}));
}

}  // namespace pes::helios
