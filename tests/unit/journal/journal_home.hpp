#pragma once

#include "pes/adapters.hpp"
#include "support/file.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

#include <fstream>
#include <string>
#include <vector>

namespace pes::test {

/// A home whose journal has so many events, and the bytes of its files.
class JournalHome {
 public:
  explicit JournalHome(int events = 0) {
    create_home(scratch_.path());
    const auto journal = open();
    for (int i = 1; i <= events; ++i) journal->append(sample_event("event " + std::to_string(i)));
  }

  [[nodiscard]] std::unique_ptr<port::Journal> open() const {
    return make_file_journal(scratch_.path());
  }
  [[nodiscard]] std::filesystem::path home() const { return scratch_.path(); }
  [[nodiscard]] std::filesystem::path folder() const { return scratch_.path() / "journal"; }
  [[nodiscard]] std::filesystem::path file() const { return folder() / "journal.jsonl"; }
  [[nodiscard]] std::filesystem::path head() const { return folder() / "head"; }

  [[nodiscard]] std::string bytes() const { return read_file(file(), 64U << 20U); }
  void set_bytes(std::string_view bytes) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }
  void set_byte(std::size_t offset, char byte) const {
    std::fstream stream(file(), std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(offset));
    stream.put(byte);
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    auto lines = split(bytes(), '\n');
    lines.pop_back();
    return lines;
  }
  void set_lines(const std::vector<std::string>& lines) const {
    set_bytes(join(lines, "\n") + "\n");
  }

 private:
  Scratch scratch_;
};

}  // namespace pes::test
