#include "complete.hpp"

#include "pes/dossier_type.hpp"
#include "pes/flow.hpp"
#include "pes/sandbox.hpp"
#include "pes/settings.hpp"
#include "pes/token.hpp"
#include "sandbox_library.hpp"
#include "session.hpp"
#include "ui/characters.hpp"
#include "ui/labels.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <map>

namespace pes::cmd {

namespace {

struct Candidate {
  std::string value;
  std::string meaning;
};
using Candidates = std::vector<Candidate>;

/// What the words before the last one say.
struct Context {
  const Command* command = nullptr;
  std::optional<Option> awaiting_value;  // the last word is its value
  std::size_t positionals = 0;
  std::map<std::string, std::string> values;  // of the options given so far
};

bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

Context read(const CommandLine& line, const std::vector<std::string>& words) {
  Context context;
  context.command = &line.root();
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& word = words[i];
    if (context.awaiting_value) {
      context.values[context.awaiting_value->name()] = word;
      context.awaiting_value.reset();
    } else if (is_option(word)) {
      const std::size_t equals = word.find('=');
      const auto option = context.command->find_option(word.substr(0, equals));
      if (!option || !option->takes_value()) continue;
      if (equals == std::string::npos) {
        context.awaiting_value = option;
      } else {
        context.values[option->name()] = word.substr(equals + 1);
      }
    } else if (const Command* next = context.command->find_below(word)) {
      context.command = next;
    } else {
      ++context.positionals;
    }
  }
  return context;
}

std::string shortened(const std::string& text) {
  constexpr std::size_t enough = 60;
  return ui::elided(ui::printable(text), enough);
}

Candidates option_names(const Command& command) {
  Candidates candidates;
  candidates.push_back({"--help", command.help().meaning()});
  for (const Command* at = &command; at != nullptr; at = at->above()) {
    for (const Option& option : at->options()) {
      for (const std::string& word : option.words()) {
        candidates.push_back({"--" + word, option.meaning()});
      }
    }
  }
  return candidates;
}

Candidates command_names(const Command& command) {
  Candidates candidates;
  for (const Command* candidate : command.below()) {
    candidates.push_back({candidate->name(), candidate->summary()});
  }
  return candidates;
}

/// `{auto | always | never}`
Candidates choices(std::string_view type) {
  Candidates candidates;
  std::string word;
  for (const char c : type) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else if (!word.empty()) {
      candidates.push_back({word, {}});
      word.clear();
    }
  }
  return candidates;
}

Candidates entities(Session& session) {
  Candidates candidates;
  const EntityTree& tree = session.settings().entities();
  for (const Entity& entity : tree.all())
    candidates.push_back({entity.id_e, tree.path(entity.id_e)});
  return candidates;
}

/// The states in which a person may do this; the rest of the conditions needs the dossier.
std::vector<Action> states_allowing(const std::optional<Action>& wanted) {
  return wanted ? starts_from(*wanted, Actor::person) : std::vector<Action>();
}

bool is_offered(const Dossier& dossier, const std::optional<Action>& wanted) {
  if (!wanted) return true;
  const auto possible = flow::possible_actions(dossier);
  return std::find(possible.begin(), possible.end(), *wanted) != possible.end();
}

constexpr std::size_t most = 200;

/// The last moved whose identifier begins so. Nobody reads more, and it has to come at once.
Candidates dossiers(Session& session, const std::optional<Action>& wanted,
                    const std::string& typed) {
  DossierQuery query;
  query.id_prefix = typed;
  query.states = states_allowing(wanted);
  query.limit = most;
  Candidates candidates;
  for (const Dossier& dossier : session.store().query(query).dossiers) {
    if (!is_offered(dossier, wanted)) continue;
    candidates.push_back(
        {dossier.id_d.text(), dossier.titre() + ", " + std::string(label(dossier.state()))});
  }
  return candidates;
}

Candidates retours(Session& session, const std::string& typed) {
  Candidates candidates;
  for (const port::Retour& retour : session.records().retours()->beginning_with(typed, most)) {
    candidates.push_back({retour.id, retour.nom});
  }
  return candidates;
}

Candidates types() {
  Candidates candidates;
  for (const DossierType& type : dossier_types()) candidates.push_back({type.id, type.label});
  return candidates;
}

Candidates states() {
  Candidates candidates;
  for (const Action action : all_actions()) {
    if (is_state(action))
      candidates.push_back({std::string(id(action)), std::string(label(action))});
  }
  return candidates;
}

Candidates section_names() {
  Candidates candidates;
  for (const ui::Section& section : ui::sections()) {
    candidates.push_back({std::string(section.name), {}});
  }
  return candidates;
}

Candidates field_names() {
  Candidates candidates;
  for (const auto field :
       {field::fichier_pes, field::fichier_original, field::pes_acquit, field::journal,
        field::sae_bordereau, field::sae_archive, field::ar_sae, field::reply_sae}) {
    candidates.push_back({std::string(field), std::string(ui::field_label(field))});
  }
  return candidates;
}

