#pragma once

#include "pes/export.hpp"

#include <string>
#include <string_view>

namespace pes {

/// What a reply code of an archiving system means, and what there is to do about one that refuses,
/// in French: it goes into the journal (list « edition 2009 », sae §2.7; VITAM's words, sae §3.5).
/// Empty for a code that no list has.
PES_EXPORT std::string reply_code_meaning(std::string_view code);

}  // namespace pes
