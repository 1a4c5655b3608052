#pragma once

#include "pes/time.hpp"
#include "sandbox/sae/transfer.hpp"

#include <pugixml.hpp>

#include <cstdint>
#include <map>
#include <string>

/// The archive as an acceptance repeats it: numbered and completed by as@lae (sae §2.6).
namespace pes::sandbox::sae {

void echo_0_2(pugi::xml_node message, const pugi::xml_document& bordereau, std::uint64_t number);

/// @param sizes bytes received, by file name
void echo_1_0(pugi::xml_node message, const pugi::xml_document& bordereau, const Transfer& transfer,
              const std::map<std::string, std::uint64_t, std::less<>>& sizes, std::uint64_t number);

void echo_2(pugi::xml_node message, const pugi::xml_document& bordereau, std::uint64_t number,
            Instant date);

}  // namespace pes::sandbox::sae
