#include "commands.hpp"
#include "connections.hpp"
#include "exit_status.hpp"
#include "home.hpp"
#include "home_template.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"
#include "pes/sandbox.hpp"
#include "places.hpp"
#include "sandbox_library.hpp"
#include "session.hpp"
#include "ui/language.hpp"
#include "user.hpp"

#include <fstream>
#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string folder, scenario, user, store;
  bool sandbox = false;
};

void require_new(const std::filesystem::path& folder) {
  if (!is_home(folder)) return;
  throw Error(ErrorCode::state_forbids,
              say("{1} is a home already, or holds a configuration", {folder.native()}),
              tr("choose another folder"));
}

HomeTemplate described(const Options& options, Session& session,
                       const std::filesystem::path& folder) {
  HomeTemplate home;
  home.store = options.store;
  home.user = options.user;
  if (session.options().entity) home.entities = entity_chain(*session.options().entity);
  if (!options.sandbox) return home;
  if (home.entities.empty()) home.entities = {"zTest_Megalis", "test"};
  const sandbox::Identities identities = sandbox_library().prepare(folder / "sandbox");
  home.sandbox = SandboxTemplate{
      .scenario = options.scenario.empty() ? "accepte" : options.scenario,
      .signing_key = std::filesystem::relative(identities.signing, folder),
      .signing_password = std::filesystem::relative(identities.signing_password, folder)};
  return home;
}

void write_configuration(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw Error(ErrorCode::io_failed, say("{1} cannot be written", {file.native()}));
}

/// As whoever works there will have them.
Settings settings_of(Session& session, const std::filesystem::path& folder) {
  return load_settings({.files = {{Origin::project_file, folder / project_file_name}},
                        .environment = session.environment().variables(),
                        .options = {}});
}

/// The journal opens with an event of its own, so that its beginning is known. What was
/// just written says who acts.
void open_journal(port::Journal& journal, Session& session, const Settings& settings) {
  Event event;
  event.type = EventType::journal;
  event.date = session.clock().now();
  event.id_e = "0";
  event.user = acting_user(settings, session.environment());
  event.action = "Ajouté";
  event.message = "Ouverture du journal";
  journal.append(event);
}

void make_folder(const std::filesystem::path& folder) {
  if (!std::filesystem::create_directories(folder)) return;
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

/// A home in a database, or one more machine for the home that is there.
void make_in_database(const Options& options, Session& session,
                      const std::filesystem::path& folder) {
  require_database_address(options.store);
  const DatabaseAccess access =
      database_access(session, settings_of(session, folder), folder, options.store);
  create_database_home(access);
  const auto records = open_database_records(access);
  require_at_home(*records);
  const auto journal = records->journal();
  make_folder(folder);
  write_configuration(folder / project_file_name,
                      configuration_text(described(options, session, folder)));
  if (journal->position() == 0) open_journal(*journal, session, settings_of(session, folder));
}

void make_in_files(const Options& options, Session& session, const std::filesystem::path& folder) {
  create_home(folder);
  write_configuration(folder / project_file_name,
                      configuration_text(described(options, session, folder)));
  open_journal(*make_file_journal(folder), session, settings_of(session, folder));
}

int run(const Options& options, Session& session) {
  if (!options.scenario.empty()) (void)parse_scenario(options.scenario);
  if (!options.scenario.empty() && !options.sandbox) {
    throw Error(ErrorCode::usage, say("{1} goes with {2}", {"--scenario", "--sandbox"}));
  }
  const std::filesystem::path folder(options.folder);
  require_new(folder);
  if (options.store.empty()) {
    make_in_files(options, session, folder);
  } else {
    make_in_database(options, session, folder);
  }

  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("init");
    document["home"] = std::filesystem::absolute(folder).lexically_normal().native();
    document["changed"] = true;
    document["sandbox"] = options.sandbox;
    document["store"] = ui::text_or_null(options.store);
    console.result_json(document);
    return exit_status::done;
  }
  console.result(say("home made in {1}", {folder.native()}));
  if (options.sandbox) {
    console.note("bac à sable : ceci est un test");
    console.hint(
        say("go there, then: pes create <file> --objet <title> (cd {1})", {folder.native()}));
  } else {
    console.hint(
        say("fill in {1}, then: pes config check", {(folder / project_file_name).native()}));
  }
  return exit_status::done;
}

}  // namespace

void add_init(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("init", tr("make a home: where dossiers, journal and configuration live"),
               {.examples = {"pes init demo --sandbox --user adminMegalis",
                             "pes init /srv/pes --entity 'Commune de Test'"}},
               [options](Session& session) { return run(*options, session); });
  command.add_option("folder", options->folder, tr("where; it may not be a home yet"))
      .type_name("<folder>")
      .required();
  command.add_flag("--sandbox", options->sandbox, tr("with local partners and test keys"));
  command.add_option("--scenario", options->scenario, tr("what the local partners answer"))
      .type_name("<scenario>");
  command
      .add_option("--store", options->store,
                  tr("the home lives in this database, for several machines (postgresql://…)"))
      .type_name("<address>");
  command.add_option("--user", options->user, tr("who acts, as the journal shows it"))
      .type_name("<name>");
}

}  // namespace pes::cmd
