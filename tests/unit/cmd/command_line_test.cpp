#include "command_line.hpp"

#include "commands.hpp"
#include "complete.hpp"
#include "help_text.hpp"
#include "pes/error.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sstream>

using pes::cmd::Command;
using pes::cmd::CommandLine;
using pes::cmd::Environment;

namespace {

/// Every command of the tool.
struct WholeLine {
  WholeLine() { pes::cmd::add_commands(line); }
  CommandLine line;
};

std::string refusal(const std::vector<std::string>& arguments) {
  WholeLine whole;
  try {
    (void)whole.line.parse(arguments);
  } catch (const pes::Error& error) {
    CHECK(error.code() == pes::ErrorCode::usage);
    return error.message() + " | " + error.hint();
  }
  return "accepted";
}

std::string command_of(const std::vector<std::string>& arguments) {
  WholeLine whole;
  const pes::cmd::Request request = whole.line.parse(arguments);
  return request.command == nullptr ? "" : request.command->path();
}

std::string completed(const std::vector<std::string>& words, const Environment& environment) {
  WholeLine whole;
  return pes::cmd::completions(whole.line, environment, words);
}

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("a command declared alone is the one that is declared among all") {
    const WholeLine whole;
    for (const Command* among : whole.line.root().below()) {
      const std::string name = among->path();
      CommandLine line;
      pes::cmd::add_commands(line, {name, "--home", "list"});
      const Command* const command = line.find({name});

      CAPTURE(name);
      REQUIRE(command != nullptr);
      CHECK(pes::cmd::command_help(line, *command) == pes::cmd::command_help(whole.line, *among));
      CHECK((line.root().below().size() == 1) == (name != "help"));
    }
  }

  TEST_CASE("without a command in front all are declared, so that what is wrong can be told") {
    const std::size_t all = WholeLine().line.root().below().size();
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{}, {"verfy"}, {"--json", "verify"}, {"help", "verify"}}) {
      CommandLine line;
      pes::cmd::add_commands(line, arguments);
      CHECK(line.root().below().size() == all);
    }
  }

  TEST_CASE("global options stand before or after the command") {
    WholeLine before;
    WholeLine after;

    CHECK(before.line.parse({"--home", "demo", "--json", "list"}).words.home == "demo");
    CHECK(after.line.parse({"list", "--home=demo", "--json"}).words.home == "demo");
    CHECK(command_of({"--home", "demo", "config", "show", "--origin"}) == "config show");
    CHECK(command_of({}).empty());
  }

  TEST_CASE("the word after a value is not taken for a command") {
    CHECK(command_of({"--home", "list", "entities"}) == "entities");
    CHECK(command_of({"create", "list"}) == "create");
  }

  TEST_CASE("two dashes end the options") {
    CHECK(command_of({"verify", "--", "--strange.xml"}) == "verify");
  }

  TEST_CASE("what is mistyped is refused with what was meant") {
    CHECK(refusal({"lst"}) == "there is no command lst | did you mean list?");
    CHECK(refusal({"keys", "lits"}) == "there is no command keys lits | did you mean list?");
    CHECK(refusal({"list", "--serach", "x"}) == "unknown option --serach | did you mean --search?");
    CHECK(refusal({"types", "PES"}) == "one word too many: PES | see its options: pes help types");
    CHECK(refusal({"send"}) == "<dossier> is missing | see its options: pes help send");
    CHECK(refusal({"list", "--page"}) ==
          "option --page is badly used: its value is missing, or one too many | see its options: "
          "pes help list");
    CHECK(refusal({"list", "--json=yes"}) ==
          "option --json is badly used: its value is missing, or one too many | see its options: "
          "pes help list");
  }

  TEST_CASE("help is asked before anything is missing") {
    WholeLine whole;
    const pes::cmd::Request request = whole.line.parse({"sign", "-h"});

    CHECK(request.wants_help);
    REQUIRE(request.command != nullptr);
    CHECK(pes::cmd::usage_line(*request.command) == "pes sign [<option>…] [<dossier>…]");
  }

  TEST_CASE("the help of every command fits a screen, shows an example and every option") {
    WholeLine whole;
    std::vector<const Command*> commands = whole.line.root().below();
    for (std::size_t i = 0; i < commands.size(); ++i) {
      for (const Command* below : commands[i]->below()) commands.push_back(below);
      const std::string help = pes::cmd::command_help(whole.line, *commands[i]);
      CAPTURE(commands[i]->path());

      CHECK(std::count(help.begin(), help.end(), '\n') <= 40);
      if (commands[i]->run()) {
        CHECK_FALSE(commands[i]->nature().examples.empty());
      }
      for (const pes::cmd::Option& option : commands[i]->options()) {
        CHECK_FALSE(option.meaning().empty());
        for (const std::string& name : option.words()) {
          CHECK(help.find("--" + name) != std::string::npos);
        }
      }
    }
  }

  TEST_CASE("an example is a command line that is understood") {
    WholeLine whole;
    std::vector<const Command*> commands = whole.line.root().below();
    for (std::size_t i = 0; i < commands.size(); ++i) {
      for (const Command* below : commands[i]->below()) commands.push_back(below);
      for (const std::string& example : commands[i]->nature().examples) {
        CAPTURE(example);
        // Up to the shell's own signs; quotes hold single words together.
        std::vector<std::string> words;
        std::istringstream stream(example);
        bool quoted = false;
        for (std::string word; stream >> word;) {
          if (word == "<" || word == ">" || word == "|") break;
          const bool continued = quoted;
          for (std::size_t at; (at = word.find('\'')) != std::string::npos; quoted = !quoted) {
            word.erase(at, 1);
          }
          if (continued) {
            words.back() += " " + word;
          } else {
            words.push_back(word);
          }
        }
        REQUIRE(words.size() > 1);
        CHECK(words.front() == "pes");
        words.erase(words.begin());
        CHECK(command_of(words) == commands[i]->path());
      }
    }
  }

  TEST_CASE("completions come from real commands, options and values") {
    const Environment nowhere({});

    CHECK(completed({"arch"}, nowhere) ==
          "archive\tdeposit dossiers in the SAE ag…after an error or a rejection\n");
    CHECK(completed({"config", "sh"}, nowhere).starts_with("show\t"));
    CHECK(completed({"list", "--sea"}, nowhere) == "--search\tonly titles that hold this text\n");
    CHECK(completed({"list", "--type", "pes-"}, nowhere) ==
          "pes-avec-signature\tPES (avec signature)\n");
    CHECK(completed({"list", "--type=pes-"}, nowhere) ==
          "--type=pes-avec-signature\tPES (avec signature)\n");
    CHECK(completed({"--color", "n"}, nowhere) == "never\n");
    CHECK(completed({"create", ""}, nowhere) == ":files\n");
    CHECK(completed({"init", ""}, nowhere) == ":folders\n");
    CHECK(completed({"completion", "z"}, nowhere) == "zsh\n");
    CHECK(completed({"create", "flux.xml", ""}, nowhere).empty());
  }

  TEST_CASE("completions answer nothing on any trouble") {
    const pes::test::Scratch scratch;
    const Environment nowhere(
        Environment::Variables{{"PES_HOME", (scratch.path() / "absent").native()}});

    CHECK(completed({"status", ""}, nowhere).empty());
    CHECK(completed({"--timeout"}, Environment(Environment::Variables{{"PES_TIMEOUT", "nonsense"}}))
              .empty());
    CHECK_FALSE(completed({}, nowhere).empty());
    CHECK(std::filesystem::is_empty(scratch.path()));
  }
}