Candidates setting_names() {
  Candidates candidates;
  for (const SettingKey& key : setting_keys()) {
    candidates.push_back({std::string(key.name), tr(std::string(key.meaning).c_str())});
  }
  return candidates;
}

Candidates scenarios() {
  Candidates candidates;
  for (const sandbox::Scenario scenario : sandbox_library().all_scenarios()) {
    candidates.push_back({std::string(sandbox_library().id(scenario)), {}});
  }
  return candidates;
}

/// Files, and what is on the tokens that are there.
Candidates key_places(const Context& context, Session& session) {
  Candidates candidates{{":files", {}}};
  const auto module = context.values.find("--module");
  const std::filesystem::path path = module == context.values.end()
                                         ? session.settings().path("sign.module")
                                         : std::filesystem::path(module->second);
  for (const TokenKey& key : find_token_keys({.uri = "pkcs11:", .module = path})) {
    candidates.push_back({key.uri, key.certificate.subject_cn});
  }
  return candidates;
}

/// Values of what the help calls `<entity>`, `<state>`…
Candidates values_of(const std::string& type, const CommandLine& line, const Context& context,
                     Session& session, const std::string& typed) {
  if (type.starts_with('{')) return choices(type);
  if (type == "<file>") return {{":files", {}}};
  if (type == "<file-or-uri>") return key_places(context, session);
  if (type == "<folder>") return {{":folders", {}}};
  if (type == "<entity>") return entities(session);
  if (type == "<retour>") return retours(session, typed);
  if (type == "<type>") return types();
  if (type == "<state>") return states();
  if (type == "<section>") return section_names();
  if (type == "<field>") return field_names();
  if (type == "<key>") return setting_names();
  if (type == "<scenario>") return scenarios();
  if (type == "<moment>") return {{"signing-time", {}}, {"now", {}}};
  if (type == "<part>") return {{"ligne", {}}, {"preuve", {}}};
  if (type == "<path>") return {{":files", {}}};
  if (type == "<command>") return command_names(line.root());
  const auto allowing = context.command->nature().dossiers_allowing;
  if (type == "<dossier>") return dossiers(session, allowing, typed);
  if (type == "<dossier-or-file>") {
    Candidates candidates;
    if (session.has_home()) candidates = dossiers(session, allowing, typed);
    candidates.push_back({":files", {}});
    return candidates;
  }
  return {};
}

/// The positional that comes next; the last one when it may be repeated.
std::optional<Option> next_positional(const Context& context) {
  std::optional<Option> last;
  std::size_t rank = 0;
  for (const Option& option : context.command->options()) {
    if (!option.is_positional()) continue;
    if (rank++ == context.positionals) return option;
    last = option;
  }
  return last && last->takes_several() ? last : std::nullopt;
}

Session quiet_session(const Context& context, const Environment& environment) {
  const auto value = [&](const char* option) -> std::string {
    const auto found = context.values.find(option);
    return found == context.values.end() ? std::string() : found->second;
  };
  GlobalWords words;
  words.home = value("--home");
  words.config = value("--config");
  words.quiet = true;
  words.no_input = true;
  return {understood(words, environment), environment, "completion"};
}

std::string listed(const Candidates& candidates, const std::string& typed,
                   const std::string& prefix) {
  std::string text;
  for (const Candidate& candidate : candidates) {
    const bool directive = candidate.value.starts_with(':');
    if (!directive && !candidate.value.starts_with(typed)) continue;
    text += (directive ? "" : prefix) + candidate.value;
    if (!candidate.meaning.empty()) text += "\t" + shortened(candidate.meaning);
    text += "\n";
  }
  return text;
}

std::string answer(const CommandLine& line, const Environment& environment,
                   const std::vector<std::string>& words) {
  const Context context = read(line, words);
  const std::string typed = words.empty() ? std::string() : words.back();
  Session session = quiet_session(context, environment);
  if (context.awaiting_value) {
    return listed(values_of(context.awaiting_value->type(), line, context, session, typed), typed,
                  {});
  }
  const std::size_t equals = typed.find('=');
  if (is_option(typed) && equals != std::string::npos) {
    const auto option = context.command->find_option(typed.substr(0, equals));
    if (!option) return {};
    return listed(values_of(option->type(), line, context, session, typed.substr(equals + 1)),
                  typed.substr(equals + 1), typed.substr(0, equals + 1));
  }
  if (typed.starts_with('-')) return listed(option_names(*context.command), typed, {});
  if (const Candidates commands = command_names(*context.command); !commands.empty()) {
    return listed(commands, typed, {});
  }
  const auto positional = next_positional(context);
  if (!positional) return {};
  return listed(values_of(positional->type(), line, context, session, typed), typed, {});
}

}  // namespace

std::string completions(const CommandLine& line, const Environment& environment,
                        const std::vector<std::string>& words) {
  try {
    return answer(line, environment, words);
  } catch (const std::exception&) {
    // Somebody is typing: a message would land in the middle of the line.
    return {};
  }
}

}  // namespace pes::cmd
