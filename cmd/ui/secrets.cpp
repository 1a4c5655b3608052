#include "ui/secrets.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>

namespace pes::ui {

namespace {

/// A descriptor of ours, closed at the end.
class Opened {
 public:
  explicit Opened(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void nothing_there(const std::string& place, const std::string& why) {
  throw Error(ErrorCode::config_missing, say("no secret in {1}: {2}", {place, why}),
              tr("a secret is the first line of a file, or the value of a variable"));
}

/// Byte by byte: what follows the line belongs to whoever reads next.
Secret first_line(int descriptor, const std::string& place) {
  constexpr std::size_t longest = 4096;
  std::string line;
  line.reserve(longest);
  while (line.size() < longest) {
    char c = '\0';
    const ssize_t got = ::read(descriptor, &c, 1);
    if (got < 0) nothing_there(place, std::generic_category().message(errno));
    if (got == 0 || c == '\n') break;
    line += c;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) nothing_there(place, tr("its first line is empty"));
  return Secret(std::move(line));
}

void require_private(int descriptor, const std::string& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return;
  constexpr mode_t others = S_IRWXG | S_IRWXO;
  if (!S_ISREG(status.st_mode) || (status.st_mode & others) == 0) return;
  throw Error(ErrorCode::config_invalid, say("others can read the secret in {1}", {path}),
              say("keep it for yourself: chmod 600 {1}", {path}));
}

Secret from_file(const std::string& path) {
  const Opened file(path);
  if (file.get() < 0) nothing_there(path, std::generic_category().message(errno));
  require_private(file.get(), path);
  return first_line(file.get(), path);
}

Secret from_descriptor(const std::string& number) {
  int descriptor = -1;
  std::from_chars(number.data(), number.data() + number.size(), descriptor);
  return first_line(descriptor, "fd:" + number);
}

Secret from_environment(const cmd::Environment& environment, const std::string& name) {
  auto value = environment.get(name);
  if (!value) nothing_there("env:" + name, tr("the variable is empty or not set"));
  return Secret(std::move(*value));
}

}  // namespace

Secret fetch_secret(const SecretReference& reference, const cmd::Environment& environment,
                    const Questions& questions, const SecretQuestion& question) {
  switch (reference.kind) {
    case SecretReference::Kind::environment:
      return from_environment(environment, reference.place);
    case SecretReference::Kind::file:
      return from_file(reference.place);
    case SecretReference::Kind::descriptor:
      return from_descriptor(reference.place);
    case SecretReference::Kind::standard_input:
      return first_line(STDIN_FILENO, "stdin");
    case SecretReference::Kind::prompt:
      return ask_secret(questions, question.text, question.option);
  }
  return {};
}

std::string hint_after_wrong_secret(const SecretReference& reference) {
  const std::string& place = reference.place;
  switch (reference.kind) {
    case SecretReference::Kind::environment:
      return say("correct the variable {1}, then run the command again", {place});
    case SecretReference::Kind::file:
      return say("correct the first line of {1}, then run the command again", {place});
    case SecretReference::Kind::descriptor:
      return say("run the command again with the right one on the first line of fd:{1}", {place});
    case SecretReference::Kind::standard_input:
      return tr("run the command again with the right one on the first line of its input");
    case SecretReference::Kind::prompt:
      return tr("run the command again and type it again; capital letters count");
  }
  return {};
}

}  // namespace pes::ui
