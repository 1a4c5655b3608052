#pragma once

#include "helios/reading.hpp"
#include "xades/signed_info.hpp"

#include <map>
#include <string>

namespace pes::xades {

/// How often each Id value stands in a document.
using IdCounts = std::map<std::string, std::size_t>;
IdCounts count_ids(const helios::Reading& reading);

/// The element that a signature stands in; null when it cannot carry one.
const helios::SignableElement* parent_of(const helios::SignatureElement& signature,
                                         const helios::Reading& reading);

// Checks 11 to 13 of signature §8. What is digested is the very element that the signature
// stands in and the very properties inside it, so an Id is only believed when it is theirs and
// nobody else's.
CheckRow check_content_target(const SignedInfo& info, const helios::SignableElement* parent,
                              const IdCounts& ids);
CheckRow check_properties_target(const SignedInfo& info, const SignatureTree& tree,
                                 const IdCounts& ids);

/// @param content, properties the checks above
CheckRow check_digests(const SignedInfo& info, const SignatureTree& tree,
                       const helios::SignableElement* parent, const CheckRow& content,
                       const CheckRow& properties);

}  // namespace pes::xades
