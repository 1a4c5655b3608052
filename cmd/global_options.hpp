#pragma once

#include "command.hpp"
#include "environment.hpp"
#include "ui/console.hpp"
#include "ui/question.hpp"
#include "ui/reader.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace pes::cmd {

/// What every command may be told (cli §2).
struct GlobalOptions {
  std::optional<std::filesystem::path> config;
  std::optional<std::filesystem::path> home;
  std::optional<std::string> entity;
  std::optional<std::chrono::seconds> timeout;
  bool dry_run = false;
  ui::ColourChoice colour = ui::ColourChoice::automatic;
  ui::Manners manners;
  ui::Questions questions;
};

/// The words of the command line, as they stand.
struct GlobalWords {
  std::string config, home, entity, colour, progress, timeout;
  bool json = false;
  bool quiet = false;
  int verbose = 0;
  bool no_colour = false;
  bool yes = false;
  bool no_input = false;
  bool dry_run = false;
  bool version = false;
};

void add_global_options(Command& tool, GlobalWords& words);

/// Options first, then the environment. Throws usage for a word that means nothing.
GlobalOptions understood(const GlobalWords& words, const Environment& environment);

/// How errors in the command line itself are to be told, before it is understood.
ui::Manners manners_guessed(const std::vector<std::string>& arguments);

}  // namespace pes::cmd
