#include "global_options.hpp"

#include "pes/error.hpp"
#include "suggestion.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

/// The option's word, or the variable's.
std::optional<std::string> given(const std::string& option, const Environment& environment,
                                 std::string_view variable) {
  if (!option.empty()) return option;
  return environment.get(variable);
}

template <typename Value>
using Choices = std::vector<std::pair<std::string, Value>>;

template <typename Value>
Value chosen(const std::string& option, const std::string& word, const Choices<Value>& choices) {
  std::vector<std::string> names;
  for (const auto& [name, value] : choices) {
    if (name == word) return value;
    names.push_back(name);
  }
  std::string list;
  for (const std::string& name : names) list += list.empty() ? name : ", " + name;
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {option, word}),
              did_you_mean(word, names, say("choose one of {1}", {list})));
}

bool is_set(const Environment& environment, std::string_view variable) {
  const auto value = environment.get(variable);
  return value && *value != "0";
}

int verbosity(const GlobalWords& words, const Environment& environment) {
  if (words.verbose > 0) return words.verbose;
  const auto value = environment.get("PES_VERBOSE");
  if (!value) return 0;
  int degree = 0;
  const auto [end, failure] = std::from_chars(value->data(), value->data() + value->size(), degree);
  const bool number = failure == std::errc() && end == value->data() + value->size() && degree >= 0;
  if (number) return degree;
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"PES_VERBOSE", *value}),
              tr("write 0, 1 or 2"));
}

ui::ColourChoice colour(const GlobalWords& words, const Environment& environment) {
  if (words.no_colour) return ui::ColourChoice::never;
  const auto word = given(words.colour, environment, "PES_COLOR");
  if (!word) return ui::ColourChoice::automatic;
  return chosen<ui::ColourChoice>("--color", *word,
                                  {{"auto", ui::ColourChoice::automatic},
                                   {"always", ui::ColourChoice::always},
                                   {"never", ui::ColourChoice::never}});
}

ui::ProgressMode progress(const GlobalWords& words) {
  if (words.progress.empty()) return ui::ProgressMode::automatic;
  return chosen<ui::ProgressMode>("--progress", words.progress,
                                  {{"auto", ui::ProgressMode::automatic},
                                   {"none", ui::ProgressMode::none},
                                   {"json", ui::ProgressMode::json}});
}

std::optional<std::chrono::seconds> timeout(const GlobalWords& words,
                                            const Environment& environment) {
  const auto word = given(words.timeout, environment, "PES_TIMEOUT");
  if (!word) return std::nullopt;
  if (const auto duration = parse_duration(*word)) return duration;
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--timeout", *word}),
              tr("write a duration: 90s, 5m, 2h or 1d"));
}

}  // namespace

void add_global_options(Command& tool, GlobalWords& words) {
  tool.add_option("--config", words.config,
                  tr("read this file instead of the project and user files"))
      .type_name("<file>");
  tool.add_option("--home,--dir", words.home, tr("where the dossiers live")).type_name("<folder>");
  tool.add_option("--entity,--entite", words.entity, tr("the entity acted for"))
      .type_name("<entity>");
  tool.add_flag("--json", words.json, tr("results and failures as JSON"));
  tool.add_flag("-q,--quiet", words.quiet, tr("only results and errors"));
  tool.add_counter("-v,--verbose", words.verbose,
                   tr("say what is decided; twice, what is exchanged"));
  tool.add_option("--color", words.colour, tr("colour of what is written"))
      .type_name("{auto | always | never}");
  tool.add_flag("--no-color", words.no_colour, tr("no colour"));
  tool.add_option("--progress", words.progress, tr("how progress is shown"))
      .type_name("{auto | none | json}");
  tool.add_flag("-y,--yes", words.yes, tr("answer yes to the confirmation"));
  tool.add_flag("--no-input", words.no_input, tr("never ask anything"));
  tool.add_flag("-n,--dry-run", words.dry_run, tr("say what would be done, do none of it"));
  tool.add_option("--timeout", words.timeout, tr("bound of the whole command (90s, 5m)"))
      .type_name("<duration>");
  tool.add_flag("--version", words.version, tr("version, and those of the libraries"));
}

GlobalOptions understood(const GlobalWords& words, const Environment& environment) {
  GlobalOptions options;
  options.config = given(words.config, environment, "PES_CONFIG");
  if (!words.home.empty()) options.home = words.home;
  options.entity = given(words.entity, environment, "PES_ENTITY");
  options.timeout = timeout(words, environment);
  options.dry_run = words.dry_run;
  options.colour = colour(words, environment);
  options.manners = {.json = words.json,
                     .quiet = words.quiet,
                     .verbose = verbosity(words, environment),
                     .progress = progress(words)};
  options.questions = {.answered_yes = words.yes,
                       .forbidden = words.no_input || is_set(environment, "PES_NO_INPUT")};
  return options;
}

ui::Manners manners_guessed(const std::vector<std::string>& arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return {.json = std::find(arguments.begin(), end, "--json") != end};
}

}  // namespace pes::cmd
