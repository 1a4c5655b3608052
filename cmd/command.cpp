#include "command.hpp"

#include "ui/language.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

namespace pes::cmd {

namespace {

constexpr const char* help_names = "-h,--help";

}  // namespace

Option Option::type_name(const std::string& type) {
  option_->type_name(type);
  return *this;
}

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::not_required() {
  option_->required(false);
  return *this;
}

Option Option::one_value_each() {
  option_->allow_extra_args(false);
  return *this;
}

std::string Option::name() const { return option_->get_name(); }
const std::vector<std::string>& Option::letters() const { return option_->get_snames(); }
const std::vector<std::string>& Option::words() const { return option_->get_lnames(); }
std::string Option::type() const { return option_->get_type_name(); }
const std::string& Option::meaning() const { return option_->get_description(); }
bool Option::is_positional() const { return option_->get_positional(); }
bool Option::is_required() const { return option_->get_required(); }
bool Option::takes_value() const { return option_->get_expected_min() > 0; }
bool Option::takes_several() const { return option_->get_items_expected_max() > 1; }
bool Option::is_given() const { return option_->count() > 0; }

Command::Command(CLI::App& app, const Command* above, CommandNature nature, Run run)
    : app_(app), above_(above), nature_(std::move(nature)), run_(std::move(run)) {
  app_.set_help_flag(help_names, tr("this help"));
}

Command& Command::add_below(const std::string& name, const char* summary, CommandNature nature,
                            Run run) {
  CLI::App& app = *app_.add_subcommand(name, summary);
  app.fallthrough();
  app_.require_subcommand(0, 1);
  below_.push_back(std::make_unique<Command>(app, this, std::move(nature), std::move(run)));
  return *below_.back();
}

Option Command::add_option(const std::string& names, std::string& value,
                           const std::string& meaning) {
  return Option(*app_.add_option(names, value, meaning));
}

Option Command::add_option(const std::string& names, std::optional<std::string>& value,
                           const std::string& meaning) {
  return Option(*app_.add_option(names, value, meaning));
}

Option Command::add_option(const std::string& names, std::vector<std::string>& values,
                           const std::string& meaning) {
  return Option(*app_.add_option(names, values, meaning));
}

Option Command::add_flag(const std::string& names, bool& value, const std::string& meaning) {
  return Option(*app_.add_flag(names, value, meaning));
}

Option Command::add_flag(const std::string& names, const std::function<void()>& act,
                         const std::string& meaning) {
  return Option(*app_.add_flag_callback(names, act, meaning));
}

Option Command::add_counter(const std::string& names, int& count, const std::string& meaning) {
  return Option(*app_.add_flag(names, count, meaning));
}

const std::string& Command::name() const { return app_.get_name(); }

std::string Command::path() const {
  if (above_ == nullptr) return {};
  const std::string before = above_->path();
  return before.empty() ? name() : before + " " + name();
}

std::string Command::summary() const { return app_.get_description(); }

std::vector<const Command*> Command::below() const {
  std::vector<const Command*> commands;
  commands.reserve(below_.size());
  for (const auto& command : below_) commands.push_back(command.get());
  return commands;
}

const Command* Command::find_below(const std::string& name) const {
  const auto found = std::find_if(below_.begin(), below_.end(),
                                  [&](const auto& command) { return command->name() == name; });
  return found == below_.end() ? nullptr : found->get();
}

std::vector<Option> Command::options() const {
  std::vector<Option> options;
  for (CLI::Option* option : app_.get_options()) {
    if (option != app_.get_help_ptr()) options.emplace_back(*option);
  }
  return options;
}

Option Command::help() const { return Option(*app_.get_help_ptr()); }

std::optional<Option> Command::find_option(const std::string& name) const {
  for (const Command* command = this; command != nullptr; command = command->above_) {
    if (CLI::Option* option = command->app_.get_option_no_throw(name)) return Option(*option);
  }
  return std::nullopt;
}

}  // namespace pes::cmd
