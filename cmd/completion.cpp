#include "commands.hpp"
#include "completion_scripts.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "suggestion.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string shell;
};

std::string_view script_for(const std::string& shell) {
  if (shell == "bash") return bash_completion;
  if (shell == "zsh") return zsh_completion;
  if (shell == "fish") return fish_completion;
  throw Error(
      ErrorCode::usage, say("there is no completion for {1}", {shell}),
      did_you_mean(shell, {"bash", "zsh", "fish"}, say("choose one of {1}", {"bash, zsh, fish"})));
}

int run(const Options& options, Session& session) {
  const std::string_view script = script_for(options.shell);
  if (session.console().json()) {
    ui::Json document = ui::with_schema("completion");
    document["shell"] = options.shell;
    document["script"] = std::string(script);
    session.console().result_json(document);
  } else {
    session.console().result_bytes(script);
  }
  return exit_status::done;
}

}  // namespace

void add_completion(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("completion", tr("print the completion script of a shell"),
                              {.examples = {"pes completion bash > ~/.local/share/"
                                            "bash-completion/completions/pes"}},
                              [options](Session& session) { return run(*options, session); });
  command.add_option("shell", options->shell, tr("the shell"))
      .type_name("{bash | zsh | fish}")
      .required();
}

}  // namespace pes::cmd
