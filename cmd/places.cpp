#include "places.hpp"

#include "session.hpp"
#include "ui/language.hpp"

namespace pes::cmd {

DatabaseAccess database_access(Session& session, const Settings& settings,
                               const std::filesystem::path& home, const std::string& url) {
  DatabaseAccess access{.url = url, .password = {}, .work = home / "work"};
  const std::string reference = settings.text("store_password");
  if (reference.empty()) return access;
  access.password = [&session, reference] {
    constexpr const char* key = "store_password";
    return session.secret(reference, {.text = say("password for {1}:", {key}), .option = key});
  };
  return access;
}

std::unique_ptr<port::Records> open_records(Session& session, const std::string& store) {
  if (store.empty()) return open_file_records(session.home());
  return open_database_records(database_access(session, session.settings(), session.home(), store));
}

void require_at_home(const port::Records& records) {
  const Residence residence = records.residence();
  if (residence != Residence{}) throw not_at_home(records.name(), residence);
}

void require_database_address(const std::string& url) {
  Settings settings;
  settings.set("store", {}, {.value = url, .origin = Origin::option});
}

}  // namespace pes::cmd
