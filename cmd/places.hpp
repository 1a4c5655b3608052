#pragma once

#include "pes/adapters.hpp"
#include "pes/settings.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace pes::cmd {

class Session;

/// How a database is reached from a home of this machine.
/// @param settings they say where the password is
DatabaseAccess database_access(Session& session, const Settings& settings,
                               const std::filesystem::path& home, const std::string& url);

/// The records in the database of that address or, when it is empty, in the folder of the home.
std::unique_ptr<port::Records> open_records(Session& session, const std::string& store);

/// Throws home_unknown where the home does not live.
void require_at_home(const port::Records& records);

/// Throws config_invalid for what is no address of a database, or holds a password.
void require_database_address(const std::string& url);

}  // namespace pes::cmd
