#include "commands.hpp"
#include "deposit_finder.hpp"
#include "deposit_run.hpp"
#include "dossier_query.hpp"
#include "pes/dossier_type.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "signing_key.hpp"
#include "ui/language.hpp"
#include "ui/question.hpp"
#include "workers.hpp"

#include <charconv>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  std::vector<std::string> paths;
  std::string done, error, stable, max, type, jobs;
  std::string objet_from, entity_from, until = "sent", format = "text";
  SigningKeyOptions key;
  bool set_dematerialisee = false;
  bool any_usage = false;
};

[[noreturn]] void cannot_be(const char* option, const std::string& word, const char* hint) {
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {option, word}), hint);
}

Until parse_until(const std::string& word) {
  if (word == "created") return Until::created;
  if (word == "signed") return Until::signed_here;
  if (word == "sent") return Until::sent;
  cannot_be("--until", word, tr("write created, signed or sent"));
}

ObjetFrom parse_objet_from(const std::string& word) {
  if (word.empty()) return ObjetFrom::what_there_is;
  if (word == "nomfic") return ObjetFrom::nomfic;
  if (word == "name") return ObjetFrom::name;
  if (word == "manifest") return ObjetFrom::manifest;
  cannot_be("--objet-from", word, tr("write nomfic, name or manifest"));
}

std::optional<std::chrono::seconds> parse_stillness(const std::string& word) {
  if (word.empty()) return std::nullopt;
  long long seconds = 0;
  constexpr long long most = 1'000'000;
  const char* const end = word.data() + word.size();
  const auto [rest, failure] = std::from_chars(word.data(), end, seconds);
  if (failure != std::errc() || rest != end || seconds < 0 || seconds > most) {
    cannot_be("--stable", word, tr("write a number of seconds"));
  }
  return std::chrono::seconds(seconds);
}

std::optional<std::string> entity_for(const Options& options, Session& session) {
  if (options.entity_from == "siret") return std::nullopt;
  if (!options.entity_from.empty()) {
    cannot_be("--entity-from", options.entity_from, tr("write siret"));
  }
  if (const auto entity = session.entity()) return entity->id_e;
  throw Error(ErrorCode::usage, tr("the entity of the flows is not named"),
              tr("name it: --entity <entity>, or let each flow say: --entity-from siret"));
}

DepositRules rules_of(const Options& options, Session& session) {
  return {.until = parse_until(options.until),
          .objet_from = parse_objet_from(options.objet_from),
          .type = options.type.empty() ? std::string() : dossier_type(options.type).id,
          .id_e = entity_for(options, session),
          .set_dematerialisee = options.set_dematerialisee,
          .any_usage = options.any_usage};
}

DepositOrder order_of(const Options& options, Session& session) {
  return {.rules = rules_of(options, session),
          .format = parse_deposit_format(options.format, session.console()),
          .done = options.done,
          .error = options.error,
          .most = options.max.empty() ? std::string::npos : parse_count("--max", options.max),
          .jobs = options.jobs.empty() ? 1 : parse_jobs(options.jobs)};
}

Search search_of(const Options& options, Session& session) {
  Search search{.paths = options.paths,
                .filing_places = {},
                .stillness = parse_stillness(options.stable),
                .now = session.clock().now()};
  for (const std::string& folder : {options.done, options.error}) {
    if (!folder.empty()) search.filing_places.emplace_back(folder);
  }
  return search;
}

void confirm(const DepositOrder& order, Session& session, const Found& found) {
  if (session.options().dry_run || found.sources.empty()) return;
  if (order.rules.until != Until::sent) return;
  ui::confirm(session.options().questions,
              say("deposit and send to the TdT what was dropped (files or folders: {1})?",
                  {std::to_string(found.sources.size())}));
}

int run(const Options& options, Session& session) {
  apply(options.key, session);
  (void)session.home();
  const DepositOrder order = order_of(options, session);
  const Found found = find_dropped(search_of(options, session));
  confirm(order, session, found);
  return deposit_found(session, order, found);
}

}  // namespace

void add_deposit(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("deposit", tr("create, sign and send what was dropped in a folder"),
                              {.examples = {"pes deposit depot/ --done faits/ --error refus/ --yes",
                                            "pes deposit depot/ --until created --format csv"},
                               .dry_run = Stance::obeys,
                               .timeout = Stance::obeys},
                              [options](Session& session) { return run(*options, session); });
  command
      .add_option("what", options->paths,
                  tr("folders to look in, for flows, ZIPs and folders with a manifest; or files"))
      .type_name("<path>")
      .required();
  command.add_option("--done", options->done, tr("folder to which what was deposited is moved"))
      .type_name("<folder>");
  command.add_option("--error", options->error, tr("folder to which what is refused is moved"))
      .type_name("<folder>");
  command
      .add_option("--stable", options->stable,
                  tr("leave what was written in the last seconds; 5 of a folder, 0 of a file"))
      .type_name("<seconds>");
  command.add_option("--until", options->until, tr("how far flows are taken"))
      .type_name("{created | signed | sent}");
  command
      .add_option("--objet-from", options->objet_from,
                  tr("where titles come from, instead of the manifest or the file's name"))
      .type_name("{nomfic | name | manifest}");
  command
      .add_option("--entity-from", options->entity_from,
                  tr("the entity is that of the SIRET that the flow gives (IdColl)"))
      .type_name("{siret}");
  command
      .add_option("--type", options->type,
                  tr("type of dossier, instead of the manifest's or that of signed flows"))
      .type_name("<type>");
  command.add_option("--max", options->max, tr("at most so many files or folders"))
      .type_name("<number>");
  command.add_option("--jobs", options->jobs, tr("files or folders worked on at a time; 1"))
      .type_name("<number>");
  command.add_option("--format", options->format, tr("form of the report"))
      .type_name("{text | csv | junit}");
  add_signing_key_options(command, options->key);
  command.add_flag("--set-dematerialisee", options->set_dematerialisee,
                   tr("write InfoDematerialisee = 1 in the flow before signing it"));
  command.add_flag("--any-usage", options->any_usage,
                   tr("accept a certificate that is not made for signing"));
}

}  // namespace pes::cmd
