// Whatever the bytes, a state file, a journal line, a prepared signature or a configuration is
// read or refused; and what was read, written and read again is the same.

#include "config/toml.hpp"
#include "fuzz/property.hpp"
#include "pes/split_signing.hpp"
#include "record/dossier.hpp"
#include "record/event.hpp"
#include "support/text.hpp"

#include <array>

namespace {

using namespace pes;
using namespace pes::fuzz;

const record::Source& source() {
  static const record::Source file{.name = [] { return std::string("file"); }};
  return file;
}

/// Reads what we wrote, which cannot be refused.
template <typename Read>
auto read_again(const std::string& written, Read read) {
  try {
    return read(written);
  } catch (const Error& error) {
    require(false, "what was written can be read: " + error.message(), written);
    throw;
  }
}

void reread_dossier(std::string_view text) {
  const Dossier dossier = record::read_dossier(text, source());
  const std::string written = record::write_dossier(dossier);
  const Dossier again = read_again(
      written, [](const std::string& bytes) { return record::read_dossier(bytes, source()); });
  require(again == dossier, "a dossier is kept whole", written);
}

void reread_event(std::string_view text) {
  Event event = record::read_event(text, source());
  const std::string written = record::write_event(event);
  Event again = read_again(
      written, [](const std::string& bytes) { return record::read_event(bytes, source()); });
  event.sha256 = again.sha256 = event.line =
      again.line = {};  // of the line, which may have been written otherwise
  require(again == event, "an event is kept whole", written);
  require(written.find('\n') == std::string::npos, "an event is one line", written);
}

void reread_prepared_signing(std::string_view text) {
  const auto reread = [](std::string_view bytes) {
    return read_prepared_signing(bytes, "request.json");
  };
  const std::string written = write_prepared_signing(reread(text));
  require(write_prepared_signing(read_again(written, reread)) == written,
          "a prepared signature is kept whole", written);
}

/// A value cannot hold both quotes: whatever stood around it is not in it.
std::string quoted(const std::string& value) {
  const char quote = value.find('"') == std::string::npos ? '"' : '\'';
  return quote + value + quote;
}

void reread_configuration(std::string_view text) {
  const std::vector<config::TomlEntry> entries = config::read_toml(text, "pes.toml");
  std::string written;
  for (const config::TomlEntry& entry : entries) {
    written += join(entry.path, ".") + " = " + quoted(entry.value) + "\n";
  }
  const std::vector<config::TomlEntry> again = read_again(
      written, [](const std::string& bytes) { return config::read_toml(bytes, "pes.toml"); });
  require(again.size() == entries.size(), "a configuration is kept whole", written);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    require(again[i].path == entries[i].path && again[i].value == entries[i].value,
            "a key keeps its value", written);
    require(again[i].line == i + 1, "a key knows its line", written);
  }
}

}  // namespace

/// @param data which kind of file, '0' for the first, then its bytes
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array kinds{reread_dossier, reread_event, reread_prepared_signing,
                             reread_configuration};
  if (size == 0) return 0;
  const auto reread = kinds.at(data[0] % kinds.size());
  refusal_of([&] { reread(as_text(data + 1, size - 1)); });
  return 0;
}
