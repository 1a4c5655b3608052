#pragma once

#include <random>
#include <string>

namespace pes::test {

/// A well-formed document full of what makes canonicalisation hard: prefixes declared
/// above, hidden, unused, default namespaces put and taken away, every escape, references,
/// CDATA, comments, instructions, line ends of the three kinds, in UTF-8 or ISO-8859-1.
std::string random_document(std::mt19937& random);

}  // namespace pes::test
