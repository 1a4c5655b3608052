#pragma once

#include "pes/time.hpp"
#include "sandbox/sae/checks.hpp"
#include "sandbox/sae/transfer.hpp"

#include <pugixml.hpp>

#include <cstdint>
#include <string>

/// The answers of as@lae, in the version of the transfer and with as@lae's ways (sae §2.6):
/// the roles of Sender and Receiver, the identifiers exchanged in 2.x, the empty
/// CodeListVersions, the roots of 0.2. Every comment says that it is a test.
namespace pes::sandbox::sae {

/// The AR. @param number makes its identifier
std::string acknowledgement(const Transfer& transfer, std::uint64_t number, Instant date);

/// The reply: acceptance with the archive, enriched, or rejection.
/// @param number makes its identifier and the archive's
std::string reply(const Transfer& transfer, const Verdict& verdict,
                  const pugi::xml_document& bordereau, std::uint64_t number, Instant date);

}  // namespace pes::sandbox::sae
