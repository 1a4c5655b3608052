#include "crypto/digest.hpp"
#include "pes/seda.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"

#include <cstdlib>

namespace {

class Folder {
 public:
  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return scratch_.path() / name;
  }

  pes::ArchiveEntry file(const std::string& name, std::string_view content) const {
    pes::replace_file(path("source-" + name), content);
    return {.name = name,
            .path = path("source-" + name),
            .size = content.size(),
            .sha256 = pes::crypto::sha256_hex(content)};
  }

  /// Runs a command there.
  void run(const std::string& command) const {
    const std::string line = "cd " + scratch_.path().native() + " && LC_ALL=C " + command;
    // NOLINTNEXTLINE(cert-env33-c,concurrency-mt-unsafe): the referee is a command.
    REQUIRE(std::system(line.c_str()) == 0);
  }
  /// What a command prints.
  [[nodiscard]] std::string output_of(const std::string& command) const {
    run(command + " > output");
    return pes::read_file(path("output"), 1U << 20U);
  }

  [[nodiscard]] bool holds(const std::string& name) const {
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.path())) {
      if (entry.path().filename().native().find(name) != std::string::npos) return true;
    }
    return false;
  }

 private:
  pes::test::Scratch scratch_;
};

/// Longer than any buffer on its way, and it does not compress away.
std::string long_content() {
  std::string content;
  for (unsigned int i = 0; content.size() < 300'000; ++i) {
    content += pes::crypto::sha256_hex(std::to_string(i));
  }
  return content;
}

}  // namespace

TEST_SUITE("seda") {
  TEST_CASE("tar finds in the archive exactly the files, with their bytes") {
    const Folder folder;
    const std::vector<pes::ArchiveEntry> entries{folder.file("flux.xml", long_content()),
                                                 folder.file("acquit.xml", "<a/>"),
                                                 folder.file("empty.json", "")};

    pes::write_archive(folder.path("archive.tar.gz"), entries);

    CHECK(folder.output_of("tar -tzf archive.tar.gz") == "flux.xml\nacquit.xml\nempty.json\n");
    folder.run("mkdir out && tar -xzf archive.tar.gz -C out");
    for (const pes::ArchiveEntry& entry : entries) {
      CAPTURE(entry.name);
      CHECK(folder.output_of("sha256sum < out/" + entry.name) == entry.sha256 + "  -\n");
    }
  }

  TEST_CASE("an archive tells nothing of who made it, nor when") {
    const Folder folder;
    pes::write_archive(folder.path("archive.tar.gz"), {folder.file("flux.xml", "<a/>")});

    const std::string listing =
        folder.output_of("tar --utc --numeric-owner --full-time -tvzf archive.tar.gz");
    const std::string bytes = pes::read_file(folder.path("archive.tar.gz"), 1U << 20U);

    CHECK(listing == "-rw-r--r-- 0/0               4 1970-01-01 00:00:00 flux.xml\n");
    CHECK(bytes.substr(4, 4) == std::string(4, '\0'));  // MTIME of gzip, RFC 1952
  }

  TEST_CASE("the same files give the same bytes") {
    const Folder folder;
    const std::vector<pes::ArchiveEntry> entries{folder.file("flux.xml", long_content()),
                                                 folder.file("acquit.xml", "<a/>")};

    pes::write_archive(folder.path("one"), entries);
    std::filesystem::last_write_time(entries[0].path, std::filesystem::file_time_type::min());
    pes::write_archive(folder.path("two"), entries);

    CHECK(pes::read_file(folder.path("one"), 1U << 20U) ==
          pes::read_file(folder.path("two"), 1U << 20U));
  }

  TEST_CASE("a file that is not the recorded one stops the archive, and nothing stays of it") {
    const Folder folder;
    const pes::ArchiveEntry sound = folder.file("flux.xml", long_content());
    pes::ArchiveEntry damaged = folder.file("acquit.xml", "<a/>");

    SUBCASE("another content") { pes::replace_file(damaged.path, "<b/>"); }
    SUBCASE("shorter") { pes::replace_file(damaged.path, "<a>"); }
    SUBCASE("longer") { pes::replace_file(damaged.path, "<a/>\n"); }
    SUBCASE("gone") { std::filesystem::remove(damaged.path); }

    const pes::Error error = pes::test::refusal([&] {
      pes::write_archive(folder.path("archive.tar.gz"), {sound, damaged});
    });

    CHECK(error.code() == pes::ErrorCode::state_damaged);
    CHECK(error.message().starts_with(damaged.path.native()));
    CHECK_FALSE(folder.holds("archive.tar.gz"));
  }

  TEST_CASE("an archive that cannot be written leaves the one before") {
    const Folder folder;
    const auto output = folder.path("archive.tar.gz");
    pes::replace_file(output, "before");
    pes::ArchiveEntry damaged = folder.file("flux.xml", "<a/>");
    damaged.sha256 = pes::crypto::sha256_hex("other");

    pes::test::refusal([&] { pes::write_archive(output, {damaged}); });

    CHECK(pes::read_file(output, 100) == "before");
  }
}
