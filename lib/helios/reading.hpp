#pragma once

#include "pes/named_file.hpp"
#include "pes/pes_aller.hpp"
#include "pes/port/signer.hpp"
#include "support/encoding.hpp"
#include "xml/tag.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pes::helios {

/// Namespace of PES_Aller.
inline constexpr std::string_view aller_namespace =
    "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller";
inline constexpr std::string_view dsig_namespace = "http://www.w3.org/2000/09/xmldsig#";

/// A half-open range of bytes in the file.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

using xml::Position;

/// A `ds:Signature` as it stands in the file.
struct SignatureElement {
  ByteRange bytes;
  Position at;
  /// The start and end tags, attributes and content exactly as in the file, wrapped in an
  /// element that declares the namespaces in scope there, so that it can be parsed and
  /// canonicalised alone with the result it would have in the document:
  /// `<?xml version="1.0" encoding="…"?><w xmlns:…>…</w>`. Of a file whose markup is not ASCII
  /// (UTF-16) it is another text of the same content, without comments. Empty when it is larger
  /// than the bound (1 MiB).
  std::string wrapped;
  /// Index in Reading::elements of its parent when that is the root or a Bordereau of
  /// PES_DepenseAller or PES_RecetteAller; nullopt anywhere else.
  std::optional<std::size_t> parent;
  /// True when no element follows it in its parent.
  bool last_child = false;
};

/// An element that can carry a signature: the root, or a Bordereau.
struct SignableElement {
  enum class Kind { root, depense, recette };
  Kind kind = Kind::root;
  std::string id;  // attribute Id, as parsed; empty when absent
  Position at;
  std::size_t signatures = 0;  // its own direct children
  std::uint64_t begin = 0;     // offset of its `<`, in an encoding that is ASCII-compatible
  /// Offset of the `<` of its end tag: where a signature is inserted. Nothing when it is
  /// an empty-element tag.
  std::optional<std::uint64_t> end_tag;
  /// Digests of its exclusive canonical form without comments (the W3C recommendation
  /// xml-exc-c14n, no InclusiveNamespaces), in its document, its own direct child
  /// ds:Signature elements left out (the enveloped-signature transform, when there is one).
  std::map<port::DigestAlgorithm, Bytes> digests;
  std::uint64_t canonical_bytes = 0;
};

/// A `Bordereau` that stands elsewhere than in PES_DepenseAller or PES_RecetteAller under the
/// root, where no signature can be its own.
struct StrayBordereau {
  std::string id;
  Position at;
  /// Ranks in Reading::elements of those around it whose digest takes it in: it does not stand
  /// in their own ds:Signature, which is left out.
  std::vector<std::size_t> within;
};

/// An attribute named Id in any mixture of cases, or xml:id, anywhere.
struct IdAttribute {
  std::string value;
  std::string name;
  Position at;
};

/// The value of `InfoDematerialisee/@V`, to be changed in place.
struct DematValue {
  Domain domain = Domain::depense;
  std::string value;
  ByteRange bytes;  // of the value between the quotes
};

/// All that one pass over a PES Aller yields.
struct Reading {
  PesAller flow;
  std::vector<SignableElement> elements;     // document order; [0] is the root
  std::vector<SignatureElement> signatures;  // document order, anywhere
  std::vector<StrayBordereau> strays;        // document order
  std::vector<IdAttribute> ids;
  std::vector<DematValue> demat;
  bool ascii_compatible = true;  // an encoding in which markup bytes are ASCII
};

/// A change of bytes applied while reading, before parsing: what is digested is the file
/// as it will be. Its own offsets are those of the file as it is; all that a Reading holds,
/// offsets and size included, are those of the file as it will be.
struct Replacement {
  ByteRange bytes;
  std::string text;
};

/// What a reading digests: the root, each Bordereau, both or neither.
struct DigestPlan {
  std::vector<port::DigestAlgorithm> root;
  std::vector<port::DigestAlgorithm> bordereaux;

  [[nodiscard]] bool is_empty() const noexcept { return root.empty() && bordereaux.empty(); }
};

/// Reads and digests in one forward pass, in bounded memory; what is not in the plan is not
/// canonicalised. Who digests has no use for the lists of the accounting (`id_pces` and the
/// others), which may be as long as the file: they are collected with an empty plan only. Throws as
/// read_pes_aller, and input_invalid when digests are wanted of a document that declares a relative
/// namespace, which has no canonical form.
/// @param replacements in the order of the file, not overlapping
Reading read_flow(const NamedFile& file, const ReadLimits& limits, const DigestPlan& plan,
                  const std::vector<Replacement>& replacements = {});

}  // namespace pes::helios
